package org.minventory.base;

import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.jspecify.annotations.Nullable;

/** The two languages of Minventory. */
public final class Languages {
    /** English first: it is what a robot that says nothing reads. */
    public static final List<Locale> ALL = List.of(Locale.ENGLISH, Locale.FRENCH);

    /** No fallback to the machine's own language: French or English, whatever the server's locale. */
    static final ResourceBundle.Control CONTROL =
            ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

    private Languages() {}

    /** French where the locale is a French one, English otherwise. */
    public static Locale nearest(Locale asked) {
        return "fr".equals(asked.getLanguage()) ? Locale.FRENCH : Locale.ENGLISH;
    }

    /** The best of the two for an {@code Accept-Language} header (RFC 9110); English where it says nothing we know. */
    public static Locale of(@Nullable String acceptLanguage) {
        if (acceptLanguage == null || acceptLanguage.isBlank() || acceptLanguage.length() > 1000) return Locale.ENGLISH;
        try {
            Locale best = Locale.lookup(Locale.LanguageRange.parse(acceptLanguage), ALL);
            return best == null ? Locale.ENGLISH : best;
        } catch (IllegalArgumentException notALanguageRange) {
            return Locale.ENGLISH;
        }
    }
}
