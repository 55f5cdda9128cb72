package org.minventory.survey;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Reads one value of a tool's document. A value of the wrong type, out of any sensible range or standing in
 * for "I do not know" is silence, never an error: tools fill what firmware left empty with words.
 */
public final class Reading {

    /** What a JSON number carries exactly everywhere (RFC 8785); as bytes, nine petabytes. */
    public static final long LARGEST = 1L << 53;

    private static final int LONGEST_TEXT = 1000;

    private static final int LONGEST_EXCERPT = 300;

    private static final Pattern SPACES = Pattern.compile("[\\p{Cntrl}\\s]+");

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,16}");

    /** Only dots, dashes, zeros, ones, question marks: what vendors write where a serial should be. */
    private static final Pattern FILLER =
            Pattern.compile("[.\\-_?*/\\\\ ]*|[0.\\- ]+|[xX.\\- ]+|[fF]{4,}|0?123456789(?:0)?");

    private static final Set<String> SILENCE = Set.of(
            "na",
            "n/a",
            "none",
            "null",
            "nil",
            "unknown",
            "undefined",
            "unspecified",
            "empty",
            "oem",
            "o.e.m.",
            "invalid",
            "default",
            "default string",
            "not specified",
            "not available",
            "not applicable",
            "not provided",
            "not present",
            "not defined",
            "no asset tag",
            "to be filled by o.e.m.",
            "to be filled by o.e.m",
            "system manufacturer",
            "system product name",
            "system serial number",
            "system version",
            "base board manufacturer",
            "base board product name",
            "base board serial number",
            "chassis serial number",
            "<out of spec>",
            "<bad index>");

    private Reading() {}

    /** The text that stands here, its spaces mended; absent where there is none or it only fills a gap. */
    public static Optional<String> text(JsonNode value) {
        return value.isString() ? text(value.stringValue()) : Optional.empty();
    }

    /** The same for a text already in hand. */
    public static Optional<String> text(String value) {
        String mended = SPACES.matcher(value).replaceAll(" ").strip();
        boolean isSilence = mended.isEmpty()
                || mended.length() > LONGEST_TEXT
                || SILENCE.contains(mended.toLowerCase(Locale.ROOT))
                || FILLER.matcher(mended).matches()
                || !isWellFormed(mended);
        return isSilence ? Optional.empty() : Optional.of(mended);
    }

    /** The beginning of what a tool complained of, on one line, to be quoted in a sentence; a dash where it said nothing. */
    public static String excerpt(String told) {
        String line = SPACES.matcher(told).replaceAll(" ").strip();
        int end = Math.min(line.length(), LONGEST_EXCERPT);
        String beginning = line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, end)));
        return beginning.isEmpty() || !isWellFormed(beginning) ? "-" : beginning;
    }

    /** Several names of one thing, of the processors of two sockets for instance, as one. */
    public static Optional<String> joined(Collection<String> names) {
        return names.isEmpty() ? Optional.empty() : text(String.join(" + ", new TreeSet<>(names)));
    }

    /** Half a surrogate pair cannot be stored, hashed or shown. */
    private static boolean isWellFormed(String text) {
        return text.codePoints().noneMatch(codePoint -> Character.getType(codePoint) == Character.SURROGATE);
    }

    /** The whole number, not negative, that stands here as a number or as its digits. */
    public static OptionalLong count(JsonNode value) {
        if (value.isString()) {
            String digits = value.stringValue().strip();
            return WHOLE_NUMBER.matcher(digits).matches() ? bounded(Long.parseLong(digits)) : OptionalLong.empty();
        }
        if (!value.isNumber()) {
            return OptionalLong.empty();
        }
        double number = value.doubleValue(Double.NaN);
        return number >= 0 && number <= LARGEST && number == Math.rint(number)
                ? OptionalLong.of((long) number)
                : OptionalLong.empty();
    }

    /** The same, where none of something is no news either. */
    public static OptionalLong positive(JsonNode value) {
        OptionalLong count = count(value);
        return count.isPresent() && count.getAsLong() > 0 ? count : OptionalLong.empty();
    }

    /** The product, absent where a factor is, or where it is too large to be true. */
    public static OptionalLong product(OptionalLong first, OptionalLong second) {
        if (first.isEmpty() || second.isEmpty()) {
            return OptionalLong.empty();
        }
        long high = Math.multiplyHigh(first.getAsLong(), second.getAsLong());
        return high == 0 ? bounded(first.getAsLong() * second.getAsLong()) : OptionalLong.empty();
    }

    /** The sum of what is not negative, absent where there is nothing to add or it is too large to be true. */
    public static OptionalLong sum(List<Long> values) {
        long sum = 0;
        for (long value : values) {
            sum += value;
            if (sum > LARGEST) {
                return OptionalLong.empty();
            }
        }
        return values.isEmpty() ? OptionalLong.empty() : OptionalLong.of(sum);
    }

    private static OptionalLong bounded(long value) {
        return value >= 0 && value <= LARGEST ? OptionalLong.of(value) : OptionalLong.empty();
    }
}
