package org.minventory.conformity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import tools.jackson.databind.JsonNode;

/** Two amounts that differ by so many percent of the larger one at most. */
final class ToleranceRule implements Rule {
    private final double share;

    private ToleranceRule(double share) {
        this.share = share;
    }

    /** The rule for {@code 5%}, or null when that is no percentage from 0 to 100. */
    static @Nullable ToleranceRule parse(String percent) {
        String number = percent.endsWith("%")
                ? percent.substring(0, percent.length() - 1).strip()
                : "";
        boolean plain = !number.isEmpty() && number.chars().allMatch(letter -> letter == '.' || isDigit(letter));
        if (!plain) {
            return null;
        }
        try {
            double share = Double.parseDouble(number) / 100;
            return share <= 1 ? new ToleranceRule(share) : null;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    private static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        if (!expected.value().isNumber() || !seen.value().isNumber()) {
            return Finding.unknown("vague");
        }
        if (Values.same(expected.value(), seen.value())) {
            return Finding.SAME;
        }
        return size(attribute, expected).fits(size(attribute, seen), share)
                ? Finding.agrees("tolerance")
                : Finding.DIVERGES;
    }

    private static Size size(Attribute attribute, Side side) {
        List<JsonNode> readings = side.readings(attribute);
        return new Size(readings.getFirst().doubleValue(), readings.getLast().doubleValue());
    }
}
