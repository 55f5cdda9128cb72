package org.minventory.integration.providers;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/** A price, in whichever way a provider writes it. */
record Money(BigDecimal amount, String currency) {
    private static final BigDecimal NANO = BigDecimal.ONE.movePointLeft(9);

    /** OVHcloud: <code>{"currencyCode": "EUR", "value": 84.99}</code>. */
    static @Nullable Money ofValue(JsonNode told) {
        return of(Amounts.decimal(told.path("value")), told.path("currencyCode"));
    }

    /** Scaleway: <code>{"currency_code": "EUR", "units": 84, "nanos": 990000000}</code>. */
    static @Nullable Money ofNanos(JsonNode told) {
        BigDecimal units = Amounts.decimal(told.path("units"));
        BigDecimal nanos = told.has("nanos") ? Amounts.decimal(told.path("nanos")) : BigDecimal.ZERO;
        return units == null || nanos == null ? null : of(units.add(nanos.multiply(NANO)), told.path("currency_code"));
    }

    /** Hetzner: {@code "49.0000"}, net, in a currency that is said elsewhere. */
    static @Nullable Money ofText(JsonNode told, JsonNode currency) {
        return of(Amounts.decimal(told), currency);
    }

    private static @Nullable Money of(@Nullable BigDecimal amount, JsonNode currency) {
        String code = Reading.text(currency).orElse("");
        return amount == null || !code.matches("[A-Z]{3}") ? null : new Money(amount, code);
    }

    Money times(long quantity) {
        return new Money(amount.multiply(BigDecimal.valueOf(quantity)), currency);
    }

    /** All of them together, or null where there are none, or of several currencies. */
    static @Nullable Money sum(List<Money> prices) {
        List<Money> left = new ArrayList<>(prices);
        if (left.isEmpty()) return null;
        Money sum = left.removeFirst();
        for (Money price : left) {
            if (!price.currency.equals(sum.currency)) return null;
            sum = new Money(sum.amount.add(price.amount), sum.currency);
        }
        return sum;
    }

    /** Whether it is the same price, however many zeros were written. */
    boolean isSameAs(Money other) {
        return currency.equals(other.currency) && amount.compareTo(other.amount) == 0;
    }

    JsonNode json() {
        return Json.object().put("amount", amount.toPlainString()).put("currency", currency);
    }
}
