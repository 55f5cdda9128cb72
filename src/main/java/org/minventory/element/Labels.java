package org.minventory.element;

import java.util.Locale;

/** One thing's name in the two languages of the product. */
public record Labels(String english, String french) implements Word {

    /** The same word in both languages, for what nobody has translated. */
    static Labels both(String text) {
        return new Labels(text, text);
    }

    @Override
    public String in(Locale locale) {
        return Phrases.isFrench(locale) ? french : english;
    }

    /** The labels with a word put in the place of a pattern's star. */
    Labels with(String word) {
        return new Labels(english.replace("*", word), french.replace("*", word));
    }
}
