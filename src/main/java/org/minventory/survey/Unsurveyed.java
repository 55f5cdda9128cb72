package org.minventory.survey;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A machine of which the document names nothing but the reason: it could not be reached, the survey failed
 * there, or its part of the document is not what it should be.
 *
 * @param name the inventory name under which the tool knows the machine, as told; null where it does not say
 * @param why the reason, as a sentence and a pointer into the document that was posted
 * @param document what the tool sent about this machine, without its secrets: it is kept and shown
 * @param scrubbed JSON pointers, within the document, of what was replaced by {@code {"scrubbed": reason}}
 */
public record Unsurveyed(@Nullable String name, Unreadable why, JsonNode document, List<String> scrubbed)
        implements Survey {

    public Unsurveyed {
        scrubbed = List.copyOf(scrubbed);
    }
}
