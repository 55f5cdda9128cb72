package org.minventory.survey;

import java.util.List;
import java.util.Locale;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;

/**
 * The document as a whole is not what its tool writes, so there is nobody to speak of. The only exception that
 * a reader of documents throws; a door answers it with its {@link #refusal()}.
 */
public final class UnreadableDocument extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Unreadable why;

    public UnreadableDocument(String pointer, Unreadable.Reason reason, String... arguments) {
        this(new Unreadable(pointer, reason, List.of(arguments)));
    }

    public UnreadableDocument(Unreadable why) {
        super(why.pointer() + ": " + why.sentence().in(Locale.ENGLISH));
        this.why = why;
    }

    public Unreadable why() {
        return why;
    }

    /** 422, naming the place. */
    public Refusal refusal() {
        return Refusal.at(
                Problem.UNREADABLE_DOCUMENT, why.pointer(), Sentence.of(Problem.UNREADABLE_DOCUMENT, why.sentence()));
    }
}
