package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Target;

/** How far the relay is behind is seen from outside: in its health and in its figures. */
class BacklogTest {
    @Test
    void whatWaitsAtAReceiverThatDoesNotAnswerIsBehindAndOfOneThatRefusesNot() throws IOException {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        HttpServer slow = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slow.createContext("/", exchange -> {
            asked.incrementAndGet();
            await(answer);
            exchange.sendResponseHeaders(503, -1);
            exchange.close();
        });
        slow.start();
        Story.StandingClock clock = new Story.StandingClock();
        Outward outward = new Outward(
                null, List.of(new Target("127.0.0.1", slow.getAddress().getPort())), null);
        try (Story story = Story.fresh(clock, outward)) {
            story.post(
                            story.ops,
                            "/api/v1/subscriptions",
                            "{'customer': 'acme', 'notices': ['monitoring.state-changed'], 'channel': {'type': 'webhook',"
                                    + " 'url': 'http://127.0.0.1:"
                                    + slow.getAddress().getPort() + "/'}}")
                    .expect(201);
            assertThat(behind(story)).isZero();
            story.post(
                            story.ops,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'monitoring-state', 'element': 'box', 'type': 'server', 'create': true,"
                                    + " 'facts': {'state': 'critical'}}")
                    .expect(201);
            Awaiting.until(asked::get, times -> times == 1);
            clock.pass(Duration.ofSeconds(90));
            assertThat(Awaiting.until(() -> behind(story), seconds -> seconds > 0))
                    .isEqualTo(90);
            assertThat(story.get(story.monitoring, "/metrics").text()).contains("minventory_relay_backlog_seconds 90");
            answer.countDown();
            Awaiting.until(() -> behind(story), seconds -> seconds == 0);
        } finally {
            answer.countDown();
            slow.stop(0);
        }
    }

    private static long behind(Story story) {
        return story.get(Story.NOBODY, "/health/ready")
                .expect(200)
                .get("backlogSeconds")
                .longValue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
