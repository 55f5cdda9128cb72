package org.minventory.notification;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Rings when notices of a customer were committed, so that nobody on this node has to look for them: the relay, and
 * whoever listens to a stream. It is no promise: who missed it, or stands on another node, looks again after a while.
 */
public final class Bell {
    private final CopyOnWriteArrayList<Ear> ears = new CopyOnWriteArrayList<>();

    /** Notices of that customer were committed. */
    public void ring(UUID customer) {
        for (Ear ear : ears) ear.heard.add(customer);
    }

    /** An ear on the bell. */
    public Ear listen() {
        Ear ear = new Ear();
        ears.add(ear);
        return ear;
    }

    /** Remembers for whom it rang. */
    public final class Ear implements AutoCloseable {
        private final BlockingQueue<UUID> heard = new LinkedBlockingQueue<>();

        private Ear() {}

        /** Waits until it rings, no longer than that; answers for whom it rang since the last time. */
        public Set<UUID> await(long millis) throws InterruptedException {
            Set<UUID> customers = new HashSet<>();
            @Nullable UUID first = heard.poll(millis, TimeUnit.MILLISECONDS);
            if (first != null) customers.add(first);
            heard.drainTo(customers);
            return customers;
        }

        @Override
        public void close() {
            ears.remove(this);
        }
    }
}
