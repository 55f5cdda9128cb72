package org.minventory.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres;

/** What is kept of a run: its table, with the machine and the circumstances named, and the notes that lie beside it. */
record BenchReport(BenchRun run, List<Integer> sizes, boolean quick) {

    /** Writes it, and gives what was written. */
    String write(Path output) {
        Path file = output.toAbsolutePath();
        String text = run.table().markdown(circumstances(), notes(file));
        try {
            Path folder = file.getParent();
            if (folder != null) Files.createDirectories(folder);
            Files.writeString(file, text);
            return text;
        } catch (IOException failed) {
            throw new CannotStart(
                    "The table cannot be written to " + output + ": choose another place with --output.", failed);
        }
    }

    private static String notes(Path file) {
        try {
            Path notes = file.resolveSibling("NOTES.md");
            return Files.exists(notes) ? Files.readString(notes) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private List<String> circumstances() {
        return List.of(
                "Machine: " + machine() + ".",
                "Elements: " + sizes + (quick ? ", --quick: too short to be quoted" : "") + ".",
                "Repetitions: " + run.repetitions() + " of " + BenchSpread.number(run.seconds())
                        + " s, the work and its limit by turns, after a warm-up.",
                "Took: " + run.elapsed() + " s.",
                "Server: `minventory serve` in a process of its own (Java "
                        + Runtime.version().feature()
                        + "), one token per connection, over the PostgreSQL it brings along with its usual durable settings"
                        + " (shared_buffers " + Bench.TUNING.sharedBuffersMegabytes() + " MB; max_connections "
                        + Bench.TUNING.maxConnections() + " instead of "
                        + EmbeddedPostgres.Tuning.MODEST.maxConnections() + ", for pgbench).",
                "Load: an HTTP/1.1 client in Java with kept connections, or pgbench -M prepared; either shares the cores"
                        + " with server and database.",
                "The same SQL: all statements that the server ran for such a request, the caller's own look-up included,"
                        + " read from PostgreSQL's log and replayed by the program's role with BEGIN, set_config and"
                        + " COMMIT; how many they are is said.");
    }

    private static String machine() {
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long gibibytes = Math.round(machine.getTotalMemorySize() / 1024.0 / 1024 / 1024);
        return machine.getAvailableProcessors() + " cores, " + gibibytes + " GiB of memory";
    }
}
