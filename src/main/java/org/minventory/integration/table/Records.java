package org.minventory.integration.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Refusal;

/**
 * The rows of a table as they are read. A quoted cell may go over several lines; a quote that never closes costs the one
 * line that it stands on, not all that follow, and a line of any length costs no more memory than the longest that is read.
 */
final class Records {
    /** Characters of a row. */
    static final int LONGEST = 1 << 20;

    /** Lines that one row may go over. */
    private static final int MOST_LINES = 200;

    private final BufferedReader text;
    private final CSVFormat format;
    private final Deque<Line> ahead = new ArrayDeque<>();
    private long lines;

    /** A line without its end; null where it is longer than any that is read. */
    private record Line(long number, @Nullable String text) {}

    /**
     * A row: its cells, or why it has none.
     *
     * @param line on which it begins, counted from 1
     * @param size in characters
     */
    record Row(
            long line,
            int size,
            List<String> cells,
            @Nullable Refusal refusal) {
        boolean isBlank() {
            return refusal == null && cells.stream().allMatch(String::isBlank);
        }
    }

    private Records(BufferedReader text, char delimiter) {
        this.text = text;
        this.format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreSurroundingSpaces(delimiter != '\t')
                .setIgnoreEmptyLines(false)
                .get();
    }

    /** @param delimiter between cells */
    static Records of(Reader text, char delimiter) {
        return new Records(new BufferedReader(text, 64 << 10), delimiter);
    }

    /** The next row, or null at the end. */
    @Nullable
    Row next() {
        Line first = take();
        if (first == null) return null;
        if (first.text() == null) return refused(first, Unfit.line("line-too-long", (LONGEST >> 20) + " MiB"));
        List<Line> more = new ArrayList<>();
        StringBuilder row = new StringBuilder(first.text());
        boolean paired = isPaired(row);
        while (true) {
            List<String> cells = more.isEmpty() || paired ? cells(row.toString()) : null;
            if (cells != null) return new Row(first.number(), row.length(), cells, null);
            Line next = paired || more.size() >= MOST_LINES ? null : take();
            if (next != null) more.addLast(next);
            if (next == null
                    || next.text() == null
                    || row.length() + next.text().length() > LONGEST) {
                // read as lines of their own: only the first is lost
                for (Line line : more.reversed()) ahead.addFirst(line);
                return refused(first, Unfit.line("unclosed"));
            }
            row.append('\n').append(next.text());
            paired ^= !isPaired(next.text());
        }
    }

    private static Row refused(Line line, Refusal refusal) {
        return new Row(line.number(), line.text() == null ? 0 : line.text().length(), List.of(), refusal);
    }

    /** Whether each quote has its other half: a row that has not may go on. */
    private static boolean isPaired(CharSequence row) {
        return row.chars().filter(c -> c == '"').count() % 2 == 0;
    }

    private @Nullable List<String> cells(String row) {
        if (row.isEmpty()) return List.of();
        try (CSVParser parser = CSVParser.parse(row, format)) {
            List<CSVRecord> records = parser.getRecords();
            return records.size() == 1 ? List.of(records.getFirst().values()) : null;
        } catch (IOException | UncheckedIOException unreadable) {
            return null;
        }
    }

    private @Nullable Line take() {
        return ahead.isEmpty() ? read() : ahead.removeFirst();
    }

    /** A line ends as on Windows, Unix or an old Mac. */
    private @Nullable Line read() {
        try {
            StringBuilder line = new StringBuilder();
            boolean tooLong = false;
            int c = text.read();
            if (c < 0) return null;
            for (; c >= 0 && c != '\n' && c != '\r'; c = text.read()) {
                tooLong |= line.length() >= LONGEST;
                if (!tooLong) line.append((char) c);
            }
            if (c == '\r') skipNewline();
            return new Line(++lines, tooLong ? null : line.toString());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void skipNewline() throws IOException {
        text.mark(1);
        if (text.read() != '\n') text.reset();
    }
}
