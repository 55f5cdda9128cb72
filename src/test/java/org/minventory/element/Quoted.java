package org.minventory.element;

import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/** JSON as a witness writes it; single quotes stand for double ones, so that tables stay readable. */
public final class Quoted {
    private Quoted() {}

    public static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }
}
