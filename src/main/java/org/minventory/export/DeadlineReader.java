package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.base.Word;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.project.Reservation;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What ends, and when: of elements by what is best known of them, of orders by what was agreed, of mandates. */
public final class DeadlineReader {
    private DeadlineReader() {}

    /** What ends. */
    public enum What {
        EXPIRY,
        WARRANTY,
        RESERVATION,
        NOTICE,
        ORDER,
        MANDATE;

        /** The word of the API. */
        public String word() {
            return Word.of(this);
        }
    }

    /** Where a deadline stands in every list: by its day, then by what ends. */
    public record Place(LocalDate on, String key) {
        static final Comparator<Place> SOONEST_FIRST =
                Comparator.comparing(Place::on).thenComparing(Place::key);
    }

    /**
     * A day on which something ends.
     *
     * @param subject the element, order or mandate
     * @param name of the element, or the number of the order; null for a mandate
     * @param type the element's type, or null
     */
    public record Deadline(
            UUID customer,
            LocalDate on,
            What what,
            UUID subject,
            @Nullable String name,
            @Nullable String type,
            Map<String, String> told) {
        /** Its place. */
        public Place place() {
            return new Place(on, what.word() + " " + subject);
        }

        /** What is known under an attribute: who owns it, who pays, how it is renewed. */
        public @Nullable String known(String attribute) {
            return told.get(attribute);
        }
    }

    /** What is known of a reservation: what is to be put right. */
    static final String RESERVED = "reserved";

    private static final List<String> ASKED = List.of("owner", "payer", "renewal", "provider");

    /** What is listed of any sort of deadline; the day and the key are text, and sort as they do here. */
    private static final String NEXT = """
            select * from ({all}) as d
            where d.day >= ? and d.day <= ? and (d.day, d.what || ' ' || d.subject) > (?, ?)
            order by d.day, d.what || ' ' || d.subject limit ?""";

    private static final String OF_ELEMENTS = """
            select t.customer_id, t.text collate "C" as day,
                   case t.attribute when 'expires' then 'expiry' when 'reservation' then 'reservation' else 'warranty' end collate "C" as what,
                   k.element_id as subject, k.name, k.type, null as owner, null as payer, null as renewal, null as provider
            from term t join knowledge k on k.customer_id = t.customer_id and k.element_id = t.element_id
            where t.number is null and t.attribute in ('expires', 'warranty.ends', 'reservation') and k.status not in ('decommissioned', 'cancelled') and {where}""";

    private static final String OF_ORDERS = """
            select o.customer_id, o.day::text collate "C" as day, o.what collate "C" as what, o.order_id as subject,
                   o.number as name, null as type, o.story #>> '{terms,owner}' as owner, o.story #>> '{terms,payer}' as payer,
                   o.story #>> '{terms,renewal}' as renewal, o.provider
            from (select *, expires_on as day, 'order' as what from orders
                  union all select *, notice_until, 'notice' from orders) as o
            where o.cancelled_on is null and o.day is not null and {where}""";

    private static final String OF_MANDATES = """
            select m.customer_id, (m.until_at at time zone 'UTC')::date::text collate "C" as day, 'mandate' collate "C" as what,
                   m.mandate_id as subject, null as name, null as type, null as owner, null as payer, null as renewal,
                   t.name as provider
            from mandate m join ops_team t on t.ops_team_id = m.ops_team_id
            where m.state = 'active' and m.until_at is not null and {where}""";

