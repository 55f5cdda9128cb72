package org.minventory.element;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A sort of things that are inventoried: server, domain, secure access…
 *
 * @param attributes what is usually known of it, in the order in which people look for it; nothing forbids others
 * @param rhythms the testimonies awaited of it, by kind; a kind that is not there never becomes stale
 */
public record ElementType(
        String name, Labels singular, Labels plural, List<String> attributes, Map<String, Rhythm> rhythms) {
    public ElementType {
        attributes = List.copyOf(attributes);
        rhythms = Collections.unmodifiableMap(new LinkedHashMap<>(rhythms));
    }
}
