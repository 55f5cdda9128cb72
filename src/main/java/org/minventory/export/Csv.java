package org.minventory.export;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Tables for spreadsheets (RFC 4180), in which no cell is a formula: a text that a spreadsheet would compute is given an
 * apostrophe before it (CWE-1236).
 */
public final class Csv {
    private static final CSVFormat RFC_4180 = CSVFormat.RFC4180;
    private static final String DANGEROUS = "=+-@\t\r\n|%";

    private Csv() {}

    /** A header and its rows, in UTF-8. */
    public static byte[] of(List<String> columns, List<List<@Nullable String>> rows) {
        StringBuilder out = new StringBuilder(256);
        try (CSVPrinter printer = new CSVPrinter(out, RFC_4180)) {
            printer.printRecord(columns);
            for (List<@Nullable String> row : rows)
                printer.printRecord(row.stream().map(Csv::cell));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** One row of such a table, with the end of its line, for tables that are written as they are read. */
    public static String line(List<@Nullable String> cells) {
        StringBuilder out = new StringBuilder(256);
        try (CSVPrinter printer = new CSVPrinter(out, RFC_4180)) {
            printer.printRecord(cells.stream().map(Csv::cell));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }

    /** The cell that shows this text and computes nothing; a plain number stays one. */
    public static String cell(@Nullable String text) {
        if (text == null || text.isEmpty()) return "";
        boolean computes = DANGEROUS.indexOf(text.charAt(0)) >= 0 && !isNumber(text);
        return computes ? "'" + text : text;
    }

    private static boolean isNumber(String text) {
        return text.matches("-?[0-9]+(\\.[0-9]+)?");
    }
}
