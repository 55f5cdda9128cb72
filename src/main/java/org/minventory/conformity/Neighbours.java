package org.minventory.conformity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.element.Attribute;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Space;
import org.minventory.testimony.Entry;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Holds the elements of one transaction of intake against all others, after each testimony: whoever has with another what
 * two may not have at once diverges, and so does the other. Elements that were brought in are known by their pictures, all
 * others by the tables; the addresses that a batch tells are looked up together.
 */
public final class Neighbours {
    private final UUID customer;
    private final Divergences divergences;
    private final Map<UUID, Bearer> bearers = new HashMap<>();
    private final Map<IpAddress, Set<UUID>> byAddress = new HashMap<>();
    private final Map<UUID, IpRange> ranges = new HashMap<>();
    private final Map<IpAddress, Set<UUID>> stored = new HashMap<>();
    private final Set<IpAddress> awaited = new LinkedHashSet<>();

    private Neighbours(UUID customer, Divergences divergences) {
        this.customer = customer;
        this.divergences = divergences;
    }

    /** Nobody yet; elements are brought in by {@link #bring}. */
    public static Neighbours of(UUID customer, Divergences divergences) {
        return new Neighbours(customer, divergences);
    }

    /** Where pictures come from. */
    public interface Pictures extends Function<UUID, Picture> {
        /** Brings several in at once. */
        void load(Collection<UUID> elements);
    }

    /** An address that is about to be told: it will be looked up together with others. */
    public void expect(@Nullable JsonNode told) {
        IpAddress address = told == null ? null : Bearer.address(told.asString(""));
        if (address != null && !stored.containsKey(address)) awaited.add(address);
    }

    /** An element is brought in as it stands. */
    public void bring(Picture picture, Vocabulary vocabulary, Instant at) {
        keep(Bearer.of(picture, vocabulary, at));
    }

    /** An element is no more, or has to be looked at as if for the first time. */
    public void forget(UUID element) {
        bearers.remove(element);
        ranges.remove(element);
        byAddress.values().forEach(all -> all.remove(element));
        stored.values().forEach(all -> all.remove(element));
    }

    private void keep(Bearer bearer) {
        Bearer before = bearers.put(bearer.id(), bearer);
        if (before != null && before.address() != null)
            byAddress.getOrDefault(before.address(), new HashSet<>()).remove(bearer.id());
        if (bearer.address() != null) {
            byAddress.computeIfAbsent(bearer.address(), a -> new HashSet<>()).add(bearer.id());
            if (!stored.containsKey(bearer.address())) awaited.add(bearer.address());
        }
        if (bearer.range() == null) ranges.remove(bearer.id());
        else ranges.put(bearer.id(), bearer.range());
    }

    /** Whether what was touched of an element may matter to others. */
    public static boolean concern(Set<String> touched, Vocabulary vocabulary) {
        for (String name : touched) {
            if (Clash.attributes().contains(name)) return true;
            Attribute attribute = vocabulary.attribute(name);
            if (attribute != null && Bearer.isReference(attribute.type())) return true;
        }
        return false;
    }

    /** What turned, of the element itself and of those that it meets or met, in the order of their ids. */
    public Map<UUID, List<Divergences.Turn>> review(
            JdbcClient db, Picture picture, Vocabulary vocabulary, Entry cause, Pictures pictures) {
        Bearer was = bearers.get(picture.id());
        Bearer is = Bearer.of(picture, vocabulary, cause.recordedAt());
        if (is.equals(was)) return Map.of();
        keep(is);
        Set<UUID> met = new TreeSet<>(near(db, is));
        if (was != null) met.addAll(near(db, was));
        met.remove(picture.id());
        pictures.load(met);
        Map<UUID, List<Divergences.Turn>> turns = new LinkedHashMap<>();
        turns.put(picture.id(), judge(picture, is, met, vocabulary, cause, pictures));
        for (UUID other : met) {
            Picture its = pictures.apply(other);
            Bearer bearer = Bearer.of(its, vocabulary, cause.recordedAt());
            Set<UUID> around = new TreeSet<>(near(db, bearer));
            around.remove(other);
            turns.put(other, judge(its, bearer, around, vocabulary, cause, pictures));
        }
        turns.values().removeIf(List::isEmpty);
        return turns;
    }

    private List<Divergences.Turn> judge(
            Picture picture, Bearer bearer, Set<UUID> around, Vocabulary vocabulary, Entry cause, Pictures pictures) {
        pictures.load(around);
        List<Bearer> others = around.stream()
                .map(pictures)
                .map(other -> Bearer.of(other, vocabulary, cause.recordedAt()))
                .toList();
        List<Divergences.Turn> turns = new ArrayList<>();
        for (Clash clash : Clash.values()) {
            boolean clashes = others.stream().anyMatch(other -> clash.is(bearer, other));
            divergences.clash(picture, clash, clashes, vocabulary, cause, turns);
        }
        return turns;
    }

    // ---- who may have the same
    // ---------------------------------------------------------------------------------------

    /** Everybody who may have the same address or a range that touches, itself included. */
    private Set<UUID> near(JdbcClient db, Bearer bearer) {
        Set<UUID> near = new HashSet<>();
        IpAddress address = bearer.address();
        if (address != null) {
            near.addAll(byAddress.getOrDefault(address, Set.of()));
            near.addAll(unknown(stored(db, address)));
        }
        IpRange range = bearer.range();
        if (range != null) {
            ranges.forEach((element, other) -> {
                if (crosses(range, other)) near.add(element);
            });
            near.addAll(unknown(crossing(db, range)));
        }
        return near;
    }

    private static boolean crosses(IpRange one, IpRange other) {
        return one.overlaps(other) && !one.contains(other) && !other.contains(one);
    }

    /** Of those that were brought in, their pictures know better than the tables. */
    private List<UUID> unknown(Collection<UUID> elements) {
        return elements.stream()
                .filter(element -> !bearers.containsKey(element))
                .toList();
    }

    private Set<UUID> stored(JdbcClient db, IpAddress address) {
        if (!stored.containsKey(address)) {
            awaited.add(address);
            lookUp(db);
        }
        return stored.getOrDefault(address, Set.of());
    }

    /** Whether it is held still is not asked of the tables: a young database would choose an index by that alone. */
    private void lookUp(JdbcClient db) {
        List<String> texts = awaited.stream().map(IpAddress::text).toList();
        for (IpAddress address : awaited) stored.put(address, new HashSet<>());
        awaited.clear();
        db.sql("""
                        select i.* from (select ?::uuid as customer) as mine, unnest(?::text[]) as asked (value)
                        cross join lateral (
                          select i.value, i.element_id, i.until is null as held from identifier i
                          where i.customer_id = mine.customer and i.kind = 'address' and i.value = asked.value offset 0) as i""").param(1, customer).param(2, Arrays.of("text", texts)).query(row -> {
            IpAddress address = IpAddress.parse(row.getString("value"));
            Set<UUID> holders = address == null ? null : stored.get(address);
            if (holders != null) holders.add(row.getObject("element_id", UUID.class));
        });
    }

    private List<UUID> crossing(JdbcClient db, IpRange range) {
        String first = range.first().text();
        String last = range.last().text();
        return db.sql("""
                        select element_id from address_range
                        where customer_id = ? and attribute = ? and first <= ?::inet and last >= ?::inet
                          and not (first <= ?::inet and last >= ?::inet) and not (first >= ?::inet and last <= ?::inet)""")
                .params(customer, Space.RANGE, last, first, first, last, first, last)
                .query(UUID.class)
                .list();
    }
}
