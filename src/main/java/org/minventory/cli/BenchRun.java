package org.minventory.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres;

/** One run of the bench, from an empty folder to the table. */
final class BenchRun {
    /** Half a gigabyte less than this would not be this bench; pgbench needs its own connections beside the pool's. */
    private static final EmbeddedPostgres.Tuning TUNING =
            new EmbeddedPostgres.Tuning(EmbeddedPostgres.Tuning.MODEST.sharedBuffersMegabytes(), 120, true);

    private static final int ANSIBLE_SMALLEST = 1_000;

    private final Session session;
    private final List<Integer> sizes;
    private final boolean quick;
    private final @Nullable Path data;
    private final Path output;
    private final BenchTable table = new BenchTable();
    private final long begun = System.nanoTime();

    BenchRun(Session session, List<Integer> sizes, boolean quick, @Nullable Path data, Path output) {
        this.session = session;
        this.sizes = sizes;
        this.quick = quick;
        this.data = data;
        this.output = output;
    }

    // ---- how long and how often

    int repetitions() {
        return quick ? 2 : 3;
    }

    int seconds() {
        return quick ? 1 : 3;
    }

    private double warmUp() {
        return quick ? 0.5 : 4;
    }

    private int patience() {
        return quick ? 50 : 570;
    }

    private boolean isLate() {
        return elapsed() > patience();
    }

    private int elapsed() {
        return (int) ((System.nanoTime() - begun) / 1_000_000_000L);
    }

    /** Loading may take what is left, less what the rest needs. */
    private int loading() {
        return Math.max(5, patience() - elapsed() - (quick ? 20 : 170));
    }

    // ---- the run

    /** Measures all of it, writes the table, and gives it. */
    String measure() {
        Map<String, String> environment = session.environment();
        BenchDatabase.needed(environment, "psql");
        BenchDatabase.needed(environment, "pgbench");
        Stay stay = session.stay();
        Path folder = stay.open(() -> BenchFolder.in(data)).path();
        session.mention("Starting PostgreSQL and the server…");
        EmbeddedPostgres postgres = stay.open(() -> EmbeddedPostgres.start(folder.resolve("data"), folder, TUNING));
        BenchDatabase database = new BenchDatabase(postgres, folder, environment);
        BenchServer server = stay.open(() -> BenchServer.over(postgres, folder, List.of()));
        BenchCast cast = BenchCast.bringIn(server);
        BenchRecorder recorder = new BenchRecorder(
                database,
                folder.resolve("data").resolve("pg18.log"),
                postgres.app().user());

        BenchReads reads = new BenchReads(this, cast, database, recorder);
        BenchWrites writes = new BenchWrites(this, cast, database, recorder);
        BenchInventory inventory = new BenchInventory(this, cast, folder, environment);

        int first = sizes.getFirst();
        if (first > ANSIBLE_SMALLEST && !quick) {
            BenchSize smallest = load(cast, database, ANSIBLE_SMALLEST, 1);
            step("Ansible inventory of " + ANSIBLE_SMALLEST + " hosts", () -> inventory.ansible(smallest));
        }
        BenchSize small = load(cast, database, first, 64);
        Map<String, BenchSpread> atFirst = reads.bySize(small);
        reads.warm(small, warmUp());
        step("read one element's knowledge, 64 connections", () -> reads.one(small));
        step("list 50 elements with knowledge", () -> reads.list(small, 50, 0.6));
        step("list 1000 elements with knowledge", () -> reads.list(small, 1000, 0.8));
        steps("unchanged poll", () -> reads.polls(small));
        step("one testimony with 10 facts, 8 connections", writes::one);
        steps("batch of 1000 testimonies", () -> writes.batches(small));
        step("32 writers on one customer", () -> writes.crowd(cast, ""));
        step("Ansible inventory of " + small.elements() + " hosts", () -> inventory.ansible(small));

        for (int size : sizes.subList(1, sizes.size())) {
            BenchSize large = load(cast, database, size, 64);
            steps("at " + large.elements() + " elements", () -> reads.compare(small, atFirst, large));
            step("Ansible inventory of " + large.elements() + " hosts", () -> inventory.ansible(large));
        }
        BenchSize largest = last;
        if (largest != null) step("extra heap of the Ansible inventory", () -> inventory.heap(largest));
        BenchStart start = new BenchStart(this, folder, environment);
        steps("start and idle memory", start::warm);
        step("32 writers on one customer, fdatasync slowed by 1.5 ms", () -> start.slowDisk(writes));
        return write();
    }

    private @Nullable BenchSize last;

