package org.minventory.cli;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.export.Csv;
import org.minventory.notification.channel.Plain;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/**
 * How answers are printed. Their words come from witnesses, and a terminal obeys what it is told: nothing is printed that
 * it would take for an order.
 */
final class OutputOptions {
    private static final String GAP = "  ";
    private static final Pattern FRACTION = Pattern.compile("\\.\\d+(?=Z$)");

    /** The forms that there are. */
    enum Form {
        TABLE,
        JSON,
        CSV;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Option(
            names = "--output",
            paramLabel = "FORM",
            defaultValue = "table",
            description =
                    "${COMPLETION-CANDIDATES} (${DEFAULT-VALUE}). JSON and CSV are for programs, in English words.")
    private Form form = Form.TABLE;

    /**
     * One column.
     *
     * @param word its heading for programs; people read that of their language
     * @param pointer what it shows of an item
     * @param most characters in a table
     * @param isInstant whether it is a moment, of which people read the seconds, and programs what is behind them, too
     */
    record Column(String word, String pointer, int most, boolean isInstant) {
        Column(String word, String pointer) {
            this(word, pointer, 40);
        }

        Column(String word, String pointer, int most) {
            this(word, pointer, most, false);
        }

        static Column instant(String word, String pointer) {
            return new Column(word, pointer, 40, true);
        }

        /** As people read it in a table. */
        String shown(JsonNode item) {
            String cell = cell(item, most);
            return isInstant ? FRACTION.matcher(cell).replaceFirst("") : cell;
        }

        String cell(JsonNode item, int most) {
            JsonNode value = item.at(pointer);
            String text = value.isArray()
                    ? value.valueStream().map(one -> one.asString("")).collect(Collectors.joining(" "))
                    : value.asString("");
            return Plain.line(text, most);
        }
    }

    boolean isTable() {
        return form == Form.TABLE;
    }

    boolean isJson() {
        return form == Form.JSON;
    }

    /** Prints a list: one line an item, or all of them as they are. */
    void print(Session session, List<Column> columns, Iterable<JsonNode> items) {
        switch (form) {
            case TABLE -> table(session, columns, items);
            case JSON -> array(session, items);
            case CSV -> csv(session, columns, items);
        }
    }

    /** Prints a document as it is. */
    void document(Session session, JsonNode document) {
        session.say(json(document));
    }

    private static void array(Session session, Iterable<JsonNode> items) {
        Iterator<JsonNode> all = items.iterator();
        session.say("[");
        while (all.hasNext()) session.say(json(all.next()) + (all.hasNext() ? "," : ""));
        session.say("]");
    }

    private static void csv(Session session, List<Column> columns, Iterable<JsonNode> items) {
        session.say(csv(columns, Column::word));
        for (JsonNode item : items) session.say(csv(columns, column -> column.cell(item, Integer.MAX_VALUE)));
    }

    private static String csv(List<Column> columns, Function<Column, String> cell) {
        List<@Nullable String> cells = new ArrayList<>();
        for (Column column : columns) cells.add(cell.apply(column));
        return Csv.line(cells).stripTrailing();
    }

    private static void table(Session session, List<Column> columns, Iterable<JsonNode> items) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream()
                .map(column -> Said.here("column-" + column.word()))
                .toList());
        for (JsonNode item : items)
            rows.add(columns.stream().map(column -> column.shown(item)).toList());
        if (rows.size() == 1) {
            session.mention(Said.here("nothing-there"));
            return;
        }
        int[] widths = IntStream.range(0, columns.size())
                .map(i -> rows.stream().mapToInt(row -> width(row.get(i))).max().orElse(0))
                .toArray();
        for (List<String> row : rows) session.say(line(row, widths));
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = row.get(i);
            line.append(i == 0 ? "" : GAP).append(cell).repeat(' ', widths[i] - width(cell));
        }
        return line.toString().stripTrailing();
    }

    private static int width(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    /** JSON escapes what is below a space; the rest that a terminal obeys, or that is not seen, we do. */
    private static String json(JsonNode document) {
        String text = Json.MAPPER.writeValueAsString(document);
        StringBuilder safe = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            boolean obeyed = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
            if (!obeyed) safe.appendCodePoint(c);
            else for (char unit : Character.toChars(c)) safe.append("\\u%04x".formatted((int) unit));
        });
        return safe.toString();
    }
}
