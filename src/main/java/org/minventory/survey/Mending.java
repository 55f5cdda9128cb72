package org.minventory.survey;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes a tool's document one that can be kept. Tools copy what firmware and kernels hand them: the model of a small
 * board ends in a NUL, a label holds half a character, a network disk claims 16 EiB. What a person would be asked to
 * correct, a machine will send again for ever: it is mended, and the survey is heard.
 */
public final class Mending {
    private static final char REPLACEMENT = '\uFFFD';
    private static final BigInteger LARGEST_EXACT = BigInteger.valueOf(Reading.LARGEST);

    private Mending() {}

    /** The document without characters that nobody can store; numbers that would be changed on the way become text. */
    public static JsonNode mend(JsonNode told) {
        if (told.isString()) return Json.text(mend(told.stringValue()));
        if (told.isNumber()) return isExact(told) ? told : Json.text(told.asString());
        if (told.isArray()) {
            ArrayNode mended = JsonNodeFactory.instance.arrayNode(told.size());
            told.forEach(item -> mended.add(mend(item)));
            return mended;
        }
        if (!told.isObject()) return told;
        ObjectNode mended = Json.object();
        for (Map.Entry<String, JsonNode> member : told.properties())
            mended.set(mend(member.getKey()), mend(member.getValue()));
        return mended;
    }

    private static boolean isExact(JsonNode number) {
        if (number.isInt() || number.isShort()) return true;
        if (number.isIntegralNumber()) return number.bigIntegerValue().abs().compareTo(LARGEST_EXACT) <= 0;
        BigDecimal decimal = number.decimalValue();
        if (Math.abs((long) decimal.precision() - decimal.scale()) > 300) return decimal.signum() == 0;
        double nearest = decimal.doubleValue();
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
    }

    private static String mend(String text) {
        StringBuilder mended = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                i++;
            } else if (c == 0 || Character.isSurrogate(c)) {
                if (mended == null) mended = new StringBuilder(text);
                mended.setCharAt(i, REPLACEMENT);
            }
        }
        return mended == null ? text : mended.toString();
    }
}
