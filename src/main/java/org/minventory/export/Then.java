package org.minventory.export;

import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.element.Vocabulary;
import org.minventory.intake.Past;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * A look into the past by both times: {@code asOf} (what was the case) and {@code knownAt} (what was known by then),
 * each an instant of RFC 3339 or the {@code seq} of an entry of the record. Today's rules apply to the past.
 */
public final class Then {
    /** Elements a page: each of them is folded from the record. */
    public static final int PAGE = 100;

    private final @Nullable Point asOf;
    private final @Nullable Point knownAt;

    private Then(@Nullable Point asOf, @Nullable Point knownAt) {
        this.asOf = asOf;
        this.knownAt = knownAt;
    }

    /** An instant, or the number of an entry. */
    private record Point(
            String parameter, String told, @Nullable Instant instant, long seq) {}

    /** The element at a moment, and the instant at which its freshness is judged. */
    public record Seen(Inventory.Row row, Instant judgedAt) {}

    /**
     * Reads the two parameters; now, where both are left out.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}
     */
    public static Then read(@Nullable String asOf, @Nullable String knownAt) {
        return new Then(point("asOf", asOf), point("knownAt", knownAt));
    }

    /**
     * One moment, by a parameter of another name.
     *
     * @param told the moment, or null for {@code otherwise}
     */
    public Then at(String parameter, @Nullable String told, @Nullable String otherwise) {
        return new Then(point(parameter, told == null ? otherwise : told), knownAt);
    }

    private static @Nullable Point point(String parameter, @Nullable String told) {
        if (told == null) return null;
        if (told.matches("[0-9]{1,18}")) return new Point(parameter, told, null, Long.parseLong(told));
        try {
            // a plus that was not encoded arrives as a blank
            Instant instant = OffsetDateTime.parse(told.replace(' ', '+')).toInstant();
            int year = instant.atOffset(ZoneOffset.UTC).getYear();
            if (year >= 1 && year <= 9999) return new Point(parameter, told, instant, 0);
        } catch (DateTimeException unreadable) {
            // refused below
        }
        throw unfit(parameter);
    }

    private static Refusal unfit(String parameter) {
        return Refusal.at(Problem.UNFIT_PARAMETER, parameter, parameter, "2026-11-22T10:00:00Z / seq");
    }

    /** Whether nobody asked for the past. */
    public boolean isNow() {
        return asOf == null && knownAt == null;
    }

    /** The name of the parameter by which the past was asked for. */
    public String parameter() {
        return asOf == null ? "knownAt" : asOf.parameter();
    }

    /** The moment of {@code asOf} as it is said in answers, or null. */
    public @Nullable String asOf() {
        return told(asOf);
    }

    /** The moment of {@code knownAt} as it is said in answers, or null. */
    public @Nullable String knownAt() {
        return told(knownAt);
    }

    /** Says which moment is answered, and that today's rules were applied to it. */
    public ObjectNode say(ObjectNode json) {
        if (isNow()) return json;
        json.put("asOf", asOf());
        json.put("knownAt", knownAt());
        json.put("rules", "today");
        return json;
    }

    private static @Nullable String told(@Nullable Point point) {
        if (point == null) return null;
        return point.instant() == null ? point.told() : point.instant().toString();
    }

    /** One element, as it was or as it is. */
    public Seen see(JdbcClient db, Reach reach, Inventory.Row row, Instant now) {
        return isNow() ? new Seen(row, now) : see(db, reach, List.of(row), now).getFirst();
    }

