package org.minventory.base;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as Minventory takes it (strict: no duplicate member, no lone surrogate, no NUL, 32 levels at most) and as it
 * keeps it (canonical: RFC 8785, so that the same words always give the same bytes and the same hash).
 */
public final class Json {
    /** Deepest nesting accepted from outside. */
    public static final int MAX_DEPTH = 32;

    private static final int LONGEST_PLACE = 1000;

    private static final BigInteger LARGEST_EXACT = BigInteger.ONE.shiftLeft(53);

    /** Reads and writes trees; shared because it is immutable and costly to make. */
    public static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(100)
                            .maxStringLength(32 << 20)
                            .maxNameLength(1000)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private static final ObjectReader ONE_VALUE =
            MAPPER.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private Json() {}

    /** An empty object to fill. */
    public static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** Text as a JSON value. */
    public static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    /**
     * The tree of what came from outside.
     *
     * @throws Refusal {@link Problem#MALFORMED_JSON} with the place, {@link Problem#UNFIT_TEXT} for NUL and lone
     *     surrogates, {@link Problem#INEXACT_NUMBER}
     */
    public static JsonNode read(byte[] body) {
        JsonNode tree = tree(body);
        refuseUnfitText(tree, "");
        return tree;
    }

    /**
     * The tree as it was told, with texts and numbers that cannot be kept: for documents of tools, which are mended.
     *
     * @throws Refusal {@link Problem#MALFORMED_JSON} with the place
     */
    public static JsonNode tree(byte[] body) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            if (parser.nextToken() == null) throw Refusal.of(Problem.EMPTY_BODY);
            JsonNode tree = value(parser);
            if (parser.nextToken() != null) throw malformedAt("", parser.currentTokenLocation());
            return tree;
        } catch (JacksonException malformed) {
            throw malformed(malformed);
        }
    }

    /**
     * The value that begins where the parser stands.
     *
     * @throws Refusal {@link Problem#INEXACT_NUMBER} for an exponent that no number holds, {@link Problem#JSON_TOO_DEEP}
     * @throws JacksonException for what is no JSON, to be turned by {@link #malformed}
     */
    public static JsonNode value(JsonParser parser) {
        try {
            return ONE_VALUE.readTree(parser);
        } catch (NumberFormatException endless) {
            throw Refusal.at(Problem.INEXACT_NUMBER, place(parser));
        } catch (StreamConstraintsException tooMuch) {
            throw Refusal.at(Problem.JSON_TOO_DEEP, place(parser), MAX_DEPTH);
        }
    }

    /** A parser over a stream, with the same strictness; the caller turns {@link JacksonException} by {@link #malformed}. */
    public static JsonParser parser(InputStream body) {
        return MAPPER.createParser(body);
    }

    /** What we wrote ourselves, read back without the strictness that strangers deserve. */
    public static JsonNode ours(byte[] bytes) {
        return MAPPER.readTree(bytes);
    }

    /** The refusal that names the place, the line and the column where reading stopped. */
    public static Refusal malformed(JacksonException cause) {
        if (cause instanceof StreamConstraintsException) return Refusal.of(Problem.JSON_TOO_DEEP, MAX_DEPTH);
        return malformedAt(cause.processor() instanceof JsonParser parser ? place(parser) : "", cause.getLocation());
    }

    private static Refusal malformedAt(String place, @Nullable TokenStreamLocation location) {
        long line = location == null ? 1 : Math.max(1, location.getLineNr());
        long column = location == null ? 1 : Math.max(1, location.getColumnNr());
        return Refusal.at(Problem.MALFORMED_JSON, place, line, column);
    }

    /** Where the parser stands, as a JSON pointer; the whole where the way there cannot be said. */
    private static String place(JsonParser parser) {
        String place = parser.streamReadContext().pathAsPointer().toString();
        return unfit(place) || place.length() > LONGEST_PLACE ? "" : place;
    }

    /** Refuses text that PostgreSQL, or the next reader, could not hold: NUL and halves of characters. */
    public static void refuseUnfitText(JsonNode tree, String pointer) {
        if (tree.isString()) {
            if (unfit(tree.stringValue())) throw Refusal.at(Problem.UNFIT_TEXT, pointer);
        } else if (tree.isArray()) {
            for (int i = 0; i < tree.size(); i++) refuseUnfitText(tree.get(i), pointer + "/" + i);
        } else if (tree.isObject()) {
            for (Map.Entry<String, JsonNode> member : tree.properties()) {
                String place = pointer + "/" + escape(member.getKey());
                if (unfit(member.getKey())) throw Refusal.at(Problem.UNFIT_TEXT, pointer);
                refuseUnfitText(member.getValue(), place);
            }
        } else if (tree.isNumber()) {
            refuseInexact(tree, pointer);
        }
    }

    /** A member name as a step of a JSON pointer (RFC 6901). */
    public static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private static boolean unfit(String text) {
        boolean high = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0 || high != Character.isLowSurrogate(c)) return true;
            high = Character.isHighSurrogate(c);
        }
        return high;
    }

    /** I-JSON (RFC 7493): a number that a double would change has to be sent as text. */
    private static void refuseInexact(JsonNode number, String pointer) {
        if (number.isInt() || number.isShort()) return;
        boolean exact = number.isIntegralNumber()
                ? number.bigIntegerValue().abs().compareTo(LARGEST_EXACT) <= 0
                : sameAsDouble(number.decimalValue());
        if (!exact) throw Refusal.at(Problem.INEXACT_NUMBER, pointer);
    }

    private static boolean sameAsDouble(BigDecimal decimal) {
        if (decimal.signum() != 0 && Math.abs((long) decimal.precision() - decimal.scale()) > 300) return false;
        double nearest = decimal.doubleValue();
        return Double.isFinite(nearest) && new BigDecimal(Double.toString(nearest)).compareTo(decimal) == 0;
    }

    // ---- canonical form, RFC 8785 -----------------------------------------------------------------------------------

    /** The canonical bytes of a tree: members sorted by UTF-16 code units, no blank, ECMAScript numbers, UTF-8. */
    public static byte[] canonical(JsonNode tree) {
        StringBuilder out = new StringBuilder(256);
        append(out, tree);
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The canonical form as text. */
    public static String canonicalText(JsonNode tree) {
        StringBuilder out = new StringBuilder(64);
        append(out, tree);
        return out.toString();
    }

    private static void append(StringBuilder out, @Nullable JsonNode node) {
        if (node == null || node.isNull() || node.isMissingNode()) out.append("null");
        else if (node.isString()) quote(out, node.stringValue());
        else if (node.isObject()) appendObject(out, node);
        else if (node.isArray()) appendArray(out, node);
        else if (node.isBoolean()) out.append(node.booleanValue());
        else appendNumber(out, node);
    }

    private static void appendObject(StringBuilder out, JsonNode node) {
        List<String> names = new ArrayList<>(node.propertyNames());
        if (names.size() > 1) Collections.sort(names);
        out.append('{');
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) out.append(',');
            quote(out, names.get(i));
            out.append(':');
            append(out, node.get(names.get(i)));
        }
        out.append('}');
    }

    private static void appendArray(StringBuilder out, JsonNode node) {
        out.append('[');
        for (int i = 0; i < node.size(); i++) {
            if (i > 0) out.append(',');
            append(out, node.get(i));
        }
        out.append(']');
    }

    private static void appendNumber(StringBuilder out, JsonNode node) {
        if (node.isInt() || node.isLong() || node.isShort()) {
            out.append(node.longValue());
            return;
        }
        BigDecimal value = node.decimalValue();
        if (value.signum() == 0) out.append('0');
        else out.append(ecmaScript(value));
    }

    /** Number::toString of ECMA-262, which RFC 8785 adopts, from the shortest digits that Java finds. */
    private static String ecmaScript(BigDecimal value) {
        BigDecimal shortest = new BigDecimal(Double.toString(value.doubleValue())).stripTrailingZeros();
        String sign = shortest.signum() < 0 ? "-" : "";
        String digits = shortest.unscaledValue().abs().toString();
        int point = digits.length() - shortest.scale();
        if (digits.length() <= point && point <= 21) return sign + digits + "0".repeat(point - digits.length());
        if (0 < point && point <= 21) return sign + digits.substring(0, point) + "." + digits.substring(point);
        if (-6 < point && point <= 0) return sign + "0." + "0".repeat(-point) + digits;
        int exponent = point - 1;
        String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
        return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    /** A JSON string with the escapes of RFC 8785, and no other. What needs none is copied run by run. */
    public static void quote(StringBuilder out, String text) {
        out.append('"');
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x20 && c != '"' && c != '\\') continue;
            out.append(text, from, i).append(escape(c));
            from = i + 1;
        }
        out.append(text, from, text.length()).append('"');
    }

    private static String escape(char c) {
        return switch (c) {
            case '"' -> "\\\"";
            case '\\' -> "\\\\";
            case '\b' -> "\\b";
            case '\f' -> "\\f";
            case '\n' -> "\\n";
            case '\r' -> "\\r";
            case '\t' -> "\\t";
            default -> String.format("\\u%04x", (int) c);
        };
    }

    /** The bytes of a tree as an answer: members in their own order. */
    public static byte[] write(JsonNode tree) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        MAPPER.writeValue(out, tree);
        return out.toByteArray();
    }
}
