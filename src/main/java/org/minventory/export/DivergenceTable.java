package org.minventory.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Divergences as a table: the document of each laid out in columns, in the reader's language. */
public final class DivergenceTable {
    private static final List<Column<JsonNode>> COLUMNS = columns();

    private DivergenceTable() {}

    private static List<Column<JsonNode>> columns() {
        List<Column<JsonNode>> columns = new ArrayList<>();
        add(columns, "id", "/id");
        add(columns, "customer", "/customer");
        add(columns, "element", "/element/name");
        add(columns, "elementId", "/element/id");
        add(columns, "attribute", "/attribute");
        add(columns, "label", "/label");
        add(columns, "between", "/between");
        add(columns, "nature", "/nature");
        add(columns, "state", "/state");
        add(columns, "sentence", "/sentence");
        add(columns, "expected", "/expected/display");
        add(columns, "expectedWitness", "/expected/witness/name");
        add(columns, "expectedAt", "/expected/witnessedAt");
        add(columns, "seen", "/seen/display");
        add(columns, "seenWitness", "/seen/witness/name");
        add(columns, "seenAt", "/seen/witnessedAt");
        add(columns, "openedAt", "/openedAt");
        add(columns, "resolvedAt", "/resolvedAt");
        add(columns, "acceptedUntil", "/acceptedUntil");
        add(columns, "reason", "/reason");
        add(columns, "decidedBy", "/decidedBy/name");
        add(columns, "ageSeconds", "/ageSeconds");
        return List.copyOf(columns);
    }

    private static void add(List<Column<JsonNode>> columns, String name, String pointer) {
        columns.add(Column.at(name, pointer));
    }

    /** The columns that are wanted. */
    public static List<Column<JsonNode>> columns(Predicate<String> wanted) {
        return Column.wanted(COLUMNS, wanted);
    }

    /** The cells of a divergence. */
    public static List<@Nullable String> cells(List<Column<JsonNode>> columns, ObjectNode document) {
        return Column.cells(columns, document);
    }
}
