package org.minventory.survey;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A machine as one tool found it.
 *
 * <p>A fact that is absent was not told: the tool did not look, could not see, or answered with a filler such
 * as "Not Specified". Absent never means "there is none".
 *
 * @param name the inventory name or host name under which the tool knows the machine, as told; null where the
 *     document does not say, and then only the identifiers among the facts can tell which machine it is
 * @param facts attribute → value as told, in our vocabulary: sizes in bytes, rates in bit/s, addresses with
 *     their prefix where the tool knows it. The same machine surveyed twice gives equal facts, whatever its
 *     clock, load and free memory were
 * @param document what the tool sent about this machine, without its secrets
 * @param scrubbed JSON pointers, within the document, of what was replaced by {@code {"scrubbed": reason}}
 * @param unread which parts of the document told nothing, and why: the others are heard all the same
 */
public record Surveyed(
        @Nullable String name,
        SortedMap<String, JsonNode> facts,
        JsonNode document,
        List<String> scrubbed,
        List<Unreadable> unread)
        implements Survey {

    public Surveyed {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
        scrubbed = List.copyOf(scrubbed);
        unread = List.copyOf(unread);
    }

    /** Of a document that is read whole or not at all. */
    public Surveyed(
            @Nullable String name, SortedMap<String, JsonNode> facts, JsonNode document, List<String> scrubbed) {
        this(name, facts, document, scrubbed, List.of());
    }
}
