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
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What ends, and when: of elements by what is best known of them, of orders by what was agreed, of mandates. */
public final class DeadlineReader {
    private DeadlineReader() {}

    /** What ends. */
    public enum What {
        EXPIRY,
        WARRANTY,
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

    /** How many deadlines of one day a page may have to read over. */
    private static final int MOST_OF_A_DAY = 1_000;

    private static final List<String> ASKED = List.of("owner", "payer", "renewal", "provider");

    private static final String OF_ELEMENTS = """
            select t.customer_id, t.text as day, case t.attribute when 'expires' then 'expiry' else 'warranty' end as what,
                   k.element_id as subject, k.name, k.type, null as owner, null as payer, null as renewal, null as provider
            from term t join knowledge k on k.customer_id = t.customer_id and k.element_id = t.element_id
            where t.number is null and t.attribute in ('expires', 'warranty.ends') and k.status <> 'decommissioned' and {where}
            order by t.text limit ?""";

    private static final String OF_ORDERS = """
            select o.customer_id, o.day::text as day, o.what, o.order_id as subject, o.number as name, null as type,
                   o.story #>> '{terms,owner}' as owner, o.story #>> '{terms,payer}' as payer,
                   o.story #>> '{terms,renewal}' as renewal, o.provider
            from (select *, expires_on as day, 'order' as what from orders
                  union all select *, notice_until, 'notice' from orders) as o
            where o.cancelled_on is null and {where}
            order by o.day limit ?""";

    private static final String OF_MANDATES = """
            select m.customer_id, m.until_at::date::text as day, 'mandate' as what, m.mandate_id as subject, null as name,
                   null as type, null as owner, null as payer, null as renewal, t.name as provider
            from mandate m join ops_team t on t.ops_team_id = m.ops_team_id
            where m.state = 'active' and {where}
            order by m.until_at limit ?""";

    /**
     * The deadlines of a scope from one day to another, both included, the soonest first.
     *
     * @param after only those after this place, or null
     */
    public static List<Deadline> list(
            JdbcClient db, Scope scope, LocalDate from, LocalDate until, @Nullable Place after, int limit) {
        LocalDate begin = after == null || after.on().isBefore(from) ? from : after.on();
        List<Deadline> found = new ArrayList<>();
        // those of the first day may stand before the place: they are read again, and left out
        int most = limit + (after == null ? 0 : MOST_OF_A_DAY);
        for (Scope.Grant grant : scope.grants()) {
            found.addAll(ofElements(db, grant, begin, until, most));
            if (!grant.isWhole()) continue;
            found.addAll(read(of("o", grant, begin, until), db, OF_ORDERS, most));
            found.addAll(read(
                    new Conditions()
                            .and("m.customer_id = ?", grant.customer())
                            .and("m.until_at >= ?::date and m.until_at < ?::date + 1", text(begin), text(until)),
                    db,
                    OF_MANDATES,
                    most));
        }
        return found.stream()
                .filter(one -> after == null || Place.SOONEST_FIRST.compare(one.place(), after) > 0)
                .sorted(Comparator.comparing(Deadline::place, Place.SOONEST_FIRST))
                .limit(limit)
                .toList();
    }

    private static List<Deadline> ofElements(
            JdbcClient db, Scope.Grant grant, LocalDate from, LocalDate until, int most) {
        Conditions where = new Conditions()
                .and("t.customer_id = ?", grant.customer())
                .and("t.text ~>=~ ? and t.text ~<=~ ?", text(from), text(until))
                .oneOf("k.infrastructure", grant.infrastructures())
                .oneOf("k.name", grant.elements());
        return read(where, db, OF_ELEMENTS, most);
    }

    private static Conditions of(String table, Scope.Grant grant, LocalDate from, LocalDate until) {
        return new Conditions()
                .and(table + ".customer_id = ?", grant.customer())
                .and(table + ".day >= ?::date and " + table + ".day <= ?::date", text(from), text(until));
    }

    private static String text(LocalDate day) {
        return day.toString();
    }

    private static List<Deadline> read(Conditions where, JdbcClient db, String sql, int most) {
        return where.run(db, sql, most).query((row, n) -> deadline(row)).list();
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

    /** The same, those of elements with what is best known of who owns and pays them and how they are renewed. */
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
