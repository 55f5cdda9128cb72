package org.minventory.conformity;

import java.util.Comparator;
import tools.jackson.databind.JsonNode;

/** Equality of JSON values as people mean it: 8 and 8.0 are one number, whatever parsed them. */
final class Values {
    private static final Comparator<JsonNode> BY_VALUE = (left, right) -> {
        boolean numbers = left.isNumber() && right.isNumber();
        return numbers ? Double.compare(left.doubleValue(), right.doubleValue()) : left.equals(right) ? 0 : 1;
    };

    private Values() {}

    static boolean same(JsonNode left, JsonNode right) {
        return left.equals(right) || left.equals(BY_VALUE, right);
    }

    /** Whether two amounts lie within that share of the larger one. */
    static boolean within(double share, double left, double right) {
        double larger = Math.max(Math.abs(left), Math.abs(right));
        return Math.abs(left - right) <= share * larger;
    }
}
