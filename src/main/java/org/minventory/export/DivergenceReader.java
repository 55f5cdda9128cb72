package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads divergences for those who decide about them, the newest first, within what they reach. */
public final class DivergenceReader {
    private DivergenceReader() {}

    /** Where a divergence stands in every list: by when it was opened, then by id. */
    public record Place(UUID customer, UUID divergence, Instant openedAt) {
        static final Comparator<Place> NEWEST_FIRST =
                Comparator.comparing(Place::openedAt).reversed().thenComparing(Place::divergence, Ids.ORDER);
    }

    /** Who decided. */
    public record Decider(UUID id, String name) {}

    /** A divergence with the element that it is about. */
    public record Row(
            Divergence divergence,
            RecordReader.Mention element,
            @Nullable Decider decidedBy) {}

    /** One walk along the index per state, for the inbox has an order and the states have none. */
    private static final String PLACES = """
            select d.* from unnest(?::text[]) as s (state) cross join lateral (
                select d.customer_id, d.divergence_id, d.opened_at
                from divergence d
                join knowledge k on k.customer_id = d.customer_id and k.element_id = d.element_id
                where d.state = s.state and {where}
                order by d.opened_at desc, d.divergence_id limit ?) as d
            order by d.opened_at desc, d.divergence_id limit ?""";

    /**
     * The next places of a selection after one, over all customers that are reached.
     *
     * @param now the instant at which acceptances hold or have lapsed
     */
    public static List<Place> places(
            JdbcClient db,
            Scope scope,
            DivergenceSelection selection,
            Instant now,
            @Nullable Instant afterOpenedAt,
            @Nullable UUID afterId,
            int limit) {
        List<Place> places = new ArrayList<>();
        for (Scope.Grant grant : scope.grants()) {
            Conditions where = selected(grant, selection, now);
            if (afterOpenedAt != null && afterId != null)
                where.and(
                        "d.opened_at <= ?::timestamptz and (d.opened_at < ?::timestamptz or d.divergence_id > ?)",
                        afterOpenedAt.toString(),
                        afterOpenedAt.toString(),
                        afterId);
            places.addAll(
                    where.run(db, List.of(Arrays.of("text", selection.which().stored())), PLACES, List.of(limit, limit))
                            .query((row, n) -> new Place(
                                    row.getObject("customer_id", UUID.class),
                                    row.getObject("divergence_id", UUID.class),
                                    row.getTimestamp("opened_at").toInstant()))
                            .list());
        }
        places.sort(Place.NEWEST_FIRST);
        return places.size() > limit ? List.copyOf(places.subList(0, limit)) : places;
    }

    private static Conditions selected(Scope.Grant grant, DivergenceSelection selection, Instant now) {
        Conditions where = new Conditions().and("d.customer_id = ?", grant.customer());
        where.oneOf("k.infrastructure", grant.infrastructures()).oneOf("k.name", grant.elements());
        switch (selection.which()) {
            case OPEN -> where.and("(d.state = 'open' or d.accepted_until <= ?::timestamptz)", now.toString());
            case ACCEPTED -> where.and("d.accepted_until > ?::timestamptz", now.toString());
            case LIVING, ACKNOWLEDGED, RESOLVED, ALL -> {}
        }
        if (!selection.natures().isEmpty()) where.oneOf("d.nature", selection.natures());
        if (!selection.infrastructures().isEmpty()) where.oneOf("k.infrastructure", selection.infrastructures());
        if (selection.attribute() != null) where.and("d.attribute = ?", selection.attribute());
        if (selection.element() != null) {
            UUID id = Ids.parse(selection.element());
            if (id != null) where.and("d.element_id = ?", id);
            else where.and("k.name = ?", selection.element());
        }
        return where;
    }

    private static final String ROWS = """
            select d.*, k.name, k.type, k.infrastructure, w.name as decider
            from divergence d
            join knowledge k on k.customer_id = d.customer_id and k.element_id = d.element_id
            left join witness w on w.customer_id = d.customer_id and w.actor_id = d.decided_by
            where d.customer_id = any(?) and d.divergence_id = any(?)""";

    /** The divergences at these places, in their order. */
    public static List<Row> rows(JdbcClient db, List<Place> places) {
        if (places.isEmpty()) return List.of();
        Map<UUID, Row> rows = new HashMap<>();
        rows(db, places.stream().map(Place::customer).distinct().toList(), places)
                .forEach(row -> rows.put(row.divergence().id(), row));
        return places.stream()
                .map(place -> rows.get(place.divergence()))
                .filter(Objects::nonNull)
                .toList();
    }

    private static List<Row> rows(JdbcClient db, List<UUID> customers, List<Place> places) {
        return db.sql(ROWS)
                .param(1, Arrays.of(customers))
                .param(2, Arrays.of(places.stream().map(Place::divergence).toList()))
                .query((row, n) -> row(row))
                .list();
    }

    /** The divergence of that id within the scope, or null. */
    public static @Nullable Row one(JdbcClient db, Scope scope, UUID id) {
        List<Row> found = new ArrayList<>();
        db.sql(ROWS)
                .param(1, Arrays.of(scope.customers()))
                .param(2, Arrays.of(List.of(id)))
                .query(row -> {
                    Scope.Grant grant = Objects.requireNonNull(scope.grant(row.getObject("customer_id", UUID.class)));
                    if (grant.reaches(row.getString("name"), row.getString("infrastructure"))) found.add(row(row));
                });
        return found.isEmpty() ? null : found.getFirst();
    }

    private static Row row(ResultSet row) throws SQLException {
        Divergence divergence = Divergences.read(row.getObject("customer_id", UUID.class), row);
        UUID decidedBy = divergence.decidedBy();
        String decider = row.getString("decider");
        return new Row(
                divergence,
                new RecordReader.Mention(divergence.element(), row.getString("name"), row.getString("type")),
                decidedBy == null ? null : new Decider(decidedBy, decider == null ? decidedBy.toString() : decider));
    }
}
