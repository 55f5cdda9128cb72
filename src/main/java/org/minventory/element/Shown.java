package org.minventory.element;

import java.util.Locale;
import org.minventory.base.Sayable;
import tools.jackson.databind.JsonNode;

/** A normalised value of an attribute within a sentence: displayed when the sentence is said, not before. */
public record Shown(Attribute attribute, JsonNode value) implements Sayable {
    @Override
    public String in(Locale language) {
        return Display.of(attribute, value, language);
    }
}
