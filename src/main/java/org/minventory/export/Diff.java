package org.minventory.export;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.Attribute;
import org.minventory.element.Display;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What changed of an element between two moments: the attributes whose counting value differs, stance by stance. */
public final class Diff {
    private Diff() {}

    /** The differences, by attribute and in the order of the stances; the status apart, for nobody tells it. */
    public static ObjectNode json(Then.Seen from, Then.Seen to, Vocabulary vocabulary, Locale language) {
        ObjectNode json = Json.object();
        ObjectNode status = json.putObject("status");
        status.put("from", from.row().status()).put("to", to.row().status());
        ArrayNode items = json.putArray("items");
        Set<String> attributes = new TreeSet<>(from.row().picture().attributes());
        attributes.addAll(to.row().picture().attributes());
        for (String attribute : attributes)
            for (Stance stance : Stance.values()) {
                Picture.Spoken before = counting(from, attribute, stance, vocabulary);
                Picture.Spoken after = counting(to, attribute, stance, vocabulary);
                if (value(before).equals(value(after))) continue;
                Attribute declared = vocabulary.attribute(attribute);
                ObjectNode item = items.addObject();
                item.put("attribute", attribute);
                item.put(
                        "label",
                        declared == null ? attribute : declared.labels().in(language));
                item.put("stance", stance.word());
                item.set("from", side(declared, before, language));
                item.set("to", side(declared, after, language));
            }
        return json;
    }

    private static Picture.@Nullable Spoken counting(
            Then.Seen seen, String attribute, Stance stance, Vocabulary vocabulary) {
        Picture.Best best = seen.row().picture().best(attribute, stance, vocabulary, seen.judgedAt());
        return best == null ? null : best.counting();
    }

    private static JsonNode value(Picture.@Nullable Spoken spoken) {
        return spoken == null ? Json.MAPPER.nullNode() : spoken.saying().value();
    }

    private static JsonNode side(@Nullable Attribute declared, Picture.@Nullable Spoken spoken, Locale language) {
        if (spoken == null) return Json.MAPPER.nullNode();
        ObjectNode json = Json.object();
        json.set("value", spoken.saying().value());
        json.put("display", Display.of(declared, spoken.saying().value(), language));
        json.set("witness", ElementJson.witness(spoken.witness()));
        json.put("witnessedAt", spoken.heard().witnessedAt().toString());
        json.put("testimony", spoken.heard().id().toString());
        return json;
    }
}
