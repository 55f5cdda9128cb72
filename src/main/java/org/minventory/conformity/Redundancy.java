package org.minventory.conformity;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Entry;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Holds the elements of one transaction of intake, after each testimony, against those with which they are redundant:
 * whoever shares with them what may not fail for both diverges, and so do they. Elements are redundant whichever of the
 * two tells it, and with all with which these are redundant.
 *
 * <p>Elements that were brought in are known by their pictures; which others are concerned is found in the tables, for
 * all that a batch is about to tell in one statement. What changes nothing of all this costs none.
 */
public final class Redundancy {
    /** Carriers followed one after the other at most. */
    private static final int DEEPEST = 32;

    private final UUID customer;
    private final Divergences divergences;

    private final Map<UUID, Footing> footings = new HashMap<>();
    private final Map<String, UUID> living = new HashMap<>();
    private final Set<String> closed = new HashSet<>();
    private final Set<UUID> newborn = new HashSet<>();
    private final Map<UUID, String> names = new HashMap<>();
    private final Set<UUID> moved = new HashSet<>();

    // names of elements that turned out to be another one
    private final Map<String, String> merged = new HashMap<>();
    private final Map<String, Set<String>> former = new HashMap<>();

    // who tells a name: to be redundant with it, or to stand on it
    private final Map<String, Set<String>> partners = new HashMap<>();
    private final Map<String, Set<String>> carried = new HashMap<>();

    // what the tables have been asked of a name: who stands on it, who is redundant with it, what it stands on
    private final Set<String> risen = new HashSet<>();
    private final Set<String> grouped = new HashSet<>();
    private final Set<String> sunk = new HashSet<>();
    private final Set<String> toRise = new LinkedHashSet<>();
    private final Set<String> toGroup = new LinkedHashSet<>();

    private Redundancy(UUID customer, Divergences divergences) {
        this.customer = customer;
        this.divergences = divergences;
    }

    /** Nobody yet. */
    public static Redundancy of(UUID customer, Divergences divergences) {
        return new Redundancy(customer, divergences);
    }

    /** What one entry is judged by. */
    private record Work(JdbcClient db, Vocabulary vocabulary, Entry cause, Neighbours.Pictures pictures) {}

    // ---- before something is told -----------------------------------------------------------------------------------

    /** Of an element of that name something is about to be told: what has to be looked up for it is looked up together. */
    public void expect(String name, Collection<String> attributes, Told told) {
        if (attributes.stream().noneMatch(Footing::isMadeOf)) return;
        toRise.add(name);
        JsonNode partnersTold = told.fact(Footing.REDUNDANT_WITH);
        if (partnersTold != null) toGroup.add(name);
        expect(partnersTold);
        for (String attribute : Footing.CARRYING) expect(told.fact(attribute));
    }

    private void expect(@Nullable JsonNode names) {
        if (names == null) return;
        if (names.isString()) toGroup.add(names.stringValue());
        for (JsonNode one : names) if (one.isString()) toGroup.add(one.stringValue());
    }

    /** Where facts that are about to be told are found. */
    public interface Told {
        /** What is told of an attribute, or null. */
        @Nullable
        JsonNode fact(String attribute);
    }

    /** Whether any of these matters to anybody's redundancy. */
    public static boolean concern(Collection<String> attributes) {
        return attributes.stream().anyMatch(Footing::isMadeOf);
    }

    /** An element comes to life. */
    public void bear(UUID element, String name) {
        names.put(element, name);
        newborn.add(element);
        keep(Footing.none(element, name));
    }

    /** An element is brought in as it stands, before something is told of it. */
    public void bring(JdbcClient db, Picture picture, Vocabulary vocabulary, Instant at) {
        if (!footings.containsKey(picture.id()) && !moved.contains(picture.id()))
            keep(Footing.of(picture, vocabulary, at, told -> named(db, told)));
    }

