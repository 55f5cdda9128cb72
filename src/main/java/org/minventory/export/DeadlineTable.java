package org.minventory.export;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Deadlines as a table: the document of each laid out in columns, in the reader's language. */
public final class DeadlineTable {
    /** Its columns, in their order. */
    public static final List<Column<JsonNode>> COLUMNS = columns();

    private DeadlineTable() {}

    private static List<Column<JsonNode>> columns() {
        List<Column<JsonNode>> columns = new ArrayList<>();
        for (String plain : List.of("date", "days", "what", "customer")) columns.add(Column.at(plain, "/" + plain));
        columns.add(Column.at("element", "/element/name"));
        columns.add(Column.at("type", "/element/type"));
        columns.add(Column.at("order", "/order/number"));
        for (String plain :
                List.of("mandate", "provider", "owner", "payer", "renewal", "about", "provenOn", "ifItLapses"))
            columns.add(Column.at(plain, "/" + plain));
        return List.copyOf(columns);
    }
}
