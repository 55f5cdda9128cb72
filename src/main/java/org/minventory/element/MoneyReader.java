package org.minventory.element;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Money, kept as <code>{"amount": "12.34", "currency": "EUR"}</code>: the amount is a text because prices have more
 * decimals than a JSON number can be trusted with.
 */
final class MoneyReader {
    private static final Map<String, String> SIGNS = Map.of("€", "EUR", "$", "USD", "£", "GBP");

    private MoneyReader() {}

    static JsonNode read(JsonNode told) {
        if (told.isString()) {
            return readText(told.stringValue().strip());
        }
        if (!told.isObject()) {
            throw UnfitValue.because("money");
        }
        for (Map.Entry<String, JsonNode> member : told.properties()) {
            if (!member.getKey().equals("amount") && !member.getKey().equals("currency")) {
                throw UnfitValue.because("money").under(member.getKey());
            }
        }
        @Nullable JsonNode amount = told.get("amount");
        @Nullable JsonNode currency = told.get("currency");
        if (amount == null || currency == null) {
            throw UnfitValue.because("money");
        }
        return money(amount(amount), currency(currency));
    }

    private static QuantityText amount(JsonNode told) {
        try {
            QuantityText amount = QuantityText.of(told);
            if (!amount.unit().isEmpty()) {
                throw UnfitValue.because("no-unit", amount.unit());
            }
            return amount;
        } catch (UnfitValue unfit) {
            throw unfit.under("amount");
        }
    }

    private static Currency currency(JsonNode told) {
        try {
            return currency(told.isString() ? told.stringValue().strip() : "");
        } catch (UnfitValue unfit) {
            throw unfit.under("currency");
        }
    }

    /** {@code 119.99 EUR}, {@code 119,99 €}, {@code €119.99}, {@code EUR 119.99}. */
    private static JsonNode readText(String text) {
        int digit = 0;
        while (digit < text.length() && !Character.isDigit(text.charAt(digit)) && text.charAt(digit) != '-') {
            digit++;
        }
        String before = text.substring(0, digit).strip();
        QuantityText amount = QuantityText.of(text.substring(digit));
        boolean once = before.isEmpty() != amount.unit().isEmpty();
        if (!once) {
            throw UnfitValue.because("money");
        }
        return money(amount, currency(before.isEmpty() ? amount.unit() : before));
    }

    private static Currency currency(String told) {
        String code = SIGNS.getOrDefault(told, told.toUpperCase(Locale.ROOT));
        try {
            return Currency.getInstance(code);
        } catch (IllegalArgumentException unknown) {
            throw UnfitValue.because("currency", told);
        }
    }

    private static JsonNode money(QuantityText told, Currency currency) {
        BigDecimal amount = told.exactly().stripTrailingZeros();
        int decimals = Math.max(0, currency.getDefaultFractionDigits());
        if (amount.scale() < decimals) {
            amount = amount.setScale(decimals);
        }
        return JsonNodeFactory.instance
                .objectNode()
                .put("amount", amount.toPlainString())
                .put("currency", currency.getCurrencyCode());
    }
}
