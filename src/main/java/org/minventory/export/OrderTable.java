package org.minventory.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders as a table: what was agreed in each laid out in columns, in the reader's language. */
public final class OrderTable {
    private static final List<Column<JsonNode>> COLUMNS = columns();

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

    /** The columns that are wanted. */
    public static List<Column<JsonNode>> columns(Predicate<String> wanted) {
        return Column.wanted(COLUMNS, wanted);
    }

    /** The cells of an order. */
    public static List<@Nullable String> cells(List<Column<JsonNode>> columns, ObjectNode document) {
        return Column.cells(columns, document);
    }
}
