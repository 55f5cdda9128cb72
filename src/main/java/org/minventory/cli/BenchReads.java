package org.minventory.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.minventory.base.WallClock;

/** What is read: one, many, and again without news. */
final class BenchReads {
    private static final String ELEMENTS = "/api/v1/elements";
    private static final String INBOX = "/api/v1/divergences?limit=50";
    private static final int MANY = 64;
    private static final int EIGHT = 8;
    private static final int FEW = 4;
    private static final int VARIANTS = 16;
    private static final int STRIDE = 7_919;
    private static final double AS_QUICK = 1.5;

    private final BenchRun run;
    private final BenchCast cast;
    private final BenchDatabase database;
    private final BenchRecorder recorder;
    private final AtomicInteger told = new AtomicInteger();

    BenchReads(BenchRun run, BenchCast cast, BenchDatabase database, BenchRecorder recorder) {
        this.run = run;
        this.cast = cast;
        this.database = database;
        this.recorder = recorder;
    }

    private static String path(BenchSize size, int number) {
        return ELEMENTS + "/" + BenchCast.name((int) ((long) number * STRIDE % size.elements()));
    }

    private BenchLoad.Yield load(int connections, double seconds, int status, BenchLoad.Asking asking) {
        return BenchLoad.run(cast.server().port(), connections, seconds, status, asking)
                .orThrow();
    }

    private double rate(int connections, int status, BenchLoad.Asking asking) {
        return load(connections, run.seconds(), status, asking).perSecond();
    }

    private static BenchLoad.Asking asking(BenchSize size, String path) {
        List<byte[]> requests = size.robots().stream()
                .map(robot -> BenchHttp.get(path, robot, ""))
                .toList();
        return (connection, turn) -> requests.get(connection % requests.size());
    }

    private static BenchLoad.Asking oneByOne(BenchSize size) {
        return (connection, turn) -> BenchHttp.get(path(size, turn * MANY + connection), size.robot(connection), "");
    }

    /** Lets the compiler of the JVM see what is to come. */
    void warm(BenchSize size, double seconds) {
        BenchLoad.run(cast.server().port(), MANY, seconds, 200, oneByOne(size));
        BenchLoad.run(cast.server().port(), FEW, seconds / 2, 200, asking(size, ELEMENTS + "?limit=1000"));
    }

    // ---- beside pgbench

    BenchRow one(BenchSize size) {
        List<Runnable> requests = new ArrayList<>();
        for (int i = 0; i < VARIANTS; i++) {
            byte[] request = BenchHttp.get(path(size, i), size.robot(0), "");
            cast.send(request, 200);
            requests.add(() -> cast.send(request, 200));
        }
        Replay script = replay("one", requests);
        BenchLoad.Asking same = (connection, turn) ->
                BenchHttp.get(path(size, (turn + connection) % VARIANTS), size.robot(connection), "");
        return run.against(
                cast.server(),
                "read one element's knowledge, 64 connections",
                0.5,
                null,
                () -> rate(MANY, 200, same),
                script.limit(),
                () -> database.pgbench(List.of(script.file()), MANY, run.pgbenchSeconds())
                        .perSecond());
    }

    BenchRow list(BenchSize size, int elements, double promised) {
        int listed = Math.min(elements, size.elements());
        String path = ELEMENTS + "?limit=" + listed;
        byte[] request = BenchHttp.get(path, size.robot(0), "");
        double kilobytes = cast.send(request, 200).bytes() / 1e3;
        BenchLoad.run(cast.server().port(), EIGHT, run.warmUp(), 200, asking(size, path));
        Replay script = replay("list" + elements, List.of(() -> cast.send(request, 200)));
        return run.against(
                cast.server(),
                "list " + listed + " elements with knowledge (" + BenchSpread.number(kilobytes) + " kB), 8 connections",
                promised,
                null,
                () -> rate(EIGHT, 200, asking(size, path)),
                script.limit(),
                () -> database.pgbench(List.of(script.file()), EIGHT, run.pgbenchSeconds())
                        .perSecond());
    }

    private record Replay(BenchDatabase.Script file, int statements) {
        String limit() {
            return "pgbench, the same SQL (" + statements + " statements)";
        }
    }

