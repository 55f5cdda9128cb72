package org.minventory.integration.exports;

/** How an export is written, one element after the other, in the order of their names. */
interface Form {
    /** The next element. */
    void take(Exported one);

    /**
     * After the last one; nothing may follow.
     *
     * @return how many things were told that could not be written, since they would have meant something else there
     */
    int end();
}
