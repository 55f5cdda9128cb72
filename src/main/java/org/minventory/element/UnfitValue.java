package org.minventory.element;

import java.util.Locale;
import java.util.Map;

/**
 * A value, a name or a definition that cannot be taken as told. Says where (a JSON pointer relative to what was given;
 * empty for the whole) and why, in the reader's language. No stack trace: refusing is everyday work, not a fault.
 */
public final class UnfitValue extends RuntimeException {
    private static final Phrases PHRASES = Phrases.beside(UnfitValue.class);
    private static final int LONGEST_QUOTE = 60;

    private final String pointer;
    private final transient Sentence sentence;

    private UnfitValue(String pointer, Sentence sentence) {
        super(null, null, false, false);
        this.pointer = pointer;
        this.sentence = sentence;
    }

    static UnfitValue because(String reason) {
        return new UnfitValue("", new Sentence(PHRASES, reason, Map.of()));
    }

    static UnfitValue because(String reason, String told) {
        return because(reason, Map.of("told", Word.of(quoted(told))));
    }

    static UnfitValue because(String reason, Map<String, Word> words) {
        return new UnfitValue("", new Sentence(PHRASES, reason, words));
    }

    /** The same refusal, seen from the container that holds the value under this member or index. */
    UnfitValue under(String step) {
        return new UnfitValue("/" + step.replace("~", "~0").replace("/", "~1") + pointer, sentence);
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

    static String quoted(String told) {
        if (told.length() <= LONGEST_QUOTE) {
            return told;
        }
        int end = Character.isHighSurrogate(told.charAt(LONGEST_QUOTE - 1)) ? LONGEST_QUOTE - 1 : LONGEST_QUOTE;
        return told.substring(0, end) + "…";
    }
}
