package org.minventory.conformity;

import org.jspecify.annotations.Nullable;

/**
 * What a rule found.
 *
 * @param because the key of the phrase that says why two different values agree, or why they cannot be compared
 */
record Finding(Verdict verdict, @Nullable String because) {
    /** The two values are one. */
    static final Finding SAME = new Finding(Verdict.AGREES, null);

    /** Nothing was said on the other side. */
    static final Finding MISSING = new Finding(Verdict.UNKNOWN, null);

    static final Finding DIVERGES = new Finding(Verdict.DIVERGES, null);

    /** The values differ and say the same all the same. */
    static Finding agrees(String because) {
        return new Finding(Verdict.AGREES, because);
    }

    static Finding unknown(String because) {
        return new Finding(Verdict.UNKNOWN, because);
    }

    static Finding sameIf(boolean same) {
        return same ? SAME : DIVERGES;
    }
}
