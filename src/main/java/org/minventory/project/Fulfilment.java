package org.minventory.project;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Word;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How far an order has come, computed from what was witnessed of its lines, and what it costs.
 *
 * @param late whether the promised day has passed and something is not delivered yet
 * @param prices {@code price.setup}, {@code price.monthly}, {@code price.yearly}: as agreed for the whole, else the sum of
 *     the lines where these are of one currency
 */
public record Fulfilment(List<Line> lines, State state, boolean late, Map<String, JsonNode> prices) {
    /** How far it has come. */
    public enum State {
        ORDERED,
        PARTLY_DELIVERED,
        DELIVERED,
        CANCELLED;

        /** The word of the API. */
        public String word() {
            return Word.of(this);
        }
    }

    /** An element that was ordered, with what was ordered of it. */
    public record Line(UUID element, String name, String type, Status status, ObjectNode ordered) {
        boolean isDelivered() {
            return status.isDelivered();
        }
    }

    /** What an invoice says otherwise than the order. */
    public record Difference(
            String price,
            @Nullable JsonNode ordered,
            @Nullable JsonNode invoiced) {}

    /** The fulfilment of an order as it stands. */
    public static Fulfilment of(Order order, List<Picture> pictures, Vocabulary vocabulary, java.time.Instant now) {
        List<Line> lines =
                pictures.stream().map(picture -> line(picture, vocabulary, now)).toList();
        State state = state(order, lines);
        LocalDate promised = order.day("promised.on");
        boolean late = promised != null
                && (state == State.ORDERED || state == State.PARTLY_DELIVERED)
                && promised.isBefore(LocalDate.ofInstant(now, java.time.ZoneOffset.UTC));
        return new Fulfilment(lines, state, late, prices(order, lines));
    }

    private static Line line(Picture picture, Vocabulary vocabulary, java.time.Instant now) {
        ObjectNode ordered = Json.object();
        for (String attribute : picture.attributes()) {
            Picture.Best best = picture.best(attribute, Stance.ORDERED, vocabulary, now);
            if (best != null) ordered.set(attribute, best.counting().saying().value());
        }
        return new Line(picture.id(), picture.name(), picture.type(), picture.status(), ordered);
    }

    private static State state(Order order, List<Line> lines) {
        if (order.day("cancelled.on") != null) return State.CANCELLED;
        long delivered = lines.stream().filter(Line::isDelivered).count();
        if (delivered == 0) return State.ORDERED;
        return delivered == lines.size() ? State.DELIVERED : State.PARTLY_DELIVERED;
    }

    private static Map<String, JsonNode> prices(Order order, List<Line> lines) {
        Map<String, JsonNode> prices = new LinkedHashMap<>();
        for (String price : Order.PRICES) {
            JsonNode agreed = order.term(price);
            JsonNode counts = agreed == null ? sum(price, lines) : agreed;
            if (counts != null) prices.put(price, counts);
        }
        return prices;
    }

    private static @Nullable JsonNode sum(String price, List<Line> lines) {
        Sums sums = new Sums();
        lines.forEach(line -> sums.add(line.ordered().get(price)));
        return sums.only();
    }

    /** Where an invoice's prices are not those of the order; a price that it does not name differs in nothing. */
    public List<Difference> differences(JsonNode invoice) {
        List<Difference> differences = new ArrayList<>();
        for (String price : Order.PRICES) {
            JsonNode invoiced = invoice.at("/terms").get(price);
            JsonNode ordered = prices.get(price);
            if (invoiced != null && !isSameMoney(ordered, invoiced))
                differences.add(new Difference(price, ordered, invoiced));
        }
        return differences;
    }

    private static boolean isSameMoney(@Nullable JsonNode one, JsonNode other) {
        return one != null
                && one.get("currency").equals(other.get("currency"))
                && new BigDecimal(one.get("amount").stringValue())
                                .compareTo(new BigDecimal(other.get("amount").stringValue()))
                        == 0;
    }
}
