package org.minventory.element;

import org.minventory.base.Sentence;

/** A file that cannot be taken as it is written: at which line, and why, in the reader's language. */
public final class UnfitFile extends RuntimeException {
    private final int line;
    private final transient Sentence sentence;

    UnfitFile(int line, UnfitValue unfit) {
        super(unfit);
        this.line = line;
        this.sentence = unfit.sentence();
    }

    /** The line, the first one being 1. */
    public int line() {
        return line;
    }

    /** Why. */
    public Sentence sentence() {
        return sentence;
    }
}
