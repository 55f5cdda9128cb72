package org.minventory.element;

import java.text.Normalizer;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The names that elements may bear: {@code [a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?}. Narrow on purpose: a name becomes a
 * host name, a file name, an Ansible host and a part of URLs, and must be harmless in all of them.
 */
public final class ElementName {
    private static final int LONGEST = 253;

    /** What is longer names nothing, and nobody has to look for a name in it. */
    private static final int LONGEST_TOLD = 4 * LONGEST;

    private ElementName() {}

    /**
     * The name itself.
     *
     * @throws UnfitValue if it cannot be a name
     */
    public static String check(String name) {
        if (!fits(name)) {
            throw UnfitValue.because("name", name);
        }
        return name;
    }

    /** Whether an element may bear this name. */
    public static boolean fits(String name) {
        int length = name.length();
        if (length == 0 || length > LONGEST || !isPlain(name.charAt(0)) || !isPlain(name.charAt(length - 1))) {
            return false;
        }
        for (int at = 1; at < length - 1; at++) {
            char letter = name.charAt(at);
            if (!isPlain(letter) && letter != '.' && letter != '-') {
                return false;
            }
        }
        return true;
    }

    /**
     * The name nearest to what people and tools call something: {@code Web Server 01} is web-server-01. Null where nothing
     * of it can stand in a name.
     */
    public static @Nullable String nearest(String told) {
        if (told.length() > LONGEST_TOLD) return null;
        String lower = told.strip().toLowerCase(Locale.ROOT);
        if (fits(lower)) return lower;
        String near = Normalizer.normalize(lower, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .replaceAll("[^a-z0-9.-]+", "-")
                .replaceAll("^[.-]+|[.-]+$", "");
        return fits(near) ? near : null;
    }

    private static boolean isPlain(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
    }
}
