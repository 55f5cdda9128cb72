package org.minventory.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.minventory.cli.BenchRecorder.Statement;
import tools.jackson.databind.node.ObjectNode;

/** What is told: one testimony, many writers, many testimonies at once. */
final class BenchWrites {
    private static final int EIGHT = 8;
    private static final int WRITERS = 32;
    private static final double MILLIS_PROMISED = 50;
    private static final int LOADING_SECONDS = 60;
    private static final int WARM_UP_BATCHES = 5;
    private static final int BATCH = 1_000;
    private static final int FIRST_TURN = 2_000;
    private static final int RUN_APART = 1_000_000;

    private final BenchRun run;
    private final BenchCast cast;
    private final BenchDatabase database;
    private final BenchRecorder recorder;
    private final AtomicInteger pgbenchRuns = new AtomicInteger();

    BenchWrites(BenchRun run, BenchCast cast, BenchDatabase database, BenchRecorder recorder) {
        this.run = run;
        this.cast = cast;
        this.database = database;
        this.recorder = recorder;
    }

    // ---- one testimony

    BenchRow one() {
        Map<String, String> http = cast.small("post-", EIGHT);
        Twins twins = twins(cast.small("twin-", EIGHT));
        byte[][][] turns = turns(http);
        BenchLoad.Asking asking = byTurns(turns);
        BenchLoad.run(cast.server().port(), EIGHT, run.warmUpOfWrites(), 201, asking);
        return run.against(
                cast.server(),
                "one testimony with 10 changed facts (POST, durable), 8 connections on 8 customers",
                0.5,
                800.0,
                () -> told(cast.server().port(), EIGHT, run, asking).perSecond(),
                "pgbench, the same " + twins.statements() + " statements",
                () -> replay(twins.scripts()));
    }

    /** Each customer's two turns, which change all ten facts there and back. */
    private static byte[][][] turns(Map<String, String> tokens) {
        return tokens.entrySet().stream()
                .map(one -> new byte[][] {turn(one, 1), turn(one, 2)})
                .toArray(byte[][][]::new);
    }

    /** Each connection goes on where it ended the time before: the same words twice would be another work. */
    private static BenchLoad.Asking byTurns(byte[][][] turns) {
        AtomicIntegerArray next = new AtomicIntegerArray(turns.length);
        return (connection, turn) -> turns[connection][next.getAndIncrement(connection) & 1];
    }

    private static byte[] turn(Map.Entry<String, String> customer, int turn) {
        return BenchCast.telling(customer.getValue(), BenchCast.survey(customer.getKey(), 0, turn));
    }

    /** Customers whose writers are pgbench: a script for each, of so many statements for one testimony. */
    private record Twins(List<BenchDatabase.Script> scripts, int statements) {}

