package org.minventory.intake;

import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** Counts the statements that the driver executes; what a pool says to its new connections is none of them. */
final class Statements implements AutoCloseable {
    private static final Logger DRIVER = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");

    private final AtomicLong sent = new AtomicLong();
    private final Handler counter = new Handler() {
        @Override
        public void publish(LogRecord record) {
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

    Statements() {
        DRIVER.setUseParentHandlers(false);
        DRIVER.setLevel(Level.FINEST);
        DRIVER.addHandler(counter);
    }

    /** How many this costs. */
    long of(Runnable work) {
        long before = sent.get();
        work.run();
        return sent.get() - before;
    }

    @Override
    public void close() {
        DRIVER.removeHandler(counter);
        DRIVER.setLevel(null);
        DRIVER.setUseParentHandlers(true);
    }
}
