package org.minventory.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Belongings;
import org.minventory.knowledge.Facts;
import org.minventory.knowledge.Hearing;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Surroundings;
import org.minventory.knowledge.Upkeep;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The inventory as it was: an element's picture folded from the record, as of an instant and as known at another. It is
 * the computation that made today's picture, on fewer entries; today's rules apply to the past.
 */
public final class Past {
    private Past() {}

    /** An element whose past is asked for. */
    public record Subject(UUID id, String name, String type) {}

    /**
     * A moment in both times.
     *
     * @param known up to where the record is read: what had been learnt
     * @param asOf up to when it is believed: what had happened; null for everything
     * @param learntBy our time up to which repetitions had been heard; null for all of them
     */
    public record Moment(
            Testimonies.Known known,
            @Nullable Instant asOf,
            @Nullable Instant learntBy) {
        boolean holds(Entry entry) {
            return asOf == null || !entry.effectiveAt().isAfter(asOf);
        }

        /** A run of repetitions as far as it had come. */
        Hearing until(Hearing run) {
            Hearing heard = asOf == null ? run : run.until(asOf);
            return learntBy == null ? heard : heard.until(learntBy);
        }
    }

    /** Folds the record of one element and of what is around it, see {@link #folds}. */
    public static Picture fold(
            JdbcClient db,
            UUID customer,
            UUID element,
            String name,
            String type,
            Vocabulary vocabulary,
            Testimonies.Known known,
            @Nullable Instant asOf) {
        Subject subject = new Subject(element, name, type);
        return folds(db, customer, List.of(subject), vocabulary, new Moment(known, asOf, null))
                .getFirst();
    }

    /** Folds the record of one element, and nothing around it. */
    static Picture alone(JdbcClient db, UUID customer, Picture now, Vocabulary vocabulary, Testimonies.Known known) {
        Subject subject = new Subject(now.id(), now.name(), now.type());
        return alone(db, customer, List.of(subject), vocabulary, new Moment(known, null, null))
                .getFirst()
                .picture();
    }

    /**
     * Folds the record of elements of one customer, in their order, and what was around each where it belonged then: in
     * five statements, whatever their number.
     */
    public static List<Picture> folds(
            JdbcClient db, UUID customer, List<Subject> subjects, Vocabulary vocabulary, Moment moment) {
        List<Folded> folded = alone(db, customer, subjects, vocabulary, moment);
        Map<String, List<Picture>> belonging = new HashMap<>();
        for (Folded one : folded) {
            String infrastructure = Belongings.infrastructure(one.picture(), vocabulary, one.learntAt());
            if (infrastructure != null)
                belonging
                        .computeIfAbsent(infrastructure, i -> new ArrayList<>())
                        .add(one.picture());
        }
        upkeeps(db, customer, belonging.keySet(), List.of(Kind.MAINTENANCE), vocabulary, moment)
                .forEach((infrastructure, upkeep) -> belonging
                        .getOrDefault(infrastructure, List.of())
                        .forEach(picture -> picture.surround(new Surroundings(infrastructure, upkeep.maintenance()))));
        return folded.stream().map(Folded::picture).toList();
    }

    /** Folds the record of these infrastructures, of those kinds; none where nothing counts that was said of one. */
    static Map<String, Upkeep> upkeeps(
            JdbcClient db,
            UUID customer,
            Collection<String> infrastructures,
            Collection<Kind> kinds,
            Vocabulary vocabulary,
            Moment moment) {
        Map<String, Upkeep> upkeeps = new HashMap<>();
        Map<String, List<Entry>> told =
                Testimonies.ofInfrastructures(db, customer, infrastructures, kinds, moment.known());
        if (told.isEmpty()) return upkeeps;
        Map<UUID, Picture.Witness> witnesses = witnesses(
                db,
                customer,
                told.values().stream().flatMap(List::stream).map(Entry::witness).toList());
        told.forEach((infrastructure, entries) -> {
            Upkeep upkeep = new Upkeep();
            for (Entry entry : entries)
                if (moment.holds(entry))
                    upkeep.take(entry, Facts.recall(vocabulary, entry.facts()), witness(witnesses, entry.witness()));
            upkeeps.put(infrastructure, upkeep);
        });
        return upkeeps;
    }

    /** A picture, and when the last entry in it was learnt. */
    private record Folded(Picture picture, Instant learntAt) {}

    private static List<Folded> alone(
            JdbcClient db, UUID customer, List<Subject> subjects, Vocabulary vocabulary, Moment moment) {
        List<UUID> ids = subjects.stream().map(Subject::id).toList();
        Map<UUID, List<Entry>> entries = Testimonies.about(db, customer, ids, moment.known());
        Map<UUID, List<Hearing>> runs = Knowledge.runs(db, customer, ids);
        Map<UUID, Picture.Witness> witnesses = witnesses(
                db,
                customer,
                entries.values().stream()
                        .flatMap(List::stream)
                        .map(Entry::witness)
                        .toList());
        List<Folded> folded = new ArrayList<>();
        for (Subject subject : subjects) {
            Instant learntAt = Instant.EPOCH;
            Picture picture = new Picture(customer, subject.id(), subject.name(), subject.type());
            picture.heard(runs.getOrDefault(subject.id(), List.of()).stream()
                    .map(moment::until)
                    .toList());
            for (Entry entry : entries.getOrDefault(subject.id(), List.of())) {
                if (!moment.holds(entry)) continue;
                Facts facts = Facts.recall(vocabulary, entry.facts());
                picture.absorb(entry, facts, witness(witnesses, entry.witness()), vocabulary);
                learntAt = entry.recordedAt();
            }
            folded.add(new Folded(picture, learntAt));
        }
        return folded;
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
