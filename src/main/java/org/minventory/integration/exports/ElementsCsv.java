package org.minventory.integration.exports;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.export.Csv;
import org.minventory.export.ElementTable;

/** The table of elements, whole, for spreadsheets. */
final class ElementsCsv implements Form {
    private final OutputStream out;
    private final ElementTable table;
    private final Instant now;

    ElementsCsv(Asking asking, OutputStream out) {
        this.out = out;
        this.table = new ElementTable(asking.reach(), column -> true);
        this.now = asking.now();
        write(out, Csv.of(table.columns(), List.of()));
    }

    @Override
    public void take(Exported one) {
        write(out, row(table.row(one.row(), now)));
    }

    @Override
    public int end() {
        return 0;
    }

    /** One row of a table, in which nothing is computed. */
    static byte[] row(List<@Nullable String> cells) {
        return Csv.line(cells).getBytes(StandardCharsets.UTF_8);
    }

    static void write(OutputStream out, byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
