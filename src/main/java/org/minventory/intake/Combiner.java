package org.minventory.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;

/**
 * Lets those who wait for the same customer's pen write together: whoever gets it takes along what waits, in one
 * transaction. Under load thirty-two writers cost the pen three turns, not thirty-two; a lone writer notices nothing.
 * On several nodes the customer's head row still decides who writes.
 */
final class Combiner {
    /** Requests, and testimonies, that one transaction takes along at most. */
    private static final int MOST_REQUESTS = 64;

    private static final int MOST_TESTIMONIES = Intake.CHUNK;

    /** Somebody in the line: called when the answer is there, or when it is their turn to write. */
    private static final class Waiting {
        final Intake.Request request;
        final CompletableFuture<Intake.Outcome> answer = new CompletableFuture<>();
        final CompletableFuture<Void> call = new CompletableFuture<>();

        Waiting(Intake.Request request) {
            this.request = request;
        }

        void answered(Intake.Outcome outcome) {
            answer.complete(outcome);
            call.complete(null);
        }

        void failed(Throwable failure) {
            answer.completeExceptionally(failure);
            call.complete(null);
        }
    }

    private static final class Line {
        final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();
        /** Whether somebody writes, or is called to; the one who does alone takes out of the line. */
        final AtomicBoolean held = new AtomicBoolean();
    }

    private final Map<UUID, Line> lines = new ConcurrentHashMap<>();
    private final BiFunction<UUID, List<Intake.Request>, List<Intake.Outcome>> write;

    Combiner(BiFunction<UUID, List<Intake.Request>, List<Intake.Outcome>> write) {
        this.write = write;
    }

    /** Waits in the customer's line, and writes for everybody in it when the turn comes. */
    List<Receipt> take(Intake.Request request) {
        Line line = lines.computeIfAbsent(request.customer(), c -> new Line());
        Waiting mine = new Waiting(request);
        line.waiting.add(mine);
        if (isMyTurn(mine, line)) writeUntilAnswered(mine, line);
        try {
            return mine.answer.join().orThrow();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException cause) throw cause;
            throw failed;
        }
    }

    /** At once where nobody holds the line, else when called; unless the call says that the answer is there. */
    private static boolean isMyTurn(Waiting mine, Line line) {
        if (line.held.compareAndSet(false, true)) return true;
        mine.call.join();
        return !mine.answer.isDone();
    }

    private void writeUntilAnswered(Waiting mine, Line line) {
        try {
            while (!mine.answer.isDone()) writeNext(mine.request.customer(), line);
        } finally {
            callNext(line);
        }
    }

    /** The first in the line writes next. Who came while the line was being let go finds it free, or is called here. */
    private static void callNext(Line line) {
        do {
            Waiting next = line.waiting.peek();
            if (next != null) {
                next.call.complete(null);
                return;
            }
            line.held.set(false);
        } while (!line.waiting.isEmpty() && line.held.compareAndSet(false, true));
    }

    private void writeNext(UUID customer, Line line) {
        List<Waiting> together = new ArrayList<>();
        int testimonies = 0;
        while (together.size() < MOST_REQUESTS && testimonies < MOST_TESTIMONIES) {
            Waiting next = line.waiting.poll();
            if (next == null) break;
            together.add(next);
            testimonies += next.request.told().size();
        }
        write(customer, together);
    }

    /** One request that cannot be written must not fail its companions: they are then written one by one. */
    private void write(UUID customer, List<Waiting> together) {
        try {
            List<Intake.Outcome> outcomes = write.apply(
                    customer, together.stream().map(one -> one.request).toList());
            for (int i = 0; i < outcomes.size(); i++) together.get(i).answered(outcomes.get(i));
        } catch (RuntimeException | Error failed) {
            if (together.size() == 1) together.getFirst().failed(failed);
            else together.forEach(one -> write(customer, List.of(one)));
        }
    }
}