    /** What was said of these was said of others: all is looked at as if for the first time. */
    public void forget(Collection<UUID> elements) {
        footings.clear();
        living.clear();
        closed.clear();
        newborn.clear();
        names.clear();
        partners.clear();
        carried.clear();
        risen.clear();
        grouped.clear();
        sunk.clear();
        moved.addAll(elements);
    }

    /** The elements that are redundant by an element, or with it. */
    public Set<UUID> around(
            JdbcClient db, Picture picture, Vocabulary vocabulary, Entry cause, Neighbours.Pictures pictures) {
        Work work = new Work(db, vocabulary, cause, pictures);
        keep(footing(work, picture));
        Set<UUID> around = new TreeSet<>();
        for (String one : rise(work, picture.name()))
            for (String member : group(work, one)) if (living.containsKey(member)) around.add(living.get(member));
        return around;
    }

    private void keep(Footing footing) {
        Footing before = footings.put(footing.id(), footing);
        String name = footing.name();
        names.put(footing.id(), name);
        if (before != null) {
            before.redundantWith().forEach(told -> tellers(partners, told).remove(name));
            before.carriers().forEach(told -> tellers(carried, told).remove(name));
        }
        if (footing.closed()) {
            living.remove(name, footing.id());
            if (!living.containsKey(name)) closed.add(name);
            return;
        }
        living.put(name, footing.id());
        closed.remove(name);
        footing.redundantWith().forEach(told -> tellers(partners, told).add(name));
        footing.carriers().forEach(told -> tellers(carried, told).add(name));
    }

    private static Set<String> tellers(Map<String, Set<String>> by, String told) {
        return by.computeIfAbsent(told, name -> new TreeSet<>());
    }

    /** An element told by its id is meant by its name. */
    private String named(JdbcClient db, String told) {
        UUID id = Ids.parse(told);
        if (id == null) return told;
        return names.computeIfAbsent(
                id, one -> db.sql("select name from element where customer_id = ? and element_id = ?")
                        .params(customer, one)
                        .query(String.class)
                        .optional()
                        .orElse(told));
    }

    // ---- after it was told ------------------------------------------------------------------------------------------

    /** What turned, of the element itself and of those that are redundant by it, with it or were so, by their names. */
    public Map<UUID, List<Divergences.Turn>> review(
            JdbcClient db, Picture picture, Vocabulary vocabulary, Entry cause, Neighbours.Pictures pictures) {
        Work work = new Work(db, vocabulary, cause, pictures);
        Footing was = footings.get(picture.id());
        Footing is = footing(work, picture);
        moved.remove(picture.id());
        boolean nothing = is.equals(was) || (newborn.contains(picture.id()) && is.isBare());
        if (!is.isBare()) newborn.remove(picture.id());
        if (nothing) {
            keep(is);
            return Map.of();
        }
        Set<String> above = rise(work, is.name());
        Set<String> concerned = new TreeSet<>();
        for (String one : above) addGroup(work, one, concerned);
        keep(is);
        for (String one : above) addGroup(work, one, concerned);
        return judge(work, concerned, picture);
    }

    private Footing footing(Work work, Picture picture) {
        return Footing.of(picture, work.vocabulary(), work.cause().recordedAt(), told -> named(work.db(), told));
    }

    /** The same where the element itself is as it was, but not those around it. */
    public Map<UUID, List<Divergences.Turn>> reviewAgain(
            JdbcClient db, Picture picture, Vocabulary vocabulary, Entry cause, Neighbours.Pictures pictures) {
        Work work = new Work(db, vocabulary, cause, pictures);
        keep(footing(work, picture));
        return judge(work, group(work, picture.name()), picture);
    }

    private void addGroup(Work work, String name, Set<String> concerned) {
        Set<String> group = group(work, name);
        if (group.size() > 1) concerned.addAll(group);
    }

