package org.minventory.integration.prometheus;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.export.Watched;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes groups of targets: nothing but text in labels, and of members only the two that there are, since Prometheus
 * refuses the whole for anything else.
 */
final class TargetWriter {
    private static final String PREFIX = "__meta_minventory_";

    private final OutputStream out;
    private boolean begun;

    TargetWriter(OutputStream out) {
        this.out = out;
    }

    /** One element; nothing where there is nowhere to ask. */
    void write(Watched watched, Targets.Group group) {
        if (group.addresses().isEmpty()) return;
        ObjectNode json = Json.object();
        ArrayNode targets = json.putArray("targets");
        group.addresses().forEach(targets::add);
        ObjectNode labels = json.putObject("labels");
        group.asking().forEach(labels::put);
        label(labels, "id", watched.row().element().toString());
        label(labels, "name", watched.row().name());
        label(labels, "customer", watched.customer());
        label(labels, "type", watched.row().type());
        label(labels, "status", watched.row().status());
        label(labels, "infrastructure", watched.row().infrastructure());
        label(labels, "project", watched.row().project());
        label(labels, "provider", watched.row().provider());
        label(labels, "site", watched.row().site());
        label(labels, "tags", tags(watched));
        print(begun ? ",\n" : "[\n");
        begun = true;
        write(Json.write(json));
    }

    /** Between commas, first and last too: a rule that looks for {@code ,prod,} finds the whole tag. */
    private static @Nullable String tags(Watched watched) {
        return watched.row().tags().isEmpty()
                ? null
                : "," + String.join(",", watched.row().tags()) + ",";
    }

    private static void label(ObjectNode labels, String name, @Nullable String value) {
        if (value != null) labels.put(PREFIX + name, value);
    }

    void end() {
        print(begun ? "\n]\n" : "[]\n");
    }

    private void print(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