    private Twins twins(Map<String, String> tokens) {
        List<Runnable> requests = new ArrayList<>();
        for (byte[][] turns : turns(tokens)) {
            for (byte[] turn : turns) cast.send(turn, 201);
            for (int i = 0; i < 4; i++) {
                byte[] turn = turns[i % 2];
                requests.add(() -> cast.send(turn, 201));
            }
        }
        recorder.record(requests); // what a connection prepares or looks up once is not of the work
        List<List<Statement>> recorded = recorder.record(requests);
        BenchScript writer = new BenchScript(database);
        List<BenchDatabase.Script> scripts = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i += 4) {
            String text = writer.writing(
                    List.of(recorded.get(i), recorded.get(i + 2)), List.of(recorded.get(i + 1), recorded.get(i + 3)));
            scripts.add(database.script("twin-" + i / 4, text, Map.of()));
        }
        return new Twins(scripts, recorded.getFirst().size());
    }

    /** Testimonies a second. A replay that writes less than the server did would be another work. */
    private double replay(List<BenchDatabase.Script> scripts) {
        long before = testimonies();
        BenchDatabase.Replayed replayed = database.pgbench(freshly(scripts), 1, run.pgbenchSeconds());
        long written = testimonies() - before;
        if (written != 2 * replayed.transactions())
            throw new Unanswered(
                    "pgbench wrote " + written + " testimonies in " + replayed.transactions() + " × 2", null);
        return 2 * replayed.perSecond();
    }

    private long testimonies() {
        return Long.parseLong(database.ask("select count(*) from testimony"));
    }

    /** Each run counts from another number, so that none meets what another wrote. */
    private List<BenchDatabase.Script> freshly(List<BenchDatabase.Script> scripts) {
        String from = Integer.toString(pgbenchRuns.getAndIncrement() * RUN_APART);
        return scripts.stream()
                .map(script -> new BenchDatabase.Script(script.file(), Map.of("n", from)))
                .toList();
    }

    // ---- many writers

    /** Writers on one customer beside as many on as many, each on an element of its own. */
    BenchRow crowd() {
        return crowd(cast, run, "");
    }

    /** The same before any server; {@code how} is added to the name of the work. */
    static BenchRow crowd(BenchCast cast, BenchRun run, String how) {
        BenchLoad.Asking one = byTurns(elements(cast));
        BenchLoad.Asking many = byTurns(turns(cast.small("many-", WRITERS)));
        int port = cast.server().port();
        BenchLoad.run(port, WRITERS, run.warmUpOfWrites(), 201, one);
        BenchLoad.run(port, WRITERS, run.warmUp(), 201, many);
        List<Double> slowest = new ArrayList<>();
        BenchRow row = run.against(
                cast.server(),
                "32 writers on one customer" + how,
                0.8,
                null,
                () -> {
                    BenchLoad.Yield yield = told(port, WRITERS, run, one);
                    slowest.add(yield.p(0.99));
                    return yield.perSecond();
                },
                "32 writers on 32 customers",
                () -> told(port, WRITERS, run, many).perSecond());
        BenchSpread p99 = BenchSpread.of(slowest);
        boolean kept = row.verdict() == BenchRow.Verdict.KEPT && p99.median() <= MILLIS_PROMISED;
        return BenchRow.judged(
                        row.work(),
                        row.ours() + ", p99 " + p99.in("ms"),
                        row.limit(),
                        row.promise() + ", p99 ≤ 50 ms",
                        row.measured() + ", p99 " + BenchSpread.number(p99.median()) + " ms",
                        kept)
                .because(row.why());
    }

    /** The two turns of each writer, all of one customer. */
    private static byte[][][] elements(BenchCast cast) {
        List<String> robots = cast.customer("crowd", WRITERS);
        cast.load("crowd", robots.getFirst(), WRITERS, LOADING_SECONDS);
        byte[][][] turns = new byte[WRITERS][2][];
        for (int writer = 0; writer < WRITERS; writer++)
            for (int turn = 0; turn < 2; turn++)
                turns[writer][turn] =
                        BenchCast.telling(robots.get(writer), BenchCast.survey("crowd", writer, 1 + turn));
        return turns;
    }

    private static BenchLoad.Yield told(int port, int connections, BenchRun run, BenchLoad.Asking asking) {
        return BenchLoad.run(port, connections, run.seconds(), 201, asking).orThrow();
    }

    // ---- batches

    List<BenchRow> batches(BenchSize size) {
        int many = Math.min(BATCH, size.elements());
        String robot = size.robots().getFirst();
        List<Double> changed = new ArrayList<>();
        List<Double> unchanged = new ArrayList<>();
        List<Double> copied = new ArrayList<>();
        BenchCores changing = new BenchCores(cast.server());
        BenchCores confirming = new BenchCores(cast.server());
        long rows = 0;
        prepareBareTables();
        for (int i = 0; i < WARM_UP_BATCHES + run.repetitions(); i++) {
            List<ObjectNode> batch = batch(size, many, FIRST_TURN + i);
            String before = database.ask("select coalesce(max(xmin::text::bigint), 0) from testimony");
            double millis = changing.during(() -> cast.tellAll(robot, batch));
            Copied copy = copy(Long.parseLong(before));
            double again = confirming.during(() -> cast.tellAll(robot, batch));
            if (i < WARM_UP_BATCHES) continue;
            rows = copy.rows();
            changed.add(many * 1000 / millis);
            copied.add(many * 1000 / copy.millis());
            unchanged.add(many * 1000 / again);
        }
        String beside = "COPY of the same " + rows + " rows into bare tables: "
                + BenchSpread.of(copied).in("/s");
        double ratio = BenchSpread.of(changed).median() / BenchSpread.of(copied).median();
        return List.of(
                changed(many, BenchSpread.of(changed), beside, ratio).because(changing.tell()),
                unchanged(many, BenchSpread.of(unchanged), beside).because(confirming.tell()));
    }

    private static List<ObjectNode> batch(BenchSize size, int many, int turn) {
        List<ObjectNode> batch = new ArrayList<>();
        for (int number = 0; number < many; number++) batch.add(BenchCast.survey(size.customer(), number, turn));
        return batch;
    }

    private static BenchRow changed(int many, BenchSpread ours, String beside, double ratio) {
        return BenchRow.judged(
                "batch of " + many + " testimonies, 10 changed facts each",
                ours.in("/s"),
                beside,
                "≥ 0.25 ×, ≥ 4,000/s",
                String.format(Locale.ROOT, "%.2f ×", ratio),
                ratio >= 0.25 && ours.median() >= 4_000);
    }

    private static BenchRow unchanged(int many, BenchSpread ours, String beside) {
        return BenchRow.judged(
                "batch of " + many + " testimonies that change nothing",
                ours.in("/s"),
                beside,
                "≥ 30,000/s",
                BenchSpread.number(ours.median()) + "/s",
                ours.median() >= 30_000);
    }

    private void prepareBareTables() {
        database.ask("""
                create schema bare;
                do $$
                declare one text;
                begin
                    for one in select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace loop
                        execute format('create table bare.%I (like public.%I)', one, one);
                    end loop;
                end $$;""");
    }

    private record Copied(double millis, long rows) {}

    /** Takes the rows of the last batch out by their transactions, and copies them, durably, into tables without anything. */
    private Copied copy(long before) {
        String found = database.ask("""
                select c.relname from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'customer_id'
                where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relrowsecurity order by 1""");
        StringBuilder out = new StringBuilder();
        StringBuilder in = new StringBuilder();
        long rows = 0;
        for (String one : found.lines().toList()) {
            String mine = " from public." + one + " where xmin::text::bigint > " + before;
            long count = Long.parseLong(database.ask("select count(*)" + mine));
            if (count == 0) continue;
            rows += count;
            String file = "'||quote_literal(current_setting('data_directory')||'/bench-" + one + ".copy')";
            out.append("select 'copy (select *")
                    .append(mine.replace("'", "''"))
                    .append(") to ")
                    .append(file)
                    .append(" \\gexec\n");
            in.append("select 'copy bare.")
                    .append(one)
                    .append(" from ")
                    .append(file)
                    .append(" \\gexec\n");
            in.insert(0, "truncate bare." + one + ";\n");
        }
        database.ask(out.toString());
        int truncates = in.lastIndexOf("truncate");
        int begin = truncates < 0 ? 0 : in.indexOf("\n", truncates) + 1;
        in.insert(begin, "checkpoint;\nselect extract(epoch from clock_timestamp());\nbegin;\n");
        in.append("commit;\nselect extract(epoch from clock_timestamp());\n");
        List<String> told = Arrays.asList(database.ask(in.toString()).split("\\s+"));
        return new Copied((Double.parseDouble(told.getLast()) - Double.parseDouble(told.getFirst())) * 1000, rows);
    }
}
