package org.minventory.survey;

import java.util.List;
import org.minventory.base.Sentence;
import org.minventory.base.Word;

/**
 * Why a tool's document, or one machine's part of it, cannot be heard.
 *
 * @param pointer JSON pointer (RFC 6901) into the document that was posted
 * @param arguments what fills the sentence; never a secret, never more than a line
 */
public record Unreadable(String pointer, Reason reason, List<String> arguments) {

    private static final String SENTENCES = "org.minventory.survey.documents";

    /** The sentences stand in {@code documents_en.properties} and {@code documents_fr.properties}. */
    public enum Reason {
        NOT_FROM_THIS_TOOL,
        NOTHING_TOLD,
        SEVERAL_MACHINES,
        TOO_MANY,
        UNREACHABLE,
        ABSENT,
        FAILED,
        UNFIT;

        /** Stable name of this refusal, for those who match on it. */
        public String key() {
            return Word.of(this);
        }
    }

    public Unreadable {
        arguments = List.copyOf(arguments);
    }

    /** The refusal as a person reads it, in whichever language. */
    public Sentence sentence() {
        return Sentence.of(SENTENCES, reason.key(), arguments.toArray());
    }
}
