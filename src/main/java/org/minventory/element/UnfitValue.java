package org.minventory.element;

import java.util.Locale;
import org.minventory.base.Json;
import org.minventory.base.Sentence;

/**
 * A value, a name or a definition that cannot be taken as told. Says where (a JSON pointer relative to what was given;
 * empty for the whole) and why, in the reader's language. No stack trace: refusing is everyday work, not a fault.
 */
public final class UnfitValue extends RuntimeException {
    private static final String SENTENCES = "org.minventory.element.sentences";
    private static final int LONGEST_QUOTE = 60;

    private final String pointer;
    private final transient Sentence sentence;

    private UnfitValue(String pointer, Sentence sentence) {
        super(null, null, false, false);
        this.pointer = pointer;
        this.sentence = sentence;
    }

    static UnfitValue because(String reason) {
        return expecting(reason);
    }

    /** What would have fitted, in full. */
    static UnfitValue expecting(String reason, Object... arguments) {
        return new UnfitValue("", Sentence.of(SENTENCES, reason, arguments));
    }

    /**
     * @param told what was told, shortened
     * @param more what else the sentence needs
     */
    static UnfitValue because(String reason, String told, Object... more) {
        Object[] arguments = new Object[more.length + 1];
        arguments[0] = quoted(told);
        System.arraycopy(more, 0, arguments, 1, more.length);
        return expecting(reason, arguments);
    }

    /** The same refusal, seen from the container that holds the value under this member or index. */
    UnfitValue under(String step) {
        return new UnfitValue("/" + Json.escape(step) + pointer, sentence);
    }

    UnfitValue under(int index) {
        return new UnfitValue("/" + index + pointer, sentence);
    }

    /** RFC 6901 pointer to the place, relative to the value that was given. */
    public String pointer() {
        return pointer;
    }

    public Sentence sentence() {
        return sentence;
    }

    public String sentence(Locale locale) {
        return sentence.in(locale);
    }

    @Override
    public String getMessage() {
        String said = sentence.in(Locale.ENGLISH);
        return pointer.isEmpty() ? said : pointer + ": " + said;
    }

    private static String quoted(String told) {
        if (told.length() <= LONGEST_QUOTE) {
            return told;
        }
        int end = Character.isHighSurrogate(told.charAt(LONGEST_QUOTE - 1)) ? LONGEST_QUOTE - 1 : LONGEST_QUOTE;
        return told.substring(0, end) + "…";
    }
}
