package org.minventory.integration.table;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.minventory.testimony.Kind;

/**
 * How a table is to be taken.
 *
 * @param type of elements whose line names none
 * @param create whether who is not known is born
 * @param witnessedAt when it was true, where a line does not say; null for now
 */
record Manner(
        Kind kind,
        String type,
        Types types,
        boolean create,
        Days days,
        @Nullable Instant witnessedAt) {}
