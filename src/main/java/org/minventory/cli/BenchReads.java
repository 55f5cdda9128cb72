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
    private static final String DIVERGING = ELEMENTS + "?diverging=true&limit=50";
    private static final int MANY = 64;
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
        List<BenchDatabase.Script> script = script("one", requests);
        BenchLoad.Asking same = (connection, turn) ->
                BenchHttp.get(path(size, (turn + connection) % VARIANTS), size.robot(connection), "");
        return run.against(
                "read one element's knowledge, 64 connections",
                "/s",
                0.5,
                null,
                () -> rate(MANY, 200, same),
                "pgbench, the same SQL",
                () -> database.pgbench(script, MANY, run.seconds()));
    }

    BenchRow list(BenchSize size, int elements, double promised) {
        String path = ELEMENTS + "?limit=" + Math.min(elements, 1000);
        byte[] request = BenchHttp.get(path, size.robot(0), "");
        cast.send(request, 200);
        List<BenchDatabase.Script> script = script("list" + elements, List.of(() -> cast.send(request, 200)));
        return run.against(
                "list " + Math.min(elements, size.elements()) + " elements with knowledge, 8 connections",
                "/s",
                promised,
                null,
                () -> rate(8, 200, asking(size, path)),
                "pgbench, the same SQL",
                () -> database.pgbench(script, 8, run.seconds()));
    }

    private List<BenchDatabase.Script> script(String name, List<Runnable> requests) {
        String text = new BenchScript(database).reading(recorder.record(requests));
        return List.of(database.script(name, text, Map.of()));
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
        byte[] health = BenchHttp.get("/health/ready", null, "");
        return run.against(
                "unchanged poll (If-None-Match) of the " + name + ", " + MANY + " connections",
                "/s",
                0.8,
                null,
                () -> rate(MANY, 304, (connection, turn) -> known.get(connection % known.size())),
                "`/health/ready`, which runs a SELECT 1 and asks for no token",
                () -> rate(MANY, 200, (connection, turn) -> health));
    }

    // ---- by size

    private Map<String, BenchLoad.Asking> works(BenchSize size) {
        boolean inbox = cast.send(BenchHttp.get(INBOX, size.robot(0), "")).status() == 200;
        String then = WallClock.MICROSECONDS.instant().toString();
        Map<String, BenchLoad.Asking> works = new LinkedHashMap<>();
        works.put("read one element", oneByOne(size));
        works.put("list 50 elements", asking(size, ELEMENTS + "?limit=50"));
        works.put("search (q=web-00001, limit 50)", asking(size, ELEMENTS + "?limit=50&q=web-00001"));
        works.put(
                "one element as of a moment of the past",
                (connection, turn) -> BenchHttp.get(
                        path(size, turn * FEW + connection) + "?asOf=" + then, size.robot(connection), ""));
        works.put(
                inbox ? "divergence inbox" : "diverging elements (there is no route of divergences yet)",
                asking(size, inbox ? INBOX : DIVERGING));
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
        Map<String, BenchSpread> measured = new LinkedHashMap<>();
        works(size).forEach((work, asking) -> {
            int status = work.startsWith("one testimony") ? 201 : 200;
            BenchLoad.run(cast.server().port(), FEW, run.seconds(), status, asking);
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
