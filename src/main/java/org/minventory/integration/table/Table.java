package org.minventory.integration.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.ElementName;
import org.minventory.element.Reference;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Importing;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A table of elements, one a line, told as it is read. */
final class Table implements Importing.Document {
    private static final String SOURCE = "table";

    /** Elements that are known again when a second line tells of them; beyond that, the later line simply counts. */
    private static final int REMEMBERED = 100_000;

    /** What an item of a list costs (bytes). */
    private static final long ITEM = 100;

    private final Sheet sheet;
    private final char delimiter;
    private final Records records;
    private final Columns columns;
    private final Manner manner;
    private final Cells cells;
    private final Map<String, Long> named = new HashMap<>();

    private Table(Sheet sheet, char delimiter, Records records, Columns columns, Manner manner) {
        this.sheet = sheet;
        this.delimiter = delimiter;
        this.records = records;
        this.columns = columns;
        this.manner = manner;
        this.cells = new Cells(manner.days());
    }

    /**
     * Reads the heading.
     *
     * @param delimiter between cells; null to see it in the heading
     * @throws Refusal {@link Problem#UNREADABLE_DOCUMENT} where there is none, or it names no element
     */
    static Table of(Sheet sheet, @Nullable Character delimiter, List<String> maps, Headings headings, Manner manner) {
        try {
            char between = delimiter == null ? Delimiter.of(sheet) : delimiter;
            Records records = Records.of(sheet.open(), between);
            Records.Row heading = records.next();
            while (heading != null && (heading.isBlank() || Delimiter.isHint(heading.cells())))
                heading = records.next();
            if (heading == null || heading.refusal() != null) throw Unfit.document("no-heading");
            return new Table(sheet, between, records, Columns.read(heading.cells(), maps, headings), manner);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public ObjectNode before() {
        ObjectNode before = Json.object();
        before.set("columns", columns.document());
        return before.put("encoding", sheet.charset().name()).put("delimiter", String.valueOf(delimiter));
    }

    @Override
    public int percent() {
        return sheet.percent();
    }

    @Override
    public void tell(Importing importing) {
        for (Records.Row row = records.next(); row != null; row = records.next())
            if (!row.isBlank()) tell(importing, row);
    }

    private void tell(Importing importing, Records.Row row) {
        String name = name(row);
        Told told;
        try {
            if (row.refusal() != null) throw row.refusal();
            told = told(row, name);
        } catch (Refusal refusal) {
            importing.refuse(refusal, row.size(), remarks(row, name));
            return;
        }
        importing.hear(told, row.size() + ITEM * items(told), remarks(row, name));
    }

    /** What the line calls its element, as it is written. */
    private @Nullable String name(Records.Row row) {
        Column column = Objects.requireNonNull(columns.telling(Column.ELEMENT));
        return column.place() < row.cells().size()
                ? row.cells().get(column.place()).strip()
                : null;
    }

    /** The line, what it calls its element, and places as columns, for they are what the importer sees. */
    private Consumer<ObjectNode> remarks(Records.Row row, @Nullable String name) {
        String shown = name == null || name.length() <= 100 ? name : name.substring(0, 100) + "…";
        long line = row.line(); // and not the row, of which a thousand wait
        return receipt -> {
            receipt.put("line", line).put("name", shown);
            for (JsonNode error : receipt.path("problem").path("errors"))
                if (error instanceof ObjectNode place)
                    place.put("pointer", columns.heading(place.path("pointer").asString("")));
        };
    }

    /** How many items its lists have: a few words of a line may say many. */
    private static long items(Told told) {
        return told.facts().values().stream().mapToInt(JsonNode::size).sum();
    }

    private Told told(Records.Row row, @Nullable String written) {
        refuseTooMany(row);
        Reference reference = reference(written);
        SequencedMap<String, JsonNode> facts = new LinkedHashMap<>();
        for (Column column : columns.all()) if (column.isFact()) tell(facts, column, row);
        String note = text(Column.NOTE, row);
        if (note != null) Json.refuseUnfitText(Json.text(note), "/note");
        if (note != null && note.length() > ToldReader.MAX_NOTE)
            throw Refusal.at(Problem.WRONG_TYPE, "/note", "text ≤ " + ToldReader.MAX_NOTE);
        boolean renamed = reference.name() != null && !reference.name().equalsIgnoreCase(written);
        if (renamed && written != null) facts.putIfAbsent("label", Json.text(written));
        refuseSecond(reference, row);
        return Told.imported(
                manner.kind(),
                reference,
                witnessedAt(row),
                facts,
                note,
                SOURCE,
                manner.create() ? type(row) : null,
                null);
    }

    private void refuseTooMany(Records.Row row) {
        List<String> cells = row.cells();
        for (int place = columns.count(); place < cells.size(); place++)
            if (!cells.get(place).isBlank()) throw Unfit.line("too-many-cells", cells.size(), columns.count());
    }

    private Reference reference(@Nullable String written) {
        Column column = Objects.requireNonNull(columns.telling(Column.ELEMENT));
        String text = written == null ? null : Cells.text(column, written);
        if (text == null) throw Unfit.cell(column, "no-name");
        if (Ids.parse(text) != null) return Reference.ofText(text, column.heading());
        String name = ElementName.nearest(text);
        return Reference.ofText(name == null ? text : name, column.heading());
    }

    /** A second line would take the first one's place, and nobody would know which of them is true. */
    private void refuseSecond(Reference reference, Records.Row row) {
        Long before = named.get(reference.toString());
        if (before != null) throw Unfit.line("named-before", before);
        if (named.size() < REMEMBERED) named.put(reference.toString(), row.line());
    }

    private void tell(SequencedMap<String, JsonNode> facts, Column column, Records.Row row) {
        String text = text(column, row);
        String attribute = column.tells();
        if (text == null || attribute == null) return;
        JsonNode value = cells.fact(column, text);
        // several columns may fill one list
        if (facts.get(attribute) instanceof ArrayNode list) value.forEach(list::add);
        else facts.put(attribute, value);
    }

    private @Nullable String text(String what, Records.Row row) {
        Column column = columns.telling(what);
        return column == null ? null : text(column, row);
    }

    private static @Nullable String text(Column column, Records.Row row) {
        return column.place() < row.cells().size()
                ? Cells.text(column, row.cells().get(column.place()))
                : null;
    }

    private String type(Records.Row row) {
        String told = text(Column.TYPE, row);
        return told == null ? manner.type() : manner.types().word(told);
    }

    private @Nullable Instant witnessedAt(Records.Row row) {
        Column column = columns.telling(Column.WITNESSED_AT);
        String text = column == null ? null : text(column, row);
        if (column == null || text == null) return manner.witnessedAt();
        String day = manner.days().read(column, text);
        Instant at = ToldReader.parse(day.length() == 10 ? day + "T00:00:00Z" : day);
        if (at == null) throw Refusal.at(Problem.UNFIT_DATE, column.heading(), text);
        return at;
    }
}
