package org.minventory.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * How far the relay is behind: the age of the oldest thing that it could do at once and has not done, on whichever node.
 * What waits for a receiver that is away, or for the hour of a digest, is not behind.
 */
public final class Backlog {
    /** Whoever asks more often hears the same. */
    private static final long FRESH_NANOS = 1_000_000_000L;

    private final Tx tx;
    private final InstantSource clock;
    private @Nullable Look last;

    public Backlog(Tx tx, InstantSource clock) {
        this.tx = tx;
        this.clock = clock;
    }

    /** What was seen, and when by the machine's own count. */
    private record Look(Duration age, long nanos) {}

    /** The age; nothing where all is done. */
    public synchronized Duration age() {
        Look look = last;
        if (look == null || System.nanoTime() - look.nanos() > FRESH_NANOS) look = new Look(look(), System.nanoTime());
        last = look;
        return look.age();
    }

    private Duration look() {
        Instant now = clock.instant();
        Instant oldest = now;
        for (List<UUID> some : Everybody.inGroups(tx)) {
            Instant its = tx.read(Scope.whole(some), db -> oldest(db, now)).orElse(now);
            if (its.isBefore(oldest)) oldest = its;
        }
        return Duration.between(oldest, now);
    }

    /** What is not spread, the first that waits at an endpoint which is at work or should be, a watch that should look. */
    private static Optional<Instant> oldest(JdbcClient db, Instant now) {
        return db.sql("""
                        select min(since) from (
                            select n.created_at from customer_head h join fan_out f on f.customer_id = h.customer_id
                                join notice n on n.customer_id = h.customer_id and n.no = f.no + 1
                            union all
                            select first.due_at from customer_head h join errand e on e.customer_id = h.customer_id
                                cross join lateral (
                                    select d.due_at from dispatch d
                                    where d.customer_id = e.customer_id and d.subscription_id = e.errand_id
                                      and d.state in ('waiting', 'sending')
                                    order by d.no limit 1) as first
                            where e.sort = :endpoint and (e.leased_until is not null or e.due_at <= :now::timestamptz)
                            union all
                            select e.due_at from customer_head h join errand e on e.customer_id = h.customer_id
                            where e.sort <> :endpoint and e.due_at > 'epoch'
                        ) as undone (since) where since <= :now::timestamptz""")
                .param("endpoint", Errands.ENDPOINT)
                .param("now", now.toString())
                .query((row, n) -> row.getObject(1, OffsetDateTime.class))
                .optional()
                .map(OffsetDateTime::toInstant);
    }
}
