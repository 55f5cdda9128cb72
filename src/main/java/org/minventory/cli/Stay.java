package org.minventory.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/**
 * What was opened in order is closed the other way round: the doors before the database. Ctrl-C and a request to stop
 * (SIGINT, SIGTERM) close it too, and wait for what is just being opened.
 */
final class Stay implements AutoCloseable {
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile boolean ending;

    private Stay() {}

    /** Begins one that a signal ends. */
    static Stay untilStopped() {
        Stay stay = new Stay();
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(stay::close));
        return stay;
    }

    /** Opens one more thing, and keeps it open until the end. */
    synchronized <T extends AutoCloseable> T open(Supplier<T> opening) {
        if (ending) throw new Stopped();
        T thing = opening.get();
        opened.push(thing);
        return thing;
    }

    /** Whether it is ending: what fails from now on is no news. */
    boolean isEnding() {
        return ending;
    }

    /** Returns at the end. */
    void await() {
        try {
            end.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        ending = true;
        closeAll();
        end.countDown();
    }

    private synchronized void closeAll() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception failed) {
                // the rest has to be closed all the same
                System.err.println(Said.here("not-closed", failed));
            }
        }
    }

    /** Said by what was still opening when the end came. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1;
    }
}
