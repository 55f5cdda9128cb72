package org.minventory.survey;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What one tool's document says of one machine: either its facts ({@link Surveyed}), or why there are none
 * ({@link Unsurveyed}). A document about many machines gives one of these for each, so that a machine that
 * did not answer never loses the ones that did.
 */
public sealed interface Survey permits Surveyed, Unsurveyed {

    /** The name under which the tool knows the machine, as told; null where the document does not say. */
    @Nullable
    String name();

    /** What the tool sent about this machine, without its secrets. */
    JsonNode document();

    /** JSON pointers, within {@link #document()}, of what was replaced by {@code {"scrubbed": reason}}. */
    List<String> scrubbed();
}
