package org.minventory.knowledge;

import java.time.Instant;

/**
 * A run of the same words: "looked, nothing changed" is a datum, and a robot that repeats itself costs nothing.
 *
 * @param seq the testimony that is confirmed
 * @param lastAt the witness's time of the last confirmation
 * @param heardAt our time of it
 * @param heard how often it was said, the testimony included
 * @param sealed how many of those are proven by the chain
 */
public record Hearing(long seq, Instant firstAt, Instant lastAt, Instant heardAt, int heard, int sealed) {
    /**
     * The run as far as it had come at that instant. Within a run only the first, the last and the count are known: of one
     * that went on afterwards it is not told how often it had been heard by then.
     */
    public Hearing until(Instant instant) {
        return new Hearing(
                seq,
                firstAt,
                lastAt.isAfter(instant) ? instant : lastAt,
                heardAt.isAfter(instant) ? instant : heardAt,
                heardAt.isAfter(instant) ? 1 : heard,
                heardAt.isAfter(instant) ? 1 : sealed);
    }
}