    private Replay replay(String name, List<Runnable> requests) {
        recorder.record(requests); // what a connection looks up or notes once is not of the work
        List<List<BenchRecorder.Statement>> recorded = recorder.record(requests);
        String text = new BenchScript(database).reading(recorded);
        return new Replay(
                database.script(name, text, Map.of()), recorded.getFirst().size());
    }

    // ---- without news

    List<BenchRow> polls(BenchSize size) {
        return List.of(
                poll(size, "Ansible inventory", "/integrations/ansible/inventory"),
                poll(size, "elements", ELEMENTS + "?limit=50"));
    }

    private BenchRow poll(BenchSize size, String name, String path) {
        String etag = Objects.requireNonNullElse(
                cast.send(BenchHttp.get(path, size.robot(0), ""), 200).etag(), "");
        List<byte[]> known = size.robots().stream()
                .map(robot -> BenchHttp.get(path, robot, "If-None-Match: " + etag + "\r\n"))
                .toList();
        BenchLoad.run(
                cast.server().port(),
                MANY,
                run.warmUp() / 2,
                304,
                (connection, turn) -> known.get(connection % known.size()));
        byte[] health = BenchHttp.get("/health/ready", null, "");
        return run.against(
                cast.server(),
                "unchanged poll (If-None-Match) of the " + name + ", " + MANY + " connections",
                0.8,
                null,
                () -> rate(MANY, 304, (connection, turn) -> known.get(connection % known.size())),
                "`/health/ready`, a SELECT 1 without a token",
                () -> rate(MANY, 200, (connection, turn) -> health));
    }

    // ---- by size

    private Map<String, BenchLoad.Asking> works(BenchSize size) {
        String then = WallClock.MICROSECONDS.instant().toString();
        Map<String, BenchLoad.Asking> works = new LinkedHashMap<>();
        works.put("read one element", oneByOne(size));
        works.put("list 50 elements", asking(size, ELEMENTS + "?limit=50"));
        works.put("search (q=web-00001, limit 50)", asking(size, ELEMENTS + "?limit=50&q=web-00001"));
        works.put(
                "one element as of a moment of the past",
                (connection, turn) -> BenchHttp.get(
                        path(size, turn * FEW + connection) + "?asOf=" + then, size.robot(connection), ""));
        works.put("divergence inbox (limit 50)", asking(size, INBOX));
        works.put("one testimony with 10 facts", (connection, turn) -> {
            int number = told.incrementAndGet();
            int element = (int) ((long) number * STRIDE % size.elements());
            return BenchCast.telling(
                    size.robot(connection), BenchCast.survey(size.customer(), element, 1 + number % 997));
        });
        return works;
    }

    /** Milliseconds of each work at one size. */
    Map<String, BenchSpread> bySize(BenchSize size) {
        // what other works left on the heap would slow down whichever size comes first
        BenchMemory.liveHeap(cast.server().handle().pid(), database.folder());
        Map<String, BenchSpread> measured = new LinkedHashMap<>();
        works(size).forEach((work, asking) -> {
            int status = work.startsWith("one testimony") ? 201 : 200;
            BenchLoad.run(cast.server().port(), FEW, run.warmUp(), status, asking);
            List<Double> millis = new ArrayList<>();
            for (int i = 0; i < run.repetitions(); i++)
                millis.add(load(FEW, run.seconds() / 3.0, status, asking).p(0.5));
            measured.put(work, BenchSpread.of(millis));
        });
        return measured;
    }

    /** The same works, at a larger size, beside what they took at the first. */
    List<BenchRow> compare(BenchSize small, Map<String, BenchSpread> before, BenchSize large) {
        List<BenchRow> rows = new ArrayList<>();
        bySize(large).forEach((work, now) -> {
            BenchSpread then = Objects.requireNonNull(before.get(work));
            double ratio = now.median() / then.median();
            rows.add(BenchRow.judged(
                    work + " at " + large.elements() + " elements, " + FEW + " connections",
                    now.in("ms"),
                    "at " + small.elements() + ": " + then.in("ms"),
                    "≤ " + AS_QUICK + " ×",
                    String.format(Locale.ROOT, "%.2f ×", ratio),
                    ratio <= AS_QUICK));
        });
        return rows;
    }
}
