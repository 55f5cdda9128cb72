package org.minventory.element;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON as a witness writes it; single quotes stand for double ones, so that tables stay readable. */
public final class Quoted {
    private static final JsonMapper JSON = new JsonMapper();

    private Quoted() {}

    public static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }
}
