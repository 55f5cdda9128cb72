package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Server;
import org.minventory.base.Json;
import org.minventory.base.WallClock;
import org.minventory.notification.channel.Receiver;

/** Two nodes on one database share the work: nothing is sent twice, and the one goes on when the other stops. */
class SeveralNodesTest {
    private static final int ENDPOINTS = 12;
    private static final int ELEMENTS = 5;
    private static final int TOLD = 30;
    private static final int WAVES = 10;

    private final Hearers hearers = new Hearers(WallClock.MICROSECONDS);

    @AfterEach
    void close() {
        hearers.close();
    }

    /** Which node sent it: without an address for people, what is sent names the node's own. */
    private static int node(Receiver.Request request) {
        return URI.create(Json.ours(request.body()).get("source").stringValue()).getPort();
    }

    private Set<Integer> nodes(List<Receiver.Request> requests) {
        return requests.stream().map(SeveralNodesTest::node).collect(Collectors.toSet());
    }

    private int told;

    private void tell() {
        for (int one = 0; one < TOLD; one++, told++)
            hearers.says("acme", "box-" + told % ELEMENTS, told / ELEMENTS % 2 == 0 ? "ok" : "critical");
    }

    private void awaitAll() {
        Awaiting.until(() -> hearers.receiver.requests().size(), count -> count >= ENDPOINTS * told);
    }

    @Test
    void bothWorkNothingIsSentTwiceAndOneGoesOnAlone() {
        hearers.receiver.answering(request -> new Receiver.Answer(200, Map.of(), Duration.ofMillis(10)));
        for (int one = 0; one < ENDPOINTS; one++) hearers.webhook("acme", "/" + one, "");
        Set<Integer> both = new HashSet<>(Set.of(hearers.story.server().port()));
        try (Server second = hearers.story.oneMore()) {
            both.add(second.port());
            for (int wave = 0;
                    wave < WAVES && !nodes(hearers.receiver.requests()).equals(both);
                    wave++) {
                tell();
                awaitAll();
            }
            assertThat(nodes(hearers.receiver.requests())).isEqualTo(both);
            tell();
            Awaiting.until(() -> hearers.receiver.requests().size(), count -> count > ENDPOINTS * (told - TOLD / 2));
            hearers.story.stop();
            awaitAll();
            List<Receiver.Request> all = hearers.receiver.requests();
            assertThat(all.stream().map(one -> one.headers().get("webhook-id")).toList())
                    .hasSize(ENDPOINTS * told)
                    .doesNotHaveDuplicates();
            assertThat(node(all.getLast())).isEqualTo(second.port());
            for (int one = 0; one < ENDPOINTS; one++) eachElementIsInItsOrder(one);
        }
    }

    private void eachElementIsInItsOrder(int endpoint) {
        Map<String, List<Long>> numbers = hearers.arrived("/" + endpoint).stream()
                .map(one -> Json.ours(one.body()))
                .collect(Collectors.groupingBy(
                        event -> event.get("subject").stringValue(),
                        Collectors.mapping(event -> event.at("/data/no").longValue(), Collectors.toList())));
        assertThat(numbers).hasSize(ELEMENTS);
        assertThat(numbers.values()).allSatisfy(its -> assertThat(its).isSorted());
    }
}
