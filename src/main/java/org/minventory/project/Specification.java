package org.minventory.project;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.conformity.Pair;
import org.minventory.conformity.Review;
import org.minventory.conformity.Verdict;
import org.minventory.element.Attribute;
import org.minventory.element.Family;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import tools.jackson.databind.node.ObjectNode;

/** One thing that was ordered of an element, held against what was delivered. */
public record Specification(String attribute, Review.Compared compared) {
    /** All that was ordered of an element, in alphabetical order: what nobody looked at is unknown. */
    public static List<Specification> of(Picture picture, Vocabulary vocabulary, Instant now) {
        List<Specification> specifications = new ArrayList<>();
        Review.judge(picture, vocabulary, now).forEach((attribute, judgement) -> judgement.pairs().stream()
                .filter(compared -> compared.pair() == Pair.DELIVERED_ORDERED && isDelivered(attribute, vocabulary))
                .forEach(compared -> specifications.add(new Specification(attribute, compared))));
        return specifications;
    }

    /** What it costs and until when it runs is agreed, not delivered: nobody finds it on a machine. */
    private static boolean isDelivered(String attribute, Vocabulary vocabulary) {
        Attribute declared = vocabulary.attribute(attribute);
        return declared == null || declared.family() != Family.COMMERCE;
    }

    /** What was found of it. */
    public Verdict verdict() {
        return compared.outcome().verdict();
    }

    /** As it stood when something was decided on it: both values with who said them, and the sentence in both languages. */
    ObjectNode asDecided() {
        ObjectNode json = Json.object()
                .put("attribute", attribute)
                .put("verdict", verdict().word());
        put(json, Stance.ORDERED, compared.measure());
        put(json, Stance.DELIVERED, compared.seen());
        json.put("en", compared.outcome().sentence().in(Locale.ENGLISH));
        return json.put("fr", compared.outcome().sentence().in(Locale.FRENCH));
    }

    private static void put(ObjectNode json, Stance stance, Picture.@Nullable Spoken spoken) {
        if (spoken == null) return;
        ObjectNode said = json.putObject(stance.word());
        said.set("value", spoken.saying().value());
        said.put("testimony", spoken.heard().id().toString());
        said.put("witness", spoken.witness().id().toString());
    }
}
