package org.minventory.notification;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.party.Readers;

/**
 * A living subscription with what its owner reads at this moment.
 *
 * @param mine elements about which the owner has testified; null where the condition does not ask for them
 */
record Subscriber(
        Subscription subscription,
        Readers.Reading reading,
        @Nullable Set<UUID> mine) {

    /** What its owner reads, within the limits of the token that made it. */
    Scope.Grant grant() {
        return subscription.within(reading.grant());
    }

    /** Its owner, as one who hears. */
    Listener listener() {
        return new Listener(subscription.actor(), grant(), reading.follows(), subscription.filter(), mine);
    }

    /**
     * What is heard of a notice by all that was asked for; null where nothing is.
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
        return listener().mayHear(notice, known, elements);
    }
}
