package org.minventory.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What the program has to do by itself, and when. Several nodes share the work by leases: an errand is taken for a few
 * seconds, and again and again while it lasts; one whose node was killed is taken by another when its lease has run out.
 * Leases run by the database's clock, which all nodes share; what is due is due by the clock of the house.
 */
final class Errands {
    /** Something has to be sent by a subscription. */
    static final String ENDPOINT = "endpoint";

    private static final String LEASE = "interval '4 seconds'";

    private Errands() {}

    /** One errand, taken. */
    record Errand(UUID customer, String sort, UUID id, UUID lease) {}

    /** Has to be done from that instant on, or earlier if it was due earlier. */
    static void due(JdbcClient db, UUID customer, String sort, UUID id, Instant at) {
        db.sql("""
                        insert into errand (customer_id, sort, errand_id, due_at) values (?, ?, ?, ?::timestamptz)
                        on conflict (customer_id, sort, errand_id) do update
                        set due_at = least(errand.due_at, excluded.due_at)""").params(customer, sort, id, at.toString()).update();
    }

    /** The same of many. */
    static void due(JdbcClient db, UUID customer, String sort, Arrays idsAndInstants) {
        idsAndInstants.update(db, """
                insert into errand (customer_id, sort, errand_id, due_at)
                select ?::uuid, ?::text, id, due from unnest(?::uuid[], ?::timestamptz[]) as new (id, due)
                on conflict (customer_id, sort, errand_id) do update
                set due_at = least(errand.due_at, excluded.due_at)""", customer, sort);
    }

    /** The watches of a customer look at that instant, or earlier where they would have anyway. */
    static void look(JdbcClient db, UUID customer, Instant at) {
        db.sql("""
                        update errand set due_at = ?::timestamptz
                        where customer_id = ? and sort <> ? and due_at > ?::timestamptz""").params(at.toString(), customer, ENDPOINT, at.toString()).update();
    }

    /** Takes what is due: nobody else takes the same while its lease lasts. Whoever finds more to do says so anew. */
    static List<Errand> take(JdbcClient db, Instant now, int limit) {
        UUID lease = UUID.randomUUID();
        return db.sql("""
                        update errand set lease = ?, leased_until = clock_timestamp() + {lease}, due_at = 'infinity'
                        where (customer_id, sort, errand_id) in (
                            select customer_id, sort, errand_id from errand
                            where (due_at <= ?::timestamptz and leased_until is null) or leased_until < clock_timestamp()
                            order by due_at limit ? for update skip locked)
                        returning customer_id, sort, errand_id""".replace("{lease}", LEASE))
                .params(lease, now.toString(), limit)
                .query((row, n) -> new Errand(
                        row.getObject("customer_id", UUID.class),
                        row.getString("sort"),
                        row.getObject("errand_id", UUID.class),
                        lease))
                .list();
    }

    /** Whether the lease still holds; if so it lasts longer from now. What is done after a lease was lost is taken back. */
    static boolean holds(JdbcClient db, Errand errand) {
        return db.sql("""
                        update errand set leased_until = clock_timestamp() + {lease}
                        where customer_id = ? and sort = ? and errand_id = ? and lease = ?""".replace("{lease}", LEASE))
                        .params(errand.customer(), errand.sort(), errand.id(), errand.lease())
                        .update()
                == 1;
    }

    /** Prolongs what is under way; what somebody is writing of at this moment waits for the next time, and nobody for us. */
    static void prolong(JdbcClient db, List<Errand> errands) {
        Arrays held = new Arrays("uuid", "text", "uuid", "uuid");
        for (Errand errand : errands) held.row(errand.customer(), errand.sort(), errand.id(), errand.lease());
        held.update(db, """
                update errand set leased_until = clock_timestamp() + {lease}
                where (customer_id, sort, errand_id) in (
                    select e.customer_id, e.sort, e.errand_id from errand e
                    join unnest(?::uuid[], ?::text[], ?::uuid[], ?::uuid[]) as held (customer_id, sort, errand_id, lease)
                        using (customer_id, sort, errand_id, lease)
                    for update of e skip locked)""".replace("{lease}", LEASE));
    }

    /** Lets go of an errand, to be taken again at that instant, or when somebody says that there is something to do. */
    static void done(JdbcClient db, Errand errand, @Nullable Instant next) {
        db.sql("""
                        update errand set lease = null, leased_until = null,
                            due_at = least(due_at, coalesce(?::timestamptz, 'infinity'))
                        where customer_id = ? and sort = ? and errand_id = ? and lease = ?""")
                .param(1, next == null ? null : next.toString())
                .param(2, errand.customer())
                .param(3, errand.sort())
                .param(4, errand.id())
                .param(5, errand.lease())
                .update();
    }

    /** Whether a watch of this customer should have spoken long ago: what it has to say belongs to the same message. */
    static boolean isWatchBehind(JdbcClient db, UUID customer, Instant since) {
        return db.sql("""
                        select exists (select from errand where customer_id = ? and sort <> ?
                            and (due_at < ?::timestamptz or leased_until is not null))""")
                .params(customer, ENDPOINT, since.toString())
                .query(Boolean.class)
                .single();
    }
}
