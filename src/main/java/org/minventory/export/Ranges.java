package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.element.IpRange;
import org.minventory.knowledge.Space;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * The ranges that living elements hold, one storey of the tree at a time: those that lie in no other one that the reader
 * reaches, of all ranges or of those within a given one. By their first address, the wider one first.
 */
public final class Ranges {
    private Ranges() {}

    /** An element and the range that it holds. */
    public record Holder(
            UUID customer,
            UUID element,
            String name,
            String type,
            String status,
            @Nullable String infrastructure,
            IpRange range) {

        /** As it is mentioned wherever ranges are told of. */
        ObjectNode json() {
            return Json.object()
                    .put("id", element.toString())
                    .put("name", name)
                    .put("type", type)
                    .put("status", status)
                    .put("infrastructure", infrastructure)
                    .put("range", range.text());
        }
    }

    static final String HOLDER =
            "k.customer_id, k.element_id, k.name, k.type, k.status, k.infrastructure, r.first, r.last";

    /** What sticks out of everything that begins before it lies in nothing. */
    private static final String STOREY = "select " + HOLDER + """
            , max(r.last) over (order by r.first, r.last desc groups between unbounded preceding and 1 preceding) as covered
            from address_range r
            join knowledge k on k.customer_id = r.customer_id and k.element_id = r.element_id""";

    /** Where a page begins: after this range of this element. */
    public record Place(IpRange range, UUID element) {}

    /**
     * The next ranges of a storey, over all customers that are reached.
     *
     * @param inside only those that lie in it and are not it; null for all
     */
    public static List<Holder> storey(
            JdbcClient db,
            Scope scope,
            Selection selection,
            @Nullable IpRange inside,
            @Nullable Place after,
            int limit) {
        Inventory.Union union = new Inventory.Union();
        for (Scope.Grant grant : scope.grants()) union.add(STOREY, held(grant, selection, inside), "");
        if (union.isEmpty()) return List.of();
        JdbcClient.StatementSpec statement = union.run(
                db,
                "where (covered is null or last > covered)" + (after == null ? "" : AFTER)
                        + " order by first, last desc, element_id limit " + limit);
        if (after != null) {
            String first = after.range().first().text();
            String last = after.range().last().text();
            statement =
                    statement.param(first).param(first).param(last).param(last).param(after.element());
        }
        return statement.query((row, n) -> holder(row)).list();
    }

    private static final String AFTER =
            " and (first > ?::inet or (first = ?::inet and (last < ?::inet or (last = ?::inet and element_id > ?))))";

    private static Inventory.Where held(Scope.Grant grant, Selection selection, @Nullable IpRange inside) {
        Inventory.Where where = Inventory.Where.of(grant, selection).and("r.attribute = ?", Space.RANGE);
        if (inside == null) return where;
        String first = inside.first().text();
        String last = inside.last().text();
        return where.and("r.first >= ?::inet and r.first <= ?::inet and r.last <= ?::inet", first, last, last)
                .and("(r.first <> ?::inet or r.last <> ?::inet)", first, last);
    }

    static Holder holder(ResultSet row) throws SQLException {
        return new Holder(
                row.getObject("customer_id", UUID.class),
                row.getObject("element_id", UUID.class),
                row.getString("name"),
                row.getString("type"),
                row.getString("status"),
                row.getString("infrastructure"),
                Space.range(row.getString("first"), row.getString("last")));
    }

    /** How much of a range is in use: the addresses that somebody holds, and the ranges that lie in it. */
    public record Use(long addresses, long ranges) {
        static final Use NONE = new Use(0, 0);
    }

    /** How much of these ranges is in use, as far as the reader reaches; one statement each, whatever their number. */
    public static Map<UUID, Use> use(JdbcClient db, Scope scope, List<Holder> holders) {
        Map<UUID, Long> addresses = counted(db, scope, holders, ADDRESSES);
        Map<UUID, Long> ranges = counted(db, scope, holders, RANGES);
        Map<UUID, Use> use = new HashMap<>();
        for (Holder holder : holders)
            use.put(
                    holder.element(),
                    new Use(addresses.getOrDefault(holder.element(), 0L), ranges.getOrDefault(holder.element(), 0L)));
        return use;
    }

    private static final String ADDRESSES = """
            select r.element_id, count(distinct i.address) as n from address_range r
            join identifier i on i.customer_id = r.customer_id and i.until is null
              and i.address >= r.first and i.address <= r.last
            join knowledge k on k.customer_id = i.customer_id and k.element_id = i.element_id""";

    private static final String RANGES = """
            select r.element_id, count(*) as n from address_range r
            join address_range i on i.customer_id = r.customer_id and i.attribute = r.attribute
              and i.first >= r.first and i.first <= r.last and i.last <= r.last and (i.first > r.first or i.last < r.last)
            join knowledge k on k.customer_id = i.customer_id and k.element_id = i.element_id""";

    private static Map<UUID, Long> counted(JdbcClient db, Scope scope, List<Holder> holders, String what) {
        Inventory.Union union = new Inventory.Union();
        for (Scope.Grant grant : scope.grants()) {
            List<UUID> its = holders.stream()
                    .filter(holder -> holder.customer().equals(grant.customer()))
                    .map(Holder::element)
                    .toList();
            if (its.isEmpty()) continue;
            Inventory.Where where = Inventory.Where.of(grant, Selection.EVERYTHING)
                    .and("r.customer_id = ?", grant.customer())
                    .and("r.attribute = ? and r.element_id = any(?)", Space.RANGE, Arrays.of(its));
            union.add(what, where, "group by r.element_id");
        }
        Map<UUID, Long> counted = new HashMap<>();
        if (!union.isEmpty())
            union.run(db, "").query(row -> {
                counted.put(row.getObject("element_id", UUID.class), row.getLong("n"));
            });
        return counted;
    }

    /** One range of a storey, with how much of it is in use. */
    public static ObjectNode json(Holder holder, Reach reach, Map<UUID, Use> use) {
        Use its = use.getOrDefault(holder.element(), Use.NONE);
        return holder.json()
                .put("customer", reach.slug(holder.customer()))
                .put("size", holder.range().size().toString())
                .put("used", its.addresses())
                .put("inside", its.ranges());
    }
}
