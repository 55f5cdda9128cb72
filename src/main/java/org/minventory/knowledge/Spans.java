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

/**
 * What elements have, from when until when, followed entry by entry: what was taken up and given back within one
 * transaction was had all the same, and a late testimony finds who had it. So a thousand at once, and a rebuild, tell what
 * one by one would.
 */
final class Spans<T> {
    /** An element and what it has. */
    record Held<T>(UUID element, T what) {}

    /** Since when an element has it; or, of what ends, until when it had. */
    record Edge<T>(Held<T> held, Instant at) {}

    private final Map<UUID, Set<T>> current = new HashMap<>();

    // what is to be written
    private final Map<Held<T>, Instant> open = new HashMap<>();
    private final Map<Edge<T>, Optional<Instant>> begun = new LinkedHashMap<>();
    private final List<Edge<T>> ended = new ArrayList<>();

    /** An element is brought in, with what it has already. */
    void bring(UUID element, Set<T> held) {
        current.put(element, held);
    }

    /** From that instant on an element has these, and nothing else. */
    void follow(UUID element, Set<T> now, Instant at) {
        Set<T> before = current.getOrDefault(element, Set.of());
        current.put(element, now);
        for (T what : without(before, now)) end(new Held<>(element, what), at);
        for (T what : without(now, before)) begin(new Held<>(element, what), at);
    }

    private void begin(Held<T> held, Instant at) {
        open.put(held, at);
        begun.put(new Edge<>(held, at), Optional.empty());
    }

    /** What is not written yet ends where it began; the rest ends in the table. */
    private void end(Held<T> held, Instant at) {
        Instant since = open.remove(held);
        if (since == null) ended.add(new Edge<>(held, at));
        else begun.put(new Edge<>(held, since), Optional.of(at));
    }

    private static <T> Set<T> without(Set<T> all, Set<T> known) {
        Set<T> rest = new LinkedHashSet<>(all);
        rest.removeAll(known);
        return rest;
    }

    /** What began and is to be written, with the end of what is over already. */
    Map<Edge<T>, Optional<Instant>> begun() {
        return begun;
    }

    /** What was written before and has ended. */
    List<Edge<T>> ended() {
        return ended;
    }

    /** All of it is written. */
    void written() {
        open.clear();
        begun.clear();
        ended.clear();
    }
}
