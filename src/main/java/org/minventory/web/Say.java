package org.minventory.web;

import org.minventory.base.Sentence;

/** The sentences of this room. */
final class Say {
    private static final String BUNDLE = "org.minventory.web.say";

    private Say() {}

    static Sentence of(String key, Object... arguments) {
        return Sentence.of(BUNDLE, key, arguments);
    }
}
