package org.minventory.integration.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.ValueType;
import org.minventory.testimony.ToldReader;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the columns of a table tell: by their headings, and by what the importer says besides. */
final class Columns {
    /** A table of people has tens. */
    private static final int MOST = 1_000;

    /** Characters of a heading, which each receipt of a line that is wrong repeats. */
    private static final int LONGEST = 1_000;

    private static final int NAMED_IN_A_SENTENCE = 20;
    private static final String NOTHING = "-";

    private final List<Column> all;

    private Columns(List<Column> all) {
        this.all = all;
    }

    /**
     * @param heading the first row
     * @param maps {@code column:attribute}, each
     * @throws org.minventory.base.Refusal where none names the element, or two tell one thing
     */
    static Columns read(List<String> heading, List<String> maps, Headings headings) {
        if (heading.size() > MOST) throw Unfit.document("too-many-columns", heading.size(), MOST);
        List<Column> columns = new ArrayList<>();
        for (int place = 0; place < heading.size(); place++) {
            if (heading.get(place).length() > LONGEST) throw Unfit.document("long-heading", place + 1, LONGEST);
            columns.add(headings.read(place, heading.get(place)));
        }
        for (String map : maps) map(columns, map, headings);
        boolean named = maps.stream().anyMatch(map -> map.endsWith(":" + Column.ELEMENT));
        int element = named ? -1 : Headings.element(columns);
        if (element >= 0) columns.set(element, headings.telling(columns.get(element), Column.ELEMENT));
        refuseUnfit(columns);
        return new Columns(columns);
    }

    private static void map(List<Column> columns, String map, Headings headings) {
        int colon = map.lastIndexOf(':');
        Column column = colon < 1 ? null : find(columns, map.substring(0, colon).strip());
        String tells = map.substring(colon + 1).strip();
        boolean fits = tells.equals(NOTHING) || ToldReader.fitsAsName(tells);
        if (column == null || !fits) throw Unfit.parameter("map", "unfit-map", names(columns));
        columns.set(column.place(), headings.telling(column, tells.equals(NOTHING) ? null : tells));
    }

    private static @Nullable Column find(List<Column> columns, String told) {
        if (told.matches("#[0-9]{1,4}")) {
            int place = Integer.parseInt(told.substring(1)) - 1;
            return place >= 0 && place < columns.size() ? columns.get(place) : null;
        }
        return columns.stream()
                .filter(column -> Headings.key(column.heading()).equals(Headings.key(told)))
                .findFirst()
                .orElse(null);
    }

    private static String names(List<Column> columns) {
        return columns.stream().limit(NAMED_IN_A_SENTENCE).map(Column::heading).collect(Collectors.joining(", "));
    }

    private static void refuseUnfit(List<Column> columns) {
        Map<String, Column> told = new HashMap<>();
        for (Column column : columns) {
            if (column.tells() == null) continue;
            Column before = told.putIfAbsent(column.tells(), column);
            if (before != null && !(column.type() instanceof ValueType.ListOf))
                throw Unfit.document(
                        "told-twice", before.heading(), column.heading(), column.tells(), column.place() + 1);
        }
        if (!told.containsKey(Column.ELEMENT))
            throw Unfit.document("no-element", columns.getFirst().heading());
    }

    List<Column> all() {
        return all;
    }

    int count() {
        return all.size();
    }

    /** The column that tells this, or null. */
    @Nullable
    Column telling(String what) {
        return all.stream()
                .filter(column -> what.equals(column.tells()))
                .findFirst()
                .orElse(null);
    }

    /** What stood at a place of a testimony stood under this heading of the table. */
    String heading(String pointer) {
        for (Column column : all) {
            if (column.tells() == null) continue;
            String place = column.isFact() ? "/facts/" + Json.escape(column.tells()) : "/" + column.tells();
            if (pointer.equals(place) || pointer.startsWith(place + "/")) return column.heading();
        }
        return pointer;
    }

    /** What each of them tells; none is passed over in silence. */
    ArrayNode document() {
        ArrayNode columns = Json.MAPPER.createArrayNode();
        for (Column column : all) {
            ObjectNode json =
                    columns.addObject().put("column", column.heading()).put("tells", column.tells());
            if (column.tells() != null && !column.unit().isEmpty()) json.put("unit", column.unit());
        }
        return columns;
    }
}
