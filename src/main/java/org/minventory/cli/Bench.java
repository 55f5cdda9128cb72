package org.minventory.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.minventory.base.EmbeddedPostgres;

/** All that is measured, in order, from an empty folder to the last line of the table. */
final class Bench {
    /** As anybody's, but for pgbench, which needs connections of its own beside the pool's. */
    static final EmbeddedPostgres.Tuning TUNING =
            new EmbeddedPostgres.Tuning(EmbeddedPostgres.Tuning.MODEST.sharedBuffersMegabytes(), 120, true);

    private static final int ANSIBLE_SMALLEST = 1_000;
    private static final int MANY_ROBOTS = 64;

    private final BenchRun run;
    private final List<Integer> sizes;
    private final Map<String, String> environment;
    private final Stay stay;
    private final Path folder;
    private final BenchDatabase database;
    private final BenchCast cast;
    private final BenchReads reads;
    private final BenchWrites writes;
    private final BenchNotices notices;
    private final BenchInventory inventory;
    private final BenchRuns runs;
    private final BenchExports exports;

    private Bench(
            BenchRun run,
            List<Integer> sizes,
            Session session,
            Path folder,
            BenchDatabase database,
            BenchCast cast,
            BenchReceiver receiver,
            BenchRecorder recorder) {
        this.run = run;
        this.sizes = sizes;
        this.environment = session.environment();
        this.stay = session.stay();
        this.folder = folder;
        this.database = database;
        this.cast = cast;
        this.reads = new BenchReads(run, cast, database, recorder);
        this.writes = new BenchWrites(run, cast, database, recorder);
        this.notices = new BenchNotices(run, cast, receiver);
        this.inventory = new BenchInventory(run, cast, folder, environment);
        this.runs = new BenchRuns(run, cast, folder, environment);
        this.exports = new BenchExports(run, cast, folder, environment);
    }

    /** Starts a database and a server for it, which end with the session. */
    static Bench open(BenchRun run, List<Integer> sizes, Session session, BenchFolder its) {
        Stay stay = session.stay();
        Path folder = its.path();
        EmbeddedPostgres postgres = stay.open(() -> EmbeddedPostgres.start(folder.resolve("data"), folder, TUNING));
        BenchDatabase database = new BenchDatabase(postgres, folder, session.environment());
        String program = postgres.app().user();
        BenchRecorder.prepare(database, program); // sessions learn it when they begin
        BenchReceiver receiver = stay.open(BenchReceiver::open);
        BenchServer server = stay.open(() -> BenchServer.over(postgres, folder, receiver.options()));
        stay.open(() -> waking(Thread.currentThread()));
        Path log = folder.resolve("data").resolve("pg18.log");
        return new Bench(
                run,
                sizes,
                session,
                folder,
                database,
                BenchCast.bringIn(server),
                receiver,
                new BenchRecorder(database, log, program));
    }

    /** At the end the one who measures may be waiting for pgbench or another program: woken, it ends that first. */
    private static AutoCloseable waking(Thread measuring) {
        return () -> {
            if (Thread.currentThread() != measuring) measuring.interrupt();
        };
    }

    /** Measures all of it. */
    void measure() {
        int first = sizes.getFirst();
        if (first > ANSIBLE_SMALLEST) ansibleAlone(ANSIBLE_SMALLEST);
        load(first, MANY_ROBOTS).ifPresent(this::measure);
        BenchStart start = new BenchStart(run, stay, folder, environment);
        run.steps("start and idle memory", start::warm);
        run.step("32 writers on one customer, fdatasync slowed by 1.5 ms", start::slowDisk);
    }

    private void measure(BenchSize small) {
        besideTheLimits(small);
        BenchSize largest = small;
        for (int size : sizes.subList(1, sizes.size()))
            largest = grow(small, size).orElse(largest);
        BenchSize exported = largest;
        run.step("extra heap of the Ansible inventory", () -> inventory.heap(exported));
    }

    private void besideTheLimits(BenchSize size) {
        run.mention("warming up");
        reads.warm(size, run.warmUp());
        run.step("read one element's knowledge, 64 connections", () -> reads.one(size));
        run.step("list 50 elements with knowledge", () -> reads.list(size, 50, 0.6));
        run.step("list 1000 elements with knowledge", () -> reads.list(size, 1000, 0.8));
        run.steps("unchanged poll", () -> reads.polls(size));
        run.step("timing gap of what is hidden", () -> new BenchGap(run, cast).row(size));
        run.step("one testimony with 10 facts, 8 connections", writes::one);
        run.steps("batch of 1000 testimonies", () -> writes.batches(size));
        run.step("32 writers on one customer", writes::crowd);
        run.steps("200 testimonies a second heard by webhook and stream", notices::rows);
        run.step("webhooks beside a receiver that never answers", notices::tarpit);
        ansible(size);
        run.step("run of a playbook over " + size.elements() + " hosts", () -> runs.row(size));
    }

    private void ansible(BenchSize size) {
        run.step("Ansible inventory of " + size.elements() + " hosts", () -> inventory.ansible(size));
        run.steps("exports of " + size.elements() + " elements", () -> exports.rows(size));
    }

    private void ansibleAlone(int elements) {
        load(elements, 1).ifPresent(this::ansible);
    }

    /** A larger size beside the first, which the same server is asked for just before. */
    private Optional<BenchSize> grow(BenchSize small, int elements) {
        var before = run.attempt("the same works at " + small.elements() + " elements", () -> reads.bySize(small));
        Optional<BenchSize> loaded = load(elements, MANY_ROBOTS);
        loaded.ifPresent(large -> {
            before.ifPresent(then -> run.steps(
                    "the same works at " + large.elements() + " elements", () -> reads.compare(small, then, large)));
            ansible(large);
        });
        return loaded;
    }

    /** Loads a customer of its own with so many elements. */
    private Optional<BenchSize> load(int elements, int robots) {
        return run.attempt("load " + elements + " elements", () -> {
            BenchDisk before = BenchDisk.of(database);
            String customer = "all-" + elements;
            List<String> tokens = cast.customer(customer, robots);
            BenchCast.Loaded loaded = cast.load(customer, tokens.getFirst(), elements, run.loading());
            database.ask("analyze;");
            tell(elements, loaded, before);
            return new BenchSize(customer, loaded.elements(), tokens);
        });
    }

    private void tell(int elements, BenchCast.Loaded loaded, BenchDisk before) {
        boolean whole = loaded.elements() == elements;
        run.table()
                .add(BenchRow.told(
                        "load " + elements + " elements, a wish and a survey of 10 facts each, by NDJSON",
                        BenchSpread.number(loaded.perSecond()) + " testimonies/s"
                                + (whole ? "" : "; stopped at " + loaded.elements() + " elements, for time"),
                        "–",
                        "–"));
        if (elements == sizes.getLast()) BenchDisk.of(database).since(before).tell(run.table(), loaded.elements());
    }
}
