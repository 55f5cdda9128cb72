package org.minventory.integration;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The documents of real tools that the tests read. */
public final class Samples {

    public static final String ANSIBLE = "/samples/ansible/ansible-setup-local.json";
    public static final String ANSIBLE_RUN = "/samples/ansible/ansible-posix-json-callback.json";
    public static final String LSHW = "/samples/lshw/lshw-object-root.json";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Samples() {}

    public static JsonNode read(String path) {
        try (InputStream document = Objects.requireNonNull(Samples.class.getResourceAsStream(path), path)) {
            return JSON.readTree(document);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    public static JsonNode json(String text) {
        return JSON.readTree(text);
    }
}
