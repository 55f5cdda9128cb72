package org.minventory.integration.terraform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes out of a resource what Terraform itself calls sensitive, before anything is read. */
final class Discretion {
    private final List<String> withheld = new ArrayList<>();

    private Discretion() {}

    /**
     * The values of a resource that may be read.
     *
     * @param withheld where something was taken out
     */
    record Open(JsonNode values, List<String> withheld) {}

    /** Of a resource as it is shown: {@code values}, and {@code sensitive_values} of the same shape. */
    static Open of(JsonNode resource) {
        Discretion discretion = new Discretion();
        JsonNode values = discretion.open(resource.path("values"), resource.path("sensitive_values"), "");
        return new Open(values, discretion.withheld);
    }

    /** {@code true} stands where a value is sensitive with all that is in it. */
    private JsonNode open(JsonNode value, JsonNode sensitive, String pointer) {
        if (value.isObject() && sensitive.isObject()) return openObject(value, sensitive, pointer);
        boolean sameList = value.isArray() && sensitive.isArray() && value.size() == sensitive.size();
        if (sameList) return openArray(value, sensitive, pointer);
        // of another shape, what is sensitive may be any part of it
        if (!sensitive.toString().contains("true")) return value;
        withheld.add(pointer);
        return Json.object().nullNode();
    }

    private JsonNode openObject(JsonNode value, JsonNode sensitive, String pointer) {
        ObjectNode open = Json.object();
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String name = member.getKey();
            open.set(name, open(member.getValue(), sensitive.path(name), pointer + "/" + Json.escape(name)));
        }
        return open;
    }

    private JsonNode openArray(JsonNode value, JsonNode sensitive, String pointer) {
        ArrayNode open = Json.MAPPER.createArrayNode();
        for (int i = 0; i < value.size(); i++) open.add(open(value.get(i), sensitive.get(i), pointer + "/" + i));
        return open;
    }
}
