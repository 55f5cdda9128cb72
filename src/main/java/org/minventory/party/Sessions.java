package org.minventory.party;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sessions of the pages: opened from a token, known by the hash of a cookie, ended after half an hour without a visit,
 * after twelve hours, on leaving, or with the token.
 */
public final class Sessions {
    /** Longest time without a visit. */
    public static final Duration IDLE = Duration.ofMinutes(30);

    /** Longest life. */
    public static final Duration LONGEST = Duration.ofHours(12);

    private final InstantSource clock;

    public Sessions(InstantSource clock) {
        this.clock = clock;
    }

    /** Opens a session and gives the value of its cookie, which is kept nowhere. Sessions long dead are swept out. */
    public Secret open(JdbcClient db, Caller caller) {
        if (caller.token() == null) throw Refusal.of(Problem.NOT_SIGNED_IN);
        Instant now = clock.instant();
        db.sql("delete from session where created_at < ?")
                .param(Rows.at(now.minus(LONGEST)))
                .update();
        Secret cookie = Secret.fresh(Secret.SESSION);
        db.sql("insert into session (hash, token_id, created_at, last_seen_at) values (?, ?, ?, ?)")
                .params(cookie.hash(), caller.token(), Rows.at(now), Rows.at(now))
                .update();
        return cookie;
    }

    /** Leaves; a cookie that opens nothing is left as well. */
    public void close(JdbcClient db, @Nullable String cookie) {
        byte[] hash = Secret.hash(Secret.SESSION, cookie);
        if (hash != null)
            db.sql("delete from session where hash = ?").param(hash).update();
    }
}
