package org.minventory.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.LongStream;

/** How late what was told was heard. */
final class BenchDelays {
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final int MOST_SECONDS = 30;
    private static final int STEP_MILLIS = 50;

    private final ReentrantLock lock = new ReentrantLock();
    private LongStream.Builder micros = LongStream.builder();
    private long last = System.nanoTime();

    void add(Duration delay) {
        lock.lock();
        try {
            micros.add(delay.toNanos() / 1_000);
            last = System.nanoTime();
        } finally {
            lock.unlock();
        }
    }

    /** The microseconds of all since the last time, once nothing has come for a second: what is late counts too. */
    long[] taken() {
        for (int i = 0; i < MOST_SECONDS * 1_000 / STEP_MILLIS && !isQuiet(); i++) pause();
        lock.lock();
        try {
            long[] all = micros.build().toArray();
            micros = LongStream.builder();
            if (all.length == 0) throw new Unanswered("nothing was heard of what was told", null);
            return all;
        } finally {
            lock.unlock();
        }
    }

    private boolean isQuiet() {
        lock.lock();
        try {
            return System.nanoTime() - last > QUIET_NANOS;
        } finally {
            lock.unlock();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unanswered("The bench was stopped.", stopped);
        }
    }

    /** Milliseconds within which that share of each run was heard, over all runs. */
    static BenchSpread spread(List<long[]> runs, double share) {
        return BenchSpread.of(runs.stream()
                .map(run -> BenchSpread.percentile(run, share) / 1000)
                .toList());
    }
}
