package org.minventory.export;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.minventory.element.EndOfSupport;
import org.minventory.element.Vocabulary;
import org.minventory.export.DeadlineReader.Deadline;
import org.minventory.export.DeadlineReader.What;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.Proof;
import org.minventory.knowledge.Renewal;
import org.minventory.project.Reservation;
import tools.jackson.databind.JsonNode;

/** What ends of one element, by what is best known of it at an instant. */
final class ElementDeadlines {
    /** What is known of a reservation: what is to be put right. */
    static final String RESERVED = "reserved";

    /** What is asked of every element on which something ends. */
    static final List<String> ASKED = List.of("owner", "payer", "renewal", "provider");

    private final Inventory.Row row;
    private final Vocabulary vocabulary;
    private final EndOfSupport endOfSupport;
    private final Instant now;

    ElementDeadlines(Inventory.Row row, Vocabulary vocabulary, EndOfSupport endOfSupport, Instant now) {
        this.row = row;
        this.vocabulary = vocabulary;
        this.endOfSupport = endOfSupport;
        this.now = now;
    }

    /** All of it. */
    List<Deadline> all() {
        List<Deadline> all = new ArrayList<>(reservations());
        all.addAll(ofSupport());
        all.addAll(proofs());
        add(all, What.EXPIRY, day(Renewal.EXPIRES));
        add(all, What.WARRANTY, day("warranty.ends"));
        add(all, What.RENEWAL_DUE, Renewal.due(row.picture(), vocabulary, now));
        return all;
    }

    private void add(List<Deadline> all, What what, @Nullable LocalDate on) {
        if (on != null) all.add(Deadline.of(row, what, on, known()));
    }

    /** Who owns and pays it, how it is renewed, who provides it; and until when it lasts. */
    Map<String, String> known() {
        Map<String, String> known = new HashMap<>();
        for (String attribute : ASKED) {
            String value = text(attribute);
            if (value != null) known.put(attribute, value);
        }
        LocalDate expires = day(Renewal.EXPIRES);
        if (expires != null) known.put(Renewal.EXPIRES, expires.toString());
        return known;
    }

    /** What is still to be put right, by its day. */
    List<Deadline> reservations() {
        Map<LocalDate, List<String>> byDay = new TreeMap<>();
        for (Reservation one : Reservation.standing(row.picture(), vocabulary, now))
            byDay.computeIfAbsent(one.until(), day -> new ArrayList<>())
                    .add(Objects.requireNonNullElse(one.text(), String.valueOf(one.attribute())));
        List<Deadline> all = new ArrayList<>();
        byDay.forEach((day, reserved) -> {
            Map<String, String> known = known();
            known.put(RESERVED, String.join("; ", reserved));
            all.add(Deadline.of(row, What.RESERVATION, day, known));
        });
        return all;
    }

    /** What it runs and when its makers let go of that: each product and version once. */
    List<Deadline> ofSupport() {
        Set<EndOfSupport.End> ends = new LinkedHashSet<>();
        for (EndOfSupport.Sort sort : EndOfSupport.Sort.values())
            add(ends, sort, text(sort.naming()), text(sort.version()));
        for (String attribute : row.picture().attributes()) {
            int name = attribute.length() - EndOfSupport.OF_SOFTWARE.length();
            if (attribute.endsWith(EndOfSupport.OF_SOFTWARE))
                add(ends, EndOfSupport.Sort.SOFTWARE, attribute.substring(0, name), text(attribute));
        }
        return ends.stream()
                .map(end ->
                        Deadline.of(row, What.END_OF_SUPPORT, end.on(), known()).about(end.about()))
                .toList();
    }

    private void add(
            Set<EndOfSupport.End> ends, EndOfSupport.Sort sort, @Nullable String name, @Nullable String version) {
        EndOfSupport.End end = name == null || version == null ? null : endOfSupport.of(sort, name, version);
        if (end != null) ends.add(end);
    }

    private List<Deadline> proofs() {
        return Proof.next(row.picture(), vocabulary, now).stream()
                .map(next -> Deadline.of(row, what(next.of()), utc(next.due()), known())
                        .proven(next.proven() == null ? null : utc(next.proven())))
                .toList();
    }

    static What what(Proof.Of of) {
        return switch (of) {
            case BACKUP -> What.BACKUP_PROOF;
            case RESTORE -> What.RESTORE_PROOF;
        };
    }

    private static LocalDate utc(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    private @Nullable String text(String attribute) {
        JsonNode value = Index.bestKnown(row.picture(), attribute, vocabulary, now);
        return value != null && value.isString() ? value.stringValue() : null;
    }

    private @Nullable LocalDate day(String attribute) {
        String told = text(attribute);
        try {
            return told == null ? null : LocalDate.parse(told);
        } catch (DateTimeException noDay) {
            return null; // told by a word that is no day: it ends on none
        }
    }
}
