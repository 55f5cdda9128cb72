package org.minventory.intake;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Together;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Entry;

/** Which elements were born, closed and opened again in a sitting: who bears a name, and from when on nobody does. */
final class Lives {
    private record Begun(Entry.Birth birth, long seq) {}

    private final Map<UUID, Begun> births = new LinkedHashMap<>();
    private final Map<UUID, Optional<Instant>> closings = new LinkedHashMap<>();

    /** A new element comes to life. */
    void bear(UUID element, Entry.Birth birth, long seq) {
        births.put(element, new Begun(birth, seq));
    }

    /** Its life has turned: it may have been closed, or opened again. */
    void turn(Picture picture) {
        closings.put(picture.id(), Optional.ofNullable(picture.closedAt()));
    }

    /** Writes them: what was closed sets its name free before anything new, or opened again, may bear it. */
    void write(Together writes, UUID customer) {
        writeClosings(writes, customer);
        writeBirths(writes, customer);
        writeReopenings(writes, customer);
        births.clear();
        closings.clear();
    }

    private void writeClosings(Together writes, UUID customer) {
        Arrays rows = new Arrays("uuid", "timestamptz");
        closings.forEach((element, at) -> {
            if (at.isPresent() && !births.containsKey(element)) rows.row(element, at.get());
        });
        rows.add(writes, """
                update element e set closed_at = closed.at::timestamptz
                from (select ?::uuid as customer) as mine, unnest(?::uuid[], ?::text[]) as closed (element, at)
                where e.customer_id = mine.customer and e.element_id = closed.element""", customer);
    }

    private void writeBirths(Together writes, UUID customer) {
        Arrays rows = new Arrays("uuid", "text", "text", "bigint", "timestamptz");
        births.forEach((element, begun) ->
                rows.row(element, begun.birth().name(), begun.birth().type(), begun.seq(), closing(element)));
        rows.add(writes, """
                insert into element (customer_id, element_id, name, type, created_seq, closed_at)
                select ?, id, name, type, seq, closed_at::timestamptz
                from unnest(?::uuid[], ?::text[], ?::text[], ?::bigint[], ?::text[]) as born (id, name, type, seq, closed_at)""", customer);
        resolveReferences(writes, customer);
    }

    private @Nullable Instant closing(UUID element) {
        return closings.getOrDefault(element, Optional.empty()).orElse(null);
    }

    /** References told before their element was born find it now. */
    private void resolveReferences(Together writes, UUID customer) {
        if (births.isEmpty()) return;
        List<String> names =
                births.values().stream().map(begun -> begun.birth().name()).toList();
        writes.add(
                """
                update relation set target_id = (?::uuid[])[array_position(?::text[], told)]
                where customer_id = ? and told = any(?) and target_id is null""",
                Arrays.of(List.copyOf(births.keySet())),
                Arrays.of("text", names),
                customer,
                Arrays.of("text", names));
    }

    /** What was opened again takes its name back after all that bore it are closed. */
    private void writeReopenings(Together writes, UUID customer) {
        List<UUID> reopened = closings.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty() && !births.containsKey(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (reopened.isEmpty()) return;
        writes.add(
                "update element set closed_at = null where customer_id = ? and element_id = any(?) and closed_at is not null",
                customer,
                Arrays.of(reopened));
    }
}
