package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.knowledge.Picture;
import org.minventory.party.Formers.Former;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the record for those who consult it, newest first. Who reaches only some elements of a customer sees what was
 * said of these, and nothing that speaks of none.
 */
public final class RecordReader {
    private RecordReader() {}

    /** Where a testimony stands in every list: by when it was recorded, then by customer and number. */
    public record Place(UUID customer, long seq, Instant recordedAt) {
        static final Comparator<Place> NEWEST_FIRST = Comparator.comparing(Place::recordedAt)
                .reversed()
                .thenComparing(Place::customer, Ids.ORDER)
                .thenComparing(Comparator.comparingLong(Place::seq).reversed());
    }

    /** An element, by name. */
    public record Mention(UUID id, String name, String type) {}

    /** How often it was said again, and when last. */
    public record Confirmed(int count, Instant lastAt) {}

    /**
     * A testimony with what became of it.
     *
     * @param element whom it is attached to
     * @param infrastructure the infrastructure of which it speaks as a whole
     * @param withdrawnBy the testimony that withdrew it
     * @param unattached why it waits to be attached
     * @param candidates the elements among which it could not be decided
     * @param documented whether the tool's own document is kept beside it
     */
    public record Row(
            Entry entry,
            String customer,
            Picture.Witness witness,
            @Nullable Mention element,
            @Nullable String infrastructure,
            @Nullable Confirmed confirmed,
            @Nullable UUID withdrawnBy,
            @Nullable String unattached,
            List<Mention> candidates,
            boolean documented) {}

    // ---- which ------------------------------------------------------------------------------------------------------

    private static final String PLACES =
            "select t.customer_id, t.seq, t.recorded_at from testimony t {of} where {where} order by t.seq desc limit ?";

    /** What is spoken of, as far as it decides whether a testimony is selected and reached. */
    private enum Of {
        ANYTHING(""),
        ELEMENTS("""
                join assignment a on a.customer_id = t.customer_id and a.seq = t.seq
                join knowledge k on k.customer_id = a.customer_id and k.element_id = a.element_id"""),
        INFRASTRUCTURES(WholeInfrastructures.JOIN);

        private final String join;

        Of(String join) {
            this.join = join;
        }

        static List<Of> asked(Scope.Grant grant, RecordSelection selection) {
            if (selection.element() != null) return List.of(ELEMENTS);
            boolean all = grant.isWhole() && selection.infrastructures().isEmpty();
            return all ? List.of(ANYTHING) : List.of(ELEMENTS, INFRASTRUCTURES);
        }

        private void limit(Conditions where, Scope.Grant grant, RecordSelection selection) {
            List<String> named = selection.infrastructures().isEmpty() ? null : selection.infrastructures();
            switch (this) {
                case ANYTHING -> {}
                case ELEMENTS ->
                    where.oneOf("k.infrastructure", grant.infrastructures())
                            .oneOf("k.name", grant.elements())
                            .oneOf("k.infrastructure", named);
                case INFRASTRUCTURES ->
                    WholeInfrastructures.within(where, grant).oneOf("i.infrastructure", named);
            }
        }
    }

