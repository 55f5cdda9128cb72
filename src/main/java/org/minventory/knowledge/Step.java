package org.minventory.knowledge;

import java.time.Instant;
import java.util.UUID;
import org.minventory.element.Status;

/** A step of an element's life and the testimony that caused it. */
public record Step(Status status, long seq, UUID testimony, Instant at, UUID witness) {
    boolean isBefore(Step other) {
        int byTime = at.compareTo(other.at);
        return byTime != 0 ? byTime < 0 : seq < other.seq;
    }
}
