package org.minventory.base;

import java.util.Locale;

/** What each language says in its own way: a sentence, the label of a thing, a value with its unit. */
public interface Sayable {
    /** As a reader of that language reads it. */
    String in(Locale language);
}
