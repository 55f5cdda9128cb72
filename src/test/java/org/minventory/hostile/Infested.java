package org.minventory.hostile;

import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A document of a real tool into which hostile words were put. */
enum Infested {
    /** In place of every text. */
    WHOLLY {
        @Override
        String text(String told, String words) {
            return words;
        }
    },
    /** Behind every text. */
    BEHIND {
        @Override
        String text(String told, String words) {
            return told + words;
        }
    },
    /** As members more of every object, of the sort that it has. */
    MEMBERS {
        @Override
        String text(String told, String words) {
            return told;
        }
    };

    /** Long words are put in so many times only: a document has its limit. */
    private static final int MANY = 50;

    private static final int LONG = 1_000;

    abstract String text(String told, String words);

    JsonNode of(JsonNode document, Words words) {
        return of(document, words.text(), new int[] {words.text().length() > LONG ? MANY : Integer.MAX_VALUE});
    }

    private JsonNode of(JsonNode told, String words, int[] left) {
        if (told.isString()) return Json.text(left[0]-- > 0 ? text(told.stringValue(), words) : told.stringValue());
        if (told.isArray()) {
            ArrayNode all = Json.MAPPER.createArrayNode();
            told.forEach(each -> all.add(of(each, words, left)));
            return all;
        }
        if (!told.isObject()) return told;
        ObjectNode all = Json.object();
        told.properties().forEach(member -> all.set(member.getKey(), of(member.getValue(), words, left)));
        if (this == MEMBERS && left[0]-- > 0) {
            JsonNode like = told.isEmpty() || !told.iterator().next().isObject()
                    ? Json.text(words)
                    : Json.object().put("output", words);
            all.set(words, like);
            all.set("__ansible_unsafe", like);
        }
        return all;
    }
}
