package org.minventory.conformity;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.minventory.element.Attribute;
import tools.jackson.databind.JsonNode;

/**
 * The expected version, told as precisely as it was expected: 18.1 is the 18 that was wished, 17.6 is not. What was seen
 * less precisely than expected (12 where 12.11 was wished) is unknown.
 */
final class VersionRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        List<String> measure = parts(expected.value());
        List<String> found = parts(seen.value());
        if (measure.isEmpty() || found.isEmpty()) {
            return Finding.unknown("vague");
        }
        int common = Math.min(measure.size(), found.size());
        if (!measure.subList(0, common).equals(found.subList(0, common))) {
            return Finding.DIVERGES;
        }
        boolean precise = pair.isEven() || onlyZeros(measure.subList(common, measure.size()));
        return precise ? Finding.agrees("version") : Finding.unknown("version-vague");
    }

    private static boolean onlyZeros(List<String> parts) {
        return parts.stream().allMatch(part -> part.equals("0"));
    }

    /** {@code v17.6-1.pgdg12+1 (Debian)} → 17, 6, 1, pgdg, 12, 1; an epoch ({@code 2:}) is the packager's. */
    private static List<String> parts(JsonNode value) {
        String text = value.asString("").strip();
        int end = firstBlank(text);
        int from = Math.max(0, text.lastIndexOf(':', end) + 1);
        if (from < end && (text.charAt(from) == 'v' || text.charAt(from) == 'V')) {
            from++;
        }
        List<String> parts = new ArrayList<>();
        while (from < end) {
            int to = endOfPart(text, from, end);
            if (to > from) {
                parts.add(part(text, from, to));
            }
            from = Math.max(to, from + 1);
        }
        return parts;
    }

    private static int firstBlank(String text) {
        int blank = text.indexOf(' ');
        return blank < 0 ? text.length() : blank;
    }

    /** Digits or letters in a row. */
    private static int endOfPart(String text, int from, int end) {
        int to = from;
        boolean digits = Character.isDigit(text.charAt(from));
        while (to < end && (digits ? Character.isDigit(text.charAt(to)) : Character.isLetter(text.charAt(to)))) {
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
