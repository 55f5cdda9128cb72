package org.minventory.cli;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.minventory.base.Json;
import org.minventory.base.WallClock;

/**
 * How soon is heard what was told: by webhooks and by the stream of events, at a load that is far from the most. Each
 * delay begins at the instant that the record bears, which is before the commit.
 */
final class BenchNotices {
    private static final int EIGHT = 8;
    private static final int ELEMENTS = 200;
    private static final int LOADING_SECONDS = 30;
    private static final double PER_SECOND = 200;
    private static final double FEW_PER_SECOND = 4;
    private static final int OTHERS = 49;
    private static final double WEBHOOK_MILLIS = 250;
    private static final double STREAM_MILLIS = 100;
    private static final double BESIDE_MILLIS = 5_000;
    private static final double MEDIAN = 0.5;
    private static final double SLOWEST = 0.99;

    private final BenchRun run;
    private final BenchCast cast;
    private final BenchReceiver receiver;

    BenchNotices(BenchRun run, BenchCast cast, BenchReceiver receiver) {
        this.run = run;
        this.cast = cast;
        this.receiver = receiver;
    }

    /** Both ways at once, at 200 testimonies a second. */
    List<BenchRow> rows() {
        Telling telling = new Telling("heard", EIGHT, PER_SECOND);
        cast.subscribe("heard", receiver.prompt(0));
        BenchDelays streamed = new BenchDelays();
        List<long[]> posts = new ArrayList<>();
        List<long[]> events = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        BenchCores cores = new BenchCores(cast.server());
        try (HttpClient http = HttpClient.newHttpClient()) {
            CompletableFuture<Void> listening = listen(http, streamed);
            telling.during(run.warmUpOfWrites() / 2);
            receiver.delays().taken();
            streamed.taken();
            for (int i = 0; i < run.repetitions(); i++) {
                rates.add(cores.during(() -> telling.during(run.seconds())));
                posts.add(receiver.delays().taken());
                events.add(streamed.taken());
            }
            listening.cancel(true);
            http.shutdownNow();
        }
        String at = ", " + BenchSpread.of(rates).in("testimonies/s");
        return List.of(
                row("commit to webhook received" + at, posts, WEBHOOK_MILLIS).because(cores.tell()),
                row("commit to event of the stream received" + at, events, STREAM_MILLIS)
                        .because(cores.tell()));
    }

    private static BenchRow row(String work, List<long[]> runs, double promised) {
        BenchSpread slowest = BenchDelays.spread(runs, SLOWEST);
        return BenchRow.judged(
                work,
                both(runs),
                "–",
                "p99 ≤ " + BenchSpread.number(promised) + " ms",
                "p99 " + BenchSpread.number(slowest.median()) + " ms",
                slowest.median() <= promised);
    }

    private static String both(List<long[]> runs) {
        return "p50 " + BenchDelays.spread(runs, MEDIAN).in("ms") + ", p99 "
                + BenchDelays.spread(runs, SLOWEST).in("ms");
    }

    private CompletableFuture<Void> listen(HttpClient http, BenchDelays delays) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(cast.server().url() + "/api/v1/events?notices=testimony.recorded"))
                .header("Authorization", "Bearer " + cast.ops())
                .build();
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofLines())
                .thenAccept(answer -> hear(answer.body(), delays));
    }

    private static void hear(Stream<String> lines, BenchDelays delays) {
        lines.filter(line -> line.startsWith("data: ")).forEach(line -> {
            Instant now = WallClock.MICROSECONDS.instant();
            String at = Json.MAPPER.readTree(line.substring(6)).path("at").asString("");
            if (!at.isEmpty()) delays.add(Duration.between(Instant.parse(at), now));
        });
    }

    /** What one receiver that never answers costs 49 others, of whom each hears all. */
    BenchRow tarpit() {
        Telling telling = new Telling("crowded", 1, FEW_PER_SECOND);
        for (int one = 0; one < OTHERS; one++) cast.subscribe("crowded", receiver.prompt(one));
        telling.during(run.warmUp());
        receiver.delays().taken();
        List<long[]> alone = measured(telling);
        cast.subscribe("crowded", receiver.never());
        telling.during(run.warmUp());
        receiver.delays().taken();
        List<long[]> beside = measured(telling);
        double slowest = BenchDelays.spread(beside, SLOWEST).median();
        return BenchRow.judged(
                "commit to webhook, 49 receivers beside one that never answers, "
                        + BenchSpread.number(FEW_PER_SECOND * OTHERS) + " messages/s",
                both(beside),
                "without it: " + both(alone),
                "p99 ≤ " + BenchSpread.number(BESIDE_MILLIS) + " ms",
                "p99 " + BenchSpread.number(slowest) + " ms",
                slowest <= BESIDE_MILLIS);
    }

    private List<long[]> measured(Telling telling) {
        List<long[]> runs = new ArrayList<>();
        for (int i = 0; i < run.repetitions(); i++) {
            telling.during(run.seconds());
            runs.add(receiver.delays().taken());
        }
        return runs;
    }

    /** A customer whose robots tell so many testimonies a second between them, each on an element of its own. */
    private final class Telling {
        private final String customer;
        private final List<String> robots;
        private final double perSecond;
        private final AtomicIntegerArray told;

        Telling(String customer, int connections, double perSecond) {
            this.customer = customer;
            this.perSecond = perSecond;
            this.robots = cast.customer(customer, connections);
            this.told = new AtomicIntegerArray(connections);
            cast.load(customer, robots.getFirst(), ELEMENTS, LOADING_SECONDS);
        }

        /** Testimonies a second that were told. */
        double during(double seconds) {
            long begun = System.nanoTime();
            return BenchLoad.run(cast.server().port(), robots.size(), seconds, 201, (connection, turn) -> {
                        await(begun, turn);
                        return next(connection);
                    })
                    .orThrow()
                    .perSecond();
        }

        private byte[] next(int connection) {
            int number = told.getAndIncrement(connection);
            int element = (number * robots.size() + connection) % ELEMENTS;
            return BenchCast.telling(robots.get(connection), BenchCast.survey(customer, element, 1 + number));
        }

        private void await(long begun, int turn) {
            long due = begun + (long) (turn * 1e9 * robots.size() / perSecond);
            try {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new Unanswered("The bench was stopped.", stopped);
            }
        }
    }
}
