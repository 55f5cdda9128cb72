package org.minventory.notification.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class SystemResolverTest {
    @Test
    void findsTheMachinesOfAName() throws UnknownHostException {
        try (SystemResolver resolver = new SystemResolver()) {
            assertThat(resolver.resolve("localhost")).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
        }
    }

    @Test
    void saysWhereANameHasNone() {
        try (SystemResolver resolver = new SystemResolver()) {
            assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> resolver.resolve("x".repeat(70)));
        }
    }

    @Test
    void doesNotWaitForEver() {
        CountDownLatch never = new CountDownLatch(1);
        try (SystemResolver resolver = new SystemResolver(Duration.ofMillis(1), name -> waiting(never, name))) {
            for (int i = 0; i < SystemResolver.AT_ONCE; i++) assertSlow(resolver, TimeoutException.class);
            assertSlow(resolver, RejectedExecutionException.class);
        }
    }

    private static List<InetAddress> waiting(CountDownLatch never, String name) throws UnknownHostException {
        try {
            never.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        throw new UnknownHostException(name);
    }

    private static void assertSlow(SystemResolver resolver, Class<? extends Throwable> cause) {
        assertThatExceptionOfType(UnknownHostException.class)
                .isThrownBy(() -> resolver.resolve("slow.example.org"))
                .withCauseInstanceOf(cause);
    }

    @Test
    void stopsWhereItIsStopped() {
        CountDownLatch never = new CountDownLatch(1);
        try (SystemResolver resolver = new SystemResolver(Duration.ofMinutes(1), name -> waiting(never, name))) {
            Thread.currentThread().interrupt();
            assertThatExceptionOfType(UnknownHostException.class).isThrownBy(() -> resolver.resolve("localhost"));
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
