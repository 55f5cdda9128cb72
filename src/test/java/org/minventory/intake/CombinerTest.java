package org.minventory.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.party.Caller;
import org.minventory.party.Role;

/** Who waits for one pen writes together, one group after the other; nobody is forgotten in the line. */
class CombinerTest {
    private static final UUID ACME = Ids.next(Instant.EPOCH);
    private static final Caller OPS =
            new Caller(Ids.next(Instant.EPOCH), Role.OPS, "Claire", null, null, Scope.whole(ACME), Set.of(), false);

    private final AtomicInteger writing = new AtomicInteger();

    @Test
    void everybodyIsAnsweredAndNoTwoGroupsAreWrittenAtOnce() throws Exception {
        Combiner combiner = new Combiner((customer, requests) -> {
            assertThat(writing.incrementAndGet()).isEqualTo(1);
            writing.decrementAndGet();
            return requests.stream()
                    .map(request -> new Intake.Outcome(List.of(), null))
                    .toList();
        });
        int writers = 32;
        int each = 500;
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++)
                all.add(executor.submit(() -> {
                    for (int n = 0; n < each; n++)
                        assertThat(combiner.take(request("k"))).isEmpty();
                    return each;
                }));
            for (Future<Integer> one : all)
                assertThat(one.get(60, TimeUnit.SECONDS)).isEqualTo(each);
        }
    }

    @Test
    void whoseRequestCannotBeWrittenFailsAlone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        List<Integer> sizes = new ArrayList<>();
        List<Thread> inLine = new CopyOnWriteArrayList<>();
        Combiner combiner = new Combiner((customer, requests) -> {
            sizes.add(requests.size());
            begun.countDown();
            await(go);
            if (requests.stream().anyMatch(request -> "bad".equals(request.key())))
                throw new IllegalStateException("cannot be written");
            return requests.stream()
                    .map(request -> new Intake.Outcome(List.of(), null))
                    .toList();
        });
        try (ExecutorService executor = Executors.newThreadPerTaskExecutor(work -> {
            Thread thread = new Thread(work);
            inLine.add(thread);
            return thread;
        })) {
            Future<?> first = executor.submit(() -> combiner.take(request("first")));
            await(begun);
            Future<?> bad = executor.submit(() -> combiner.take(request("bad")));
            Future<?> good = executor.submit(() -> combiner.take(request("good")));
            for (Thread waiting : inLine.subList(1, 3))
                while (waiting.getState() != Thread.State.WAITING) Thread.onSpinWait();
            go.countDown();
            first.get(10, TimeUnit.SECONDS);
            good.get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> bad.get(10, TimeUnit.SECONDS)).hasMessageContaining("cannot be written");
        }
        assertThat(sizes)
                .as("two wait together, fail together, and are then written alone")
                .containsExactly(1, 2, 1, 1);
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static Intake.Request request(String key) {
        return new Intake.Request(OPS, ACME, List.of(), key, now -> true, null);
    }
}
