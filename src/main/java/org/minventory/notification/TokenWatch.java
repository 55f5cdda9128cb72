package org.minventory.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Together;
import org.minventory.testimony.Head;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tells in time that a token expires: whoever made it, of a robot's; its owner, of a person's. Told once, a week before;
 * of one that lives no longer than two, nobody wonders.
 */
public final class TokenWatch implements Watch {
    private static final Duration BEFORE = Duration.ofDays(7);
    private static final Duration SHORT_LIFE = Duration.ofDays(14);
    private static final Duration AGAIN = Duration.ofHours(1);

    @Override
    public String word() {
        return "tokens";
    }

    private record Expiring(UUID token, UUID told, String label, Instant expiresAt) {}

    @Override
    public Instant look(JdbcClient db, UUID customer, Instant now) {
        List<Expiring> expiring = expiring(db, customer, now);
        if (expiring.isEmpty()) return now.plus(AGAIN);
        Head head = Head.take(db, customer, now);
        List<Notice> notices = new ArrayList<>();
        for (Expiring one : expiring)
            notices.add(new Notice(
                    Notice.Type.TOKEN_EXPIRING,
                    Notice.Severity.WARNING,
                    null,
                    head.seq(),
                    Json.object()
                            .put("actor", one.told().toString())
                            .put("token", one.token().toString())
                            .put("label", one.label())
                            .put("expiresAt", one.expiresAt().toString())));
        Together writes = new Together();
        Outbox.put(writes, head, notices);
        head.keep(writes);
        writes.add(
                "update token set expiry_told_at = ?::timestamptz where token_id = any(?)",
                now.toString(),
                Arrays.of(expiring.stream().map(Expiring::token).toList()));
        writes.send(db);
        return now.plus(AGAIN);
    }

    /** Of those who stand in this customer's service alone; and of a team's people, where this is their first customer. */
    private static List<Expiring> expiring(JdbcClient db, UUID customer, Instant now) {
        return db.sql("""
                        select t.token_id, t.label, t.expires_at,
                            case when a.role = 'robot' then coalesce(t.minted_by, t.actor_id) else t.actor_id end as told
                        from token t join actor a on a.actor_id = t.actor_id and a.ended_at is null
                        where t.revoked_at is null and t.expiry_told_at is null
                            and t.expires_at > ?::timestamptz and t.expires_at <= ?::timestamptz
                            and t.expires_at - t.created_at > ?::interval
                            and (a.customer_id = ? or (a.customer_id is null and ? = (
                                select m.customer_id from mandate m
                                where m.ops_team_id = coalesce(a.ops_team_id, t.ops_team_id) and m.state = 'active'
                                    and m.from_at <= ?::timestamptz and (m.until_at is null or m.until_at > ?::timestamptz)
                                order by m.from_at, m.mandate_id limit 1)))
                        order by t.expires_at limit 100 for update of t skip locked""")
                .params(
                        now.toString(),
                        now.plus(BEFORE).toString(),
                        SHORT_LIFE.toString(),
                        customer,
                        customer,
                        now.toString(),
                        now.toString())
                .query((row, n) -> new Expiring(
                        row.getObject("token_id", UUID.class),
                        row.getObject("told", UUID.class),
                        row.getString("label"),
                        row.getObject("expires_at", OffsetDateTime.class).toInstant()))
                .list();
    }
}
