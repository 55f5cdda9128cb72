package org.minventory.export;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What was said of one element, newest first by when it was true, then by number. */
public final class Timeline {
    private Timeline() {}

    /** Where a testimony stands in a timeline. */
    public record Place(UUID customer, long seq, Instant witnessedAt, Instant recordedAt) {}

    /** The next places after one, as far as the moment holds them. */
    public static List<Place> places(
            JdbcClient db, Then.Moment moment, Inventory.Row of, @Nullable Instant afterAt, long afterSeq, int limit) {
        Conditions where = new Conditions()
                .and("a.customer_id = ?", of.customer())
                .and("a.element_id = ?", of.element())
                .and("t.seq <= ?", moment.moment().known().seq())
                .and("t.recorded_at <= ?::timestamptz", moment.moment().known().at());
        Instant asOf = moment.moment().asOf();
        if (asOf != null) where.and("least(t.witnessed_at, t.recorded_at) <= ?::timestamptz", asOf.toString());
        if (afterAt != null) where.and("(a.witnessed_at, a.seq) < (?::timestamptz, ?)", afterAt.toString(), afterSeq);
        return where.run(db, """
                        select a.customer_id, a.seq, a.witnessed_at, t.recorded_at from assignment a
                        join testimony t on t.customer_id = a.customer_id and t.seq = a.seq
                        where {where} order by a.witnessed_at desc, a.seq desc limit ?""", limit)
                .query((row, n) -> new Place(
                        row.getObject("customer_id", UUID.class),
                        row.getLong("seq"),
                        instant(row.getTimestamp("witnessed_at")),
                        instant(row.getTimestamp("recorded_at"))))
                .list();
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp.toInstant();
    }

    /** The testimonies at these places, in their order; without what became of them after the moment. */
    public static List<RecordReader.Row> rows(JdbcClient db, Then.Moment moment, List<Place> places) {
        List<RecordReader.Row> rows = RecordReader.rows(
                db,
                places.stream()
                        .map(place -> new RecordReader.Place(place.customer(), place.seq(), place.recordedAt()))
                        .toList());
        if (moment.isNow() || places.isEmpty()) return rows;
        Set<Long> withdrawn = withdrawn(db, moment, places);
        return rows.stream().map(row -> asThen(row, moment, withdrawn)).toList();
    }

    private static Set<Long> withdrawn(JdbcClient db, Then.Moment moment, List<Place> places) {
        return new HashSet<>(db.sql("""
                        select seq from withdrawn
                        where customer_id = ? and seq = any(?) and by_seq <= ? and by_at <= ?::timestamptz""")
                .param(1, places.getFirst().customer())
                .param(2, Arrays.of("bigint", places.stream().map(Place::seq).toList()))
                .param(3, moment.moment().known().seq())
                .param(4, moment.moment().known().at())
                .query(Long.class)
                .list());
    }

    private static RecordReader.Row asThen(RecordReader.Row row, Then.Moment moment, Set<Long> withdrawn) {
        RecordReader.Confirmed confirmed = row.confirmed();
        Instant end = moment.judgedAt();
        return new RecordReader.Row(
                row.entry(),
                row.customer(),
                row.witness(),
                row.element(),
                confirmed == null || !confirmed.lastAt().isAfter(end)
                        ? confirmed
                        : new RecordReader.Confirmed(confirmed.count(), end),
                withdrawn.contains(row.entry().seq()) ? row.withdrawnBy() : null,
                row.unattached(),
                row.candidates(),
                row.documented());
    }
}
