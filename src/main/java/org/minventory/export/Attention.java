package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.minventory.knowledge.Freshness;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who is listened to: by each of its tools, when a witness was last heard, how soon it is awaited again, and of how many
 * elements it has fallen silent. Repetitions count, which no entry of the record tells of.
 */
public final class Attention {
    private Attention() {}

    /**
     * One witness by one tool, about the elements that the reader reaches; of each its newest word.
     *
     * @param lastAt the last time that it was heard about any of them
     * @param within how soon it is awaited again, the soonest of all that it says; null where it is not
     * @param fresh of how many it speaks in time, or is not awaited
     * @param late of how many it is late
     * @param stale of how many it has fallen silent
     */
    public record Heard(
            UUID customer,
            UUID witness,
            String tool,
            Instant lastAt,
            @Nullable Duration within,
            int fresh,
            int late,
            int stale) {
        /** As fresh as the best of it: who speaks in time of anything is there. */
        public Freshness freshness() {
            if (fresh > 0) return Freshness.FRESH;
            return late > 0 ? Freshness.LATE : Freshness.STALE;
        }
    }

    /** Reads it of these witnesses in one statement. Of what is closed nobody is awaited, as in notices of silence. */
    public static List<Heard> of(JdbcClient db, Scope scope, List<UUID> witnesses, Instant now) {
        Inventory.Union union = new Inventory.Union();
        for (Scope.Grant grant : scope.grants())
            union.add(
                    """
                    select w.customer_id, w.witness_id, split_part(w.source, '/', 1) as tool, max(word.at) as last_at,
                        extract(epoch from min(nullif(w.late_after, interval '0')))::bigint as within,
                        count(distinct w.element_id) filter (where word.freshness = 0) as fresh,
                        count(distinct w.element_id) filter (where word.freshness = 1) as late,
                        count(distinct w.element_id) filter (where word.freshness = 2) as stale
                    from knowledge k
                    join last_words w on w.customer_id = k.customer_id and w.element_id = k.element_id
                    left join lateral (
                        select max(r.last_at) as last_at from hearing r
                        where r.customer_id = w.customer_id and r.element_id = w.element_id and r.seq = w.seq
                            and not r.ended) h on true
                    cross join lateral (select greatest(w.said_at, h.last_at) as at) a
                    cross join lateral (
                        select a.at, case when a.at + w.stale_after < '%s' then 2
                                          when a.at + w.late_after < '%1$s' then 1 else 0 end as freshness) word""".formatted(now),
                    Inventory.Where.of(grant, Selection.EVERYTHING)
                            .and("w.witness_id = any(?)", Arrays.of(witnesses))
                            .and("k.status not in ('decommissioned', 'cancelled')")
                            .and("(w.stance <> 'monitored' or k.status in ('in-service', 'maintenance'))"),
                    "group by w.customer_id, w.witness_id, tool");
        if (union.isEmpty() || witnesses.isEmpty()) return List.of();
        return union.run(db, "order by customer_id, witness_id, tool")
                .query(Attention::heard)
                .list();
    }

    private static Heard heard(ResultSet row, int number) throws SQLException {
        long within = row.getLong("within");
        Duration awaited = row.wasNull() ? null : Duration.ofSeconds(within);
        return new Heard(
                row.getObject("customer_id", UUID.class),
                row.getObject("witness_id", UUID.class),
                row.getString("tool"),
                row.getObject("last_at", OffsetDateTime.class).toInstant(),
                awaited,
                row.getInt("fresh"),
                row.getInt("late"),
                row.getInt("stale"));
    }
}