    private Map<UUID, List<Divergences.Turn>> judge(Work work, Set<String> concerned, Picture subject) {
        Map<String, UUID> members = new TreeMap<>();
        for (String name : concerned) {
            UUID element = name.equals(subject.name()) ? subject.id() : living.get(name);
            if (element != null) members.put(name, element);
        }
        work.pictures().load(members.values());
        Map<UUID, List<Divergences.Turn>> turns = new LinkedHashMap<>();
        Set<String> done = new HashSet<>();
        for (String name : members.keySet()) {
            if (done.contains(name)) continue;
            Group group = new Group(work, group(work, name));
            for (String member : members.keySet()) {
                if (!group.has(member) && !member.equals(name)) continue;
                done.add(member);
                List<Divergences.Turn> own = new ArrayList<>();
                group.judge(work.pictures().apply(members.get(member)), own);
                if (!own.isEmpty()) turns.put(members.get(member), own);
            }
        }
        return turns;
    }

    /** Elements that are redundant with one another; those of them that live. */
    private final class Group {
        private final Work work;
        private final Map<String, Footing> members = new TreeMap<>();
        private final Map<String, Set<String>> standsOn = new HashMap<>();

        Group(Work work, Set<String> names) {
            this.work = work;
            for (String name : names) {
                Footing footing = living(name);
                if (footing != null) members.put(name, footing);
            }
            if (members.size() < 2) return;
            sink(work, members.keySet());
            for (String name : members.keySet()) standsOn.put(name, losing(name, new LinkedHashSet<>()));
        }

        boolean has(String name) {
            return members.containsKey(name);
        }

        void judge(Picture picture, List<Divergences.Turn> turns) {
            Footing own = members.get(picture.name());
            if (own == null || picture.closedAt() != null || members.size() < 2) {
                for (Sharing sharing : Sharing.values())
                    divergences.share(picture, sharing, null, null, work.cause, turns);
                return;
            }
            share(picture, Sharing.PROVIDER, who(own, own::isAtProviderOf), List.of("provider"), turns);
            share(picture, Sharing.SITE, who(own, own::isAtSiteOf), List.of("site"), turns);
            dependency(picture, own, turns);
        }

        private void share(
                Picture picture,
                Sharing sharing,
                List<Common.Other> with,
                List<String> attributes,
                List<Divergences.Turn> turns) {
            Common common = with.isEmpty() ? null : new Common(with, List.of());
            divergences.share(picture, sharing, common, word(picture, attributes), work.cause, turns);
        }

        private void dependency(Picture picture, Footing own, List<Divergences.Turn> turns) {
            Set<String> mine = standsOn.getOrDefault(own.name(), Set.of());
            Set<String> shared = new TreeSet<>();
            List<Common.Other> with = who(own, other -> {
                Set<String> both = new TreeSet<>(standsOn.getOrDefault(other.name(), Set.of()));
                both.retainAll(mine);
                shared.addAll(both);
                return !both.isEmpty();
            });
            Common common = with.isEmpty() ? null : new Common(with, others(nearest(shared)));
            divergences.share(
                    picture, Sharing.DEPENDENCY, common, word(picture, carrying(picture, shared)), work.cause, turns);
        }

        private List<Common.Other> who(Footing own, Predicate<Footing> shares) {
            return members.values().stream()
                    .filter(other -> !other.name().equals(own.name()) && shares.test(other))
                    .map(Redundancy::other)
                    .toList();
        }

        /** Those that no other of them stands on: who shares a hypervisor shares its rack, which goes without saying. */
        private Set<String> nearest(Set<String> shared) {
            Map<String, Set<String>> below = new TreeMap<>();
            for (String one : shared) below.put(one, below(one));
            Set<String> nearest = new TreeSet<>(shared);
            nearest.removeIf(one -> shared.stream().anyMatch(nearer -> isNearer(nearer, one, below)));
            return nearest;
        }

        private static boolean isNearer(String nearer, String one, Map<String, Set<String>> below) {
            if (nearer.equals(one) || !below.getOrDefault(nearer, Set.of()).contains(one)) return false;
            boolean ring = below.getOrDefault(one, Set.of()).contains(nearer);
            return !ring || nearer.compareTo(one) < 0;
        }

