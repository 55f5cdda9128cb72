package org.minventory.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests over some connections for some seconds, each connection asking again as soon as it was answered. */
final class BenchLoad {
    private BenchLoad() {}

    /** What a connection asks next. */
    interface Asking {
        /** @param turn from 0 */
        byte[] next(int connection, int turn);
    }

    /**
     * What came of it.
     *
     * @param micros of each request that was answered as expected
     * @param refused answers of another status, or none
     */
    record Yield(double perSecond, long[] micros, int refused, int lastRefusal) {
        double p(double share) {
            return BenchSpread.percentile(micros, share) / 1000;
        }

        /** @throws Unanswered where what was measured is not what was meant */
        Yield orThrow() {
            if (micros.length == 0 || refused * 100L > micros.length)
                throw new Unanswered(refused + " requests were refused, the last with status " + lastRefusal, null);
            return this;
        }
    }

    /** Runs it; the connections are made before the clock starts. */
    static Yield run(int port, int connections, double seconds, int status, Asking asking) {
        CountDownLatch connected = new CountDownLatch(connections);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<Share>> shares = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < connections; i++) {
                int connection = i;
                shares.add(threads.submit(() -> ask(port, connection, seconds, status, asking, connected, start)));
            }
            connected.await();
            long begin = System.nanoTime();
            start.countDown();
            return together(shares, begin);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Unanswered("The bench was stopped.", stopped);
        } catch (ExecutionException failed) {
            throw new Unanswered("A request failed: " + failed.getCause(), failed);
        }
    }

    /** What one connection got. */
    private record Share(long[] micros, int refused, int lastRefusal, long end) {}

    private static Yield together(List<Future<Share>> shares, long begin)
            throws InterruptedException, ExecutionException {
        int refused = 0;
        int lastRefusal = 0;
        long end = begin + 1;
        List<long[]> all = new ArrayList<>();
        for (Future<Share> future : shares) {
            Share share = future.get();
            all.add(share.micros());
            refused += share.refused();
            if (share.refused() > 0) lastRefusal = share.lastRefusal();
            end = Math.max(end, share.end());
        }
        long[] micros = all.stream().flatMapToLong(Arrays::stream).toArray();
        return new Yield(micros.length * 1e9 / (end - begin), micros, refused, lastRefusal);
    }

    private static Share ask(
            int port,
            int connection,
            double seconds,
            int status,
            Asking asking,
            CountDownLatch connected,
            CountDownLatch start)
            throws IOException, InterruptedException {
        BenchHttp http;
        try {
            http = new BenchHttp(port);
        } finally {
            connected.countDown();
        }
        try (http) {
            start.await();
            long end = System.nanoTime() + (long) (seconds * 1e9);
            long[] micros = new long[1024];
            int answered = 0;
            int refused = 0;
            int lastRefusal = 0;
            long now = System.nanoTime();
            for (int turn = 0; now < end; turn++) {
                long asked = System.nanoTime();
                int got = http.send(asking.next(connection, turn), false).status();
                now = System.nanoTime();
                if (got == status) {
                    if (answered == micros.length) micros = Arrays.copyOf(micros, answered * 2);
                    micros[answered++] = (now - asked) / 1000;
                } else {
                    refused++;
                    lastRefusal = got;
                }
            }
            return new Share(Arrays.copyOf(micros, answered), refused, lastRefusal, now);
        }
    }
}
