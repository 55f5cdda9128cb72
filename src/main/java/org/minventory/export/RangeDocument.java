package org.minventory.export;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.element.Blocks;
import org.minventory.element.Gaps;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.minventory.knowledge.Space;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A range and what stands around and in it: the ranges that it lies in, those that lie in it, those that cross its bounds,
 * how much of it is free, and who holds which of its addresses. Only what the reader reaches is told, and counted.
 */
public final class RangeDocument {
    /** Ranges told of that lie directly in it; the rest of them is a list of its own. */
    public static final int CHILDREN = 100;

    private final JdbcClient db;
    private final Scope.Grant grant;
    private final IpRange range;
    private final List<Told> told;

    /** A range that touches this one, and the attribute by which its element tells of it. */
    private record Told(String attribute, Ranges.Holder holder) {
        boolean isHeld() {
            return attribute.equals(Space.RANGE);
        }

        IpRange range() {
            return holder.range();
        }
    }

    private RangeDocument(JdbcClient db, Scope.Grant grant, IpRange range, List<Told> told) {
        this.db = db;
        this.grant = grant;
        this.range = range;
        this.told = told;
    }

    private static final String TOUCHING = "select r.attribute, " + Ranges.HOLDER + """
             from address_range mine
            join address_range r on r.customer_id = mine.customer_id and r.first <= mine.last and r.last >= mine.first
            join knowledge k on k.customer_id = r.customer_id and k.element_id = r.element_id
            where\s""";

    /** The range that an element holds, in one statement; null where it holds none. */
    public static @Nullable RangeDocument of(JdbcClient db, Scope.Grant grant, UUID element) {
        Inventory.Where where = Inventory.Where.of(grant, Selection.EVERYTHING)
                .and("mine.customer_id = ? and mine.element_id = ?", grant.customer(), element)
                .and("mine.attribute = ?", Space.RANGE)
                .and("r.attribute = any(?)", Arrays.of("text", List.of(Space.RANGE, Space.NETWORK, Space.WITHHELD)));
        List<Told> told = db.sql(TOUCHING + where.sql() + " order by r.first, r.last desc, k.name")
                .params(where.parameters())
                .query((row, n) -> new Told(row.getString("attribute"), Ranges.holder(row)))
                .list();
        Predicate<Told> own = one -> one.isHeld() && one.holder().element().equals(element);
        List<Told> others = told.stream().filter(own.negate()).toList();
        return told.stream()
                .filter(own)
                .findFirst()
                .map(mine -> new RangeDocument(db, grant, mine.range(), others))
                .orElse(null);
    }

    // ---- around and in it -------------------------------------------------------------------------------------------

    /** Everything but the addresses. */
    public ObjectNode json(Inventory.Row row, Reach reach) {
        ObjectNode json = Json.object();
        json.putObject("element")
                .put("id", row.element().toString())
                .put("name", row.name())
                .put("type", row.type())
                .put("status", row.status());
        json.put("customer", reach.slug(row.customer()));
        json.put("range", range.text());
        json.put("first", range.first().text()).put("last", range.last().text());
        json.put("size", range.size().toString());
        count(json);
        json.set("parents", mentions(held(one -> one.contains(range) && !one.equals(range))));
        json.set("same", mentions(held(one -> one.equals(range))));
        List<Ranges.Holder> children = direct(held(one -> range.contains(one) && !one.equals(range)));
        json.put("childCount", children.size());
        json.set("children", mentions(children.subList(0, Math.min(children.size(), CHILDREN))));
        json.set("crossing", mentions(held(one -> !one.contains(range) && !range.contains(one))));
        return json;
    }

    private List<Ranges.Holder> held(Predicate<IpRange> which) {
        return told.stream()
                .filter(one -> one.isHeld() && which.test(one.range()))
                .map(Told::holder)
                .toList();
    }

