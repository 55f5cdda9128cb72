package org.minventory.integration.table;

import org.jspecify.annotations.Nullable;
import org.minventory.element.ValueType;

/**
 * One column of a table.
 *
 * @param place counted from 0
 * @param heading as written
 * @param unit in which its numbers are, where the heading says: {@code RAM (GB)}; empty where it does not
 * @param tells {@link #ELEMENT}, {@link #TYPE}, {@link #NOTE}, {@link #WITNESSED_AT} or an attribute; null for nothing
 * @param type of the attribute's values; null where nobody declared it
 */
record Column(
        int place,
        String heading,
        String unit,
        @Nullable String tells,
        @Nullable ValueType type) {
    static final String ELEMENT = "element";
    static final String TYPE = "type";
    static final String NOTE = "note";
    static final String WITNESSED_AT = "witnessedAt";

    /** Where the column tells something of the line itself: the member of a testimony that it fills. */
    static boolean isOfTheLine(String tells) {
        return tells.equals(ELEMENT) || tells.equals(TYPE) || tells.equals(NOTE) || tells.equals(WITNESSED_AT);
    }

    boolean isFact() {
        return tells != null && !isOfTheLine(tells);
    }

    Column telling(@Nullable String other, @Nullable ValueType otherType) {
        return new Column(place, heading, unit, other, otherType);
    }
}
