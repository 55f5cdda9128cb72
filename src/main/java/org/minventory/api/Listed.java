package org.minventory.api;

import java.util.List;
import java.util.function.Function;
import org.minventory.export.Column;
import org.minventory.web.Answer;
import org.minventory.web.Format;
import org.minventory.web.Paging;
import org.minventory.web.Thinning;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A page of a list whose table shows what its documents say. */
final class Listed {
    private Listed() {}

    /** The page in the format that its reader accepts. */
    static <T> Answer of(
            Paging.Page<T> page,
            Function<T, ObjectNode> document,
            List<Column<JsonNode>> table,
            Thinning fields,
            Format format) {
        List<Column<JsonNode>> columns = Column.wanted(table, fields::wants);
        return switch (format) {
            case JSON -> page.json(fields, document);
            case NDJSON -> page.ndjson(fields, document);
            case CSV -> page.csv(Column.names(columns), one -> Column.cells(columns, document.apply(one)));
        };
    }
}
