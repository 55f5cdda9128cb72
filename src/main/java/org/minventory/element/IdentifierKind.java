package org.minventory.element;

import org.jspecify.annotations.Nullable;

/** By what an element is recognised, besides its id and its name. */
public enum IdentifierKind {
    FQDN("fqdn"),
    ADDRESS("address"),
    MAC("mac"),
    SERIAL("serial"),
    PROVIDER_REF("provider-ref");

    private final String word;

    IdentifierKind(String word) {
        this.word = word;
    }

    /** The word used in data files and in the API. */
    public String word() {
        return word;
    }

    static @Nullable IdentifierKind of(String word) {
        for (IdentifierKind kind : values()) {
            if (kind.word.equals(word)) {
                return kind;
            }
        }
        return null;
    }
}