    /** Elements as they were, in their order: a few statements per customer, however many there are. */
    public List<Seen> see(JdbcClient db, Reach reach, List<Inventory.Row> rows, Instant now) {
        requireOneRecord(reach.scope());
        Map<UUID, List<Inventory.Row>> byCustomer = new LinkedHashMap<>();
        for (Inventory.Row row : rows)
            byCustomer.computeIfAbsent(row.customer(), c -> new ArrayList<>()).add(row);
        Map<UUID, Seen> seen = new LinkedHashMap<>();
        byCustomer.forEach((customer, some) -> {
            Moment moment = moment(db, reach.scope(), customer, now);
            List<Past.Subject> subjects = some.stream()
                    .map(row -> new Past.Subject(row.element(), row.name(), row.type()))
                    .toList();
            Vocabulary vocabulary = reach.vocabulary(customer);
            for (Picture picture : Past.folds(db, customer, subjects, vocabulary, moment.moment()))
                seen.put(picture.id(), new Seen(row(picture, vocabulary, moment.judgedAt()), moment.judgedAt()));
        });
        return rows.stream()
                .map(row -> seen.get(row.element()))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    /** A number is one of one customer's record. */
    private void requireOneRecord(Scope scope) {
        boolean numbered = (asOf != null && asOf.instant() == null) || (knownAt != null && knownAt.instant() == null);
        if (numbered && scope.grants().size() > 1) throw Refusal.of(Problem.CUSTOMER_NEEDED);
    }

    static Inventory.Row row(Picture picture, Vocabulary vocabulary, Instant at) {
        Knowledge.Card card = Knowledge.Card.of(picture, vocabulary, at);
        boolean known = picture.lastSeq() > 0;
        return new Inventory.Row(
                picture.customer(),
                picture.id(),
                picture.name(),
                picture.type(),
                known ? picture.status().word() : null,
                card.infrastructure(),
                card.project(),
                card.provider(),
                card.site(),
                List.copyOf(card.tags()),
                ElementJson.divergences(picture, vocabulary, at),
                picture.lastSeq(),
                picture);
    }

    /**
     * Up to where of a customer's record one looks.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER} where there is no such entry
     */
    public Horizon horizon(JdbcClient db, UUID customer, Instant now) {
        if (knownAt == null) return Horizon.whole(db, customer, now);
        Instant instant = knownAt.instant();
        if (instant == null) return entry(db, customer, knownAt);
        return Horizon.at(db, customer, instant);
    }

    private static Horizon entry(JdbcClient db, UUID customer, Point point) {
        Horizon horizon = Horizon.entry(db, customer, point.seq());
        if (horizon == null) throw unfit(point.parameter());
        return horizon;
    }

    // ---- numbers of the record ------------------------------------------------------------------------------------

    /** Where in one customer's record one looks, and when freshness is judged. */
    public record Moment(Past.Moment moment, Instant judgedAt) {
        boolean isNow() {
            return moment.asOf() == null && moment.learntBy() == null;
        }
    }

    /** The moment in one customer's record. */
    public Moment moment(JdbcClient db, Scope scope, UUID customer, Instant now) {
        Scope.Grant grant = scope.grant(customer);
        if (grant == null) throw Refusal.of(Problem.NOT_FOUND);
        Instant happened = asOf == null ? null : instant(db, grant, asOf, "least(t.witnessed_at, t.recorded_at)");
        Instant learnt = knownAt == null ? null : instant(db, grant, knownAt, "t.recorded_at");
        Testimonies.Known known = knownAt == null || learnt == null
                ? Testimonies.Known.EVERYTHING
                : knownAt.instant() == null ? Testimonies.Known.upTo(knownAt.seq()) : Testimonies.Known.at(learnt);
        Instant judgedAt = happened != null ? happened : learnt != null ? learnt : now;
        return new Moment(new Past.Moment(known, happened, learnt), judgedAt);
    }

    /** The time of an entry, as long as the reader may know of it. */
    private static Instant instant(JdbcClient db, Scope.Grant grant, Point point, String time) {
        if (point.instant() != null) return point.instant();
        Inventory.Where visible = Inventory.Where.of(grant, Selection.EVERYTHING);
        Conditions ofAll = WholeInfrastructures.within(new Conditions().and("i.seq = t.seq"), grant);
        String limits = grant.isWhole() ? "" : """
                 and (exists (select from assignment a
                              join knowledge k on k.customer_id = a.customer_id and k.element_id = a.element_id
                              where a.customer_id = t.customer_id and a.seq = t.seq and\s""" + visible.sql() + ")" + ofAll.in("""
                      or exists (select from infrastructure_entry i where i.customer_id = t.customer_id and {where}))""");
        List<Object> parameters = new ArrayList<>(List.of(grant.customer(), point.seq()));
        if (!grant.isWhole()) {
            parameters.addAll(visible.parameters());
            parameters.addAll(ofAll.parameters());
        }
        return db.sql("select " + time + " from testimony t where t.customer_id = ? and t.seq = ? " + limits)
                .params(parameters)
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant)
                .orElseThrow(() -> unfit(point.parameter()));
    }
}
