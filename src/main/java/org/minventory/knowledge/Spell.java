package org.minventory.knowledge;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Status;

/**
 * A maintenance or an incident of a whole infrastructure, as one testimony tells of it.
 *
 * @param at when it counts from
 * @param from when the maintenance is told to begin
 * @param until when it is told to end
 */
public record Spell(
        long seq,
        UUID testimony,
        Instant at,
        Picture.Witness witness,
        @Nullable Instant from,
        @Nullable Instant until) {
    boolean isBefore(Spell other) {
        int byTime = at.compareTo(other.at);
        return byTime != 0 ? byTime < 0 : seq < other.seq;
    }

    /** When what is planned begins: where no instant was told, as soon as anything more is. */
    Instant begins() {
        return from == null ? at : from;
    }

    /** Whether what is planned lies behind that instant. */
    boolean isOver(Instant instant) {
        Instant end = until == null ? from : until;
        return end != null && !end.isAfter(instant);
    }

    /** The step that it is in the life of an element that belongs there. */
    Step step() {
        return new Step(Status.MAINTENANCE, seq, testimony, at, witness.id());
    }
}
