package org.minventory.project;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Amounts of money added up, each currency for itself: nobody here knows rates of exchange. */
public final class Sums {
    private final Map<String, BigDecimal> byCurrency = new TreeMap<>();

    /** Adds an amount as the vocabulary reads it; nothing where there is none. */
    public void add(@Nullable JsonNode money) {
        if (money != null)
            add(
                    money.get("currency").stringValue(),
                    new BigDecimal(money.get("amount").stringValue()));
    }

    /** Adds an amount. */
    public void add(String currency, BigDecimal amount) {
        byCurrency.merge(currency, amount, BigDecimal::add);
    }

    /** The only sum there is; null where nothing was added, or amounts of several currencies. */
    public @Nullable JsonNode only() {
        return byCurrency.size() == 1 ? json().get(0) : null;
    }

    /** One amount for each currency. */
    public ArrayNode json() {
        ArrayNode json = Json.MAPPER.createArrayNode();
        byCurrency.forEach((currency, amount) ->
                json.addObject().put("amount", amount.toPlainString()).put("currency", currency));
        return json;
    }
}
