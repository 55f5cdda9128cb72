package org.minventory.conformity;

import org.jspecify.annotations.Nullable;

/**
 * Which two sides are compared. Four pairs of stances, each of an expectation and of what was seen; and two witnesses of
 * one stance, where neither is the measure of the other.
 */
public enum Pair {
    ORDERED_INTENDED("ordered", "intended"),
    DELIVERED_ORDERED("delivered", "ordered"),
    DEPLOYED_INTENDED("deployed", "intended"),
    MONITORED_EXPECTED("monitored", "expected"),
    WITNESSES("witness", "witness");

    private final String seen;
    private final String expected;

    Pair(String seen, String expected) {
        this.seen = seen;
        this.expected = expected;
    }

    /** The stance that speaks of what was seen. */
    public String seen() {
        return seen;
    }

    /** The stance that speaks of what was expected. */
    public String expected() {
        return expected;
    }

    /** Whether neither side is the measure of the other. */
    boolean isEven() {
        return this == WITNESSES;
    }

    /** How sentences and the API name it: {@code delivered-ordered}. */
    public String word() {
        return isEven() ? "witnesses" : seen + "-" + expected;
    }

    /** The pair of these two stances, or null where nobody compares them. */
    public static @Nullable Pair of(String seen, String expected) {
        for (Pair pair : values()) {
            if (!pair.isEven() && pair.seen.equals(seen) && pair.expected.equals(expected)) {
                return pair;
            }
        }
        return null;
    }
}
