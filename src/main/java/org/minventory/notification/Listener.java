package org.minventory.notification;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Somebody who hears notices, with what that one reads at this moment: the one place where it is decided who hears what.
 *
 * @param grant what is read of the customer
 * @param follows whether projects and what is said in them are for this one
 * @param mine only these elements, or null
 */
public record Listener(
        UUID actor,
        Scope.Grant grant,
        boolean follows,
        Filter filter,
        @Nullable Set<UUID> mine) {
    /**
     * Of what is known of a notice's elements, those that are heard of; null where the notice is not for this listener at
     * all, and nothing where it is, and is about no element.
     *
     * @param elements what it is about, where the notice does not say so itself
     */
    @Nullable
    List<Known.Card> mayHear(Notice notice, Known known, @Nullable Collection<UUID> elements) {
        Collection<UUID> about = elements == null ? notice.elements() : elements;
        return switch (notice.type().audience()) {
            case ONE -> isMe(notice) ? List.of() : null;
            case PEOPLE -> followsAll() ? List.of() : null;
            case ELEMENTS -> about.isEmpty() ? (hearsOfAll(notice) ? List.of() : null) : some(about, known);
        };
    }

    /** What is about no single element is heard by who hears of all; of an infrastructure, by who hears of that one. */
    private boolean hearsOfAll(Notice notice) {
        String infrastructure = notice.body().path("infrastructure").asString("");
        if (infrastructure.isEmpty()) return grant.isWhole() && isOpen();
        return hearsAllOf(infrastructure);
    }

    /** Whether this one hears of an infrastructure as a whole. */
    public boolean hearsAllOf(String infrastructure) {
        return grant.elements() == null
                && (grant.infrastructures() == null || grant.infrastructures().contains(infrastructure))
                && mine == null
                && filter.letsAllOf(infrastructure);
    }

    /** Whether what is agreed with the customer is for this one. */
    public boolean followsAll() {
        return follows && grant.isWhole() && isOpen();
    }

    /** Those of these elements that this one hears of. */
    public Set<UUID> heard(JdbcClient db, Collection<UUID> elements) {
        List<Known.Card> heard = some(elements, Known.of(db, grant.customer(), elements));
        return heard == null ? Set.of() : heard.stream().map(Known.Card::id).collect(Collectors.toSet());
    }

    private boolean isMe(Notice notice) {
        return actor.toString().equals(notice.body().path("actor").asString(""));
    }

    private boolean isOpen() {
        return filter.isOpen() && mine == null;
    }

    private @Nullable List<Known.Card> some(Collection<UUID> about, Known known) {
        List<Known.Card> heard = known.cards(about).stream()
                .filter(card -> card.isWithin(grant))
                .filter(filter::lets)
                .filter(card -> mine == null || mine.contains(card.id()))
                .toList();
        return heard.isEmpty() ? null : heard;
    }
}
