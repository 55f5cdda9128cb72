package org.minventory.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What falls if an element falls: all that runs on it, is part of it, depends on it or is assigned to it, and what in turn
 * stands on these. Only along elements that the reader reaches: what stands behind a hidden one is not told, because
 * telling it would tell that something stands between. What was decommissioned falls no more.
 */
public final class Impact {
    /** Links followed one after the other at most. */
    public static final int DEEPEST = 32;

    private static final List<String> CARRYING = List.of("runs-on", "part-of", "depends-on", "assigned-to");

    private record Node(
            UUID id,
            String name,
            String type,
            String status,
            @Nullable String infrastructure) {}

    /** That an element refers to another by an attribute. */
    private record Link(Node from, UUID to, String attribute) {}

    /** How an element falls: by which of its attributes, after which others. */
    private record Fall(
            Node element, String attribute, @Nullable Fall before, int depth) {}

    private final Inventory.Row fallen;
    private final Map<UUID, Fall> falls;
    private final Map<UUID, List<Node>> partners;

    private Impact(Inventory.Row fallen, Map<UUID, Fall> falls, Map<UUID, List<Node>> partners) {
        this.fallen = fallen;
        this.falls = falls;
        this.partners = partners;
    }

    /** Follows what refers to an element, in two statements. */
    public static Impact of(JdbcClient db, Scope.Grant grant, Inventory.Row fallen) {
        Map<UUID, Fall> falls = falls(fallen.element(), links(db, grant, fallen.element()));
        List<UUID> concerned = new ArrayList<>(falls.keySet());
        concerned.add(fallen.element());
        return new Impact(fallen, falls, partners(db, grant, concerned));
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    private static final String COLUMNS = "k.element_id, k.name, k.type, k.status, k.infrastructure";

    /** A union that keeps each element once ends on cycles by itself. */
    private static List<Link> links(JdbcClient db, Scope.Grant grant, UUID fallen) {
        Inventory.Where visible =
                Inventory.Where.of(grant, Selection.EVERYTHING).and("k.status not in ('decommissioned', 'cancelled')");
        List<Object> parameters = new ArrayList<>();
        parameters.add(fallen);
        parameters.add(grant.customer());
        parameters.add(Arrays.of("text", CARRYING));
        parameters.addAll(visible.parameters());
        parameters.add(grant.customer());
        parameters.add(Arrays.of("text", CARRYING));
        parameters.addAll(visible.parameters());
        return db.sql("""
                        with recursive fall (element_id) as (
                            select ?::uuid
                            union
                            select r.element_id from fall f
                            join relation r on r.customer_id = ? and r.target_id = f.element_id and r.attribute = any(?)
                            join knowledge k on k.customer_id = r.customer_id and k.element_id = r.element_id
                            where {visible})
                        select {columns}, r.target_id, r.attribute from fall f
                        join relation r on r.customer_id = ? and r.target_id = f.element_id and r.attribute = any(?)
                        join knowledge k on k.customer_id = r.customer_id and k.element_id = r.element_id
                        where {visible}
                        order by k.name, r.attribute""".replace("{visible}", visible.sql()).replace("{columns}", COLUMNS))
                .params(parameters)
                .query((row, n) ->
                        new Link(node(row), row.getObject("target_id", UUID.class), row.getString("attribute")))
                .list();
    }

    /** The elements that are told redundant with these, whichever of the two tells it. */
    private static Map<UUID, List<Node>> partners(JdbcClient db, Scope.Grant grant, Collection<UUID> concerned) {
        Inventory.Where visible =
                Inventory.Where.of(grant, Selection.EVERYTHING).and("k.status not in ('decommissioned', 'cancelled')");
        List<Object> parameters = new ArrayList<>();
        for (int side = 0; side < 2; side++) {
            parameters.add(grant.customer());
            parameters.add(Arrays.of(List.copyOf(concerned)));
        }
        parameters.addAll(visible.parameters());
        Map<UUID, List<Node>> partners = new HashMap<>();
        db.sql("""
                        select {columns}, told.of
                        from (select r.customer_id, r.element_id as of, r.target_id as with from relation r
                              where r.customer_id = ? and r.element_id = any(?) and r.attribute = 'redundant-with'
                              union
                              select r.customer_id, r.target_id, r.element_id from relation r
                              where r.customer_id = ? and r.target_id = any(?) and r.attribute = 'redundant-with') as told
                        join knowledge k on k.customer_id = told.customer_id and k.element_id = told.with
                        where told.of <> told.with and {visible}
                        order by k.name""".replace("{visible}", visible.sql()).replace("{columns}", COLUMNS))
                .params(parameters)
                .query(row -> {
                    partners.computeIfAbsent(row.getObject("of", UUID.class), e -> new ArrayList<>())
                            .add(node(row));
                });
        return partners;
    }

    private static Node node(ResultSet row) throws SQLException {
        return new Node(
                row.getObject("element_id", UUID.class),
                row.getString("name"),
                row.getString("type"),
                row.getString("status"),
                row.getString("infrastructure"));
    }

    // ---- following --------------------------------------------------------------------------------------------------

    /** Each element by one of its shortest ways. */
    private static Map<UUID, Fall> falls(UUID fallen, List<Link> links) {
        Map<UUID, List<Link>> byTarget = new HashMap<>();
        for (Link link : links)
            byTarget.computeIfAbsent(link.to(), t -> new ArrayList<>()).add(link);
        Map<UUID, Fall> falls = new LinkedHashMap<>();
        Deque<Fall> next = new ArrayDeque<>();
        for (Link link : byTarget.getOrDefault(fallen, List.of())) fall(link, fallen, null, falls, next);
        while (!next.isEmpty()) {
            Fall before = next.removeFirst();
            if (before.depth() == DEEPEST) continue;
            for (Link link : byTarget.getOrDefault(before.element().id(), List.of()))
                fall(link, fallen, before, falls, next);
        }
        return falls;
    }

    private static void fall(Link link, UUID fallen, @Nullable Fall before, Map<UUID, Fall> falls, Deque<Fall> next) {
        UUID id = link.from().id();
        if (id.equals(fallen) || falls.containsKey(id)) return;
        Fall fall = new Fall(link.from(), link.attribute(), before, before == null ? 1 : before.depth() + 1);
        falls.put(id, fall);
        next.addLast(fall);
    }

    // ---- telling ----------------------------------------------------------------------------------------------------

    /** The element, what falls with it (nearest first), and what would hold in its stead. */
    public ObjectNode json(String customerSlug) {
        ObjectNode json = Json.object();
        json.putObject("element")
                .put("id", fallen.element().toString())
                .put("name", fallen.name())
                .put("type", fallen.type())
                .put("customer", customerSlug);
        ArrayNode items = json.putArray("items");
        falls.values().stream()
                .sorted(Comparator.comparingInt(Fall::depth)
                        .thenComparing(fall -> fall.element().name()))
                .forEach(fall -> items.add(item(fall)));
        json.set("redundantWith", partners(fallen.element()));
        return json;
    }

    private ObjectNode item(Fall fall) {
        ObjectNode json = node(fall.element());
        json.put("depth", fall.depth());
        json.put("attribute", fall.attribute());
        json.set("path", path(fall));
        json.set("redundantWith", partners(fall.element().id()));
        return json;
    }

    /** From what stands on the fallen element itself to this one, each with the attribute by which it refers to the one before. */
    private static ArrayNode path(Fall last) {
        List<Fall> way = new ArrayList<>();
        for (Fall fall = last; fall != null; fall = fall.before()) way.addFirst(fall);
        ArrayNode path = Json.MAPPER.createArrayNode();
        for (Fall fall : way)
            path.addObject()
                    .put("id", fall.element().id().toString())
                    .put("name", fall.element().name())
                    .put("attribute", fall.attribute());
        return path;
    }

    /** The partners, and whether they fall too. */
    private ArrayNode partners(UUID element) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Node partner : partners.getOrDefault(element, List.of())) {
            boolean falls = this.falls.containsKey(partner.id()) || partner.id().equals(fallen.element());
            all.add(node(partner).put("falls", falls));
        }
        return all;
    }

    private static ObjectNode node(Node node) {
        return Json.object()
                .put("id", node.id().toString())
                .put("name", node.name())
                .put("type", node.type())
                .put("status", node.status())
                .put("infrastructure", node.infrastructure());
    }
}
