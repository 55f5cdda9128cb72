package org.minventory;

import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/**
 * Counts the statements that the driver executes. What a pool says to its new connections is none of them, nor is what
 * relays do by themselves: those of other tests' servers, too, which the one driver serves.
 */
public final class Statements implements AutoCloseable {
    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private final AtomicLong sent = new AtomicLong();
    private final Handler counter = new Handler() {
        @Override
        public void publish(LogRecord record) {
            if (Thread.currentThread().getName().startsWith("relay")) return;
            String message = record.getMessage();
            if (message != null && message.contains("FE=> Execute")) sent.incrementAndGet();
        }

        @Override
        public void flush() {
            // nothing is kept back
        }

        @Override
        public void close() {
            // nothing is held
        }
    };

    public Statements() {
        DRIVER.setUseParentHandlers(false);
        DRIVER.setLevel(Level.FINEST);
        DRIVER.addHandler(counter);
    }

    /** How many this costs. */
    public long of(Runnable work) {
        long before = sent.get();
        work.run();
        return sent.get() - before;
    }

    /** The same of what can be done again and again: a server's own housekeeping now and then adds, and never takes away. */
    public long least(Runnable work) {
        return Math.min(of(work), Math.min(of(work), of(work)));
    }

    @Override
    public void close() {
        DRIVER.removeHandler(counter);
        DRIVER.setLevel(null);
        DRIVER.setUseParentHandlers(true);
    }
}
