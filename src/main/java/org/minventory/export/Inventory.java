package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Word;
import org.minventory.element.IpAddress;
import org.minventory.element.Status;
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

    /**
     * One element as lists know it, with its picture.
     *
     * @param status null only in the past, before anything was known of it
     */
    public record Row(
            UUID customer,
            UUID element,
            String name,
            String type,
            @Nullable String status,
            @Nullable String infrastructure,
            @Nullable String project,
            @Nullable String provider,
            @Nullable String site,
            List<String> tags,
            int divergences,
            long seq,
            Picture picture) {}

    private static final String COLUMNS = """
            k.customer_id, k.element_id, k.name, k.type, k.status, k.infrastructure, k.project, k.provider, k.site, k.tags,
            k.divergences, k.seq, k.doc""";

    /** The next places of a selection after one, in the order of names, over all customers that are reached. */
    public static List<Place> places(
            JdbcClient db,
            Scope scope,
            Selection selection,
            @Nullable String afterName,
            @Nullable UUID afterElement,
            int limit) {
        return places(db, scope, selection, where -> where, afterName, afterElement, limit);
    }

    /** All places of a selection: names without what is known. */
    public static List<Place> places(JdbcClient db, Scope scope, Selection selection) {
        return places(db, scope, selection, null, null, Integer.MAX_VALUE);
    }

    /** The same of those that fulfil one condition more. */
    static List<Place> places(
            JdbcClient db,
            Scope scope,
            Selection selection,
            UnaryOperator<Where> more,
            @Nullable String afterName,
            @Nullable UUID afterElement,
            int limit) {
        Union union = new Union();
        for (Scope.Grant grant : scope.grants()) {
            Where where = more.apply(Where.of(grant, selection));
            if (afterName != null && afterElement != null)
                where.and("(k.name, k.element_id) > (?, ?)", afterName, afterElement);
            union.add(
                    "select k.customer_id, k.element_id, k.name from knowledge k",
                    where,
                    "order by k.name, k.element_id limit " + limit);
        }
        if (union.isEmpty()) return List.of();
        return union.run(db, "order by name, element_id limit " + limit)
                .query((row, n) -> new Place(
                        row.getObject("customer_id", UUID.class),
                        row.getObject("element_id", UUID.class),
                        row.getString("name")))
                .list();
    }

    /** The places of the living elements of these names. */
    public static List<Place> named(JdbcClient db, Scope scope, java.util.Collection<String> names) {
        return places(
                db,
                scope,
                Selection.EVERYTHING,
                where -> where.and("k.name = any(?)", Where.texts(names)).and("k.status <> all(?)", Where.texts(OVER)),
                null,
                null,
                Integer.MAX_VALUE);
    }

    private static final List<String> OVER =
            Stream.of(Status.values()).filter(Status::isOver).map(Status::word).toList();

    /** The elements at these places, in that order. */
    public static List<Row> rows(JdbcClient db, List<Place> places) {
        org.minventory.base.Arrays wanted = new org.minventory.base.Arrays("uuid", "uuid");
        for (Place place : places) wanted.row(place.customer(), place.element());
        if (wanted.isEmpty()) return List.of();
        Map<UUID, Row> rows = new HashMap<>();
        wanted.bind(db, "select " + COLUMNS + """
                         from unnest(?::uuid[], ?::uuid[]) as wanted (customer_id, element_id)
                        join knowledge k on k.customer_id = wanted.customer_id and k.element_id = wanted.element_id""")
                .query((row, n) -> row(row))
                .list()
                .forEach(row -> rows.put(row.element(), row));
        Knowledge.hear(db, rows.values().stream().map(Row::picture).toList());
        return places.stream()
                .map(place -> rows.get(place.element()))
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private static Row row(ResultSet row) throws SQLException {
        UUID customer = row.getObject("customer_id", UUID.class);
        return new Row(
                customer,
                row.getObject("element_id", UUID.class),
                row.getString("name"),
                row.getString("type"),
                row.getString("status"),
                row.getString("infrastructure"),
                row.getString("project"),
                row.getString("provider"),
                row.getString("site"),
                Arrays.asList((String[]) row.getArray("tags").getArray()),
                row.getInt("divergences"),
                row.getLong("seq"),
                Knowledge.picture(customer, row));
    }

    /**
     * The element of that id, or of that name (the living one first), within the scope; null where there is none.
     *
     * @param customer the one to look in; null for all that are reached
     * @throws Refusal {@link Problem#CUSTOMER_NEEDED} where several customers have that name
     */
    public static @Nullable Row one(JdbcClient db, Scope scope, String nameOrId, @Nullable UUID customer) {
        UUID id = Ids.parse(nameOrId);
        Union union = new Union();
        for (Scope.Grant grant : scope.grants()) {
            if (customer != null && !grant.customer().equals(customer)) continue;
            Where where = Where.of(grant, Selection.EVERYTHING);
            if (id != null) where.and("k.element_id = ?", id);
            else where.and("k.name = ?", nameOrId);
            union.add("select " + COLUMNS + """
                    , e.closed_at from knowledge k
                    join element e on e.customer_id = k.customer_id and e.element_id = k.element_id""", where, "order by e.closed_at desc nulls first limit 1");
        }
        if (union.isEmpty()) return null;
        List<Row> found = union.run(db, "limit 2").query((row, n) -> row(row)).list();
        if (found.size() > 1) throw Refusal.of(Problem.CUSTOMER_NEEDED);
        if (found.isEmpty()) {
            UUID other = mergedInto(db, scope, nameOrId, customer);
            return other == null ? null : one(db, scope, other.toString(), customer);
        }
        Knowledge.hear(db, List.of(found.getFirst().picture()));
        return found.getFirst();
    }

    /** What turned out to be another element leads to that one. */
    private static @Nullable UUID mergedInto(JdbcClient db, Scope scope, String nameOrId, @Nullable UUID customer) {
        List<UUID> found = db.sql("""
                        select distinct merged_into from element
                        where customer_id = any(?) and merged_into is not null and (name = ? or element_id::text = ?)""")
                .param(1, org.minventory.base.Arrays.of(customer == null ? scope.customers() : List.of(customer)))
                .param(2, nameOrId)
                .param(3, nameOrId)
                .query(UUID.class)
                .list();
        return found.size() == 1 ? found.getFirst() : null;
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
        Union union = new Union();
        for (Scope.Grant grant : scope.grants())
            union.add("select count(*) as n from knowledge k", Where.of(grant, selection), "");
        return union.isEmpty()
                ? 0
                : union.run(db, "").query(Long.class).list().stream()
                        .mapToLong(n -> n)
                        .sum();
    }

    /** The values that a column of lists takes, for menus of filters. */
    public static Set<String> values(JdbcClient db, Scope scope, Column column) {
        String name = "k." + Word.of(column);
        Union union = new Union();
        for (Scope.Grant grant : scope.grants())
            union.add(
                    "select distinct " + name + " as word from knowledge k",
                    Where.of(grant, Selection.EVERYTHING).and(name + " is not null"),
                    "");
        return union.isEmpty()
                ? Set.of()
                : new LinkedHashSet<>(
                        union.run(db, "order by word").query(String.class).list());
    }

    /** How many elements each infrastructure holds, and how many of them diverge. */
    public static List<Holding> infrastructures(JdbcClient db, Scope scope) {
        Union union = new Union();
        for (Scope.Grant grant : scope.grants())
            union.add(
                    """
                    select k.customer_id, k.infrastructure, count(*) as elements,
                           count(*) filter (where k.divergences > 0) as diverging
                    from knowledge k""",
                    Where.of(grant, Selection.EVERYTHING).and("k.infrastructure is not null"),
                    "group by k.customer_id, k.infrastructure");
        if (union.isEmpty()) return List.of();
        return union.run(db, "")
                .query((row, n) ->
                        new Holding(row.getObject(1, UUID.class), row.getString(2), row.getLong(3), row.getLong(4)))
                .list();
    }

    /** An infrastructure as the elements tell it. */
    public record Holding(UUID customer, String infrastructure, long elements, long diverging) {}

    /** Columns that lists filter by. */
    public enum Column {
        TYPE,
        STATUS,
        INFRASTRUCTURE,
        PROJECT,
        PROVIDER,
        SITE
    }

    /** One statement over all that a scope grants: a branch per customer, each with its own limits and its own index. */
    static final class Union {
        private final List<String> branches = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        void add(String select, Where where, String rest) {
            branches.add("(" + select + " where " + where.sql() + " " + rest + ")");
            parameters.addAll(where.parameters);
        }

        boolean isEmpty() {
            return branches.isEmpty();
        }

        /** The plan by which it would be run. */
        String plan(JdbcClient db) {
            String sql = "explain select * from (" + String.join(" union all ", branches) + ") as found";
            return String.join(
                    "\n", db.sql(sql).params(parameters).query(String.class).list());
        }

        JdbcClient.StatementSpec run(JdbcClient db, String rest) {
            return db.sql("select * from (" + String.join(" union all ", branches) + ") as found " + rest)
                    .params(parameters);
        }
    }

    /** A predicate with its parameters, put together in one place: what a grant reaches, and what is selected of it. */
    static final class Where {
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
            if (selection.diverging() != null)
                where.and(selection.diverging() ? "k.divergences > 0" : "k.divergences = 0");
            if (selection.stale() != null)
                where.and(
                        (selection.stale() ? "" : "not ") + STALE,
                        selection.now().toString());
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
        void search(String question) {
            for (String word : question.toLowerCase(Locale.ROOT).strip().split("\\s+", 10)) {
                IpAddress address = IpAddress.parse(word);
                String begins = """
                        exists (select from term t where t.customer_id = k.customer_id and t.element_id = k.element_id
                                and t.number is null and t.text ~>=~ ? and t.text ~<~ ?)""";
                if (address == null) and(begins, word, after(word));
                else and("(" + begins + """
                             or exists (select from address_range r where r.customer_id = k.customer_id
                                        and r.element_id = k.element_id and r.attribute <> 'gateway' and r.first <= ?::inet and r.last >= ?::inet))""", word, after(word), address.text(), address.text());
            }
        }

        /** The first text after all that begin with the word. */
        static String after(String word) {
            return word + Character.toString(Character.MAX_CODE_POINT);
        }

        private void fact(Selection.FactFilter fact) {
            boolean differs = fact.op() == Selection.FactFilter.Op.NE;
            String compare = differs ? "=" : fact.op().sql();
            String which = fact.number() == null ? "t.text " + compare + " ?" : "t.number " + compare + " ?";
            and(
                    (differs ? "not " : "") + """
                    exists (select from term t where t.customer_id = k.customer_id and t.element_id = k.element_id
                            and t.attribute = ? and\s""" + which + ")",
                    fact.attribute(),
                    fact.number() == null ? fact.text() : fact.number());
        }

        String sql() {
            return String.join(" and ", conditions);
        }

        List<Object> parameters() {
            return parameters;
        }

        Where and(String condition, Object... values) {
            conditions.add(condition);
            parameters.addAll(Arrays.asList(values));
            return this;
        }
    }
}
