package org.minventory.api;

import org.minventory.base.Sentence;

/** The sentences of this door. */
final class Said {
    private static final String BUNDLE = "org.minventory.api.said";

    private Said() {}

    static Sentence of(String key, Object... arguments) {
        return Sentence.of(BUNDLE, key, arguments);
    }
}
