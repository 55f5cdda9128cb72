package org.minventory.element;

import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;

/**
 * What an attribute is about. A complete survey withdraws only within the families that its source declares, so that a
 * hardware survey never takes back what was said of prices.
 */
public enum Family {
    HARDWARE,
    NETWORK,
    SYSTEM,
    IDENTITY,
    ORGANISATION,
    COMMERCE,
    MONITORING,
    OPERATIONS,
    DEPLOYMENT,
    RELATION;

    /** The word used in data files and in the API. */
    public String word() {
        return Word.of(this);
    }

    static @Nullable Family of(String word) {
        for (Family family : values()) {
            if (family.word().equals(word)) {
                return family;
            }
        }
        return null;
    }
}