    /** The next places of a selection after one, over all customers that are reached. */
    public static List<Place> places(
            JdbcClient db, Scope scope, RecordSelection selection, @Nullable Place after, int limit) {
        List<Place> places = new ArrayList<>();
        for (Scope.Grant grant : scope.grants())
            for (Of of : Of.asked(grant, selection)) {
                Conditions where = selected(grant, selection, of);
                if (after != null) after(where, grant.customer(), after);
                places.addAll(where.run(db, PLACES.replace("{of}", of.join), limit)
                        .query((row, n) -> place(row))
                        .list());
            }
        places.sort(Place.NEWEST_FIRST);
        return places.size() > limit ? List.copyOf(places.subList(0, limit)) : places;
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                row.getObject("customer_id", UUID.class),
                row.getLong("seq"),
                row.getTimestamp("recorded_at").toInstant());
    }

    private static Conditions selected(Scope.Grant grant, RecordSelection selection, Of of) {
        UUID customer = grant.customer();
        Conditions where = new Conditions().and("t.customer_id = ?", customer);
        of.limit(where, grant, selection);
        if (selection.element() != null) ofElement(where, customer, selection.element());
        if (selection.witness() != null) ofWitness(where, customer, selection.witness());
        if (!selection.agreed()) where.noneOf("t.kind", Kind.AGREED);
        if (!selection.kinds().isEmpty()) where.oneOf("t.kind", selection.kinds());
        if (!selection.sources().isEmpty()) where.oneOf("t.source", selection.sources());
        if (selection.since() != null)
            where.and("t.witnessed_at >= ?::timestamptz", selection.since().toString());
        if (selection.until() != null)
            where.and("t.witnessed_at <= ?::timestamptz", selection.until().toString());
        if (selection.recordedSince() != null) recordedSince(where, customer, selection.recordedSince());
        if (selection.withdrawn() != null)
            where.and((selection.withdrawn() ? "" : "not ")
                    + "exists (select from withdrawn x where x.customer_id = t.customer_id and x.seq = t.seq)");
        if (selection.unattached() != null) where.and((selection.unattached() ? "" : "not ") + """
                    exists (select from unattached x
                            where x.customer_id = t.customer_id and x.seq = t.seq and x.attached_seq is null)""");
        return where;
    }

    private static void ofElement(Conditions where, UUID customer, String nameOrId) {
        UUID id = Ids.parse(nameOrId);
        where.and(
                "a.element_id in (select coalesce(merged_into, element_id) from element where customer_id = ? and "
                        + (id == null ? "name = ?)" : "element_id = ?)"),
                customer,
                id == null ? nameOrId : id);
    }

    private static void ofWitness(Conditions where, UUID customer, String nameOrId) {
        UUID id = Ids.parse(nameOrId);
        if (id != null) where.and("t.witness_id = ?", id);
        else
            where.and(
                    "t.witness_id in (select actor_id from witness where customer_id = ? and name = ?)",
                    customer,
                    nameOrId);
    }

    /**
     * Identifiers are made from the instants at which the record learnt, which never go back: the last one of before finds
     * the number after which to look.
     */
    private static void recordedSince(Conditions where, UUID customer, Instant instant) {
        where.and("""
                t.seq > coalesce((select b.seq from testimony b where b.customer_id = ? and b.id < ?
                                  order by b.id desc limit 1), 0)""", customer, Ids.firstAt(instant));
        where.and("t.recorded_at >= ?::timestamptz", instant.toString());
    }

    /** Within a customer by number; the others' records from the same instant on, found as above. */
    private static void after(Conditions where, UUID customer, Place after) {
        if (customer.equals(after.customer())) {
            where.and("t.seq < ?", after.seq());
            return;
        }
        boolean sameInstantIsNext = Ids.ORDER.compare(customer, after.customer()) > 0;
        where.and(
                "t.recorded_at " + (sameInstantIsNext ? "<=" : "<") + " ?::timestamptz",
                after.recordedAt().toString());
        where.and("""
                t.seq < coalesce((select b.seq from testimony b where b.customer_id = ? and b.id >= ?
                                  order by b.id limit 1), 9223372036854775807)""", customer, Ids.firstAt(after.recordedAt().plusMillis(1)));
    }

    /** A testimony of that id, and of what it speaks: an element of a name in an infrastructure, or all of one. */
    private record Found(
            Place place, @Nullable String element, @Nullable String infrastructure, boolean ofAll) {
        boolean isReached(JdbcClient db, Scope.Grant grant) {
            return ofAll
                    ? WholeInfrastructures.isReached(db, grant, place.seq())
                    : grant.reaches(element, infrastructure);
        }
    }

    /** The place of the testimony of that id within the scope, or null. */
    public static @Nullable Place place(JdbcClient db, Scope scope, UUID id) {
        List<Found> found = db.sql("""
                        select t.customer_id, t.seq, t.recorded_at, k.name, k.infrastructure, i.infrastructure as all_of
                        from testimony t
                        left join infrastructure_entry i on i.customer_id = t.customer_id and i.seq = t.seq
                        left join assignment a on a.customer_id = t.customer_id and a.seq = t.seq
                        left join knowledge k on k.customer_id = a.customer_id and k.element_id = a.element_id
                        where t.customer_id = any(?) and t.id = ?""")
                .param(1, org.minventory.base.Arrays.of(scope.customers()))
                .param(2, id)
                .query((row, n) -> new Found(
                        place(row),
                        row.getString("name"),
                        row.getString("infrastructure"),
                        row.getString("all_of") != null))
                .list();
        return found.stream()
                .filter(one -> one.isReached(
                        db, Objects.requireNonNull(scope.grant(one.place().customer()))))
                .map(Found::place)
                .findFirst()
                .orElse(null);
    }

    // ---- with all that became of them -------------------------------------------------------------------------------

    private static final String ROWS = """
            select t.seq, t.header, t.facts, t.note, t.document_leaf is not null as documented, c.slug,
                   w.actor_id, w.name as witness_name, w.role as witness_role, e.element_id, e.name, e.type, i.infrastructure,
                   h.heard, h.last_at, b.id as withdrawn_by, u.reason, u.candidates
            from testimony t
            join customer c on c.customer_id = t.customer_id
            join witness w on w.customer_id = t.customer_id and w.actor_id = t.witness_id
            left join assignment a on a.customer_id = t.customer_id and a.seq = t.seq
            left join element e on e.customer_id = a.customer_id and e.element_id = a.element_id
            left join infrastructure_entry i on i.customer_id = t.customer_id and i.seq = t.seq
            left join hearing h on h.customer_id = t.customer_id and h.seq = t.seq
            left join withdrawn d on d.customer_id = t.customer_id and d.seq = t.seq
            left join testimony b on b.customer_id = d.customer_id and b.seq = d.by_seq
            left join unattached u on u.customer_id = t.customer_id and u.seq = t.seq and u.attached_seq is null
            where t.customer_id = ? and t.seq = any(?)""";

    /** The testimonies at these places, in their order. */
    public static List<Row> rows(JdbcClient db, List<Place> places) {
        Map<UUID, List<Long>> byCustomer = new LinkedHashMap<>();
        for (Place place : places)
            byCustomer.computeIfAbsent(place.customer(), c -> new ArrayList<>()).add(place.seq());
        Map<UUID, Map<Long, Row>> rows = new HashMap<>();
        byCustomer.forEach((customer, seqs) -> rows.put(customer, rows(db, customer, seqs)));
        return places.stream()
                .map(place -> Objects.requireNonNull(rows.get(place.customer())).get(place.seq()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static Map<Long, Row> rows(JdbcClient db, UUID customer, List<Long> seqs) {
        Map<Long, List<UUID>> candidates = new HashMap<>();
        Map<Long, Row> rows = new HashMap<>();
        db.sql(ROWS)
                .param(1, customer)
                .param(2, org.minventory.base.Arrays.of("bigint", seqs))
                .query(row -> {
                    Row read = row(customer, row);
                    rows.put(read.entry().seq(), read);
                    if (read.unattached() != null) candidates.put(read.entry().seq(), candidates(row));
                });
        Map<UUID, Mention> mentioned = mentioned(db, customer, candidates);
        candidates.forEach((seq, ids) -> rows.computeIfPresent(seq, (s, row) -> withCandidates(row, ids, mentioned)));
        return rows;
    }

    private static Row row(UUID customer, ResultSet row) throws SQLException {
        UUID element = row.getObject("element_id", UUID.class);
        Timestamp lastAt = row.getTimestamp("last_at");
        return new Row(
                Testimonies.entry(customer, row),
                row.getString("slug"),
                new Picture.Witness(
                        row.getObject("actor_id", UUID.class),
                        row.getString("witness_name"),
                        row.getString("witness_role")),
                element == null ? null : new Mention(element, row.getString("name"), row.getString("type")),
                row.getString("infrastructure"),
                lastAt == null ? null : new Confirmed(row.getInt("heard") - 1, lastAt.toInstant()),
                row.getObject("withdrawn_by", UUID.class),
                row.getString("reason"),
                List.of(),
                row.getBoolean("documented"));
    }

    private static List<UUID> candidates(ResultSet row) throws SQLException {
        return Arrays.asList((UUID[]) row.getArray("candidates").getArray());
    }

    private static Map<UUID, Mention> mentioned(JdbcClient db, UUID customer, Map<Long, List<UUID>> candidates) {
        List<UUID> ids =
                candidates.values().stream().flatMap(List::stream).distinct().toList();
        Map<UUID, Mention> mentioned = new HashMap<>();
        if (ids.isEmpty()) return mentioned;
        db.sql("select element_id, name, type from element where customer_id = ? and element_id = any(?)")
                .param(1, customer)
                .param(2, org.minventory.base.Arrays.of(ids))
                .query(row -> {
                    UUID id = row.getObject("element_id", UUID.class);
                    mentioned.put(id, new Mention(id, row.getString("name"), row.getString("type")));
                });
        return mentioned;
    }

    private static Row withCandidates(Row row, List<UUID> ids, Map<UUID, Mention> mentioned) {
        return new Row(
                row.entry(),
                row.customer(),
                row.witness(),
                row.element(),
                row.infrastructure(),
                row.confirmed(),
                row.withdrawnBy(),
                row.unattached(),
                ids.stream().map(mentioned::get).filter(Objects::nonNull).toList(),
                row.documented());
    }

    // ---- one's own words --------------------------------------------------------------------------------------------

    private static final String OWN =
            "t.seq <= ? and t.witness_id in (select actor_id from actor where ops_team_id = ?)";

    /** The next places, after one, of what a team testified while it was mandated. */
    public static List<Place> own(
            JdbcClient db, Former former, RecordSelection selection, @Nullable Place after, int limit) {
        Conditions where = selected(Scope.Grant.whole(former.customer()), selection, Of.ANYTHING)
                .and(OWN, former.untilSeq(), former.team());
        if (after != null) after(where, former.customer(), after);
        return where.run(db, PLACES.replace("{of}", ""), limit)
                .query((row, n) -> place(row))
                .list();
    }

    /** The place of the testimony of that id among them, or null. */
    public static @Nullable Place own(JdbcClient db, Former former, UUID id) {
        return new Conditions()
                .and("t.customer_id = ? and t.id = ?", former.customer(), id)
                .and(OWN, former.untilSeq(), former.team())
                .run(db, PLACES.replace("{of}", ""), 1)
                .query((row, n) -> place(row))
                .optional()
                .orElse(null);
    }

    /** The testimonies at these places, in their order, as they were known when the mandate ended. */
    public static List<Row> own(JdbcClient db, Former former, List<Place> places) {
        Horizon horizon = Horizon.entry(db, former.customer(), former.untilSeq());
        return horizon == null ? List.of() : asKnown(db, former.customer(), horizon, rows(db, places));
    }

    // ---- as they were known -----------------------------------------------------------------------------------------

    /** The same testimonies of one customer without what became of them behind the horizon. */
    static List<Row> asKnown(JdbcClient db, UUID customer, Horizon horizon, List<Row> rows) {
        if (horizon.isNow() || rows.isEmpty()) return rows;
        var seqs = org.minventory.base.Arrays.of(
                "bigint", rows.stream().map(row -> row.entry().seq()).toList());
        Set<Long> withdrawn =
                seqs(db.sql("select seq from withdrawn where customer_id = ? and seq = any(?) and by_seq <= ?")
                        .param(1, customer)
                        .param(2, seqs)
                        .param(3, horizon.seq()));
        Set<Long> heard = seqs(
                db.sql("select seq from hearing where customer_id = ? and seq = any(?) and heard_at <= ?::timestamptz")
                        .param(1, customer)
                        .param(2, seqs)
                        .param(3, Objects.requireNonNull(horizon.at()).toString()));
        Map<Long, String> waited = new HashMap<>();
        db.sql("select seq, reason from unattached where customer_id = ? and seq = any(?) and attached_seq > ?")
                .param(1, customer)
                .param(2, seqs)
                .param(3, horizon.seq())
                .query(row -> {
                    waited.put(row.getLong("seq"), row.getString("reason"));
                });
        return rows.stream()
                .map(row -> {
                    long seq = row.entry().seq();
                    String why = waited.get(seq);
                    return new Row(
                            row.entry(),
                            row.customer(),
                            row.witness(),
                            why == null ? row.element() : null,
                            why == null ? row.infrastructure() : null,
                            heard.contains(seq) ? row.confirmed() : null,
                            withdrawn.contains(seq) ? row.withdrawnBy() : null,
                            why == null ? row.unattached() : why,
                            row.candidates(),
                            row.documented());
                })
                .toList();
    }

    private static Set<Long> seqs(JdbcClient.StatementSpec statement) {
        return new HashSet<>(statement.query(Long.class).list());
    }
}
