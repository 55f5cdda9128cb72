package org.minventory.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * When it is tried again. A receiver that is away is asked at the intervals of Standard Webhooks, each a fifth longer or
 * shorter by chance, so that not everybody comes back at once; what it does not want as it is, five times within an hour.
 */
final class Retries {
    /** A receiver that has failed for so long is not asked any more. */
    static final Duration PATIENCE = Duration.ofDays(5);

    /** Who was away for so long was asked so often in vain; who was not was left alone for want of news, or by our own absence. */
    static final int LEAST = 5;

    /** Attempts at one message that the receiver refuses. */
    static final int REFUSALS = 5;

    private static final List<Duration> AWAY = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final List<Duration> REFUSED =
            List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15), Duration.ofMinutes(30));

    private static final double JITTER = 0.2;

    private final RandomGenerator chance;

    Retries(RandomGenerator chance) {
        this.chance = chance;
    }

    /**
     * When a receiver is asked again.
     *
     * @param failures how often it failed in a row, this time included
     * @param wished how long it wishes to be left alone, or null
     */
    Instant afterFailure(int failures, @Nullable Duration wished, Instant now) {
        Duration interval = AWAY.get(Math.min(failures, AWAY.size()) - 1);
        double jittered = interval.toMillis() * (1 + JITTER * (2 * chance.nextDouble() - 1));
        Duration wait = Duration.ofMillis(Math.round(jittered));
        return now.plus(wished == null || wished.compareTo(wait) < 0 ? wait : wished);
    }

    /**
     * When a refused message is tried again, or null where it is set aside.
     *
     * @param refusals so far, this one included
     */
    @Nullable
    Instant afterRefusal(int refusals, Instant now) {
        return refusals >= REFUSALS ? null : now.plus(REFUSED.get(refusals - 1));
    }
}
