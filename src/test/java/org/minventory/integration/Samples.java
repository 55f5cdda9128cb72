package org.minventory.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/** The documents of real tools that the tests read, as strictly as the doors do. */
public final class Samples {

    public static final String ANSIBLE = "/samples/ansible/ansible-setup-local.json";
    public static final String ANSIBLE_RUN = "/samples/ansible/ansible-posix-json-callback.json";
    public static final String LSHW = "/samples/lshw/lshw-object-root.json";

    private Samples() {}

    public static JsonNode read(String path) {
        try (InputStream document = Objects.requireNonNull(Samples.class.getResourceAsStream(path), path)) {
            return Json.read(document.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static JsonNode json(String text) {
        return Json.MAPPER.readTree(text);
    }
}
