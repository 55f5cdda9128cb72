package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.minventory.base.EmbeddedPostgres;

/** All that a database holds, as one text, to look for what should not be in it. */
public final class Dump {
    private Dump() {}

    /** Every cell of every table; bytes as the text they are. */
    public static String of(EmbeddedPostgres.Connection all) throws SQLException {
        StringBuilder dump = new StringBuilder();
        try (Connection db = DriverManager.getConnection(all.url(), all.user(), all.password());
                Statement statement = db.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery(
                    "select quote_ident(schemaname) || '.' || quote_ident(tablename) from pg_tables"
                            + " where schemaname not in ('pg_catalog', 'information_schema')")) {
                while (rows.next()) tables.add(rows.getString(1));
            }
            assertThat(tables).hasSizeGreaterThan(20);
            for (String table : tables)
                try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                    while (rows.next())
                        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++)
                            dump.append(cell(rows, i)).append('\n');
                }
        }
        return dump.toString();
    }

    private static String cell(ResultSet rows, int column) throws SQLException {
        if (!rows.getMetaData().getColumnTypeName(column).equals("bytea"))
            return String.valueOf(rows.getString(column));
        byte[] bytes = rows.getBytes(column);
        return bytes == null ? "" : new String(bytes, StandardCharsets.UTF_8);
    }
}
