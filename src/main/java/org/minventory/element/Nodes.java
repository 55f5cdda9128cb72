package org.minventory.element;

import java.math.BigDecimal;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** Builds the nodes that a parser would have built from the same text, so that equal values are equal nodes. */
final class Nodes {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Nodes() {}

    static JsonNode number(long value) {
        return value == (int) value ? NODES.numberNode((int) value) : NODES.numberNode(value);
    }

    static JsonNode number(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        boolean whole = stripped.scale() <= 0 && stripped.precision() - stripped.scale() <= 18;
        // Not more digits than canonical JSON keeps (RFC 8785): what is read back is what was written.
        return whole ? number(stripped.longValueExact()) : NODES.numberNode(BigDecimal.valueOf(value.doubleValue()));
    }

    static JsonNode text(String value) {
        return StringNode.valueOf(value);
    }

    /** The told node itself when the text did not change. */
    static JsonNode text(String value, JsonNode told) {
        return told.isString() && told.stringValue().equals(value) ? told : text(value);
    }
}
