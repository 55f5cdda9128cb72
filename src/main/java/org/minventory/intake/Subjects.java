package org.minventory.intake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.element.Identifier;
import org.minventory.element.Reference;
import org.minventory.element.Status;
import org.minventory.knowledge.Delivery;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who is spoken of? By id, by name, or by an identifier that an element carried at the time spoken of. None or several
 * is an answer too: it is never guessed.
 */
final class Subjects {
    /**
     * An element as far as identification needs it.
     *
     * @param reached how far it has come, whatever maintenance is open
     */
    record Subject(
            UUID id,
            String name,
            String type,
            Status status,
            Status reached,
            @Nullable String delivery,
            @Nullable String infrastructure,
            @Nullable Instant closedAt) {
        /** Whether what is found now belongs to its reception: until it is accepted, and its reservations with it. */
        boolean isAtReception() {
            boolean reserved =
                    reached == Status.ACCEPTED && Delivery.State.RESERVED.word().equals(delivery);
            return reached.awaitsAcceptance() || reserved;
        }

        boolean livedAt(Instant instant) {
            return closedAt == null || instant.isBefore(closedAt);
        }

        boolean isWithin(Scope.Grant grant) {
            return grant.reaches(name, infrastructure);
        }
    }

    private record Holding(
            UUID element, Instant since, @Nullable Instant until) {
        boolean holdsAt(Instant instant) {
            return !instant.isBefore(since) && isNotOverAt(instant);
        }

        boolean isNotOverAt(Instant instant) {
            return until == null || instant.isBefore(until);
        }
    }

    private final UUID customer;
    private final Map<UUID, Subject> byId = new LinkedHashMap<>();
    private final Map<String, Set<UUID>> byName = new HashMap<>();
    private final Map<Identifier, List<Holding>> byIdentifier = new HashMap<>();

    Subjects(UUID customer) {
        this.customer = customer;
    }

    /** Looks up everything that a batch refers to, in at most three statements. */
    void find(JdbcClient db, Collection<Reference> references, Collection<Identifier> carried) {
        Set<UUID> ids = new LinkedHashSet<>();
        Set<String> names = new LinkedHashSet<>();
        Set<Identifier> identifiers = new LinkedHashSet<>(carried);
        for (Reference reference : references) {
            switch (reference) {
                case Reference.Identified identified -> ids.add(identified.id());
                case Reference.Named named -> names.add(named.name());
                case Reference.Carrying carrying -> identifiers.add(carrying.identifier());
            }
        }
        if (!identifiers.isEmpty()) findHoldings(db, identifiers, ids);
        if (!ids.isEmpty()) select(db, "element_id", "uuid", List.copyOf(ids));
        if (!names.isEmpty()) select(db, "name", "text", List.copyOf(names));
    }

    /**
     * Each is looked up by its key: an {@code any} over a list would leave the planner of a young database without a clue.
     * What turned out to be another element leads to that one.
     */
    private void select(JdbcClient db, String column, String type, List<?> told) {
        db.sql("select asked.told::text as told, k.*, (select e.closed_at from element e"
                        + " where e.customer_id = k.customer_id and e.element_id = k.element_id) as closed_at"
                        + " from (select ?::uuid as customer) as mine, unnest(?::" + type + "[]) as asked (told)"
                        + " cross join lateral (select " + COLUMNS + " from knowledge k"
                        + " where k.customer_id = mine.customer and k." + column + " = asked.told offset 0"
                        + ") as k union all "
                        + "select asked.told::text, k.*, (select e.closed_at from element e"
                        + " where e.customer_id = k.customer_id and e.element_id = k.element_id)"
                        + " from (select ?::uuid as customer) as mine, unnest(?::" + type + "[]) as asked (told)"
                        + " cross join lateral (select e.merged_into from element e where e.customer_id = mine.customer"
                        + " and e." + column + " = asked.told and e.merged_into is not null offset 0) as e"
                        + " cross join lateral (select " + COLUMNS + " from knowledge k"
                        + " where k.customer_id = mine.customer and k.element_id = e.merged_into offset 0) as k")
                .param(1, customer)
                .param(2, Arrays.of(type, told))
                .param(3, customer)
                .param(4, Arrays.of(type, told))
                .query(row -> {
                    add(row);
                });
    }

    private static final String COLUMNS =
            "k.customer_id, k.element_id, k.name, k.type, k.status, coalesce(k.reached, k.status) as reached, k.delivery,"
                    + " k.infrastructure";

    private void add(ResultSet row) throws SQLException {
        Timestamp closed = row.getTimestamp("closed_at");
        Subject found = new Subject(
                row.getObject("element_id", UUID.class),
                row.getString("name"),
                row.getString("type"),
                Status.of(row.getString("status")),
                Status.of(row.getString("reached")),
                row.getString("delivery"),
                row.getString("infrastructure"),
                closed == null ? null : closed.toInstant());
        add(found);
        String told = row.getString("told");
        UUID id = Ids.parse(told);
        if (id != null) byId.putIfAbsent(id, found);
        else byName.computeIfAbsent(told, n -> new LinkedHashSet<>()).add(found.id());
    }

    /** What an element was known by leads to another one from now on. */
    void merged(Subject from, Subject into) {
        byId.put(from.id(), into);
        byName.computeIfAbsent(from.name(), n -> new LinkedHashSet<>()).remove(from.id());
        byName.computeIfAbsent(from.name(), n -> new LinkedHashSet<>()).add(into.id());
    }

