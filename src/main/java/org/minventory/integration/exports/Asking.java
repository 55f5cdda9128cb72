package org.minventory.integration.exports;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.minventory.export.Reach;
import org.minventory.export.Selection;
import org.minventory.web.Asked;

/**
 * What is asked for, and what a form has to know before its first line.
 *
 * @param selection as it was asked for, before a form narrows it
 * @param lastTold when the last testimony was recorded of any customer in reach
 */
record Asking(Asked asked, Reach reach, Selection selection, Names names, Instant now, Instant lastTold) {
    /** A parameter of the form's own, or null. */
    @Nullable
    String parameter(String name) {
        return asked.parameter(name);
    }
}
