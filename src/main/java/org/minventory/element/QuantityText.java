package org.minventory.element;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;

/**
 * A number and a unit as people and tools write them: {@code 64 Go}, {@code 1,92 To}, {@code 62.8 GiB},
 * {@code 1 920 GB}, {@code 1Gbit/s}.
 *
 * @param digits the number without its decimal mark
 * @param scale how many of the digits stand behind the mark
 */
record QuantityText(long digits, int scale, String unit) {
    private static final int MOST_DIGITS = 18;
    private static final long[] TENS = new long[MOST_DIGITS + 1];

    static {
        TENS[0] = 1;
        for (int at = 1; at < TENS.length; at++) {
            TENS[at] = 10 * TENS[at - 1];
        }
    }

    /** A number told as a JSON number, or a text. */
    static QuantityText of(JsonNode told) {
        if (told.isString()) {
            return of(told.stringValue());
        }
        if (!told.isNumber()) {
            throw UnfitValue.because("number");
        }
        if (told.isIntegralNumber()) {
            if (!told.canConvertToLong()) {
                throw UnfitValue.because("too-large");
            }
            return new QuantityText(told.longValue(), 0, "");
        }
        return of(told.decimalValue());
    }

    private static QuantityText of(BigDecimal told) {
        BigDecimal stripped = told.stripTrailingZeros();
        if (stripped.precision() > MOST_DIGITS || stripped.scale() > MOST_DIGITS || stripped.scale() < -MOST_DIGITS) {
            throw UnfitValue.because("too-large");
        }
        BigDecimal plain = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
        if (plain.precision() > MOST_DIGITS) {
            throw UnfitValue.because("too-large");
        }
        return new QuantityText(plain.unscaledValue().longValueExact(), plain.scale(), "");
    }

    static QuantityText of(String text) {
        int start = afterBlanks(text, 0);
        boolean negative = start < text.length() && (text.charAt(start) == '-' || text.charAt(start) == '−');
        boolean signed = negative || (start < text.length() && text.charAt(start) == '+');
        int from = signed ? start + 1 : start;
        int to = endOfDigits(text, from);
        int unit = afterBlanks(text, to);
        if (to == from) {
            throw UnfitValue.because("not-a-number", text);
        }
        if (isPlainNumber(text, to, unit)) {
            return new QuantityText(sign(negative, plain(text, from, to)), 0, unit(text, unit));
        }
        return withMarks(text, from, negative);
    }

    private static boolean isPlainNumber(String text, int to, int unit) {
        if (to == text.length()) {
            return true;
        }
        char next = text.charAt(to);
        boolean grouped = unit > to && unit < text.length() && isDigit(text.charAt(unit));
        return next != '.' && next != ',' && !grouped;
    }

    private static long plain(String text, int from, int to) {
        if (to - from > MOST_DIGITS) {
            throw UnfitValue.because("too-large");
        }
        long digits = 0;
        for (int at = from; at < to; at++) {
            digits = 10 * digits + (text.charAt(at) - '0');
        }
        return digits;
    }

    /** A number with a decimal mark or with groups of three: the slower and rarer road. */
    private static QuantityText withMarks(String text, int from, boolean negative) {
        StringBuilder digits = new StringBuilder();
        int mark = -1;
        char markedBy = 0;
        boolean grouped = false;
        int at = from;
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (isDigit(letter)) {
                digits.append(letter);
                at++;
            } else if (isBlank(letter) && mark < 0 && isGroup(text, at + 1)) {
                grouped = true;
                at++;
            } else if ((letter == '.' || letter == ',') && at + 1 < text.length() && isDigit(text.charAt(at + 1))) {
                if (mark >= 0) {
                    // Two marks: the one before was of a group, as in 1.234,5 or 1,234,567.
                    if (digits.length() - mark != 3) {
                        throw UnfitValue.because("not-a-number", text);
                    }
                    grouped = true;
                }
                if (letter == markedBy) {
                    return groupsOnly(text, from, letter, negative);
                }
                mark = digits.length();
                markedBy = letter;
                at++;
            } else {
                break;
            }
        }
        if (digits.length() > MOST_DIGITS) {
            throw UnfitValue.because("too-large");
        }
        int scale = mark < 0 ? 0 : digits.length() - mark;
        boolean zeroBefore = mark == 1 && digits.charAt(0) == '0';
        if (markedBy == ',' && scale == 3 && !grouped && !zeroBefore) {
            throw UnfitValue.because("ambiguous", text.substring(from, at));
        }
        long value = plain(digits.toString(), 0, digits.length());
        return new QuantityText(sign(negative, value), scale, unit(text, at));
    }

    /** {@code 1,234,567}: a mark that comes twice cannot be a decimal mark. */
    private static QuantityText groupsOnly(String text, int from, char mark, boolean negative) {
        StringBuilder digits = new StringBuilder();
        int at = endOfDigits(text, from);
        digits.append(text, from, at);
        while (at < text.length() && text.charAt(at) == mark && isGroup(text, at + 1)) {
            digits.append(text, at + 1, at + 4);
            at += 4;
        }
        boolean more = at < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',');
        if (more) {
            throw UnfitValue.because("not-a-number", text);
        }
        return new QuantityText(sign(negative, plain(digits.toString(), 0, digits.length())), 0, unit(text, at));
    }

    /** The number times the factor, when that is a whole number that fits; else -1. */
    long scaledBy(Dimension.Factor factor) {
        int down = scale + factor.shift();
        if (down > MOST_DIGITS) {
            return -1;
        }
        long ten = TENS[down];
        if (factor.multiple() % ten == 0) {
            return product(digits, factor.multiple() / ten);
        }
        return digits % ten == 0 ? product(digits / ten, factor.multiple()) : -1;
    }

    BigDecimal exactly() {
        return BigDecimal.valueOf(digits, scale);
    }

    private static long product(long left, long right) {
        long high = Math.multiplyHigh(left, right);
        long low = left * right;
        return high == 0 && low >= 0 ? low : -1;
    }

    private static long sign(boolean negative, long digits) {
        return negative ? -digits : digits;
    }

    private static String unit(String text, int at) {
        int from = afterBlanks(text, at);
        int to = text.length();
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return from == to ? "" : text.substring(from, to);
    }

    private static boolean isGroup(String text, int at) {
        return endOfDigits(text, at) == at + 3;
    }

    private static int endOfDigits(String text, int from) {
        int at = from;
        while (at < text.length() && isDigit(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int afterBlanks(String text, int from) {
        int at = from;
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** Spaces, with the non-breaking and thin ones of French typography. */
    static boolean isBlank(char letter) {
        return letter == ' ' || letter == '\t' || letter == '\u00a0' || letter == '\u202f' || letter == '\u2009';
    }
}
