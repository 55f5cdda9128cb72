package org.minventory.conformity;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import tools.jackson.databind.JsonNode;

/**
 * Two sides that disagree about an attribute of an element: two stances, or two witnesses of the same stance. It is
 * opened by a testimony and resolved by a testimony; between the two, people decide what to do with it.
 *
 * @param between {@code delivered-ordered} and the like, {@code witnesses-<stance>} for a contradiction,
 *     {@link Clash#BETWEEN} for what two elements may not have at once
 * @param nature nonconformity (ISO 9000), drift, mismatch, alarm, contradiction, overlap, double-assignment,
 *     common-provider, common-site, common-dependency
 * @param expected the side that is the measure
 * @param seen the side that departs from it
 * @param common with whom it shares what, where it is redundant with them; null of all other natures
 */
public record Divergence(
        UUID customer,
        UUID id,
        UUID element,
        String attribute,
        String between,
        String nature,
        State state,
        long openedSeq,
        Instant openedAt,
        @Nullable Long resolvedSeq,
        @Nullable Instant resolvedAt,
        Witnessed expected,
        Witnessed seen,
        @Nullable Common common,
        @Nullable Instant acceptedUntil,
        @Nullable String reason,
        @Nullable UUID decidedBy,
        @Nullable Long decidedSeq) {

    /** The nature of two witnesses who disagree. */
    public static final String CONTRADICTION = "contradiction";

    /** The natures there are. */
    public static final List<String> NATURES = Stream.concat(
                    Stream.of("mismatch", "nonconformity", "drift", "alarm", CONTRADICTION),
                    Stream.concat(Clash.natures().stream(), Sharing.natures().stream()))
            .toList();

    /** What became of it. */
    public enum State {
        OPEN,
        ACKNOWLEDGED,
        ACCEPTED,
        RESOLVED;

        public String word() {
            return Word.of(this);
        }

        /** The state of that word. */
        public static State of(String word) {
            return Word.read(State.class, word);
        }
    }

    /**
     * What one side said: enough to say the sentence again, in either language, for ever.
     *
     * @param witness null where it is no witness's word but a rule's ("an element in service is expected OK")
     */
    public record Witnessed(
            String stance,
            JsonNode value,
            @Nullable JsonNode told,
            @Nullable UUID witness,
            @Nullable String witnessName,
            @Nullable UUID testimony,
            @Nullable Instant witnessedAt) {
        boolean saysTheSameAs(Witnessed other) {
            return value.equals(other.value);
        }
    }

    /** An acceptance holds until its day; after it the divergence is open again. */
    public State stateAt(Instant now) {
        boolean lapsed = state == State.ACCEPTED && acceptedUntil != null && !now.isBefore(acceptedUntil);
        return lapsed ? State.OPEN : state;
    }

    public boolean isContradiction() {
        return nature.equals(CONTRADICTION);
    }

    Divergence resolved(long seq, Instant at) {
        return with(State.RESOLVED, seq, at, expected, seen, common, acceptedUntil, reason, decidedBy, decidedSeq);
    }

    /** Whether it is no worse now: the same values disagree, and nothing more is shared with nobody more. */
    boolean coversAll(Witnessed expectedNow, Witnessed seenNow, @Nullable Common commonNow) {
        return expectedNow.saysTheSameAs(expected)
                && seenNow.saysTheSameAs(seen)
                && (commonNow == null || common == null || commonNow.isWithin(common));
    }

    /** Other values disagree now: what was accepted was something else, so it is open again. */
    Divergence changed(Witnessed expectedNow, Witnessed seenNow, @Nullable Common commonNow) {
        boolean same = coversAll(expectedNow, seenNow, commonNow);
        State now = same ? state : State.OPEN;
        return with(
                now,
                resolvedSeq,
                resolvedAt,
                expectedNow,
                seenNow,
                commonNow,
                same ? acceptedUntil : null,
                reason,
                decidedBy,
                decidedSeq);
    }

    Divergence decided(State decision, @Nullable Instant until, @Nullable String why, UUID by, long seq) {
        return with(decision, resolvedSeq, resolvedAt, expected, seen, common, until, why, by, seq);
    }

    private Divergence with(
            State state,
            @Nullable Long resolvedSeq,
            @Nullable Instant resolvedAt,
            Witnessed expected,
            Witnessed seen,
            @Nullable Common common,
            @Nullable Instant acceptedUntil,
            @Nullable String reason,
            @Nullable UUID decidedBy,
            @Nullable Long decidedSeq) {
        return new Divergence(
                customer,
                id,
                element,
                attribute,
                between,
                nature,
                state,
                openedSeq,
                openedAt,
                resolvedSeq,
                resolvedAt,
                expected,
                seen,
                common,
                acceptedUntil,
                reason,
                decidedBy,
                decidedSeq);
    }
}
