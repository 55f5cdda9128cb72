package org.minventory.party;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notes when tokens and sessions were last used: once a minute at most, beside the request, which neither waits for it
 * nor fails by it.
 */
final class Uses {
    private static final Logger LOG = LoggerFactory.getLogger(Uses.class);
    private static final int REMEMBERED = 10_000;

    private final Tx tx;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Instant> noted = new ConcurrentHashMap<>();

    Uses(Tx tx, InstantSource clock) {
        this.tx = tx;
        this.clock = clock;
    }

    void note(UUID token, byte @Nullable [] session, Instant now) {
        String who = session == null ? token.toString() : HexFormat.of().formatHex(session);
        Instant before = noted.get(who);
        if (before != null && before.plus(Callers.NOTED_EVERY).isAfter(now)) return;
        if (noted.size() > REMEMBERED) noted.clear();
        boolean mine = before == null ? noted.putIfAbsent(who, now) == null : noted.replace(who, before, now);
        if (!mine) return; // somebody else is noting it
        Thread.ofVirtual().name("note-use").start(() -> write(token, session));
    }

    private void write(UUID token, byte @Nullable [] session) {
        try {
            tx.write(Scope.NOTHING, db -> write(db, token, session));
        } catch (RuntimeException lost) {
            LOG.debug("The use of a token could not be noted", lost);
        }
    }

    private int write(JdbcClient db, UUID token, byte @Nullable [] session) {
        Instant now = clock.instant();
        if (session != null)
            db.sql("update session set last_seen_at = ? where hash = ?")
                    .params(Rows.at(now), session)
                    .update();
        return db.sql(
                        "update token set last_used_at = ? where token_id = ? and (last_used_at is null or last_used_at < ?)")
                .params(Rows.at(now), token, Rows.at(now))
                .update();
    }
}
