package org.minventory.notification;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.party.Readers;

/**
 * A living subscription with what its owner reads at this moment: the one place where it is decided who hears what.
 *
 * @param mine elements about which the owner has testified; asked for only where the condition needs them
 */
record Subscriber(
        Subscription subscription,
        Readers.Reading reading,
        Scope.Grant grant,
        @Nullable Set<UUID> mine) {

    static Subscriber of(Subscription subscription, Readers.Reading reading) {
        return new Subscriber(subscription, reading, subscription.within(reading.grant()), null);
    }

    Subscriber with(Set<UUID> testifiedOf) {
        return new Subscriber(subscription, reading, grant, testifiedOf);
    }

    /**
     * Of what is known of a notice's elements, those that are heard of; null where the notice is not for this subscriber
     * at all, and nothing where it is, and is about no element.
     *
     * @param recorded what a notice of recorded testimonies is about; null of all others
     */
    @Nullable
    List<Known.Card> hears(Given given, Known known, @Nullable Set<UUID> recorded) {
        Notice notice = given.notice();
        boolean wanted = given.no() > subscription.fromNo()
                && subscription.asksFor(notice.type())
                && subscription.condition().meets(notice);
        return wanted ? mayHear(notice, known, recorded) : null;
    }

    /** The same by rights and filter alone: looked at again before each attempt. */
    @Nullable
    List<Known.Card> mayHear(Notice notice, Known known, @Nullable Collection<UUID> elements) {
        Collection<UUID> about = elements == null ? notice.elements() : elements;
        return switch (notice.type().audience()) {
            case ONE -> isMe(notice) ? List.of() : null;
            case PEOPLE -> reading.follows() && grant.isWhole() && isOpen() ? List.of() : null;
            case ELEMENTS -> about.isEmpty() ? (grant.isWhole() && isOpen() ? List.of() : null) : some(about, known);
        };
    }

    private boolean isMe(Notice notice) {
        return subscription
                .actor()
                .toString()
                .equals(notice.body().path("actor").asString(""));
    }

    private boolean isOpen() {
        return subscription.filter().isOpen() && !subscription.condition().mine();
    }

    private @Nullable List<Known.Card> some(Collection<UUID> about, Known known) {
        List<Known.Card> heard = known.cards(about).stream()
                .filter(card -> card.isWithin(grant))
                .filter(subscription.filter()::lets)
                .filter(card -> mine == null || mine.contains(card.id()))
                .toList();
        return heard.isEmpty() ? null : heard;
    }
}
