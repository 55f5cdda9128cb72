package org.minventory.export;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** The access review as a table: what is entered, one a row; who enters the inventory itself stands in the JSON alone. */
public final class AccessTable {
    /** Its columns, in their order. */
    public static final List<Column<JsonNode>> COLUMNS = columns();

    private AccessTable() {}

    private static List<Column<JsonNode>> columns() {
        List<Column<JsonNode>> columns = new ArrayList<>();
        columns.add(Column.at("customer", "/customer"));
        columns.add(Column.at("element", "/element/name"));
        columns.add(Column.at("type", "/element/type"));
        columns.add(Column.at("status", "/element/status"));
        for (String plain : List.of("method", "holder", "account", "accountOwner"))
            columns.add(Column.at(plain, "/" + plain));
        columns.add(listed("opens"));
        for (String plain : List.of("since", "provenAt", "testimony", "expires", "revokeBy"))
            columns.add(Column.at(plain, "/" + plain));
        columns.add(listed("flags"));
        return List.copyOf(columns);
    }

    private static Column<JsonNode> listed(String name) {
        return new Column<>(name, document -> document.path(name)
                .valueStream()
                .map(JsonNode::asString)
                .collect(Collectors.joining(" ")));
    }
}
