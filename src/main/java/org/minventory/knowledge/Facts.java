package org.minventory.knowledge;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.UnfitValue;
import org.minventory.element.Vocabulary;
import tools.jackson.databind.JsonNode;

/** The facts of a testimony, read by the customer's vocabulary. */
public record Facts(SequencedMap<String, Value> values) {
    /** A testimony that tells no facts of its element. */
    public static final Facts NONE = new Facts(Collections.unmodifiableSequencedMap(new LinkedHashMap<>()));

    /** A value normalised; {@code told} where it can be read in a second way. */
    public record Value(JsonNode value, @Nullable JsonNode told) {}

    /**
     * Reads what somebody tells now.
     *
     * @throws Refusal {@link Problem#UNFIT_VALUE} that names the fact
     */
    public static Facts read(Vocabulary vocabulary, Map<String, JsonNode> told) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        told.forEach((attribute, value) -> {
            try {
                values.put(attribute, value(vocabulary, attribute, value));
            } catch (UnfitValue unfit) {
                throw Refusal.at(
                        Problem.UNFIT_VALUE, "/facts/" + Json.escape(attribute) + unfit.pointer(), unfit.sentence());
            }
        });
        return new Facts(values);
    }

    /**
     * Reads what was told once, by the vocabulary of today: what no longer fits is kept as it was told, for a change of
     * definitions must not lose what somebody said.
     */
    public static Facts recall(Vocabulary vocabulary, JsonNode told) {
        SequencedMap<String, Value> values = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> fact : told.properties()) {
            try {
                values.put(fact.getKey(), value(vocabulary, fact.getKey(), fact.getValue()));
            } catch (UnfitValue nowUnfit) {
                values.put(fact.getKey(), new Value(fact.getValue(), null));
            }
        }
        return new Facts(values);
    }

    private static Value value(Vocabulary vocabulary, String attribute, JsonNode told) throws UnfitValue {
        JsonNode value = vocabulary.normalise(attribute, told).value();
        return new Value(value, vocabulary.secondReading(attribute, told) == null ? null : told);
    }
}
