package org.minventory.export;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Deliveries as a table. */
public final class DeliveryTable {
    /** Its columns, in their order. */
    public static final List<Column<JsonNode>> COLUMNS = List.of(
            Column.at("id", "/id"),
            Column.at("customer", "/customer"),
            Column.at("element", "/element/name"),
            Column.at("type", "/element/type"),
            Column.at("status", "/element/status"),
            Column.at("state", "/state"),
            Column.at("arrivedAt", "/arrivedAt"),
            Column.at("decidedAt", "/decidedAt"),
            Column.at("agrees", "/verdicts/agrees"),
            Column.at("diverges", "/verdicts/diverges"),
            Column.at("unknown", "/verdicts/unknown"));

    private DeliveryTable() {}
}
