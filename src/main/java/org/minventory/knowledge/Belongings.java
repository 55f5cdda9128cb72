package org.minventory.knowledge;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Together;
import org.minventory.element.Vocabulary;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which element belongs to which infrastructure, from when until when: what is said of a whole infrastructure concerns
 * those that belonged to it then.
 */
public final class Belongings {
    private final UUID customer;
    private final Spans<String> spans = new Spans<>();
    private final Map<UUID, Optional<String>> current = new HashMap<>();
    private final Map<String, Set<UUID>> written = new HashMap<>();

    public Belongings(UUID customer) {
        this.customer = customer;
    }

    /** The infrastructure to which an element belongs as it stands: none where it is told of none, or is closed. */
    public static @Nullable String infrastructure(Picture picture, Vocabulary vocabulary, Instant recordedAt) {
        return picture.closedAt() == null ? Knowledge.Card.infrastructure(picture, vocabulary, recordedAt) : null;
    }

    /** An element is brought in, with where it belongs already. */
    public void bring(Picture picture) {
        Surroundings known = picture.surroundings();
        Optional<String> infrastructure = Optional.ofNullable(known).map(Surroundings::infrastructure);
        spans.bring(picture.id(), set(infrastructure));
        current.put(picture.id(), infrastructure);
    }

    /** From that instant on an element belongs there, and nowhere else. */
    public void follow(UUID element, @Nullable String infrastructure, Instant at) {
        Optional<String> now = Optional.ofNullable(infrastructure);
        spans.follow(element, set(now), at);
        current.put(element, now);
    }

    /** An element is another one from now on: it belongs nowhere by itself. */
    public void forget(UUID element) {
        spans.bring(element, Set.of());
        current.put(element, Optional.empty());
    }

    private static Set<String> set(Optional<String> infrastructure) {
        return infrastructure.map(Set::of).orElse(Set.of());
    }

    /** Looks up who belongs to these, in one statement. */
    public void find(JdbcClient db, Collection<String> infrastructures) {
        List<String> missing = infrastructures.stream()
                .filter(one -> !written.containsKey(one))
                .distinct()
                .toList();
        if (missing.isEmpty()) return;
        missing.forEach(one -> written.put(one, new HashSet<>()));
        db.sql("""
                        select infrastructure, element_id from belonging
                        where customer_id = ? and infrastructure = any(?) and until is null""").param(customer).param(Arrays.of("text", missing)).query(row -> {
            written.computeIfAbsent(row.getString("infrastructure"), i -> new HashSet<>())
                    .add(row.getObject("element_id", UUID.class));
        });
    }

    /** Who belongs to an infrastructure now, in the order of their ids: as it is written, and as it was followed since. */
    public Set<UUID> members(JdbcClient db, String infrastructure) {
        find(db, List.of(infrastructure));
        Set<UUID> members = new TreeSet<>(written.getOrDefault(infrastructure, Set.of()));
        current.forEach((element, of) -> {
            if (of.filter(infrastructure::equals).isPresent()) members.add(element);
            else members.remove(element);
        });
        return members;
    }

    /** Writes what began and ended, in two statements. */
    public void write(Together writes) {
        Arrays over = new Arrays("uuid", "timestamptz", "text");
        for (Spans.Edge<String> end : spans.ended())
            over.row(end.held().element(), end.at(), end.held().what());
        over.add(
                writes,
                "update belonging b set until = gone.at::timestamptz from ("
                        + Index.found("belonging", List.of("infrastructure"))
                                .replace("select place.ctid", "select place.ctid, place.at")
                        + ") as gone where b.ctid = gone.ctid and b.until is null",
                customer);
        Arrays rows = new Arrays("uuid", "text", "timestamptz", "timestamptz");
        spans.begun()
                .forEach((one, until) ->
                        rows.row(one.held().element(), one.held().what(), one.at(), until.orElse(null)));
        rows.add(writes, """
                insert into belonging (customer_id, element_id, infrastructure, since, until)
                select ?, element, infrastructure, since::timestamptz, until::timestamptz
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) as new (element, infrastructure, since, until)
                on conflict (customer_id, element_id, infrastructure, since) do update set until = excluded.until""", customer);
        spans.written();
    }
}
