package org.minventory.web;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code ?fields=}: only these top-level members of an item. A name that an item does not have thins it all the same. */
public final class Thinning {
    /** Everything. */
    public static final Thinning NONE = new Thinning(null);

    private final @Nullable Set<String> fields;

    private Thinning(@Nullable Set<String> fields) {
        this.fields = fields;
    }

    static Thinning of(@Nullable String fields) {
        if (fields == null || fields.isBlank()) return NONE;
        Set<String> names = new LinkedHashSet<>(Arrays.asList(fields.split(",", -1)));
        names.remove("");
        return new Thinning(names);
    }

    /** The item with the members that were asked for. */
    public ObjectNode thin(ObjectNode item) {
        if (fields == null) return item;
        ObjectNode thinned = Json.object();
        for (String field : fields) {
            JsonNode value = item.get(field);
            if (value != null) thinned.set(field, value);
        }
        return thinned;
    }

    /** Whether this member is wanted: what is not need not be worked out. */
    public boolean wants(String field) {
        return fields == null || fields.contains(field);
    }
}
