package org.minventory.notification;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Of which elements somebody wants to hear; null leaves all in. What is about no element is heard by those alone who ask
 * for all.
 *
 * @param elements by their names or identifiers
 */
public record Filter(
        @Nullable Set<String> infrastructures,
        @Nullable Set<String> elements,
        @Nullable Set<String> types,
        @Nullable Set<String> providers) {
    /** All of them. */
    public static final Filter ALL = new Filter(null, null, null, null);

    /** Whether nothing is left out. */
    public boolean isOpen() {
        return infrastructures == null && elements == null && types == null && providers == null;
    }

    boolean lets(Known.Card card) {
        return contains(infrastructures, card.infrastructure())
                && (elements == null
                        || elements.contains(card.name())
                        || elements.contains(card.id().toString()))
                && contains(types, card.type())
                && contains(providers, card.provider());
    }

    /** Whether all elements of an infrastructure are let in. */
    boolean letsAllOf(String infrastructure) {
        return elements == null && types == null && providers == null && contains(infrastructures, infrastructure);
    }

    private static boolean contains(@Nullable Set<String> wanted, @Nullable String value) {
        return wanted == null || (value != null && wanted.contains(value));
    }

    /** As it is kept and shown. */
    public ObjectNode json() {
        ObjectNode json = org.minventory.base.Json.object();
        put(json, "infrastructures", infrastructures);
        put(json, "elements", elements);
        put(json, "types", types);
        put(json, "providers", providers);
        return json;
    }

    static Filter of(JsonNode json) {
        return new Filter(
                texts(json, "infrastructures"),
                texts(json, "elements"),
                texts(json, "types"),
                texts(json, "providers"));
    }

    private static void put(ObjectNode json, String name, @Nullable Set<String> values) {
        if (values != null) values.stream().sorted().forEach(json.putArray(name)::add);
    }

    static @Nullable Set<String> texts(JsonNode json, String name) {
        JsonNode told = json.get(name);
        return told == null
                ? null
                : told.valueStream()
                        .map(JsonNode::stringValue)
                        .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }
}
