package org.minventory.integration.ansible;

import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.minventory.base.Json;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/** The JSON that Ansible expects of an inventory script, with {@code _meta}, so that it never asks host by host. */
final class ScriptForm implements InventoryForm {
    private final JsonGenerator json;

    ScriptForm(OutputStream out) {
        json = Json.MAPPER.createGenerator(out);
        json.writeStartObject();
        json.writeName("_meta");
        json.writeStartObject();
        json.writeName("hostvars");
        json.writeStartObject();
    }

    @Override
    public void host(String name, Map<String, JsonNode> vars) {
        json.writeName(name);
        write(vars);
    }

    @Override
    public void end(SortedMap<String, List<String>> groups, Map<String, JsonNode> vars) {
        json.writeEndObject();
        json.writeEndObject();
        json.writeName("all");
        json.writeStartObject();
        json.writeName("children");
        list(List.copyOf(groups.keySet()));
        json.writeName("vars");
        write(vars);
        json.writeEndObject();
        groups.forEach((name, hosts) -> {
            json.writeName(name);
            json.writeStartObject();
            json.writeName("hosts");
            list(hosts);
            json.writeEndObject();
        });
        json.writeEndObject();
        json.close();
    }

    private void list(List<String> names) {
        json.writeStartArray();
        names.forEach(json::writeString);
        json.writeEndArray();
    }

    private void write(Map<String, JsonNode> vars) {
        json.writeStartObject();
        vars.forEach((name, value) -> {
            json.writeName(name);
            write(value);
        });
        json.writeEndObject();
    }

    private void write(JsonNode value) {
        if (value.isObject()) {
            json.writeStartObject();
            Set<String> names = new HashSet<>();
            for (Map.Entry<String, JsonNode> member : value.properties()) {
                json.writeName(unique(Harmless.name(member.getKey()), names));
                write(member.getValue());
            }
            json.writeEndObject();
        } else if (value.isArray()) {
            json.writeStartArray();
            value.forEach(this::write);
            json.writeEndArray();
        } else if (value.isString() && !Harmless.isPlain(value.stringValue())) {
            json.writeStartObject();
            json.writeStringProperty("__ansible_unsafe", value.stringValue());
            json.writeEndObject();
        } else {
            json.writeTree(value);
        }
    }

    /** Two names that became one stay two. */
    static String unique(String name, Set<String> names) {
        String unique = name;
        while (!names.add(unique)) unique += "_";
        return unique;
    }
}
