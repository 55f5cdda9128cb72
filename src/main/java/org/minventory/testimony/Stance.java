package org.minventory.testimony;

import org.minventory.base.Word;

/** The side of knowledge that a testimony speaks on. RFC 8342 separates intended and operational the same way. */
public enum Stance {
    INTENDED,
    ORDERED,
    DELIVERED,
    DEPLOYED,
    MONITORED;

    /** The word of the API and of the database. */
    public String word() {
        return Word.of(this);
    }

    /** The stance of that word. */
    public static Stance of(String word) {
        return Word.read(Stance.class, word);
    }
}
