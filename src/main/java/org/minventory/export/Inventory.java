package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.element.IpAddress;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads the inventory: a page of it, all of a selection, one element. Within a reader's scope, always by name; one
 * statement finds which, one reads them.
 */
public final class Inventory {
    private Inventory() {}

    /** The place of an element in every list: by name, then by id. */
    public record Place(UUID customer, UUID element, String name) {}

    /** One element as lists know it, with its picture. */
    public record Row(
            UUID customer,
            UUID element,
            String name,
            String type,
            String status,
            @Nullable String infrastructure,
            @Nullable String project,
            @Nullable String provider,
            @Nullable String site,
            List<String> tags,
            int divergences,
            long seq,
            Picture picture) {}

    /** The next places of a selection after one, in the order of names, over all customers that are reached. */
    public static List<Place> places(
            JdbcClient db, Scope scope, Selection selection, @Nullable String afterName, @Nullable UUID afterElement, int limit) {
        List<Place> places = new ArrayList<>();
        for (Scope.Grant grant : scope.grants()) {
            Where where = Where.of(grant, selection);
            if (afterName != null && afterElement != null) where.and("(k.name, k.element_id) > (?, ?)", afterName, afterElement);
            where.run(db, "select k.element_id, k.name from knowledge k", "order by k.name, k.element_id limit " + limit)
                    .query(row -> {
                        places.add(new Place(grant.customer(), row.getObject("element_id", UUID.class), row.getString("name")));
                    });
        }
        places.sort(Comparator.comparing(Place::name).thenComparing(Place::element, Inventory::asPostgres));
        return places.size() > limit ? List.copyOf(places.subList(0, limit)) : places;
    }

    /** PostgreSQL orders UUIDs by their bytes, Java by signed halves. */
    private static int asPostgres(UUID a, UUID b) {
        int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
        return high != 0 ? high : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
    }

    /** The elements at these places, in that order. */
    public static List<Row> rows(JdbcClient db, List<Place> places) {
        Map<UUID, List<UUID>> byCustomer = new LinkedHashMap<>();
        for (Place place : places) byCustomer.computeIfAbsent(place.customer(), c -> new ArrayList<>()).add(place.element());
        Map<UUID, Row> rows = new LinkedHashMap<>();
        byCustomer.forEach((customer, elements) -> read(db, customer, elements).forEach(row -> rows.put(row.element(), row)));
        return places.stream().map(place -> rows.get(place.element())).filter(java.util.Objects::nonNull).toList();
    }

    private static List<Row> read(JdbcClient db, UUID customer, List<UUID> elements) {
        Map<UUID, Picture> pictures = Knowledge.pictures(db, customer, elements);
        return db.sql("""
                        select element_id, name, type, status, infrastructure, project, provider, site, tags, divergences, seq
                        from knowledge where customer_id = ? and element_id = any(?)""")
                .param(1, customer)
                .param(2, org.minventory.base.Arrays.of(elements))
                .query((row, n) -> row(customer, row, pictures))
                .list();
    }

    private static Row row(UUID customer, ResultSet row, Map<UUID, Picture> pictures) throws SQLException {
        UUID element = row.getObject("element_id", UUID.class);
        return new Row(
                customer, element, row.getString("name"), row.getString("type"), row.getString("status"),
                row.getString("infrastructure"), row.getString("project"), row.getString("provider"), row.getString("site"),
                Arrays.asList((String[]) row.getArray("tags").getArray()), row.getInt("divergences"), row.getLong("seq"),
                java.util.Objects.requireNonNull(pictures.get(element)));
    }

    /** The element of that id, or of that name (the living one first), within the scope; null where there is none. */
    public static @Nullable Row one(JdbcClient db, Scope scope, String nameOrId, @Nullable UUID customer) {
        UUID id = org.minventory.base.Ids.parse(nameOrId);
        for (Scope.Grant grant : scope.grants()) {
            if (customer != null && !grant.customer().equals(customer)) continue;
            Where where = Where.of(grant, Selection.EVERYTHING);
            if (id != null) where.and("k.element_id = ?", id);
            else where.and("k.name = ?", nameOrId);
            List<Place> found = where.run(db, """
                            select k.element_id, k.name from knowledge k
                            join element e on e.customer_id = k.customer_id and e.element_id = k.element_id""",
                            "order by e.closed_at desc nulls first limit 1")
                    .query((row, n) -> new Place(grant.customer(), row.getObject("element_id", UUID.class), row.getString("name")))
                    .list();
            if (!found.isEmpty()) return rows(db, found).getFirst();
        }
        return null;
    }

    /** Calls back with every element of a selection, a thousand at a time: memory does not grow with the inventory. */
    public static void each(JdbcClient db, Scope scope, Selection selection, Consumer<Row> reader) {
        List<Place> places = places(db, scope, selection, null, null, 1000);
        while (!places.isEmpty()) {
            rows(db, places).forEach(reader);
            Place last = places.getLast();
            places = places.size() < 1000 ? List.of() : places(db, scope, selection, last.name(), last.element(), 1000);
        }
    }

