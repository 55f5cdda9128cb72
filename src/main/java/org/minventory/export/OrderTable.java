package org.minventory.export;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Orders as a table: what was agreed in each laid out in columns, in the reader's language. */
public final class OrderTable {
    /** Its columns, in their order. */
    public static final List<Column<JsonNode>> COLUMNS = columns();

    private OrderTable() {}

    private static List<Column<JsonNode>> columns() {
        List<Column<JsonNode>> columns = new ArrayList<>();
        for (String plain : List.of("id", "customer", "number")) columns.add(Column.at(plain, "/" + plain));
        for (String term : List.of(
                "provider",
                "account",
                "ordered.on",
                "promised.on",
                "expires",
                "notice.until",
                "renewal",
                "commitment",
                "price.setup",
                "price.monthly",
                "price.yearly",
                "owner",
                "payer",
                "cancelled.on")) columns.add(Column.at(term, "/terms/" + term + "/display"));
        columns.add(Column.at("changedAt", "/changedAt"));
        return List.copyOf(columns);
    }
}
