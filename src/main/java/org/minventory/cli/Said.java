package org.minventory.cli;

import java.util.Locale;
import org.minventory.base.Sentence;

/** What the command line says, in the language of the terminal it speaks to. */
final class Said {
    private static final String BUNDLE = "org.minventory.cli.said";

    private Said() {}

    /** In the language of whoever started this program. */
    static String here(String key, Object... arguments) {
        return Sentence.of(BUNDLE, key, arguments).in(Locale.getDefault(Locale.Category.DISPLAY));
    }
}
