package org.minventory.cli;

import org.jspecify.annotations.Nullable;

/** A server did not do what was asked; the message is the one sentence to show. */
final class Unanswered extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;

    Unanswered(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
        this.status = 0;
    }

    /** A refusal, with the status of HTTP. */
    Unanswered(String sentence, int status) {
        super(sentence);
        this.status = status;
    }

    boolean isNotFound() {
        return status == 404;
    }
}
