package org.minventory.element;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What may be kept without being declared: any JSON up to a depth and a size, and no text that a database or a reader of
 * UTF-8 would refuse later.
 */
final class Undeclared {
    /** Arrays and objects within one another. */
    static final int DEEPEST = 8;

    /** Bytes of RFC 8785 canonical JSON, within a few bytes per number. */
    static final int LARGEST = 16 * 1024;

    /** Digits before or behind the point of the numbers that a double holds. */
    private static final int MOST_ZEROS = 350;

    private Undeclared() {}

    /** The value itself, unchanged. */
    static JsonNode check(JsonNode told) {
        if (size(told, 0, 0) > LARGEST) {
            throw UnfitValue.because("size");
        }
        return told;
    }

    /** The text itself; refused when it holds U+0000 or half of a surrogate pair, or is too long. */
    static String checkText(String told) {
        if (size(told) > LARGEST) {
            throw UnfitValue.because("size");
        }
        return told;
    }

    private static long size(JsonNode node, int depth, long before) {
        if (node.isString()) {
            return before + size(node.stringValue());
        }
        if (!node.isContainer()) {
            return before + scalar(node);
        }
        if (depth == DEEPEST) {
            throw UnfitValue.because("depth");
        }
        long size = before + 2;
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> member : node.properties()) {
                size = memberSize(member.getKey(), member.getValue(), depth, size);
            }
            return size;
        }
        for (int at = 0; at < node.size() && size <= LARGEST; at++) {
            try {
                size = size(node.get(at), depth + 1, size + 1);
            } catch (UnfitValue unfit) {
                throw unfit.under(at);
            }
        }
        return size;
    }

    private static long memberSize(String name, JsonNode value, int depth, long before) {
        if (before > LARGEST) {
            return before;
        }
        try {
            return size(value, depth + 1, before + 2 + size(name));
        } catch (UnfitValue unfit) {
            throw unfit.under(name);
        }
    }

    private static int scalar(JsonNode node) {
        if (node.isFloatingPointNumber() && !isWritable(node)) {
            throw UnfitValue.because("too-large");
        }
        return node.asString().length();
    }

    /** Not infinite, and not so small that its zeros would fill a page. */
    private static boolean isWritable(JsonNode number) {
        return Double.isFinite(number.doubleValue())
                && Math.abs(number.decimalValue().scale()) <= MOST_ZEROS;
    }

    /** How many bytes a text takes in canonical JSON, its quotes included. */
    private static int size(String text) {
        int size = 2;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            if (letter < 0x20) {
                size += controlSize(letter);
            } else if (letter < 0x80) {
                size += letter == '"' || letter == '\\' ? 2 : 1;
            } else if (letter < 0x800) {
                size += 2;
            } else if (!Character.isSurrogate(letter)) {
                size += 3;
            } else {
                boolean pair = Character.isHighSurrogate(letter)
                        && at + 1 < text.length()
                        && Character.isLowSurrogate(text.charAt(at + 1));
                if (!pair) {
                    throw UnfitValue.because("surrogate");
                }
                size += 4;
                at++;
            }
        }
        return size;
    }

    private static int controlSize(char letter) {
        if (letter == 0) {
            throw UnfitValue.because("nul");
        }
        boolean shortEscape = letter == '\b' || letter == '\t' || letter == '\n' || letter == '\f' || letter == '\r';
        return shortEscape ? 2 : 6;
    }
}
