package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.base.Ids;
import org.minventory.base.WallClock;
import org.minventory.notification.channel.Receiver;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A server that is stopped in the middle of its work ends what it began, complains of nothing, and leaves the rest. */
class StoppingTest {
    private static final int RECEIVERS = 8;
    private static final int TOLD = 40;

    private final Hearers hearers = new Hearers(WallClock.MICROSECONDS);

    @AfterEach
    void close() {
        hearers.close();
    }

    @Test
    void nothingIsLoggedAndNothingIsSentTwice() {
        hearers.receiver.answering(request -> new Receiver.Answer(200, Map.of(), Duration.ofMillis(50)));
        for (int one = 0; one < RECEIVERS; one++) hearers.webhook("acme", "/" + one, "");
        for (int one = 0; one < TOLD; one++) hearers.says("acme", "box", one % 2 == 0 ? "critical" : "ok");
        Awaiting.until(() -> hearers.receiver.requests().size(), count -> count > RECEIVERS);
        List<ILoggingEvent> logged = loggedDuring(hearers.story::stop);
        assertThat(hearers.receiver.requests())
                .as("it was stopped in the middle")
                .hasSizeLessThan(RECEIVERS * TOLD);
        assertThat(logged)
                .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
                .isEmpty();
        hearers.story.startAgain();
        Awaiting.until(() -> hearers.receiver.requests().size(), count -> count >= RECEIVERS * TOLD);
        assertThat(hearers.receiver.requests().stream()
                        .map(one -> one.headers().get("webhook-id"))
                        .toList())
                .hasSize(RECEIVERS * TOLD)
                .doesNotHaveDuplicates();
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
        Instant now = Instant.parse("2026-11-22T12:00:00Z");
        assertThat(Ids.several(now, 1_000))
                .isSortedAccordingTo(Ids.ORDER)
                .doesNotHaveDuplicates()
                .allMatch(id -> Ids.ORDER.compare(id, Ids.firstAt(now)) >= 0);
        String subscription = hearers.webhook("acme", "/order", "");
        hearers.tells("acme", "[" + told("one") + "," + told("two") + "," + told("three") + "," + told("four") + "]");
        List<JsonNode> all = Awaiting.until(() -> hearers.dispatches(subscription), items -> items.size() == 4);
        assertThat(all)
                .extracting(one -> one.at("/notice/elements/0/name").stringValue())
                .containsExactly("four", "three", "two", "one");
    }

    private static String told(String element) {
        return "{'kind': 'monitoring-state', 'element': '" + element
                + "', 'type': 'server', 'create': true, 'facts': {'state': 'critical'}}";
    }
}
