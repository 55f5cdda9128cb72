package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was testified of one element, and of its infrastructure while it belonged there, newest first: each entry with who said it and how often it was said again. */
public final class Testified {
    private Testified() {}

    /**
     * One testimony.
     *
     * @param infrastructure of which it speaks as a whole; null where it speaks of the element
     * @param heard how often it was said, the first time included
     * @param lastAt the witness's time of the last repetition
     * @param withdrawnAt since when it counts no more, or null
     */
    public record One(
            Entry entry,
            @Nullable String infrastructure,
            String witness,
            String role,
            int heard,
            Instant lastAt,
            @Nullable Instant withdrawnAt) {}

    /** The newest testimonies, and how many there are since when. */
    public record All(
            List<One> newest, long count, @Nullable Instant since) {}

    private record Line(
            long seq,
            @Nullable String infrastructure,
            String witness,
            String role,
            int heard,
            @Nullable Instant lastAt,
            @Nullable Instant withdrawnAt,
            long count,
            Instant since) {}

    private static final String LINES = """
            select a.seq, i.infrastructure, w.name, w.role, coalesce(h.heard, 1) as heard, h.last_at, d.by_at,
                   count(*) over () as all_of_them, min(a.witnessed_at) over () as since
            from (select a.customer_id, a.seq, a.witnessed_at from assignment a
                  where a.customer_id = ? and a.element_id = ? union {around}) as a
            join testimony t on t.customer_id = a.customer_id and t.seq = a.seq
            left join infrastructure_entry i on i.customer_id = a.customer_id and i.seq = a.seq
            left join witness w on w.customer_id = a.customer_id and w.actor_id = t.witness_id
            left join hearing h on h.customer_id = a.customer_id and h.seq = a.seq
            left join withdrawn d on d.customer_id = a.customer_id and d.seq = a.seq
            where a.witnessed_at <= ?::timestamptz and t.recorded_at <= ?::timestamptz
            order by a.witnessed_at desc, a.seq desc limit ?""";

    /**
     * Reads them, in two statements.
     *
     * @param asOf only what was witnessed until then; null for all
     * @param knownAt only what was recorded until then; null for all
     */
    public static All of(
            JdbcClient db,
            Scope.Grant grant,
            Inventory.Row of,
            @Nullable Instant asOf,
            @Nullable Instant knownAt,
            int most) {
        UUID customer = of.customer();
        Conditions around = WholeInfrastructures.around(grant, of);
        List<Object> parameters = new ArrayList<>(List.of(customer, of.element()));
        parameters.addAll(around.parameters());
        parameters.addAll(List.of(orEver(asOf), orEver(knownAt), most));
        String concerning = around.in("select a.customer_id, a.seq, a.witnessed_at" + WholeInfrastructures.AROUND);
        List<Line> lines = db.sql(LINES.replace("{around}", concerning))
                .params(parameters)
                .query((row, n) -> line(row))
                .list();
        Map<Long, Entry> entries = new HashMap<>();
        Testimonies.numbered(db, customer, lines.stream().map(Line::seq).toList())
                .forEach(entry -> entries.put(entry.seq(), entry));
        List<One> newest = lines.stream()
                .map(line -> one(line, Objects.requireNonNull(entries.get(line.seq()))))
                .toList();
        return lines.isEmpty()
                ? new All(newest, 0, null)
                : new All(newest, lines.getFirst().count(), lines.getFirst().since());
    }

    private static String orEver(@Nullable Instant instant) {
        return instant == null ? "infinity" : instant.toString();
    }

    private static One one(Line line, Entry entry) {
        Instant lastAt = line.lastAt() == null ? entry.witnessedAt() : line.lastAt();
        return new One(
                entry, line.infrastructure(), line.witness(), line.role(), line.heard(), lastAt, line.withdrawnAt());
    }

    private static Line line(ResultSet row) throws SQLException {
        return new Line(
                row.getLong("seq"),
                row.getString("infrastructure"),
                Objects.requireNonNullElse(row.getString("name"), "?"),
                Objects.requireNonNullElse(row.getString("role"), ""),
                row.getInt("heard"),
                instant(row, "last_at"),
                instant(row, "by_at"),
                row.getLong("all_of_them"),
                row.getTimestamp("since").toInstant());
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
