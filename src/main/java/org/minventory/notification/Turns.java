package org.minventory.notification;

import java.util.concurrent.Semaphore;

/**
 * Few work at a time, in the order in which they came: what was sent is written down before more is, and the doors find
 * connections left. Whoever has to wait for others gives the turn away before.
 */
final class Turns {
    private static final int FEWEST = 2;
    private static final int MOST = 8;

    private final Semaphore free =
            new Semaphore(Math.clamp(Runtime.getRuntime().availableProcessors(), FEWEST, MOST), true);

    /** Waits for a turn. */
    Turn take() throws InterruptedException {
        free.acquire();
        return new Turn();
    }

    /** Whether somebody waits for one. */
    boolean areScarce() {
        return free.hasQueuedThreads();
    }

    /** One turn, of one thread. */
    final class Turn implements AutoCloseable {
        private boolean over;

        private Turn() {}

        /** Gives it away, before the end or at the end. */
        @Override
        public void close() {
            if (!over) free.release();
            over = true;
        }
    }
}
