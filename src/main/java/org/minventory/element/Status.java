package org.minventory.element;

import org.minventory.base.Word;

/**
 * The derived life cycle of an element, never set by hand: each step is caused by a testimony. The order of the
 * constants is the order of life.
 */
public enum Status {
    WISHED,
    ORDERED,
    DELIVERED,
    ACCEPTED,
    DEPLOYED,
    IN_SERVICE,
    /** In service, and worked on. */
    MAINTENANCE,
    /** Delivered, lived, closed. */
    DECOMMISSIONED,
    /** Delivered and not accepted: what comes next is another delivery, or the end. */
    REFUSED,
    /** Its wish or its order was cancelled, and nothing came of it since. */
    CANCELLED;

    /** The word of the API and of the database. */
    public String word() {
        return Word.of(this);
    }

    /** The status of that word. */
    public static Status of(String word) {
        return Word.read(Status.class, word);
    }

    /** Whether what was ordered or delivered still waits for its acceptance: a survey made now is a delivery survey. */
    public boolean awaitsAcceptance() {
        return this == ORDERED || this == DELIVERED || this == REFUSED;
    }

    /** Whether it came, and was not sent back. */
    public boolean isDelivered() {
        return compareTo(DELIVERED) >= 0 && compareTo(DECOMMISSIONED) <= 0;
    }

    /** Whether nothing more is expected of it. */
    public boolean isOver() {
        return this == DECOMMISSIONED || this == CANCELLED;
    }
}
