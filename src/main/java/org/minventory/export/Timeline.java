package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was said of one element, and of its infrastructure as a whole while it belonged there; or of one infrastructure as a
 * whole: newest first by when it was true, then by number.
 */
public final class Timeline {
    private Timeline() {}

    /** Where a testimony stands in a timeline. */
    public record Place(UUID customer, long seq, Instant witnessedAt, Instant recordedAt) {}

    /** The next places after one, as far as the moment holds them. */
    public static List<Place> places(
            JdbcClient db,
            Scope.Grant grant,
            Then.Moment moment,
            Inventory.Row of,
            @Nullable Instant afterAt,
            long afterSeq,
            int limit) {
        Conditions own = new Conditions().and("a.customer_id = ? and a.element_id = ?", of.customer(), of.element());
        Conditions around = WholeInfrastructures.around(grant, of);
        for (Conditions where : List.of(own, around)) {
            at(where, moment);
            after(where, afterAt, afterSeq);
        }
        List<Object> parameters = new ArrayList<>(own.parameters());
        parameters.add(limit);
        parameters.addAll(around.parameters());
        parameters.add(limit);
        parameters.add(limit);
        return db.sql("(" + own.in(OF_ELEMENT) + ") union all (" + around.in(AROUND_ELEMENT)
                        + ") order by witnessed_at desc, seq desc limit ?")
                .params(parameters)
                .query((row, n) -> place(row))
                .list();
    }

    private static final String OF_ELEMENT = """
            select a.customer_id, a.seq, a.witnessed_at, t.recorded_at from assignment a
            join testimony t on t.customer_id = a.customer_id and t.seq = a.seq
            where {where} order by a.witnessed_at desc, a.seq desc limit ?""";

    private static final String AROUND_ELEMENT = "select distinct a.customer_id, a.seq, a.witnessed_at, t.recorded_at"
            + WholeInfrastructures.AROUND
            + " order by a.witnessed_at desc, a.seq desc limit ?";

    private static final String OF_INFRASTRUCTURE = """
            select i.customer_id, i.seq, i.witnessed_at, t.recorded_at from infrastructure_entry i
            join testimony t on t.customer_id = i.customer_id and t.seq = i.seq
            where {where} order by i.witnessed_at desc, i.seq desc limit ?""";

    private static void at(Conditions where, Then.Moment moment) {
        where.and("t.seq <= ?", moment.moment().known().seq())
                .and("t.recorded_at <= ?::timestamptz", moment.moment().known().at());
        Instant asOf = moment.moment().asOf();
        if (asOf != null) where.and("least(t.witnessed_at, t.recorded_at) <= ?::timestamptz", asOf.toString());
    }

    private static void after(Conditions where, @Nullable Instant at, long seq) {
        if (at != null) where.and("(a.witnessed_at, a.seq) < (?::timestamptz, ?)", at.toString(), seq);
    }

    /** The next places, after one, of what was said of a whole infrastructure, as far as a grant reaches it. */
    public static List<Place> places(
            JdbcClient db,
            Scope.Grant grant,
            String infrastructure,
            @Nullable Instant afterAt,
            long afterSeq,
            int limit) {
        Conditions where =
                new Conditions().and("i.customer_id = ? and i.infrastructure = ?", grant.customer(), infrastructure);
        WholeInfrastructures.within(where, grant);
        if (afterAt != null) where.and("(i.witnessed_at, i.seq) < (?::timestamptz, ?)", afterAt.toString(), afterSeq);
        return where.run(db, OF_INFRASTRUCTURE, limit)
                .query((row, n) -> place(row))
                .list();
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                row.getObject("customer_id", UUID.class),
                row.getLong("seq"),
                instant(row.getTimestamp("witnessed_at")),
                instant(row.getTimestamp("recorded_at")));
    }

    private static Instant instant(Timestamp timestamp) {
        return timestamp.toInstant();
    }

    /** The testimonies at these places, in their order; without what became of them after the moment. */
    public static List<RecordReader.Row> rows(JdbcClient db, Then.Moment moment, List<Place> places) {
        List<RecordReader.Row> rows = rows(db, places);
        if (moment.isNow() || places.isEmpty()) return rows;
        Set<Long> withdrawn = withdrawn(db, moment, places);
        return rows.stream().map(row -> asThen(row, moment, withdrawn)).toList();
    }

    /** The testimonies at these places, in their order, with all that became of them. */
    public static List<RecordReader.Row> rows(JdbcClient db, List<Place> places) {
        return RecordReader.rows(
                db,
                places.stream()
                        .map(place -> new RecordReader.Place(place.customer(), place.seq(), place.recordedAt()))
                        .toList());
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
                row.infrastructure(),
                confirmed == null || !confirmed.lastAt().isAfter(end)
                        ? confirmed
                        : new RecordReader.Confirmed(confirmed.count(), end),
                withdrawn.contains(row.entry().seq()) ? row.withdrawnBy() : null,
                row.unattached(),
                row.candidates(),
                row.documented());
    }
}
