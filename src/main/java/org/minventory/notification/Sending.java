package org.minventory.notification;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.Round.Attempt;
import org.minventory.notification.Round.Parcel;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Outcome;

/** The parcels of one round on their way, all at once; what came of each is told as it comes. */
final class Sending implements AutoCloseable {
    private final ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor();
    private final CompletionService<Attempt> sent = new ExecutorCompletionService<>(senders);
    private int left;
    private @Nullable Future<Attempt> first;

    Sending(Round round) {
        Channel.Sent channel = Objects.requireNonNull(round.channel());
        for (Parcel parcel : round.parcels()) sent.submit(() -> attempt(channel, parcel, round));
        left = round.parcels().size();
    }

    private static Attempt attempt(Channel.Sent channel, Parcel parcel, Round round) {
        long begun = System.nanoTime();
        Outcome outcome = channel.send(parcel.message(), round.settings());
        return new Attempt(parcel, outcome, (System.nanoTime() - begun) / 1_000_000);
    }

    /** Whether something is still on its way. */
    boolean goesOn() {
        return left > 0;
    }

    /** Waits for the next to come back, no longer than that; tells whether it did. */
    boolean comesWithin(Duration time) throws InterruptedException {
        if (first == null) first = sent.poll(time.toMillis(), TimeUnit.MILLISECONDS);
        return first != null;
    }

    /** Waits for the next to come back, and takes all that have. */
    List<Attempt> come() throws InterruptedException {
        Future<Attempt> one = first == null ? sent.take() : first;
        first = null;
        List<Attempt> come = new ArrayList<>();
        for (; one != null; one = sent.poll()) come.add(made(one));
        left -= come.size();
        return come;
    }

    private static Attempt made(Future<Attempt> one) throws InterruptedException {
        try {
            return one.get();
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** Gives up what is still on its way. */
    @Override
    public void close() {
        senders.shutdownNow();
        senders.close();
    }
}
