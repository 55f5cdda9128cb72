package org.minventory.base;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a reader or a writer may reach, worked out once from mandates, roles and token limits: customers, and within each
 * perhaps only some infrastructures or elements. Row-level security enforces the customers, the rest is a predicate that
 * the room of elements makes of it.
 */
public record Scope(List<Grant> grants) {
    /** One customer's part of a scope; null means "all of this customer". */
    public record Grant(
            UUID customer,
            @Nullable Set<String> infrastructures,
            @Nullable Set<String> elements) {
        /** All of one customer. */
        public static Grant whole(UUID customer) {
            return new Grant(customer, null, null);
        }

        /** Whether this customer is reached entirely. */
        public boolean isWhole() {
            return infrastructures == null && elements == null;
        }

        /** Whether an element of that name in that infrastructure is reached; with neither, only a whole grant reaches it. */
        public boolean reaches(@Nullable String element, @Nullable String infrastructure) {
            return (infrastructures == null || (infrastructure != null && infrastructures.contains(infrastructure)))
                    && (elements == null || (element != null && elements.contains(element)));
        }
    }

    /** Nothing: row-level security shows no row. */
    public static final Scope NOTHING = new Scope(List.of());

    public Scope {
        grants = List.copyOf(grants);
    }

    /** All of some customers: for the program's own acts, never for a caller's. */
    public static Scope whole(Collection<UUID> customers) {
        return new Scope(customers.stream().map(Grant::whole).toList());
    }

    /** All of one customer: for the program's own acts, never for a caller's. */
    public static Scope whole(UUID customer) {
        return new Scope(List.of(Grant.whole(customer)));
    }

    /** This scope cut down to one customer; nothing where it is not reached. */
    public Scope only(UUID customer) {
        return new Scope(
                grants.stream().filter(g -> g.customer().equals(customer)).toList());
    }

    /** This scope and all of one more customer: for the act that opens it. */
    public Scope and(UUID customer) {
        List<Grant> more = new ArrayList<>(grants);
        more.add(Grant.whole(customer));
        return new Scope(more);
    }

    public boolean reaches(UUID customer) {
        return grants.stream().anyMatch(g -> g.customer().equals(customer));
    }

    /** The grant for a customer, or null where it is not reached. */
    public @Nullable Grant grant(UUID customer) {
        return grants.stream()
                .filter(g -> g.customer().equals(customer))
                .findFirst()
                .orElse(null);
    }

    public List<UUID> customers() {
        return grants.stream().map(Grant::customer).toList();
    }

    /** The value of {@code app.customers} that the row-level security policies read. */
    String setting() {
        return grants.stream().map(g -> g.customer().toString()).collect(Collectors.joining(",", "{", "}"));
    }
}
