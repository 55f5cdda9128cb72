package org.minventory.export;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table: its name, and what stands in it.
 *
 * @param <T> what a row of the table tells of
 */
public record Column<T>(String name, Function<T, @Nullable String> cell) {
    /** A column of documents: what stands at a place of each (RFC 6901), nothing where there is nothing. */
    static Column<JsonNode> at(String name, String pointer) {
        return new Column<>(name, document -> {
            JsonNode value = document.at(pointer);
            return value.isMissingNode() || value.isNull() ? null : value.asString();
        });
    }

    /** The columns that are wanted, by their names. */
    public static <T> List<Column<T>> wanted(List<Column<T>> columns, Predicate<String> wanted) {
        return columns.stream().filter(column -> wanted.test(column.name())).toList();
    }

    /** The names of columns. */
    public static <T> List<String> names(List<Column<T>> columns) {
        return columns.stream().map(Column::name).toList();
    }

    /** The cells of a row. */
    public static <T> List<@Nullable String> cells(List<Column<T>> columns, T row) {
        return columns.stream()
                .<@Nullable String>map(column -> column.cell().apply(row))
                .toList();
    }
}
