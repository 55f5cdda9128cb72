package org.minventory.cli;

import java.util.ArrayList;
import java.util.List;

/** The results as they are kept in the repository: a table, what falls short of the promises, and notes by hand. */
final class BenchTable {
    private final List<BenchRow> rows = new ArrayList<>();
    private final List<String> sizes = new ArrayList<>();

    void add(BenchRow row) {
        rows.add(row);
    }

    /** A line of the second table: bytes on the disk. */
    void size(String table, String bytes, String indexes, String perElement, String perTestimony) {
        sizes.add("| " + String.join(" | ", table, bytes, indexes, perElement, perTestimony) + " |");
    }

    /**
     * The whole document.
     *
     * @param run in words: the machine, the sizes, what was started and how
     * @param notes written by hand, appended as they are; may be empty
     */
    String markdown(List<String> run, String notes) {
        List<String> lines = new ArrayList<>();
        lines.add("# Bench\n");
        lines.add("Written by `./minventory bench`; each figure is the median [min–max] of short repetitions, beside a"
                + " limit measured in the same run on the same machine.\n");
        run.forEach(line -> lines.add("- " + line));
        lines.add("\n| work | Minventory | limit, same run | promise | measured | |");
        lines.add("|---|---|---|---|---|---|");
        rows.forEach(row -> lines.add(row.markdown()));
        addSizes(lines);
        addShortfalls(lines);
        if (!notes.isBlank()) lines.add("\n" + notes.strip());
        return String.join("\n", lines) + "\n";
    }

    private void addSizes(List<String> lines) {
        if (sizes.isEmpty()) return;
        lines.add("\n## Bytes on the disk\n");
        lines.add("| table | with indexes | indexes alone | per element | per testimony |");
        lines.add("|---|---|---|---|---|");
        lines.addAll(sizes);
    }

    private void addShortfalls(List<String> lines) {
        lines.add("\n## Where it falls short and why\n");
        List<String> found = new ArrayList<>();
        for (BenchRow row : rows) {
            String because = row.why() == null ? "" : ": " + row.why();
            switch (row.verdict()) {
                case FALLS_SHORT ->
                    found.add("- " + row.work() + ": promised " + row.promise() + ", measured " + row.measured()
                            + because);
                case NOT_MEASURED -> found.add("- " + row.work() + ": not measured" + because);
                case KEPT, TOLD -> {}
            }
        }
        if (found.isEmpty()) lines.add("Nowhere in this run: every promise that was measured was kept.");
        lines.addAll(found);
    }
}
