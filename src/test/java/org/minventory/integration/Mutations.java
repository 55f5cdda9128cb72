package org.minventory.integration;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.minventory.testimony.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A real document with one thing wrong in it, as many times as there are places and ways to be wrong. */
public final class Mutations {

    private static final JsonNodeFactory MAKE = JsonNodeFactory.instance;

    private Mutations() {}

    /** What may stand where something else was expected. */
    public static List<JsonNode> wrongValues() {
        return List.of(
                MAKE.nullNode(),
                MAKE.booleanNode(true),
                MAKE.stringNode(""),
                MAKE.stringNode("-1"),
                MAKE.stringNode("9".repeat(40)),
                MAKE.stringNode("\u0000\uD800x"),
                MAKE.stringNode("/"),
                MAKE.numberNode(-1),
                MAKE.numberNode(0.5),
                MAKE.numberNode(Long.MAX_VALUE),
                MAKE.numberNode(Double.NaN),
                MAKE.numberNode(new BigDecimal("1e400000000")),
                MAKE.numberNode(BigInteger.TEN.pow(100)),
                MAKE.arrayNode(),
                MAKE.arrayNode().add(MAKE.arrayNode().add(MAKE.nullNode())),
                MAKE.objectNode(),
                MAKE.objectNode().put("address", 7).put("id", 7).put("class", "disk"),
                Secrets.Reason.TOKEN.mark());
    }

    /** Calls with each mutation of the document in turn, which is mended again afterwards, and what was done. */
    public static void each(JsonNode document, BiConsumer<JsonNode, String> call) {
        places(document).forEach(place -> {
            JsonNode original = place.get();
            for (JsonNode wrong : wrongValues()) {
                place.set(wrong);
                call.accept(document, place + " = " + kindOf(wrong));
            }
            place.set(original);
        });
        places(document).filter(place -> place.holder() instanceof ObjectNode).forEach(place -> {
            JsonNode original = place.get();
            ((ObjectNode) place.holder()).remove(place.name());
            call.accept(document, place + " removed");
            place.set(original);
        });
    }

    /** Every place of the document whose value is a text. */
    public static List<Place> texts(JsonNode document) {
        return places(document).filter(place -> place.get().isString()).toList();
    }

    private static String kindOf(JsonNode value) {
        String text = value.isNumber() ? "number" : value.toString();
        return text.substring(0, Math.min(text.length(), 30));
    }

    private static Stream<Place> places(JsonNode node) {
        List<Place> places = new ArrayList<>();
        collect(node, places);
        return places.stream();
    }

    private static void collect(JsonNode node, List<Place> places) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> {
                places.add(new Place(object, member.getKey(), -1));
                collect(member.getValue(), places);
            });
        } else if (node instanceof ArrayNode list) {
            for (int index = 0; index < list.size(); index++) {
                places.add(new Place(list, "", index));
                collect(list.get(index), places);
            }
        }
    }

    /** A member of an object, or an item of a list. */
    public record Place(JsonNode holder, String name, int index) {

        public JsonNode get() {
            return index < 0 ? holder.get(name) : holder.get(index);
        }

        public void set(JsonNode value) {
            if (holder instanceof ObjectNode object) {
                object.set(name, value);
            } else {
                ((ArrayNode) holder).set(index, value);
            }
        }

        @Override
        public String toString() {
            return index < 0 ? name : "[" + index + "]";
        }
    }
}