    private void findHoldings(JdbcClient db, Set<Identifier> identifiers, Set<UUID> ids) {
        Arrays rows = new Arrays("text", "text");
        Map<List<String>, Identifier> told = new HashMap<>();
        for (Identifier identifier : identifiers) {
            rows.row(identifier.kind().word(), identifier.value());
            told.put(List.of(identifier.kind().word(), identifier.value()), identifier);
        }
        rows.bind(db, """
                        select i.* from (select ?::uuid as customer) as mine, unnest(?::text[], ?::text[]) as asked (kind, value)
                        cross join lateral (
                          select i.kind, i.value, i.element_id, i.since, i.until from identifier i
                          where i.customer_id = mine.customer and i.kind = asked.kind and i.value = asked.value offset 0) as i""", customer).query(row -> {
            Identifier identifier = told.get(List.of(row.getString("kind"), row.getString("value")));
            Timestamp until = row.getTimestamp("until");
            UUID element = row.getObject("element_id", UUID.class);
            ids.add(element);
            if (identifier != null)
                holdings(identifier)
                        .add(new Holding(
                                element,
                                row.getTimestamp("since").toInstant(),
                                until == null ? null : until.toInstant()));
        });
    }

    /** What carries what is looked up anew: it was moved, or counts no more. */
    void again(JdbcClient db) {
        Set<Identifier> known = new LinkedHashSet<>(byIdentifier.keySet());
        byIdentifier.clear();
        if (!known.isEmpty()) find(db, List.of(), known);
    }

    /** Whether a closed element could not come back under its name: another one bears it by now. */
    boolean isSucceeded(JdbcClient db, UUID element) {
        find(db, List.of(new Reference.Identified(element)), List.of());
        Subject subject = byId.get(element);
        if (subject == null || subject.closedAt() == null) return false;
        Reference name = new Reference.Named(subject.name());
        find(db, List.of(name), List.of());
        return !isFree(name);
    }

    private List<Holding> holdings(Identifier identifier) {
        return byIdentifier.computeIfAbsent(identifier, i -> new ArrayList<>());
    }

    /** An element that is known from now on, or known better. */
    void add(Subject subject) {
        byId.put(subject.id(), subject);
        byName.computeIfAbsent(subject.name(), n -> new LinkedHashSet<>()).add(subject.id());
    }

    /** An element was just told to carry these: the next testimony of the same batch may name it so. */
    void carries(UUID element, Collection<Identifier> identifiers, Instant since) {
        for (Identifier identifier : identifiers) {
            boolean known =
                    holdings(identifier).stream().anyMatch(h -> h.element().equals(element) && h.until() == null);
            if (!known) holdings(identifier).add(new Holding(element, since, null));
        }
    }

    /** Whether no living element bears that name: neither one that the witness reaches, nor one that it does not. */
    boolean isFree(Reference reference) {
        return reference.name() == null
                || withIds(byName.getOrDefault(reference.name(), Set.of())).stream()
                        .allMatch(subject -> subject.closedAt() != null);
    }

    Set<UUID> ids() {
        return byId.keySet();
    }

    @Nullable
    Subject subject(UUID id) {
        return byId.get(id);
    }

    /** The elements that the reference may mean at that instant, within what the witness reaches: none, one or several. */
    List<Subject> resolve(Reference reference, Instant witnessedAt, Scope.Grant grant) {
        List<Subject> found =
                switch (reference) {
                    case Reference.Identified identified -> withIds(Set.of(identified.id()));
                    case Reference.Named named ->
                        named(withIds(byName.getOrDefault(named.name(), Set.of())), witnessedAt);
                    case Reference.Carrying carrying -> carrying(List.of(carrying.identifier()), witnessedAt);
                };
        return found.stream().filter(subject -> subject.isWithin(grant)).toList();
    }

    /** Several elements may have had a name one after the other: the living one, or the one that lived then, or the last. */
    private static List<Subject> named(List<Subject> all, Instant witnessedAt) {
        List<Subject> then = all.stream().filter(s -> s.livedAt(witnessedAt)).toList();
        if (then.size() == 1) return then;
        List<Subject> living = all.stream().filter(s -> s.closedAt() == null).toList();
        if (!living.isEmpty()) return living;
        return all.stream()
                .max(java.util.Comparator.comparing(s -> s.closedAt() == null ? Instant.MAX : s.closedAt()))
                .map(List::of)
                .orElse(List.of());
    }

    /** The elements that carried any of these at that instant. */
    List<Subject> carrying(Collection<Identifier> identifiers, Instant witnessedAt) {
        Set<UUID> holders = new LinkedHashSet<>();
        for (Identifier identifier : identifiers)
            for (Holding holding : holdersAt(byIdentifier.getOrDefault(identifier, List.of()), witnessedAt))
                holders.add(holding.element());
        return withIds(holders);
    }

    /** Who held it then; before anybody is known to have held it, the first who did. */
    private static List<Holding> holdersAt(List<Holding> all, Instant instant) {
        List<Holding> then = all.stream().filter(h -> h.holdsAt(instant)).toList();
        if (!then.isEmpty()) return then;
        return all.stream()
                .filter(h -> h.isNotOverAt(instant))
                .min(java.util.Comparator.comparing(Holding::since))
                .map(List::of)
                .orElse(List.of());
    }

    private List<Subject> withIds(Collection<UUID> ids) {
        return ids.stream().map(byId::get).filter(java.util.Objects::nonNull).toList();
    }
}
