package org.minventory.integration.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Refusal;
import org.minventory.element.Dimension;
import org.minventory.element.ElementName;
import org.minventory.element.ValueType;
import org.minventory.element.ValueType.ListOf;
import org.minventory.element.ValueType.Members;
import org.minventory.element.ValueType.Quantity;
import org.minventory.element.ValueType.Simple;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads cells as people fill them. What a cell means is left to the vocabulary; here it is only brought into the shape in
 * which a program would have told it.
 */
final class Cells {
    /** What people write where they know nothing. */
    private static final Set<String> SILENCE =
            Set.of("", "-", "–", "—", "?", "n/a", "na", "n.a.", "nc", "n.c.", "nr", "null", "#n/a");

    private static final Pattern FORMULA =
            Pattern.compile("=.*|[@+-](?![0-9 .,(])..*|#[A-Z/0-9]{2,8}[!?]", Pattern.DOTALL);

    /** Where a spreadsheet is told that what follows is a text, which our own tables do too. */
    private static final Pattern MARKED = Pattern.compile("'[=+@|%\\t\\r\\n-].*", Pattern.DOTALL);

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9][0-9 .,\\u00a0\\u202f\\u2009]*");

    /** A comma between digits stands before decimals. */
    private static final Pattern ITEMS = Pattern.compile("[;|\\n]+|,(?![0-9])|(?<![0-9]),");

    private static final Pattern WORDS = Pattern.compile("[,;|\\s]+");
    private static final Pattern TIMES = Pattern.compile(
            "(?:([0-9]{1,3})\\s*[x×*]\\s*)?([0-9][0-9.,]*\\s*[A-Za-z]{1,3})(?:\\s+(.+))?", Pattern.DOTALL);

    /** A bare number of these is no amount that anybody means before this many. */
    private static final Set<Dimension> SCALED =
            Set.of(Dimension.MEMORY_BYTES, Dimension.DISK_BYTES, Dimension.BITS_PER_SECOND, Dimension.HERTZ);

    private static final int SHORTEST_BARE = 7;

    /** Of a list; the vocabulary refuses shorter ones, and a few words that multiply must not fill the memory before. */
    private static final int MOST_ITEMS = 5_000;

    private final Days days;

    Cells(Days days) {
        this.days = days;
    }

    /**
     * What stands in the cell; null where that is nothing.
     *
     * @throws org.minventory.base.Refusal for a formula
     */
    static @Nullable String text(Column column, String cell) {
        String text = cell.strip();
        if (SILENCE.contains(text.toLowerCase(Locale.ROOT))) return null;
        if (MARKED.matcher(text).matches()) return text.substring(1);
        if (FORMULA.matcher(text).matches()) throw Unfit.cell(column, "formula");
        return text;
    }

    /** The fact that a text tells by its column. */
    JsonNode fact(Column column, String text) {
        return value(column, column.type(), text);
    }

    private JsonNode value(Column column, @Nullable ValueType type, String text) {
        return switch (type) {
            case null -> Json.text(text);
            case Simple.DATE, Simple.INSTANT -> Json.text(days.read(column, text));
            case Simple.BOOLEAN -> Json.text(truth(text));
            case Simple.MONEY -> Json.text(withUnit(column, text).replaceFirst("([€$£]|[A-Z]{3}).*", "$1"));
            case Simple.REFERENCE -> Json.text(name(text));
            case Quantity(Dimension dimension) -> quantity(column, dimension, text);
            case ListOf(ValueType item) -> list(column, item, text);
            case Members members -> json(column, text, "{" + members(members) + "}");
            case Simple other -> Json.text(text);
            case ValueType.Choice choice -> Json.text(text);
        };
    }

    private static String truth(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "x", "vrai" -> "true";
            case "faux" -> "false";
            default -> text;
        };
    }

    private static String name(String text) {
        return Objects.requireNonNullElse(ElementName.nearest(text), text);
    }

    private static String withUnit(Column column, String text) {
        boolean bare = NUMBER.matcher(text).matches();
        return bare && !column.unit().isEmpty() ? text + " " + column.unit() : text;
    }

    private static JsonNode quantity(Column column, Dimension dimension, String text) {
        String told = withUnit(column, text);
        boolean bare = NUMBER.matcher(told).matches();
        if (bare && SCALED.contains(dimension) && told.length() < SHORTEST_BARE)
            throw Unfit.cell(column, "which-unit", told);
        return Json.text(told);
    }

    private JsonNode list(Column column, ValueType item, String text) {
        if (text.startsWith("[")) return json(column, text, "[" + example(item) + "]");
        ArrayNode items = Json.MAPPER.createArrayNode();
        for (String each : split(column, item, text)) add(items, column, item, each);
        return items;
    }

    /** What holds no blanks is told apart by them, too. */
    private static List<String> split(Column column, ValueType item, String text) {
        boolean words =
                switch (item) {
                    case Simple.ADDRESS, Simple.RANGE, Simple.MAC, Simple.HOST_NAME, Simple.REFERENCE -> true;
                    default -> "tags".equals(column.tells());
                };
        List<String> items = new ArrayList<>();
        for (String each : (words ? WORDS : ITEMS).split(text, -1)) if (!each.isBlank()) items.add(each.strip());
        return items;
    }

    private void add(ArrayNode items, Column column, ValueType item, String text) {
        if (!(item instanceof Members members)) {
            items.add(value(column, item, text));
            return;
        }
        Matcher times = TIMES.matcher(text);
        boolean sized = members.types().get("size") instanceof Quantity && times.matches();
        if (!sized && members.summary().size() != 1)
            throw Unfit.cell(column, "unfit-records", "[" + example(item) + "]");
        ObjectNode one = Json.object();
        if (sized) {
            one.put("size", times.group(2));
            if (times.group(3) != null) one.put("type", times.group(3).strip());
        } else {
            one.put(members.summary().getFirst(), text);
        }
        int count = sized && times.group(1) != null ? Integer.parseInt(times.group(1)) : 1;
        for (int i = 0; i < count && items.size() <= MOST_ITEMS; i++) items.add(one);
    }

    private static JsonNode json(Column column, String text, String example) {
        try {
            return Json.read(text.getBytes(StandardCharsets.UTF_8));
        } catch (Refusal unreadable) {
            throw Unfit.cell(column, "unfit-records", example);
        }
    }

    private static String example(ValueType item) {
        return item instanceof Members members ? "{" + members(members) + "}" : "\"…\"";
    }

    private static String members(Members members) {
        List<String> parts = members.summary().stream()
                .map(member -> "\"" + member + "\": …")
                .toList();
        return String.join(", ", parts);
    }
}
