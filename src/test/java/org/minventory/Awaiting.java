package org.minventory;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what the program does by itself; it fails with what stands there when the time is over. */
public final class Awaiting {
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long STEP_MILLIS = 20;

    private Awaiting() {}

    /** What is there once it is as it should be. */
    public static <T> T until(Supplier<T> look, Predicate<T> asItShouldBe) {
        return until(LONGEST, look, asItShouldBe);
    }

    /** The same where programs of others take their time, too. */
    public static <T> T until(Duration longest, Supplier<T> look, Predicate<T> asItShouldBe) {
        long end = System.nanoTime() + longest.toNanos();
        T seen = look.get();
        while (!asItShouldBe.test(seen)) {
            if (System.nanoTime() > end) throw new AssertionError("after " + longest + " it still is " + seen);
            try {
                Thread.sleep(STEP_MILLIS);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new AssertionError(stopped);
            }
            seen = look.get();
        }
        return seen;
    }
}
