package org.minventory.conformity;

import org.minventory.base.Word;

/** What a comparison found, the worst first. */
public enum Verdict {
    DIVERGES,
    /** Something is missing, or says too little to be compared. Never a divergence. */
    UNKNOWN,
    AGREES;

    /** The word used in the API. */
    public String word() {
        return Word.of(this);
    }

    /** The worse of two verdicts: diverges, then unknown, then agrees. */
    public Verdict worse(Verdict other) {
        return compareTo(other) <= 0 ? this : other;
    }
}
