package org.minventory.base;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * French spaces, by the usage of the Imprimerie nationale: narrow before {@code ; ! ?}, no-break before a colon and
 * within guillemets. Bundles are written with plain spaces; this is the one place that makes them unbreakable. Only a
 * space that stands there is replaced: 10:05 and a MAC address stay as they are.
 */
public final class Typography {
    private static final char NARROW = '\u202f';
    private static final char NO_BREAK = '\u00a0';
    private static final Pattern BEFORE_HIGH = Pattern.compile("[ \u00a0\u202f]([;!?])");
    private static final Pattern BEFORE_COLON = Pattern.compile("[ \u202f](:)(?=\\s|$)");
    private static final Pattern OPENING = Pattern.compile("«[ \u202f]");
    private static final Pattern CLOSING = Pattern.compile("[ \u202f]»");

    private Typography() {}

    /** The text as it is set in that language; English needs nothing. */
    public static String set(String text, Locale language) {
        if (!language.getLanguage().equals("fr")) return text;
        String set = BEFORE_HIGH.matcher(text).replaceAll(NARROW + "$1");
        set = BEFORE_COLON.matcher(set).replaceAll(NO_BREAK + "$1");
        set = OPENING.matcher(set).replaceAll(Matcher.quoteReplacement("«" + NO_BREAK));
        return CLOSING.matcher(set).replaceAll(Matcher.quoteReplacement(NO_BREAK + "»"));
    }
}