    /** Loads a customer of its own with so many elements. */
    private BenchSize load(BenchCast cast, BenchDatabase database, int elements, int robots) {
        session.mention("Loading " + elements + " elements…");
        String customer = "all-" + elements;
        List<String> tokens = cast.customer(customer, robots);
        BenchDisk before = BenchDisk.of(database);
        Map.Entry<Integer, Double> loaded = cast.load(customer, tokens.getFirst(), elements, loading());
        database.ask("analyze;");
        BenchSize size = new BenchSize(customer, loaded.getKey(), tokens);
        BenchDisk disk = BenchDisk.of(database).since(before);
        boolean whole = size.elements() == elements;
        table.add(BenchRow.told(
                "load " + elements + " elements, a wish and a survey of 10 facts each, by NDJSON",
                BenchSpread.number(loaded.getValue()) + " testimonies/s"
                        + (whole ? "" : "; stopped at " + size.elements() + " elements, for time"),
                "–",
                "–"));
        if (elements == sizes.getLast()) disk.tell(table, size.elements());
        last = size;
        return size;
    }

    /** One part of the table; what fails costs its line and no other. */
    private void step(String work, Supplier<BenchRow> measuring) {
        steps(work, () -> List.of(measuring.get()));
    }

    private void steps(String work, Supplier<List<BenchRow>> measuring) {
        if (session.isEnding()) throw new Stay.Stopped();
        if (isLate()) {
            table.add(BenchRow.notMeasured(work, "–", "the time of the run was over"));
            return;
        }
        session.mention(String.format(Locale.ROOT, "%4d s  %s", elapsed(), work));
        try {
            measuring.get().forEach(table::add);
        } catch (Unanswered | CannotStart failed) {
            table.add(BenchRow.notMeasured(work, "–", String.valueOf(failed.getMessage())));
        }
    }

    /** Measures a work and its limit by turns, as often as this run repeats. */
    BenchRow against(
            String work,
            String unit,
            double factor,
            @Nullable Double least,
            DoubleSupplier ours,
            String limitName,
            DoubleSupplier limit) {
        List<Double> mine = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        for (int i = 0; i < repetitions(); i++) {
            mine.add(ours.getAsDouble());
            limits.add(limit.getAsDouble());
        }
        BenchSpread own = BenchSpread.of(mine);
        BenchSpread other = BenchSpread.of(limits);
        double ratio = own.median() / other.median();
        boolean kept = ratio >= factor && (least == null || own.median() >= least);
        String promise = "≥ " + factor + " ×" + (least == null ? "" : ", ≥ " + BenchSpread.number(least) + unit);
        return BenchRow.judged(
                work,
                own.in(unit),
                limitName + ": " + other.in(unit),
                promise,
                String.format(Locale.ROOT, "%.2f ×", ratio),
                kept);
    }

    // ---- what is kept of it

    private String write() {
        String text = table.markdown(about(), notes());
        try {
            Path absolute = output.toAbsolutePath();
            Path folder = absolute.getParent();
            if (folder != null) Files.createDirectories(folder);
            Files.writeString(absolute, text);
            return text;
        } catch (IOException failed) {
            throw new CannotStart(
                    "The table cannot be written to " + output + ": choose another place with --output.", failed);
        }
    }

    private String notes() {
        try {
            Path notes = output.toAbsolutePath().resolveSibling("NOTES.md");
            return Files.exists(notes) ? Files.readString(notes) : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private List<String> about() {
        Map<String, String> about = new LinkedHashMap<>();
        var machine = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        about.put(
                "Machine",
                machine.getAvailableProcessors() + " cores, "
                        + Math.round(machine.getTotalMemorySize() / 1024.0 / 1024 / 1024) + " GiB of memory");
        about.put("Elements", sizes.toString() + (quick ? ", --quick" : ""));
        about.put(
                "Repetitions",
                repetitions() + " of " + seconds() + " s, the work and its limit by turns, after a warm-up");
        about.put("Took", elapsed() + " s");
        about.put(
                "Server",
                "`minventory serve` in a process of its own (Java "
                        + Runtime.version().feature()
                        + "), one token per connection, over the PostgreSQL it brings along with its usual durable settings"
                        + " (shared_buffers " + TUNING.sharedBuffersMegabytes() + " MB; max_connections "
                        + TUNING.maxConnections() + " instead of "
                        + EmbeddedPostgres.Tuning.MODEST.maxConnections() + ", for pgbench)");
        about.put(
                "Load",
                "an HTTP/1.1 client in Java with kept connections, or pgbench -M prepared; either shares the cores with"
                        + " server and database");
        about.put(
                "The same SQL",
                "all statements that the server ran for such a request, the caller's own look-up included, read from"
                        + " PostgreSQL's log and replayed by the program's role with BEGIN, set_config and COMMIT");
        List<String> lines = new ArrayList<>();
        about.forEach((name, what) -> lines.add(name + ": " + what + "."));
        return lines;
    }
}
