package org.minventory.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;

/** One run: how long and how often each work is measured, and the table that comes of it. */
final class BenchRun {
    private final Session session;
    private final boolean quick;
    private final BenchTable table = new BenchTable();
    private final long begun = System.nanoTime();

    BenchRun(Session session, boolean quick) {
        this.session = session;
        this.quick = quick;
    }

    // ---- how long and how often

    int repetitions() {
        return quick ? 2 : 3;
    }

    double seconds() {
        return quick ? 1 : 3;
    }

    /** pgbench knows whole seconds alone. */
    int pgbenchSeconds() {
        return quick ? 1 : 3;
    }

    double warmUp() {
        return quick ? 1.5 : 4;
    }

    /** What writes is more, and compiled later: a server that runs for months is measured, not its first seconds. */
    double warmUpOfWrites() {
        return quick ? 1.5 : 24;
    }

    int elapsed() {
        return (int) ((System.nanoTime() - begun) / 1_000_000_000L);
    }

    /** Seconds that loading may take: what is left, less what the works after it need. */
    int loading() {
        return Math.max(5, patience() - elapsed() - (quick ? 60 : 210));
    }

    private int patience() {
        return quick ? 170 : 590;
    }

    private boolean isLate() {
        return elapsed() > patience();
    }

    // ---- one work after the other

    BenchTable table() {
        return table;
    }

    /** One line of the table. */
    void step(String work, Supplier<BenchRow> measuring) {
        attempt(work, measuring).ifPresent(table::add);
    }

    /** Some lines of the table. */
    void steps(String work, Supplier<List<BenchRow>> measuring) {
        attempt(work, measuring).ifPresent(rows -> rows.forEach(table::add));
    }

    /** What fails, or would begin too late, costs its own line, which says why, and no other. */
    <T> Optional<T> attempt(String work, Supplier<T> measuring) {
        if (isLate()) return without(work, "the time of the run was over");
        mention(work);
        try {
            return Optional.of(measuring.get());
        } catch (RuntimeException failed) {
            if (session.isEnding()) throw new Stay.Stopped(); // the server goes, and what fails then is no result
            return without(work, reason(failed));
        }
    }

    private <T> Optional<T> without(String work, String why) {
        table.add(BenchRow.notMeasured(work, "–", why));
        return Optional.empty();
    }

    void mention(String work) {
        session.mention(String.format(Locale.ROOT, "%4d s  %s", elapsed(), work));
    }

    private static String reason(RuntimeException failed) {
        boolean sentence = failed instanceof Unanswered || failed instanceof CannotStart;
        return sentence ? String.valueOf(failed.getMessage()) : failed.toString();
    }

    /**
     * Measures a work and its limit by turns, as often as this run repeats; both are rates a second.
     *
     * @param factor of the limit that is promised
     * @param least a second that is promised besides, or null
     */
    BenchRow against(
            BenchServer server,
            String work,
            double factor,
            @Nullable Double least,
            Supplier<Double> ours,
            String limitName,
            Supplier<Double> limit) {
        List<Double> mine = new ArrayList<>();
        List<Double> limits = new ArrayList<>();
        BenchCores cores = new BenchCores(server);
        for (int i = 0; i < repetitions(); i++) {
            mine.add(cores.during(ours));
            limits.add(limit.get());
        }
        BenchSpread own = BenchSpread.of(mine);
        BenchSpread other = BenchSpread.of(limits);
        double ratio = own.median() / other.median();
        boolean kept = ratio >= factor && (least == null || own.median() >= least);
        return BenchRow.judged(
                        work,
                        own.in("/s"),
                        limitName + ": " + other.in("/s"),
                        "≥ " + factor + " ×" + (least == null ? "" : ", ≥ " + BenchSpread.number(least) + "/s"),
                        String.format(Locale.ROOT, "%.2f ×", ratio),
                        kept)
                .because(cores.tell());
    }
}
