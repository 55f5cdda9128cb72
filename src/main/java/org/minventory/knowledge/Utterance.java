package org.minventory.knowledge;

import java.time.Instant;
import java.util.UUID;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;

/**
 * A testimony as knowledge remembers it: when it was said, and how long it was said again.
 *
 * @param lastAt the witness's time of the last confirmation, or of the testimony itself
 * @param heardAt our time of the same
 * @param heard how often it was said, the first time included
 */
public record Utterance(
        long seq,
        UUID id,
        Kind kind,
        Instant witnessedAt,
        Instant recordedAt,
        Instant lastAt,
        Instant heardAt,
        int heard) {

    /** The words of an entry, said once. */
    static Utterance of(Entry entry) {
        return new Utterance(
                entry.seq(),
                entry.id(),
                entry.kind(),
                entry.witnessedAt(),
                entry.recordedAt(),
                entry.witnessedAt(),
                entry.recordedAt(),
                1);
    }

    Utterance confirmed(Hearing hearing) {
        return new Utterance(
                seq, id, kind, witnessedAt, recordedAt, hearing.lastAt(), hearing.heardAt(), hearing.heard());
    }

    /**
     * Up to when it counts: the last time it was said, but never later than we heard that (a clock that is ahead must
     * not outvote those that come after, see {@link Entry#effectiveAt()}).
     */
    Instant countsUntil() {
        return lastAt.isAfter(heardAt) ? heardAt : lastAt;
    }

    /** Whether it outdates the other: said of a later time, or of the same time and recorded later. */
    public boolean isNewerThan(Utterance other) {
        int byTime = countsUntil().compareTo(other.countsUntil());
        return byTime != 0 ? byTime > 0 : seq > other.seq;
    }
}
