package org.minventory.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code minventory bench}: proves the figures that design promises, beside limits measured in the same run. */
@Command(
        name = "bench",
        description = "Measures a Minventory of its own, loaded with elements through its doors, each figure beside"
                + " pgbench or COPY of the same SQL in the same run; writes a table. Ten minutes at most.",
        footer = {
            "",
            "Needs pgbench and psql on the PATH (Debian: postgresql-client, postgresql-contrib or postgresql-15);"
                    + " ansible and gcc where they are there.",
            "",
            "Examples:",
            "  minventory bench",
            "  minventory bench --quick --output /tmp/quick.md",
        })
final class BenchCommand implements Callable<Integer> {
    private static final int MOST = 2_000_000;

    @Option(
            names = "--elements",
            paramLabel = "N",
            split = ",",
            description = "How many elements to load, smallest first (10000,100000; with --quick 1000,3000).")
    private @Nullable List<Integer> elements;

    @Option(names = "--quick", description = "Short repetitions, within a minute: to see that it works.")
    private boolean quick;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where its temporary folder is made (the system's folder for such).")
    private @Nullable Path data;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Where the table is written (bench/RESULTS.md); NOTES.md beside it is appended.")
    private Path output = Path.of("bench", "RESULTS.md");

    private final Session session;

    BenchCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        List<Integer> usual = quick ? List.of(1_000, 3_000) : List.of(10_000, 100_000);
        List<Integer> sizes = (elements == null ? usual : elements)
                .stream().sorted().distinct().toList();
        if (sizes.isEmpty() || sizes.getFirst() < 50 || sizes.getLast() > MOST)
            throw new CannotStart("--elements takes numbers from 50 to " + MOST + ".");
        String results = new BenchRun(session, sizes, quick, data, output).measure();
        session.say(results);
        return Session.DONE;
    }
}
