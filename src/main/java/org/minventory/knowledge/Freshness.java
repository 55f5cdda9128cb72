package org.minventory.knowledge;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import org.minventory.element.Rhythm;

/** How old a word may be against the rhythm at which it is expected. */
public enum Freshness {
    FRESH,
    LATE,
    STALE,
    /** Expected, and nobody ever said it. */
    NEVER;

    public String word() {
        return Word.of(this);
    }

    /** The freshness at an instant of what was last heard at another; without a rhythm it is always fresh. */
    public static Freshness of(@Nullable Rhythm rhythm, Instant heard, Instant now) {
        if (rhythm == null) return FRESH;
        Instant due = heard.plus(rhythm.rhythm());
        if (!now.isAfter(due)) return FRESH;
        return now.isAfter(due.plus(rhythm.grace())) ? STALE : LATE;
    }
}
