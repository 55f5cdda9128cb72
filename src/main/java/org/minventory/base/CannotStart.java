package org.minventory.base;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * Minventory cannot start here. The message is the one sentence to show to the person who started it: what is in the
 * way, and what to do. The cause, where there is one, is for the log.
 */
public final class CannotStart extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Says why, where nothing deeper caused it. */
    public CannotStart(String sentence) {
        super(sentence);
    }

    /** Says why, and keeps what caused it. */
    public CannotStart(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }
}