        /** By which of its words it stands on something of this; that it is redundant at all, where it is that itself. */
        private List<String> carrying(Picture picture, Set<String> shared) {
            List<String> attributes = new ArrayList<>();
            for (String attribute : Footing.CARRYING) {
                Set<String> told = Footing.told(
                        picture, attribute, work.vocabulary, work.cause.recordedAt(), one -> named(work.db, one));
                if (told.stream().anyMatch(name -> below(name).stream().anyMatch(shared::contains)))
                    attributes.add(attribute);
            }
            attributes.add(Footing.REDUNDANT_WITH);
            return attributes;
        }

        private Picture.@Nullable Spoken word(Picture picture, List<String> attributes) {
            for (String attribute : attributes) {
                Picture.Spoken word = Divergences.own(picture, attribute, work.vocabulary, work.cause);
                if (word != null) return word;
            }
            return null;
        }
    }

    private List<Common.Other> others(Set<String> names) {
        return names.stream()
                .map(name -> {
                    Footing footing = living(name);
                    return footing == null ? new Common.Other(name, null) : other(footing);
                })
                .toList();
    }

    private static Common.Other other(Footing footing) {
        return new Common.Other(footing.name(), footing.infrastructure());
    }

    private @Nullable Footing living(String name) {
        UUID element = living.get(name);
        return element == null ? null : footings.get(element);
    }

    // ---- following --------------------------------------------------------------------------------------------------

    /** It and all that stands on it. */
    private Set<String> rise(Work work, String from) {
        return follow(
                from,
                name -> {
                    if (!risen.contains(name)) lookUp(work, Set.of(name), Set.of());
                },
                name -> tellers(carried, called(name)));
    }

    /** It and all with which it is redundant; a name that nobody bears joins those who tell it. */
    private Set<String> group(Work work, String from) {
        return follow(
                from,
                name -> {
                    if (!grouped.contains(name) && !risen.contains(name)) lookUp(work, Set.of(), Set.of(name));
                },
                this::partners);
    }

    private Set<String> partners(String name) {
        Set<String> all = tellers(partners, called(name));
        Footing footing = living(name);
        if (footing != null) footing.redundantWith().forEach(told -> all.add(bearer(told)));
        return all;
    }

    /** A name and the names of those that turned out to be its bearer. */
    private Set<String> called(String name) {
        Set<String> all = new TreeSet<>(former.getOrDefault(name, Set.of()));
        all.add(name);
        return all;
    }

    /** The name by which the bearer of a name goes now. */
    private String bearer(String told) {
        return living.containsKey(told) ? told : merged.getOrDefault(told, told);
    }

    private static Set<String> tellers(Map<String, Set<String>> by, Set<String> told) {
        Set<String> all = new TreeSet<>();
        for (String name : told) all.addAll(by.getOrDefault(name, Set.of()));
        return all;
    }

    private interface Known {
        void require(String name);
    }

    private interface Next {
        Collection<String> of(String name);
    }

