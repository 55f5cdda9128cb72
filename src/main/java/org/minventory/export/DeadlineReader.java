package org.minventory.export;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.base.Word;
import org.minventory.element.EndOfSupport;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What ends, and when: of elements by what is best known of them, of orders by what was agreed, of mandates; what runs out
 * unless somebody proves it anew; what its makers let go of.
 */
public final class DeadlineReader {
    /** Deadlines that are looked for together. */
    private static final int TOGETHER = 1_001;

    private final JdbcClient db;
    private final Reach reach;
    private final EndOfSupport endOfSupport;
    private final Instant now;

    public DeadlineReader(JdbcClient db, Reach reach, EndOfSupport endOfSupport, Instant now) {
        this.db = db;
        this.reach = reach;
        this.endOfSupport = endOfSupport;
        this.now = now;
    }

    /** What ends. */
    public enum What {
        EXPIRY,
        RENEWAL_DUE,
        WARRANTY,
        END_OF_SUPPORT,
        BACKUP_PROOF,
        RESTORE_PROOF,
        RESERVATION,
        NOTICE,
        ORDER,
        MANDATE;

        /** All of them. */
        public static final Set<What> EVERY = Collections.unmodifiableSet(EnumSet.allOf(What.class));

        /** Those that stay late until somebody sees to them, however long that takes. */
        public static final Set<What> STANDING =
                Collections.unmodifiableSet(EnumSet.of(END_OF_SUPPORT, BACKUP_PROOF, RESTORE_PROOF, RESERVATION));

        /** The word of the API. */
        public String word() {
            return Word.of(this);
        }
    }

    /**
     * What is looked for.
     *
     * @param from the first day
     * @param until the last one
     */
    public record Wanted(Set<What> whats, LocalDate from, LocalDate until) {}

    /** Where a deadline stands in every list: by its day, then by what ends. */
    public record Place(LocalDate on, String key) {
        static final Comparator<Place> SOONEST_FIRST =
                Comparator.comparing(Place::on).thenComparing(Place::key);
    }

    /**
     * A day on which something ends.
     *
     * @param subject the element, order or mandate
     * @param name of the element, or the number of the order; null for a mandate
     * @param type the element's type, or null
     * @param about which of several things that the element holds: {@code Debian 12}; null where there is but one
     * @param proven the day on which it was proven last; null where it never was, or nothing is to be proven
     */
    public record Deadline(
            UUID customer,
            LocalDate on,
            What what,
            UUID subject,
            @Nullable String name,
            @Nullable String type,
            @Nullable String about,
            @Nullable LocalDate proven,
            Map<String, String> told) {
        /** One of an element. */
        static Deadline of(Inventory.Row row, What what, LocalDate on, Map<String, String> told) {
            return new Deadline(row.customer(), on, what, row.element(), row.name(), row.type(), null, null, told);
        }

        Deadline about(String which) {
            return new Deadline(customer, on, what, subject, name, type, which, proven, told);
        }

        Deadline proven(@Nullable LocalDate last) {
            return new Deadline(customer, on, what, subject, name, type, about, last, told);
        }

        Deadline told(Map<String, String> known) {
            return new Deadline(customer, on, what, subject, name, type, about, proven, known);
        }

        /** Whether it is an element on which something ends. */
        boolean isOfElement() {
            return type != null;
        }

        /** Its place. */
        public Place place() {
            return new Place(on, what.word() + " " + subject + (about == null ? "" : " " + about));
        }

        /** What is known under an attribute: who owns it, who pays, how it is renewed. */
        public @Nullable String known(String attribute) {
            return told.get(attribute);
        }
    }

    /**
     * The deadlines from one day to another, both included, the soonest first; without reservations that were put right.
     *
     * @param after only those after this place, or null
     */
    public List<Deadline> list(Wanted wanted, @Nullable Place after, int limit) {
        List<Deadline> standing = new ArrayList<>();
        Place place = after;
        int together = Math.min(limit, TOGETHER);
        for (boolean more = true; more && standing.size() < limit; together = Math.min(2 * together, TOGETHER)) {
            List<Deadline> found = find(wanted, place, together);
            standing.addAll(standing(found));
            more = found.size() == together;
            if (more) place = found.getLast().place();
        }
        return standing.subList(0, Math.min(limit, standing.size()));
    }

    /** All that are reached whole are asked together; who is limited to a part, each by itself. */
    private List<Deadline> find(Wanted wanted, @Nullable Place after, int limit) {
        List<Scope.Grant> whole =
                reach.scope().grants().stream().filter(Scope.Grant::isWhole).toList();
        List<Deadline> found = new ArrayList<>(find(wanted, whole, after, limit));
        for (Scope.Grant grant : reach.scope().grants())
            if (!grant.isWhole()) found.addAll(find(wanted, List.of(grant), after, limit));
        return found.stream()
                .sorted(Comparator.comparing(Deadline::place, Place.SOONEST_FIRST))
                .limit(limit)
                .toList();
    }

    private List<Deadline> find(Wanted wanted, List<Scope.Grant> grants, @Nullable Place after, int limit) {
        return grants.isEmpty()
                ? List.of()
                : new DeadlineSearch(wanted, reach, endOfSupport, grants).run(db, after, limit);
    }

    /** Those of elements with what is best known of who owns and pays them and how they are renewed. */
    private List<Deadline> standing(Collection<Deadline> found) {
        List<Inventory.Place> places = found.stream()
                .filter(Deadline::isOfElement)
                .map(one -> new Inventory.Place(one.customer(), one.subject(), Objects.requireNonNull(one.name())))
                .distinct()
                .toList();
        Map<UUID, Inventory.Row> rows = new HashMap<>();
        Inventory.rows(db, places).forEach(row -> rows.put(row.element(), row));
        List<Deadline> standing = new ArrayList<>();
        for (Deadline one : found) {
            Inventory.Row row = rows.get(one.subject());
            Deadline told = one.type() == null ? one : row == null ? null : told(one, row);
            if (told != null) standing.add(told);
        }
        return standing;
    }

    /** What only the picture tells for certain is asked of it: what is put right, and what another version is, ends no more. */
    private @Nullable Deadline told(Deadline found, Inventory.Row row) {
        ElementDeadlines element = new ElementDeadlines(row, reach.vocabulary(row.customer()), endOfSupport, now);
        return switch (found.what()) {
            case RESERVATION -> same(found, element.reservations());
            case END_OF_SUPPORT -> same(found, element.ofSupport());
            case EXPIRY, RENEWAL_DUE, WARRANTY, BACKUP_PROOF, RESTORE_PROOF, NOTICE, ORDER, MANDATE ->
                found.told(element.known());
        };
    }

    private static @Nullable Deadline same(Deadline found, List<Deadline> told) {
        return told.stream()
                .filter(one -> one.place().equals(found.place()))
                .findFirst()
                .orElse(null);
    }
}
