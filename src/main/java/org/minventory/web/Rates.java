package org.minventory.web;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;

/**
 * A bucket per token, so that no robot exhausts the house: it holds a burst, and is refilled at a steady rate. Per node,
 * in memory.
 */
public final class Rates {
    private static final int REMEMBERED = 10_000;

    private final InstantSource clock;
    private final double perSecond;
    private final double burst;
    private final ConcurrentHashMap<UUID, Bucket> buckets = new ConcurrentHashMap<>();

    /**
     * @param perSecond requests refilled every second
     * @param burst requests a bucket holds when full
     */
    public Rates(InstantSource clock, double perSecond, double burst) {
        this.clock = clock;
        this.perSecond = perSecond;
        this.burst = burst;
    }

    /**
     * Takes one request out of the token's bucket.
     *
     * @throws Refusal {@link Problem#TOO_MANY_REQUESTS} with the seconds to wait
     */
    public void take(UUID token) {
        Instant now = clock.instant();
        if (buckets.size() > REMEMBERED) buckets.values().removeIf(bucket -> bucket.isFull(now));
        double missing =
                buckets.computeIfAbsent(token, fresh -> new Bucket(now)).take(now);
        if (missing > 0) throw Refusal.of(Problem.TOO_MANY_REQUESTS, (long) Math.ceil(missing / perSecond));
    }

    /**
     * Takes one out of the bucket of an address from which somebody tries what opens nothing: a secret cannot be guessed,
     * and nobody has to be let try at length.
     *
     * @throws Refusal {@link Problem#TOO_MANY_REQUESTS} with the seconds to wait
     */
    public void takeGuess(String address) {
        take(UUID.nameUUIDFromBytes(("guess " + address).getBytes(StandardCharsets.UTF_8)));
    }

    private final class Bucket {
        private double left = burst;
        private Instant filled;

        Bucket(Instant now) {
            this.filled = now;
        }

        /** How much of one request is missing; nothing where it was taken. */
        synchronized double take(Instant now) {
            refill(now);
            if (left < 1) return 1 - left;
            left -= 1;
            return 0;
        }

        synchronized boolean isFull(Instant now) {
            refill(now);
            return left >= burst;
        }

        private void refill(Instant now) {
            if (!now.isAfter(filled)) return;
            left = Math.min(burst, left + Duration.between(filled, now).toNanos() / 1e9 * perSecond);
            filled = now;
        }
    }
}
