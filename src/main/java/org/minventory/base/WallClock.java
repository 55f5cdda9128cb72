package org.minventory.base;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;

/** The time of the machine, as fine as PostgreSQL keeps it: what is answered at once and what is read later agree. */
public final class WallClock {
    /** In microseconds. */
    public static final InstantSource MICROSECONDS = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    private WallClock() {}
}
