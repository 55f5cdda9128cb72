package org.minventory.integration.providers;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.survey.Unreadable;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;

/**
 * One thing that a provider's document says: what was agreed, that something was ordered, or what was delivered.
 *
 * @param service what was ordered or delivered; null for what was agreed
 * @param facts attribute → value as told, in our vocabulary; what the provider does not say is absent
 * @param source which of the provider's papers it is, so that the same one read again is told from another
 * @param order the provider's number of the order, or null where the document does not name it
 * @param at when it was true, or null where the document does not say
 * @param document the part of the document that says so, without its secrets
 * @param unread what does not fit the vocabulary, and was left out
 */
record Paper(
        Kind kind,
        @Nullable Service service,
        SortedMap<String, JsonNode> facts,
        String source,
        @Nullable String order,
        @Nullable Instant at,
        JsonNode document,
        List<Unreadable> unread) {

    /**
     * What a provider lends: a server, mostly.
     *
     * @param reference how the provider tells it from all others; null where it does not say yet
     * @param name what it is called there; null where it has no name
     * @param type the element type it would be born as
     */
    record Service(@Nullable String reference, @Nullable String name, String type) {
        /** A machine of metal. */
        static final String SERVER = "server";

        /** A machine on somebody's machine. */
        static final String VIRTUAL_MACHINE = "virtual-machine";
    }
}
