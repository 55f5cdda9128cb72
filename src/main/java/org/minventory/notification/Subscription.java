package org.minventory.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.minventory.base.Word;
import org.minventory.party.Readers;
import tools.jackson.databind.node.ObjectNode;

/**
 * What somebody wants to hear of a customer, and by which way. It belongs to who made it, never reaches further than
 * that one does at the moment of saying it, nor further than the token with which it was made did then.
 *
 * @param token with which it was made, or null for what everybody of a role gets
 * @param usual which of those it is, or null
 * @param infrastructures limits of the token, or null for none
 * @param elements limits of the token, or null for none
 * @param settings of the channel, without its secrets
 * @param sealed the secrets, or null
 * @param notices empty for all
 * @param fromNo notices after this one are its concern
 * @param failures failed attempts since the last that succeeded
 * @param askedAgainAt until when the receiver is left alone, or null where it is not away
 * @param askedAt when its receiver was asked whether it agrees; null where nobody was, or has to be anew
 */
public record Subscription(
        UUID customer,
        UUID id,
        UUID actor,
        @Nullable UUID token,
        @Nullable String usual,
        String label,
        @Nullable Set<String> infrastructures,
        @Nullable Set<String> elements,
        String channel,
        ObjectNode settings,
        byte @Nullable [] sealed,
        Set<Notice.Type> notices,
        Filter filter,
        Condition condition,
        Schedule schedule,
        Locale language,
        State state,
        long fromNo,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Instant askedAgainAt,
        @Nullable Instant askedAt,
        long version,
        Instant createdAt) {
    /** How long a receiver may take to agree. */
    static final Duration OPEN = Duration.ofDays(7);

    /** Where it stands. */
    public enum State {
        ACTIVE,
        /** Set aside by its owner. */
        PAUSED,
        /** Waits for the receiver's own yes. */
        UNCONFIRMED,
        /** The receiver failed for days, or wished never to be asked again. */
        DISABLED,
        ENDED;

        /** The word of the API and of the database. */
        public String word() {
            return Word.of(this);
        }

        static State of(String word) {
            return Word.read(State.class, word);
        }
    }

    /** Whether its receiver has yet to be asked. */
    boolean isToBeAsked() {
        return state == State.UNCONFIRMED && askedAt == null;
    }

    /** Whether its receiver was asked, and may still agree. */
    boolean isOpen(Instant now) {
        return state == State.UNCONFIRMED
                && askedAt != null
                && askedAt.plus(OPEN).isAfter(now);
    }

    /** Its owner, as rights are asked for. */
    Readers.Asking asking() {
        return new Readers.Asking(actor, token);
    }

    /** What a reader's grant leaves of it: never more than the token reached that made it. */
    Scope.Grant within(Scope.Grant grant) {
        return new Scope.Grant(grant.customer(), both(grant.infrastructures(), infrastructures), elements);
    }

    private static @Nullable Set<String> both(@Nullable Set<String> one, @Nullable Set<String> other) {
        if (one == null) return other;
        if (other == null) return one;
        Set<String> common = new HashSet<>(one);
        common.retainAll(other);
        return common;
    }

    /** Whether notices of that type are asked for. */
    boolean asksFor(Notice.Type type) {
        return notices.isEmpty() || notices.contains(type);
    }
}
