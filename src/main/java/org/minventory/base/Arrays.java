package org.minventory.base;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;

/**
 * Rows for a set-based statement: {@code insert … select … from unnest(?::uuid[], ?::text[], …)}. A thousand rows are
 * one statement. Each {@code row(…)} adds one value to every column; the columns are bound in order.
 */
public final class Arrays {
    private final List<Column> columns = new ArrayList<>();
    private int rows;

    private record Column(String type, List<@Nullable Object> values) {
        SqlArrayValue array() {
            return switch (type) {
                case "bytea" -> new SqlArrayValue(type, (Object[]) values.toArray(byte[][]::new));
                case "uuid" -> new SqlArrayValue(type, (Object[]) values.toArray(UUID[]::new));
                case "bigint" -> new SqlArrayValue(type, (Object[]) values.toArray(Long[]::new));
                case "integer" -> new SqlArrayValue(type, (Object[]) values.toArray(Integer[]::new));
                case "float8" -> new SqlArrayValue(type, (Object[]) values.toArray(Double[]::new));
                case "timestamptz" -> new SqlArrayValue("text", (Object[]) values.toArray(String[]::new));
                case "text" -> new SqlArrayValue(type, (Object[]) values.toArray(String[]::new));
                default -> new SqlArrayValue(type, values.toArray());
            };
        }
    }

    /** @param types PostgreSQL names of the columns' types, in the order of the statement's placeholders */
    public Arrays(String... types) {
        for (String type : types) columns.add(new Column(type, new ArrayList<>()));
    }

    /** Adds a row; instants are passed as text, which PostgreSQL casts. */
    public Arrays row(@Nullable Object... values) {
        if (values.length != columns.size())
            throw new IllegalArgumentException("expected " + columns.size() + " values");
        for (int i = 0; i < values.length; i++) columns.get(i).values().add(plain(values[i]));
        rows++;
        return this;
    }

    private static @Nullable Object plain(@Nullable Object value) {
        return value instanceof Instant instant ? instant.toString() : value;
    }

    public boolean isEmpty() {
        return rows == 0;
    }

    public int size() {
        return rows;
    }

    /** Binds the leading parameters, then the columns. */
    public JdbcClient.StatementSpec bind(JdbcClient db, String sql, @Nullable Object... leading) {
        JdbcClient.StatementSpec statement = db.sql(sql);
        int index = 1;
        for (@Nullable Object parameter : leading) statement = statement.param(index++, parameter);
        for (Column column : columns) statement = statement.param(index++, column.array());
        return statement;
    }

    /** Adds the statement to others, unless there is no row. */
    public void add(Together others, String sql, Object... leading) {
        if (isEmpty()) return;
        @Nullable Object[] values = java.util.Arrays.copyOf(leading, leading.length + columns.size());
        for (int i = 0; i < columns.size(); i++)
            values[leading.length + i] = columns.get(i).array();
        others.add(sql, values);
    }

    /** Runs the statement, unless there is no row. */
    public int update(JdbcClient db, String sql, Object... leading) {
        return isEmpty() ? 0 : bind(db, sql, leading).update();
    }

    /** One array parameter. */
    public static SqlArrayValue of(String type, List<?> values) {
        return new Column(type, new ArrayList<>(values)).array();
    }

    /** One array of identifiers. */
    public static SqlArrayValue of(List<UUID> values) {
        return new SqlArrayValue("uuid", (Object[]) values.toArray(UUID[]::new));
    }
}
