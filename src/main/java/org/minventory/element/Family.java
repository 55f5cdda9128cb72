package org.minventory.element;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
    RELATION;

    /** The word used in data files and in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
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
