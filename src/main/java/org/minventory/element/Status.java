package org.minventory.element;

import java.util.Locale;

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
    DECOMMISSIONED;

    /** The word of the API and of the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The status of that word. */
    public static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether what was ordered or delivered still waits for its acceptance: a survey made now is a delivery survey. */
    public boolean awaitsAcceptance() {
        return this == ORDERED || this == DELIVERED;
    }
}