    /** How many elements a selection has. */
    public static long count(JdbcClient db, Scope scope, Selection selection) {
        long count = 0;
        for (Scope.Grant grant : scope.grants())
            count += Where.of(grant, selection).run(db, "select count(*) from knowledge k", "").query(Long.class).single();
        return count;
    }

    /** The values that a column of lists takes, for menus of filters. */
    public static Set<String> values(JdbcClient db, Scope scope, Column column) {
        Set<String> values = new LinkedHashSet<>();
        String name = column.name().toLowerCase(Locale.ROOT);
        for (Scope.Grant grant : scope.grants())
            values.addAll(Where.of(grant, Selection.EVERYTHING)
                    .and("k." + name + " is not null")
                    .run(db, "select distinct k." + name + " from knowledge k", "order by 1")
                    .query(String.class)
                    .list());
        return values;
    }

    /** Columns that lists filter by. */
    public enum Column {
        TYPE,
        STATUS,
        INFRASTRUCTURE,
        PROJECT,
        PROVIDER,
        SITE
    }

    /** A predicate with its parameters, put together in one place: what a grant reaches, and what is selected of it. */
    private static final class Where {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        static Where of(Scope.Grant grant, Selection selection) {
            Where where = new Where().and("k.customer_id = ?", grant.customer());
            where.oneOf("infrastructure", grant.infrastructures());
            where.oneOf("name", grant.elements());
            where.oneOf("infrastructure", orNull(selection.infrastructures()));
            where.oneOf("type", orNull(selection.types()));
            where.oneOf("status", orNull(selection.statuses()));
            where.oneOf("provider", orNull(selection.providers()));
            where.oneOf("site", orNull(selection.sites()));
            where.oneOf("project", orNull(selection.projects()));
            if (!selection.tags().isEmpty()) where.and("k.tags && ?::text[]", texts(selection.tags()));
            if (selection.diverging() != null) where.and(selection.diverging() ? "k.divergences > 0" : "k.divergences = 0");
            if (selection.stale() != null) where.and((selection.stale() ? "" : "not ") + STALE, selection.now().toString());
            if (selection.q() != null) where.search(selection.q());
            for (Selection.FactFilter fact : selection.facts()) where.fact(fact);
            return where;
        }

        private static final String STALE = """
                exists (select from last_words w
                        left join hearing h on h.customer_id = w.customer_id and h.seq = w.seq
                        where w.customer_id = k.customer_id and w.element_id = k.element_id
                        group by w.stance having max(coalesce(h.last_at, w.said_at) + coalesce(w.stale_after, interval '1000 years')) < ?::timestamptz)""";

        private static @Nullable List<String> orNull(List<String> values) {
            return values.isEmpty() ? null : values;
        }

        private static Object texts(java.util.Collection<String> values) {
            return org.minventory.base.Arrays.of("text", List.copyOf(values));
        }

        private void oneOf(String column, java.util.@Nullable Collection<String> values) {
            if (values != null) and("k." + column + " = any(?)", texts(values));
        }

        /** Every word of the question begins a word of the element, or is an address within one of its ranges. */
        private void search(String question) {
            for (String word : question.toLowerCase(Locale.ROOT).strip().split("\\s+", 10)) {
                IpAddress address = IpAddress.parse(word);
                String begins = """
                        exists (select from term t where t.customer_id = k.customer_id and t.element_id = k.element_id
                                and t.text ~>=~ ? and t.text ~<~ ?)""";
                if (address == null) and(begins, word, after(word));
                else
                    and("(" + begins + """
                             or exists (select from address_range r where r.customer_id = k.customer_id
                                        and r.element_id = k.element_id and r.first <= ?::inet and r.last >= ?::inet))""",
                            word, after(word), address.text(), address.text());
            }
        }

        /** The first text after all that begin with the word. */
        private static String after(String word) {
            return word + Character.toString(Character.MAX_CODE_POINT);
        }

        private void fact(Selection.FactFilter fact) {
            boolean differs = fact.op() == Selection.FactFilter.Op.NE;
            String compare = differs ? "=" : fact.op().sql();
            String which = fact.number() == null ? "t.text " + compare + " ?" : "t.number " + compare + " ?";
            and((differs ? "not " : "") + """
                    exists (select from term t where t.customer_id = k.customer_id and t.element_id = k.element_id
                            and t.attribute = ? and\s""" + which + ")",
                    fact.attribute(), fact.number() == null ? fact.text() : fact.number());
        }

        Where and(String condition, Object... values) {
            conditions.add(condition);
            parameters.addAll(Arrays.asList(values));
            return this;
        }

        JdbcClient.StatementSpec run(JdbcClient db, String select, String rest) {
            return db.sql(select + " where " + String.join(" and ", conditions) + " " + rest).params(parameters);
        }
    }
}
