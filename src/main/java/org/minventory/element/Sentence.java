package org.minventory.element;

import java.util.Locale;
import java.util.Map;

/**
 * Something to say to a person, kept until the language of the reader is known. Nothing is rendered before
 * {@link #in(Locale)}: most sentences of a busy intake are never read.
 */
public record Sentence(Phrases phrases, String key, Map<String, Word> words) {
    public Sentence {
        words = Map.copyOf(words);
    }

    /** The sentence in French for a French reader, in English for everyone else. */
    public String in(Locale locale) {
        return phrases.say(key, words, locale);
    }
}
