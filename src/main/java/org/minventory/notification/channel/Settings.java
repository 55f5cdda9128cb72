package org.minventory.notification.channel;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said to be reached by a channel, the secrets unsealed: for the channel's eyes alone.
 *
 * @param values by the names of the channel's fields
 */
public record Settings(Map<String, String> values) {
    public Settings {
        values = Map.copyOf(values);
    }

    /** A value that the channel's form requires. */
    public String get(String name) {
        String value = values.get(name);
        if (value == null) throw new IllegalStateException("the form lets no one leave out " + name);
        return value;
    }

    /** A value, or null. */
    public @Nullable String find(String name) {
        return values.get(name);
    }

    /** The same with another value. */
    public Settings with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(values);
        more.put(name, value);
        return new Settings(more);
    }

    /** Never the values: they would end in a log. */
    @Override
    public String toString() {
        return values.keySet().toString();
    }
}
