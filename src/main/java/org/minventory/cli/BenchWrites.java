package org.minventory.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.minventory.cli.BenchRecorder.Statement;
import tools.jackson.databind.node.ObjectNode;

/** What is told: one testimony, many writers, many testimonies at once. */
final class BenchWrites {
    private static final int EIGHT = 8;
    private static final int WRITERS = 32;
    private static final int BATCH = 1_000;
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
        List<BenchDatabase.Script> scripts = twins(cast.small("twin-", EIGHT));
        byte[][][] turns = turns(http);
        BenchLoad.Asking asking = (connection, turn) -> turns[connection][turn % 2];
        BenchLoad.run(cast.server().port(), EIGHT, run.seconds(), 201, asking);
        return run.against(
                "one testimony with 10 changed facts (POST, durable), 8 connections on 8 customers",
                "/s",
                0.5,
                800.0,
                () -> BenchLoad.run(cast.server().port(), EIGHT, run.seconds(), 201, asking)
                        .orThrow()
                        .perSecond(),
                "pgbench, the same statements",
                () -> 2 * database.pgbench(freshly(scripts), 1, run.seconds()));
    }

    /** Each customer's two turns, which change all ten facts there and back. */
    private static byte[][][] turns(Map<String, String> tokens) {
        return tokens.entrySet().stream()
                .map(one -> new byte[][] {turn(one, 1), turn(one, 2)})
                .toArray(byte[][][]::new);
    }

    private static byte[] turn(Map.Entry<String, String> customer, int turn) {
        return BenchCast.telling(customer.getValue(), BenchCast.survey(customer.getKey(), 0, turn));
    }

    /** A script per customer, of what its writer's statements were. */
    private List<BenchDatabase.Script> twins(Map<String, String> tokens) {
        List<Runnable> requests = new ArrayList<>();
        for (byte[][] turns : turns(tokens)) {
            for (byte[] turn : turns) cast.send(turn, 201);
            for (int i = 0; i < 4; i++) {
                byte[] turn = turns[i % 2];
                requests.add(() -> cast.send(turn, 201));
            }
        }
        List<List<Statement>> recorded = recorder.record(requests);
        BenchScript writer = new BenchScript(database);
        List<BenchDatabase.Script> scripts = new ArrayList<>();
        for (int i = 0; i < recorded.size(); i += 4) {
            String text = writer.writing(
                    List.of(recorded.get(i), recorded.get(i + 2)), List.of(recorded.get(i + 1), recorded.get(i + 3)));
            scripts.add(database.script("twin-" + i / 4, text, Map.of()));
        }
        return scripts;
    }

    /** Each run counts from another number, so that none meets what another wrote. */
    private List<BenchDatabase.Script> freshly(List<BenchDatabase.Script> scripts) {
        String from = Integer.toString(pgbenchRuns.getAndIncrement() * RUN_APART);
        return scripts.stream()
                .map(script -> new BenchDatabase.Script(script.file(), Map.of("n", from)))
                .toList();
    }

    // ---- many writers

    /** @param how added to the name of the work */
    BenchRow crowd(BenchCast before, String how) {
        int port = before.server().port();
        List<String> robots = before.customer("crowd", WRITERS);
        before.load("crowd", robots.getFirst(), WRITERS, Integer.MAX_VALUE >> 8);
        byte[][][] together = new byte[WRITERS][2][];
        for (int i = 0; i < WRITERS; i++)
            for (int turn = 0; turn < 2; turn++)
                together[i][turn] = BenchCast.telling(robots.get(i), BenchCast.survey("crowd", i, 1 + turn));
        byte[][][] apart = turns(before.small("many-", WRITERS));
        BenchLoad.run(port, WRITERS, run.seconds(), 201, (connection, turn) -> together[connection][turn % 2]);
        BenchLoad.run(port, WRITERS, run.seconds(), 201, (connection, turn) -> apart[connection][turn % 2]);
        List<Double> slowest = new ArrayList<>();
        BenchRow row = run.against(
                "32 writers on one customer" + how,
                "/s",
                0.8,
                null,
                () -> {
                    BenchLoad.Yield yield = BenchLoad.run(
                                    port,
                                    WRITERS,
                                    run.seconds(),
                                    201,
                                    (connection, turn) -> together[connection][turn % 2])
                            .orThrow();
                    slowest.add(yield.p(0.99));
                    return yield.perSecond();
                },
                "32 writers on 32 customers",
                () -> BenchLoad.run(
                                port, WRITERS, run.seconds(), 201, (connection, turn) -> apart[connection][turn % 2])
                        .orThrow()
                        .perSecond());
        BenchSpread p99 = BenchSpread.of(slowest);
        boolean kept = row.verdict() == BenchRow.Verdict.KEPT && p99.median() <= 50;
        return BenchRow.judged(
                row.work(),
                row.ours() + ", p99 " + p99.in("ms"),
                row.limit(),
                row.promise() + ", p99 ≤ 50 ms",
                row.measured() + ", p99 " + BenchSpread.number(p99.median()) + " ms",
                kept);
    }

    // ---- batches

    List<BenchRow> batches(BenchSize size) {
        int many = Math.min(BATCH, size.elements());
        String robot = size.robots().getFirst();
        List<Double> changed = new ArrayList<>();
        List<Double> unchanged = new ArrayList<>();
        List<Double> copied = new ArrayList<>();
        long rows = 0;
        prepareBareTables();
        for (int i = 0; i <= run.repetitions(); i++) {
            List<ObjectNode> batch = new ArrayList<>();
            for (int number = 0; number < many; number++)
                batch.add(BenchCast.survey(size.customer(), number, 2_000 + i));
            String before = database.ask("select coalesce(max(xmin::text::bigint), 0) from testimony");
            double millis = cast.tellAll(robot, batch);
            Copied copy = copy(Long.parseLong(before));
            double again = cast.tellAll(robot, batch);
            if (i == 0) continue; // the first is the warm-up
            rows = copy.rows();
            changed.add(many * 1000 / millis);
            copied.add(many * 1000 / copy.millis());
            unchanged.add(many * 1000 / again);
        }
        BenchSpread ours = BenchSpread.of(changed);
        BenchSpread limit = BenchSpread.of(copied);
        BenchSpread same = BenchSpread.of(unchanged);
        String beside = "COPY of the same " + rows + " rows into bare tables: " + limit.in("/s");
        double ratio = ours.median() / limit.median();
        return List.of(
                BenchRow.judged(
                        "batch of " + many + " testimonies, 10 changed facts each",
                        ours.in("/s"),
                        beside,
                        "≥ 0.25 ×, ≥ 4,000/s",
                        String.format(Locale.ROOT, "%.2f ×", ratio),
                        ratio >= 0.25 && ours.median() >= 4_000),
                BenchRow.judged(
                        "batch of " + many + " testimonies that change nothing",
                        same.in("/s"),
                        beside,
                        "≥ 30,000/s",
                        BenchSpread.number(same.median()) + "/s",
                        same.median() >= 30_000));
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
