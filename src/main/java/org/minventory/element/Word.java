package org.minventory.element;

import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** A word of a {@link Sentence}: the same thing, said in the reader's language. */
public interface Word {

    /** The word as a reader of that language sees it. */
    String in(Locale locale);

    /** A word that is the same in every language: a name, a told text. */
    static Word of(String text) {
        return new Plain(text);
    }

    /** A value of an attribute, displayed in the reader's language when the sentence is said, not before. */
    static Word of(Attribute attribute, JsonNode value) {
        return new Shown(attribute, value);
    }

    /** A name or a told text. */
    record Plain(String text) implements Word {
        @Override
        public String in(Locale locale) {
            return text;
        }
    }

    /** A normalised value and the attribute that says how to read it. */
    record Shown(Attribute attribute, JsonNode value) implements Word {
        @Override
        public String in(Locale locale) {
            return Display.of(attribute, value, locale);
        }
    }
}
