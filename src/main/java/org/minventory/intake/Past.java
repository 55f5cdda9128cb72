package org.minventory.intake;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Facts;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The inventory as it was: an element's picture folded from the record, as of an instant and as known at another. It is
 * the computation that made today's picture, on fewer entries; today's rules apply to the past.
 */
public final class Past {
    private Past() {}

    /**
     * Folds the record of one element.
     *
     * @param known up to where the record is read: what had been learnt
     * @param asOf up to when it is believed: what had happened; null for everything
     */
    public static Picture fold(
            JdbcClient db,
            UUID customer,
            UUID element,
            String name,
            String type,
            Vocabulary vocabulary,
            Testimonies.Known known,
            @Nullable Instant asOf) {
        List<Entry> entries = Testimonies.about(db, customer, element, known);
        Map<UUID, Picture.Witness> witnesses =
                witnesses(db, customer, entries.stream().map(Entry::witness).toList());
        Picture picture = new Picture(customer, element, name, type);
        picture.heard(Knowledge.runs(db, customer, element).stream()
                .map(run -> asOf == null ? run : run.until(asOf))
                .toList());
        for (Entry entry : entries)
            if (asOf == null || !entry.effectiveAt().isAfter(asOf))
                picture.absorb(
                        entry,
                        Facts.recall(vocabulary, entry.facts()),
                        witness(witnesses, entry.witness()),
                        vocabulary);
        return picture;
    }

    static Picture.Witness witness(Map<UUID, Picture.Witness> witnesses, UUID id) {
        return witnesses.getOrDefault(id, new Picture.Witness(id, id.toString(), ""));
    }

    /** The names of witnesses. */
    static Map<UUID, Picture.Witness> witnesses(JdbcClient db, UUID customer, List<UUID> ids) {
        Map<UUID, Picture.Witness> witnesses = new HashMap<>();
        db.sql("select actor_id, name, role from witness where customer_id = ? and actor_id = any(?)")
                .param(1, customer)
                .param(2, Arrays.of(ids.stream().distinct().toList()))
                .query(row -> {
                    UUID id = row.getObject("actor_id", UUID.class);
                    witnesses.put(id, new Picture.Witness(id, row.getString("name"), row.getString("role")));
                });
        return witnesses;
    }

    static @Nullable Entry entry(JdbcClient db, UUID customer, long seq) {
        List<Entry> found = Testimonies.numbered(db, customer, List.of(seq));
        return found.isEmpty() ? null : found.getFirst();
    }

    static byte[] digest(JdbcClient db, UUID customer, long seq) {
        Entry entry = entry(db, customer, seq);
        if (entry == null) throw new IllegalStateException("entry " + seq + " is gone");
        return entry.digest();
    }
}
