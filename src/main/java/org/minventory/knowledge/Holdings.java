package org.minventory.knowledge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.minventory.base.Arrays;
import org.minventory.base.Together;
import org.minventory.element.Identifier;

/**
 * Who holds which identifier, from when until when, followed entry by entry: what was taken up and given back within one
 * transaction was held all the same, and a late testimony finds its holder. So a thousand at once, and a rebuild, tell
 * what one by one would.
 */
public final class Holdings {
    private record Held(UUID element, Identifier identifier) {}

    private record Begun(Held held, Instant since) {}

    private final Map<UUID, Set<Identifier>> current = new HashMap<>();

    // what is to be written
    private final Map<Held, Instant> open = new HashMap<>();
    private final Map<Begun, Optional<Instant>> begun = new LinkedHashMap<>();
    private final List<Begun> ended = new ArrayList<>();

    /** An element is brought in, with what it holds already. */
    public void bring(UUID element, Set<Identifier> held) {
        current.put(element, held);
    }

    /** From that instant on an element holds these, and nothing else. */
    public void follow(UUID element, Set<Identifier> now, Instant at) {
        Set<Identifier> before = current.getOrDefault(element, Set.of());
        current.put(element, now);
        for (Identifier identifier : without(before, now)) end(new Held(element, identifier), at);
        for (Identifier identifier : without(now, before)) begin(new Held(element, identifier), at);
    }

    private void begin(Held held, Instant at) {
        open.put(held, at);
        begun.put(new Begun(held, at), Optional.empty());
    }

    /** What is not written yet ends where it began; the rest ends in the table. */
    private void end(Held held, Instant at) {
        Instant since = open.remove(held);
        if (since == null) ended.add(new Begun(held, at));
        else begun.put(new Begun(held, since), Optional.of(at));
    }

    private static Set<Identifier> without(Set<Identifier> all, Set<Identifier> known) {
        Set<Identifier> rest = new LinkedHashSet<>(all);
        rest.removeAll(known);
        return rest;
    }

    /** Writes what began and ended, in two statements. */
    public void write(Together writes, UUID customer) {
        Arrays over = new Arrays("uuid", "timestamptz", "text", "text");
        for (Begun end : ended)
            over.row(
                    end.held().element(),
                    end.since(),
                    end.held().identifier().kind().word(),
                    end.held().identifier().value());
        over.add(
                writes,
                "update identifier i set until = gone.at::timestamptz from ("
                        + Index.found("identifier", List.of("kind", "value"))
                                .replace("select place.ctid", "select place.ctid, place.at")
                        + ") as gone where i.ctid = gone.ctid and i.until is null",
                customer);
        Arrays rows = new Arrays("text", "text", "uuid", "timestamptz", "timestamptz");
        begun.forEach((one, until) -> rows.row(
                one.held().identifier().kind().word(),
                one.held().identifier().value(),
                one.held().element(),
                one.since(),
                until.orElse(null)));
        rows.add(writes, """
                insert into identifier (customer_id, kind, value, element_id, since, until)
                select ?, kind, value, element, since::timestamptz, until::timestamptz
                from unnest(?::text[], ?::text[], ?::uuid[], ?::text[], ?::text[]) as new (kind, value, element, since, until)
                on conflict (customer_id, kind, value, element_id, since) do update set until = excluded.until""", customer);
        open.clear();
        begun.clear();
        ended.clear();
    }
}