    private static ArrayNode mentions(List<Ranges.Holder> holders) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        holders.forEach(holder -> all.add(holder.json()));
        return all;
    }

    /** Those that lie in no other of them; they come by their first address, the wider one first. */
    private static List<Ranges.Holder> direct(List<Ranges.Holder> sorted) {
        List<Ranges.Holder> direct = new ArrayList<>();
        IpAddress covered = null;
        IpRange before = null;
        for (Ranges.Holder one : sorted) {
            if (before != null && !before.equals(one.range())) covered = later(covered, before.last());
            before = one.range();
            if (covered == null || one.range().last().compareTo(covered) > 0) direct.add(one);
        }
        return direct;
    }

    private static IpAddress later(@Nullable IpAddress one, IpAddress other) {
        return one == null || one.compareTo(other) < 0 ? other : one;
    }

    // ---- how much of it ---------------------------------------------------------------------------------------------

    /** Free is what nobody holds, nobody was given, no router has and no machine may not bear. */
    private void count(ObjectNode json) {
        Blocks away = Blocks.of(givenAway()).within(range);
        List<IpRange> counted = new ArrayList<>(List.of(range));
        counted.addAll(away.ranges());
        List<Spoken> spoken = spoken(counted);
        long outside = spoken.getFirst().spokenFor()
                - spoken.stream().skip(1).mapToLong(Spoken::spokenFor).sum();
        BigInteger free = range.size().subtract(away.size()).subtract(BigInteger.valueOf(outside));
        json.put("used", spoken.getFirst().held()).put("free", free.toString());
    }

    private List<IpRange> givenAway() {
        List<IpRange> away = new ArrayList<>(Gaps.NOBODYS);
        away.addAll(Space.ends(range));
        for (Told one : told) {
            boolean around = one.range().contains(range) && !one.attribute().equals(Space.WITHHELD);
            if (around) away.addAll(Space.ends(one.range()));
            else if (!one.attribute().equals(Space.NETWORK)) away.add(one.range());
        }
        return away;
    }

    /** Addresses of a block that are held, and those that are held or route it. */
    private record Spoken(long no, long held, long spokenFor) {}

    private static final String COUNT = """
            select b.no, count(distinct s.address) filter (where s.held) as held, count(distinct s.address) as spoken_for
            from (select first::inet as first, last::inet as last, no
                  from unnest(?::text[], ?::text[]) with ordinality as t (first, last, no) offset 0) as b
            left join lateral (
              select i.address, true as held from identifier i
              join knowledge k on k.customer_id = i.customer_id and k.element_id = i.element_id
              where i.until is null and i.address >= b.first and i.address <= b.last and {visible}
              union all
              select r.first, false from address_range r
              join knowledge k on k.customer_id = r.customer_id and k.element_id = r.element_id
              where r.attribute = 'gateway' and r.first >= b.first and r.first <= b.last and {visible}) as s on true
            group by b.no order by b.no""";

    private List<Spoken> spoken(List<IpRange> blocks) {
        Inventory.Where visible = Inventory.Where.of(grant, Selection.EVERYTHING);
        List<Object> parameters = new ArrayList<>();
        parameters.add(Arrays.of(
                "text", blocks.stream().map(block -> block.first().text()).toList()));
        parameters.add(Arrays.of(
                "text", blocks.stream().map(block -> block.last().text()).toList()));
        parameters.addAll(visible.parameters());
        parameters.addAll(visible.parameters());
        return db.sql(COUNT.replace("{visible}", visible.sql()))
                .params(parameters)
                .query((row, n) -> new Spoken(row.getLong("no"), row.getLong("held"), row.getLong("spoken_for")))
                .list();
    }

    // ---- who holds what of it ---------------------------------------------------------------------------------------

    /** An address of the range and the elements that hold it. */
    public record Holding(IpAddress address, List<UUID> elements) {}

    /** The next addresses that are held, after one. */
    public List<Holding> holdings(@Nullable IpAddress after, int limit) {
        Inventory.Where where = Inventory.Where.of(grant, Selection.EVERYTHING)
                .and("i.until is null")
                .and(
                        "i.address >= ?::inet and i.address <= ?::inet",
                        range.first().text(),
                        range.last().text());
        if (after != null) where.and("i.address > ?::inet", after.text());
        return db.sql("""
                        select i.address, array_agg(distinct k.element_id) as elements from identifier i
                        join knowledge k on k.customer_id = i.customer_id and k.element_id = i.element_id
                        where\s""" + where.sql() + " group by i.address order by i.address limit " + limit)
                .params(where.parameters())
                .query((row, n) ->
                        new Holding(Objects.requireNonNull(IpAddress.parse(row.getString("address"))), List.of((UUID[])
                                row.getArray("elements").getArray())))
                .list();
    }

    /** The holders of these addresses, each with what is told of it, in two statements. */
    public List<Inventory.Row> holders(List<Holding> holdings) {
        return Inventory.rows(
                db,
                holdings.stream()
                        .flatMap(holding -> holding.elements().stream())
                        .distinct()
                        .map(element -> new Inventory.Place(grant.customer(), element, ""))
                        .toList());
    }

    /** One address: by what name it is known the other way round, and who holds it. */
    public static ObjectNode json(Holding holding, List<Inventory.Row> holders, Reverse reverse) {
        List<Inventory.Row> its = holders.stream()
                .filter(row -> holding.elements().contains(row.element()))
                .sorted(Comparator.comparing(Inventory.Row::name))
                .toList();
        ObjectNode json = Json.object().put("address", holding.address().text());
        json.put("reverse", reverse.of(holding.address(), its));
        ArrayNode elements = json.putArray("elements");
        for (Inventory.Row row : its)
            elements.addObject()
                    .put("id", row.element().toString())
                    .put("name", row.name())
                    .put("type", row.type())
                    .put("status", row.status());
        return json;
    }
}
