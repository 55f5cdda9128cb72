package org.minventory.notification.channel;

import java.util.PrimitiveIterator;
import java.util.regex.Pattern;

/**
 * Words of witnesses as one line that is what it looks like: no line break, no control character, nothing that turns the
 * direction of reading round or is not seen at all.
 */
public final class Plain {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int REPLACEMENT = 0xFFFD;

    private static final String WORD_JOINER = "\u2060";
    private static final Pattern CALLING = Pattern.compile("(?<=@)|(?<=:)(?=//)|(?i)(?<=\\bwww)(?=\\.)");

    private Plain() {}

    /**
     * The words on one line.
     *
     * @param most characters; what is longer ends with an ellipsis
     */
    public static String line(String words, int most) {
        StringBuilder line = new StringBuilder(Math.min(words.length(), most) + 1);
        boolean gap = false;
        int length = 0;
        for (PrimitiveIterator.OfInt each = words.codePoints().iterator(); each.hasNext(); ) {
            int character = each.nextInt();
            if (isUnseen(character)) continue;
            if (isGap(character)) {
                gap = length > 0;
                continue;
            }
            length += gap ? 2 : 1;
            if (length > most) return line.append('…').toString();
            if (gap) line.append(' ');
            gap = false;
            line.appendCodePoint(Character.getType(character) == Character.SURROGATE ? REPLACEMENT : character);
        }
        return line.toString();
    }

    /**
     * The same for chats, which call people and make links of whatever looks like it: an {@code @} calls nobody, and what
     * looks like an address is only read.
     */
    public static String quiet(String words, int most) {
        return CALLING.matcher(line(words, most)).replaceAll(WORD_JOINER);
    }

    /** Not the spaces that must not break: our own typography sets them. */
    private static boolean isGap(int character) {
        return Character.isWhitespace(character) || Character.isISOControl(character);
    }

    /** Overrides of direction, tags, marks of order; what joins letters within words stays. */
    private static boolean isUnseen(int character) {
        return Character.getType(character) == Character.FORMAT
                && character != ZERO_WIDTH_NON_JOINER
                && character != ZERO_WIDTH_JOINER;
    }
}
