package org.minventory.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Versions as tools write them, taken apart. */
public final class Version {
    private Version() {}

    /** {@code v17.6-1.pgdg12+1 (Debian)} → 17, 6, 1, pgdg, 12, 1; an epoch ({@code 2:}) is the packager's. */
    public static List<String> parts(String told) {
        String text = plain(told);
        List<String> parts = new ArrayList<>();
        for (int from = 0; from < text.length(); ) {
            int to = endOfPart(text, from);
            if (to > from) {
                parts.add(part(text, from, to));
            }
            from = Math.max(to, from + 1);
        }
        return parts;
    }

    /** {@code v17.6-1.pgdg12+1 (Debian)} → {@code 17.6-1.pgdg12+1}: the first word, without its epoch and its v. */
    public static String plain(String told) {
        String text = told.strip();
        int end = firstBlank(text);
        int from = Math.max(0, text.lastIndexOf(':', end) + 1);
        if (from < end && (text.charAt(from) == 'v' || text.charAt(from) == 'V')) {
            from++;
        }
        return text.substring(Math.min(from, end), end);
    }

    private static int firstBlank(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? text.length() : blank;
    }

    /** Digits or letters in a row. */
    private static int endOfPart(String text, int from) {
        int to = from;
        boolean digits = Character.isDigit(text.charAt(from));
        while (to < text.length()
                && (digits ? Character.isDigit(text.charAt(to)) : Character.isLetter(text.charAt(to)))) {
            to++;
        }
        return to;
    }

    private static String part(String text, int from, int to) {
        int start = from;
        while (start < to - 1 && text.charAt(start) == '0') {
            start++;
        }
        return text.substring(start, to).toLowerCase(Locale.ROOT);
    }
}