    private static Set<String> follow(String from, Known known, Next next) {
        Set<String> seen = new TreeSet<>(Set.of(from));
        Deque<String> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            String name = open.removeFirst();
            known.require(name);
            for (String one : List.copyOf(next.of(name))) if (seen.add(one)) open.addLast(one);
        }
        return seen;
    }

    /** Everything that these stand on is brought in. */
    private void sink(Work work, Collection<String> from) {
        Set<String> unknown = unknown(from);
        while (!unknown.isEmpty()) {
            lookUp(work, Set.of(), unknown);
            unknown = unknown(from);
        }
    }

    private Set<String> unknown(Collection<String> from) {
        Set<String> unknown = new TreeSet<>();
        for (String name : from) for (String one : below(name)) if (!sunk.contains(one)) unknown.add(one);
        return unknown;
    }

    /** It and all that it stands on; what was closed carries nobody. */
    private Set<String> below(String from) {
        Set<String> seen = new LinkedHashSet<>(Set.of(from));
        Set<String> layer = seen;
        for (int depth = 0; depth < DEEPEST && !layer.isEmpty(); depth++) {
            Set<String> next = new TreeSet<>();
            for (String name : layer) {
                Footing footing = living(name);
                if (footing != null) footing.carriers().forEach(told -> next.add(bearer(told)));
            }
            next.removeAll(seen);
            next.removeAll(closed);
            seen.addAll(next);
            layer = next;
        }
        return seen;
    }

    /**
     * It and all that brings it down alone: what stands on two that are redundant with one another outlives either of
     * them, and only falls with what both stand on.
     *
     * @param above what was followed on the way here
     */
    private Set<String> losing(String name, Set<String> above) {
        Set<String> losing = new TreeSet<>(Set.of(name));
        Footing footing = living(name);
        if (footing == null || above.size() >= DEEPEST || !above.add(name)) return losing;
        Set<String> carriers = new TreeSet<>();
        footing.carriers().forEach(told -> carriers.add(bearer(told)));
        carriers.removeAll(closed);
        while (!carriers.isEmpty()) {
            Set<String> together = redundantAmong(carriers);
            carriers.removeAll(together);
            Set<String> fatal = null;
            for (String one : together) {
                Set<String> its = losing(one, above);
                if (fatal == null) fatal = its;
                else fatal.retainAll(its);
            }
            if (fatal != null) losing.addAll(fatal);
        }
        above.remove(name);
        return losing;
    }

    /** The first of these with those of them that are redundant with it. */
    private Set<String> redundantAmong(Set<String> carriers) {
        Set<String> together = new TreeSet<>(Set.of(carriers.iterator().next()));
        boolean grows = true;
        while (grows) {
            Set<String> more = new TreeSet<>(carriers);
            more.removeAll(together);
            more.removeIf(one -> together.stream().noneMatch(other -> isToldRedundant(one, other)));
            grows = together.addAll(more);
        }
        return together;
    }

    private boolean isToldRedundant(String one, String other) {
        return tells(one, other) || tells(other, one);
    }

    private boolean tells(String one, String other) {
        Footing footing = living(one);
        return footing != null
                && footing.redundantWith().stream()
                        .anyMatch(told -> bearer(told).equals(other));
    }

    // ---- asking the tables ------------------------------------------------------------------------------------------

    private record Found(
            String name,
            boolean rises,
            boolean groups,
            @Nullable UUID element,
            @Nullable String mergedInto) {}

    /**
     * Asks at once for all that is awaited, and for these: from what is told of, up to all that stands on it, to those
     * with which any of these is redundant, and down to all that they stand on. They are brought in.
     */
    private void lookUp(Work work, Set<String> rise, Set<String> group) {
        toRise.addAll(rise);
        toGroup.addAll(group);
        toRise.removeAll(risen);
        toGroup.removeIf(name -> grouped.contains(name) && sunk.contains(name));
        List<Found> found = found(work.db(), toRise, toGroup);
        for (Found one : found) {
            if (one.mergedInto() != null) {
                merged.put(one.name(), one.mergedInto());
                former.computeIfAbsent(one.mergedInto(), name -> new TreeSet<>())
                        .add(one.name());
                continue;
            }
            if (one.rises()) risen.add(one.name());
            if (one.groups()) grouped.add(one.name());
            sunk.add(one.name());
        }
        risen.addAll(toRise);
        grouped.addAll(toGroup);
        sunk.addAll(toGroup);
        toRise.clear();
        toGroup.clear();
        List<UUID> elements = new ArrayList<>();
        for (Found one : found)
            if (one.element() != null && !footings.containsKey(one.element())) elements.add(one.element());
        work.pictures().load(elements);
        for (UUID element : elements)
            bring(
                    work.db(),
                    work.pictures().apply(element),
                    work.vocabulary(),
                    work.cause().recordedAt());
    }

    /** Each step is looked up by index, so that a young database does not begin at the wrong end. */
    private List<Found> found(JdbcClient db, Set<String> rise, Set<String> group) {
        return db.sql("""
                        with recursive mine (customer) as (select ?::uuid),
                        up (name) as (
                          select unnest(?::text[])
                          union
                          select found.name from up cross join mine cross join lateral (
                            select e.name from element t
                            join relation r on r.customer_id = t.customer_id and r.target_id = t.element_id
                            join element e on e.customer_id = r.customer_id and e.element_id = r.element_id
                            where t.customer_id = mine.customer and t.name = up.name
                              and r.attribute = any(array['runs-on', 'part-of', 'depends-on'])
                            union all
                            select e.name from relation r
                            join element e on e.customer_id = r.customer_id and e.element_id = r.element_id
                            where r.customer_id = mine.customer and r.told = up.name and r.target_id is null
                              and r.attribute = any(array['runs-on', 'part-of', 'depends-on'])
                            offset 0) as found),
                        member (name) as (
                          select name from (
                            select unnest(?::text[]) as name
                            union
                            select found.name from up cross join mine cross join lateral ({partners of up} offset 0) as found
                          ) as first
                          union
                          select found.name from member cross join mine
                          cross join lateral ({partners of member} offset 0) as found),
                        down (name) as (
                          select name from member
                          union
                          select found.name from down cross join mine cross join lateral (
                            select coalesce(t.name, r.told) as name from element e
                            join relation r on r.customer_id = e.customer_id and r.element_id = e.element_id
                            left join element t on t.customer_id = r.customer_id and t.element_id = r.target_id
                            where e.customer_id = mine.customer and e.name = down.name
                              and r.attribute = any(array['runs-on', 'part-of', 'depends-on'])
                            offset 0) as found)
                        select down.name, down.name in (select name from up) as rises,
                               down.name in (select name from member) as groups, bearer.element_id, null as merged_into
                        from down cross join mine left join lateral (
                          select e.element_id from element e where e.customer_id = mine.customer and e.name = down.name and e.merged_into is null
                          order by e.closed_at desc nulls first limit 1) as bearer on true
                        union all
                        select e.name, false, false, null, i.name from mine
                        join element e on e.customer_id = mine.customer and e.merged_into is not null
                        join element i on i.customer_id = e.customer_id and i.element_id = e.merged_into
                        where not exists (select from element l where l.customer_id = e.customer_id and l.name = e.name
                                            and l.closed_at is null)""".replace("{partners of up}", PARTNERS.replace("{name}", "up.name"))
                        .replace("{partners of member}", PARTNERS.replace("{name}", "member.name")))
                .params(customer, Arrays.of("text", List.copyOf(rise)), Arrays.of("text", List.copyOf(group)))
                .query((row, n) -> new Found(
                        row.getString("name"),
                        row.getBoolean("rises"),
                        row.getBoolean("groups"),
                        row.getObject("element_id", UUID.class),
                        row.getString("merged_into")))
                .list();
    }

    /** Those that a name tells redundant with itself, and those that tell it of that name. */
    private static final String PARTNERS = """
            select coalesce(t.name, r.told) as name from element e
            join relation r on r.customer_id = e.customer_id and r.element_id = e.element_id
            left join element t on t.customer_id = r.customer_id and t.element_id = r.target_id
            where e.customer_id = mine.customer and e.name = {name} and r.attribute = 'redundant-with'
            union all
            select e.name from element t
            join relation r on r.customer_id = t.customer_id and r.target_id = t.element_id
            join element e on e.customer_id = r.customer_id and e.element_id = r.element_id
            where t.customer_id = mine.customer and t.name = {name} and r.attribute = 'redundant-with'
            union all
            select e.name from relation r
            join element e on e.customer_id = r.customer_id and e.element_id = r.element_id
            where r.customer_id = mine.customer and r.told = {name} and r.target_id is null
              and r.attribute = 'redundant-with'""";
}