    /**
     * The deadlines of a scope from one day to another, both included, the soonest first.
     *
     * @param after only those after this place, or null
     */
    public static List<Deadline> list(
            JdbcClient db, Scope scope, LocalDate from, LocalDate until, @Nullable Place after, int limit) {
        List<Object> page = List.of(
                from.toString(),
                until.toString(),
                after == null ? "" : after.on().toString(),
                after == null ? "" : after.key(),
                limit);
        List<Deadline> found = new ArrayList<>();
        for (Scope.Grant grant : scope.grants()) {
            Conditions elements = new Conditions()
                    .and("t.customer_id = ?", grant.customer())
                    .and("t.text ~>=~ ? and t.text ~<=~ ?", from.toString(), until.toString())
                    .oneOf("k.infrastructure", grant.infrastructures())
                    .oneOf("k.name", grant.elements());
            found.addAll(read(db, OF_ELEMENTS, elements, page));
            if (!grant.isWhole()) continue;
            found.addAll(read(db, OF_ORDERS, new Conditions().and("o.customer_id = ?", grant.customer()), page));
            found.addAll(read(db, OF_MANDATES, new Conditions().and("m.customer_id = ?", grant.customer()), page));
        }
        return found.stream()
                .sorted(Comparator.comparing(Deadline::place, Place.SOONEST_FIRST))
                .limit(limit)
                .toList();
    }

    private static List<Deadline> read(JdbcClient db, String all, Conditions where, List<Object> page) {
        return where.run(db, List.of(), NEXT.replace("{all}", all), page)
                .query((row, n) -> deadline(row))
                .list();
    }

    private static Deadline deadline(ResultSet row) throws SQLException {
        Map<String, String> told = new HashMap<>();
        for (String attribute : ASKED) {
            String value = row.getString(attribute);
            if (value != null) told.put(attribute, value);
        }
        return new Deadline(
                row.getObject("customer_id", UUID.class),
                LocalDate.parse(row.getString("day")),
                Word.read(What.class, row.getString("what")),
                row.getObject("subject", UUID.class),
                row.getString("name"),
                row.getString("type"),
                told);
    }

    /** What is to be put right by that day, in words; null where nothing is any more. */
    private static @Nullable String reserved(Deadline deadline, Picture picture, Vocabulary vocabulary, Instant now) {
        List<String> standing = Reservation.standing(picture, vocabulary, now).stream()
                .filter(one -> one.until().equals(deadline.on()))
                .map(one -> Objects.requireNonNullElse(one.text(), one.attribute()))
                .toList();
        return standing.isEmpty() ? null : String.join("; ", standing);
    }

    /** The same, without reservations that were put right; those of elements with what is best known of who owns and pays them and how they are renewed. */
    public static List<Deadline> told(JdbcClient db, List<Deadline> deadlines, Reach reach, Instant now) {
        Map<UUID, Picture> pictures = new HashMap<>();
        for (UUID customer :
                deadlines.stream().map(Deadline::customer).distinct().toList())
            pictures.putAll(Knowledge.pictures(
                    db,
                    customer,
                    deadlines.stream()
                            .filter(one -> one.type() != null && one.customer().equals(customer))
                            .map(Deadline::subject)
                            .distinct()
                            .toList()));
        return deadlines.stream()
                .map(one -> one.type() == null ? one : told(one, pictures.get(one.subject()), reach, now))
                .filter(one -> one.what() != What.RESERVATION || one.known(RESERVED) != null)
                .toList();
    }

    private static Deadline told(Deadline deadline, @Nullable Picture picture, Reach reach, Instant now) {
        if (picture == null) return deadline;
        Vocabulary vocabulary = reach.vocabulary(deadline.customer());
        Map<String, String> told = new HashMap<>();
        for (String attribute : ASKED) {
            JsonNode value = Index.bestKnown(picture, attribute, vocabulary, now);
            if (value != null && value.isString()) told.put(attribute, value.stringValue());
        }
        String reserved = deadline.what() == What.RESERVATION ? reserved(deadline, picture, vocabulary, now) : null;
        if (reserved != null) told.put(RESERVED, reserved);
        return new Deadline(
                deadline.customer(),
                deadline.on(),
                deadline.what(),
                deadline.subject(),
                Objects.requireNonNull(deadline.name()),
                deadline.type(),
                told);
    }
}
