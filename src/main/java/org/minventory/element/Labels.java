package org.minventory.element;

import java.util.Locale;
import org.minventory.base.Languages;
import org.minventory.base.Sayable;

/** One thing's name in the two languages of the product. */
public record Labels(String english, String french) implements Sayable {

    /** The same word in both languages, for what nobody has translated. */
    static Labels both(String text) {
        return new Labels(text, text);
    }

    @Override
    public String in(Locale language) {
        return Languages.nearest(language).equals(Locale.FRENCH) ? french : english;
    }

    /** The labels with a word put in the place of a pattern's star. */
    Labels with(String word) {
        return new Labels(english.replace("*", word), french.replace("*", word));
    }
}
