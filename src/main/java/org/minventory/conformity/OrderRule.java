package org.minventory.conformity;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import tools.jackson.databind.JsonNode;

/**
 * More is fine (a bandwidth), or less is (a price). Between two witnesses neither is fine: they name one thing and must
 * say the same of it.
 */
final class OrderRule implements Rule {
    private final boolean atLeast;

    OrderRule(boolean atLeast) {
        this.atLeast = atLeast;
    }

    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        if (!inOneUnit(expected.value(), seen.value())) {
            return Finding.unknown("other-unit");
        }
        @Nullable BigDecimal measure = amount(expected.value());
        @Nullable BigDecimal found = amount(seen.value());
        if (measure == null || found == null) {
            return Finding.unknown("vague");
        }
        int order = found.compareTo(measure);
        if (order == 0) {
            return Finding.SAME;
        }
        boolean fine = !pair.isEven() && (atLeast ? order > 0 : order < 0);
        return fine ? Finding.agrees(atLeast ? "at-least" : "at-most") : Finding.DIVERGES;
    }

    /** Amounts of two currencies are not compared: the rate of the day would decide. */
    private static boolean inOneUnit(JsonNode left, JsonNode right) {
        return left.path("currency").equals(right.path("currency"));
    }

    private static @Nullable BigDecimal amount(JsonNode value) {
        if (value.isNumber()) {
            return value.decimalValue();
        }
        JsonNode amount = value.path("amount");
        try {
            return amount.isString() ? new BigDecimal(amount.stringValue()) : null;
        } catch (NumberFormatException toldBeforeItWasMoney) {
            return null;
        }
    }
}
