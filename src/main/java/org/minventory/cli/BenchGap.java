package org.minventory.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * Whether the time of a refusal betrays that what was asked for exists with another customer: what is hidden and what
 * was never there are asked for by turns, on one connection.
 */
final class BenchGap {
    private static final String ELEMENTS = "/api/v1/elements";
    private static final int STRANGERS = 16;
    private static final double PERCENT_PROMISED = 5;

    private final BenchRun run;
    private final BenchCast cast;

    BenchGap(BenchRun run, BenchCast cast) {
        this.run = run;
        this.cast = cast;
    }

    /** The row, for elements of a customer that somebody of another one asks for. */
    BenchRow row(BenchSize size) {
        List<String> strangers = cast.customer("strangers", STRANGERS);
        List<UUID> hidden = ids(size);
        List<UUID> unknown = unlike(hidden);
        List<UUID> alsoUnknown = unlike(hidden);
        inTurn(strangers, run.warmUp() / 2, List.of(hidden, unknown, alsoUnknown));
        List<Double> gaps = new ArrayList<>();
        List<Double> floor = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        for (int i = 0; i < run.repetitions(); i++) {
            double[] median = inTurn(strangers, run.seconds(), List.of(hidden, unknown, alsoUnknown));
            gaps.add(100 * (median[0] / median[1] - 1));
            floor.add(100 * (median[2] / median[1] - 1));
            millis.add(median[0]);
        }
        return judged(BenchSpread.of(millis), BenchSpread.of(gaps), BenchSpread.of(floor));
    }

    /** Where two unknown ones are as far apart, the machine was not quiet enough to tell. */
    private static BenchRow judged(BenchSpread millis, BenchSpread gap, BenchSpread floor) {
        String work = "404 of an element that is hidden, beside one that is unknown, 1 connection";
        String promise = "< " + BenchSpread.number(PERCENT_PROMISED) + " %";
        String noise = "two unknown ones: gap " + floor.in("%");
        if (Math.abs(floor.median()) >= PERCENT_PROMISED) return BenchRow.notMeasured(work, promise, noise);
        return BenchRow.judged(
                work,
                millis.in("ms") + ", gap " + gap.in("%"),
                noise,
                promise,
                String.format(Locale.ROOT, "%+.1f %%", gap.median()),
                Math.abs(gap.median()) < PERCENT_PROMISED);
    }

    private List<UUID> ids(BenchSize size) {
        byte[] body = cast.send(BenchHttp.get(ELEMENTS + "?limit=50", size.robot(0), ""), 200)
                .body();
        List<UUID> ids = new ArrayList<>();
        for (JsonNode item : Json.ours(Objects.requireNonNull(body)).path("items"))
            ids.add(UUID.fromString(item.path("id").stringValue()));
        return ids;
    }

    /** Ids of the same moment, so that an index is searched in the same place. */
    private static List<UUID> unlike(List<UUID> ids) {
        return ids.stream()
                .map(id ->
                        new UUID(id.getMostSignificantBits(), UUID.randomUUID().getLeastSignificantBits()))
                .toList();
    }

    /** Asks for one of each kind by turns, and gives the median milliseconds of each. */
    private double[] inTurn(List<String> strangers, double seconds, List<List<UUID>> kinds) {
        List<List<Double>> millis = kinds.stream()
                .map(kind -> (List<Double>) new ArrayList<Double>())
                .toList();
        long end = System.nanoTime() + (long) (seconds * 1e9);
        try (BenchHttp http = new BenchHttp(cast.server().port())) {
            for (int turn = 0; System.nanoTime() < end; turn++) {
                String stranger = strangers.get(turn % strangers.size());
                for (int i = 0; i < kinds.size(); i++) {
                    int kind = (i + turn) % kinds.size(); // none is always the first of a turn
                    List<UUID> ids = kinds.get(kind);
                    millis.get(kind).add(refused(http, stranger, ids.get(turn % ids.size())));
                }
            }
        } catch (IOException failed) {
            throw new Unanswered("a request broke off: " + failed, failed);
        }
        return millis.stream().mapToDouble(one -> BenchSpread.of(one).median()).toArray();
    }

    private static double refused(BenchHttp http, String stranger, UUID element) throws IOException {
        byte[] request = BenchHttp.get(ELEMENTS + "/" + element, stranger, "");
        long begun = System.nanoTime();
        BenchHttp.Reply reply = http.send(request, false);
        double millis = (System.nanoTime() - begun) / 1e6;
        if (reply.status() != 404)
            throw new Unanswered("a hidden element was answered " + reply.status(), reply.status());
        return millis;
    }
}
