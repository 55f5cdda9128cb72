package org.minventory.export;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.Vocabulary;
import org.minventory.project.Fulfilment;
import org.minventory.project.Order;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An order as the API shows it: what was agreed, what was ordered line by line, how far it has come, what invoices say. */
public final class OrderJson {
    private final Reach reach;
    private final Locale language;

    public OrderJson(Reach reach, Locale language) {
        this.reach = reach;
        this.language = language;
    }

    /** What stands in a list. */
    public ObjectNode brief(Order order) {
        ObjectNode json = Json.object()
                .put("id", order.id().toString())
                .put("customer", reach.slug(order.customer()))
                .put("number", order.number())
                .put("changedAt", order.changedAt().toString());
        json.set("terms", known(order.customer(), order.story().get("terms")));
        return json;
    }

    /** All of it. */
    public ObjectNode whole(Order order, Fulfilment fulfilment) {
        ObjectNode json = brief(order);
        json.put("state", fulfilment.state().word()).put("late", fulfilment.late());
        ObjectNode prices = json.putObject("prices");
        fulfilment.prices().forEach((name, price) -> prices.set(name, value(order.customer(), name, price)));
        ArrayNode lines = json.putArray("lines");
        for (Fulfilment.Line line : fulfilment.lines()) {
            ObjectNode shown = lines.addObject();
            shown.putObject("element")
                    .put("id", line.element().toString())
                    .put("name", line.name())
                    .put("type", line.type())
                    .put("status", line.status().word());
            shown.set("ordered", known(order.customer(), line.ordered()));
        }
        ArrayNode renewals = json.putArray("renewals");
        for (JsonNode renewal : order.story().get("renewals")) renewals.add(said(order, renewal));
        ArrayNode invoices = json.putArray("invoices");
        for (JsonNode invoice : order.story().get("invoices")) {
            ObjectNode shown = said(order, invoice);
            ArrayNode differences = shown.putArray("differences");
            for (Fulfilment.Difference one : fulfilment.differences(invoice)) differences.add(difference(order, one));
            invoices.add(shown);
        }
        return json;
    }

    private ObjectNode said(Order order, JsonNode told) {
        ObjectNode json = told.deepCopy().asObject();
        json.set("terms", known(order.customer(), told.get("terms")));
        return json;
    }

    private ObjectNode difference(Order order, Fulfilment.Difference difference) {
        ObjectNode json = Json.object().put("price", difference.price());
        json.set("ordered", value(order.customer(), difference.price(), difference.ordered()));
        json.set("invoiced", value(order.customer(), difference.price(), difference.invoiced()));
        return json;
    }

    private ObjectNode known(java.util.UUID customer, JsonNode terms) {
        ObjectNode known = Json.object();
        for (Map.Entry<String, JsonNode> term : terms.properties())
            known.set(term.getKey(), value(customer, term.getKey(), term.getValue()));
        return known;
    }

    /** The value, and as a person of that language reads it. */
    private @Nullable ObjectNode value(java.util.UUID customer, String attribute, @Nullable JsonNode value) {
        if (value == null) return null;
        Vocabulary vocabulary = reach.vocabulary(customer);
        ObjectNode json = Json.object();
        json.set("value", value);
        return json.put("display", vocabulary.display(attribute, value, language));
    }
}
