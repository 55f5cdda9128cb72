package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.base.Ids;
import org.minventory.base.WallClock;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Receiver;
import org.minventory.notification.channel.Target;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A server that is stopped in the middle of its work ends what it began, complains of nothing, and leaves the rest. */
class StoppingTest {
    private static final int RECEIVERS = 8;
    private static final int TOLD = 40;

    private final Receiver receiver = new Receiver();
    private final Story story = Story.fresh(
            WallClock.MICROSECONDS, new Outward(null, List.of(new Target("127.0.0.1", receiver.port())), null));

    private String subscribe(String path) {
        return story.post(
                        story.ops,
                        "/api/v1/subscriptions",
                        "{'customer': 'acme', 'channel': {'type': 'webhook', 'url': '" + receiver.url(path)
                                + "'}, 'notices': ['monitoring.state-changed']}")
                .expect(201)
                .get("id")
                .stringValue();
    }

    private void says(String element, String state) {
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=acme",
                        "{'kind': 'monitoring-state', 'element': '" + element
                                + "', 'type': 'server', 'create': true, 'facts': {'state': '" + state + "'}}")
                .expect(201);
    }

    private JsonNode dispatches(String subscription) {
        return story.get(story.ops, "/api/v1/dispatches?limit=1000&subscription=" + subscription)
                .expect(200)
                .get("items");
    }

    @Test
    void nothingIsLoggedAndNothingIsSentTwice() {
        receiver.answering(request -> new Receiver.Answer(200, Map.of(), Duration.ofMillis(50)));
        for (int one = 0; one < RECEIVERS; one++) subscribe("/" + one);
        for (int one = 0; one < TOLD; one++) says("box", one % 2 == 0 ? "critical" : "ok");
        Awaiting.until(receiver::requests, all -> all.size() > RECEIVERS);
        List<ILoggingEvent> logged = loggedDuring(story::stop);
        assertThat(receiver.requests()).as("it was stopped in the middle").hasSizeLessThan(RECEIVERS * TOLD);
        assertThat(logged)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
        story.startAgain();
        Awaiting.until(receiver::requests, all -> all.size() >= RECEIVERS * TOLD);
        assertThat(receiver.requests()
                        .stream()
                        .map(one -> one.headers().get("webhook-id"))
                        .toList())
                .hasSize(RECEIVERS * TOLD)
                .doesNotHaveDuplicates();
        story.close();
        receiver.close();
    }

    private static List<ILoggingEvent> loggedDuring(Runnable work) {
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> kept = new ListAppender<>();
        kept.start();
        root.addAppender(kept);
        try {
            work.run();
        } finally {
            root.detachAppender(kept);
        }
        return List.copyOf(kept.list);
    }

    @Test
    void dispatchesOfOneMomentAreListedInTheirOrder() {
        Story.StandingClock clock = new Story.StandingClock();
        assertThat(Ids.several(clock.instant(), 1_000))
                .isSortedAccordingTo(Ids.ORDER)
                .doesNotHaveDuplicates()
                .allMatch(id -> Ids.ORDER.compare(id, Ids.firstAt(clock.instant())) >= 0);
        String subscription = subscribe("/order");
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=acme",
                        "[" + told("one") + "," + told("two") + "," + told("three") + "," + told("four") + "]")
                .expect(200);
        JsonNode all = Awaiting.until(() -> dispatches(subscription), items -> items.size() == 4);
        assertThat(all.valueStream()
                        .map(one -> one.at("/notice/elements/0/name").stringValue())
                        .toList())
                .containsExactly("four", "three", "two", "one");
        story.close();
        receiver.close();
    }

    private static String told(String element) {
        return "{'kind': 'monitoring-state', 'element': '" + element
                + "', 'type': 'server', 'create': true, 'facts': {'state': 'critical'}}";
    }
}
