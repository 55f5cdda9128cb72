package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Receiver;
import org.minventory.notification.channel.Target;
import tools.jackson.databind.JsonNode;

/** What there is to say arrives: once, in order, after failures, and to nobody who may not hear it any more. */
class RelayTest {
    private static final Story.StandingClock CLOCK = new Story.StandingClock();
    private static final Receiver RECEIVER = new Receiver();
    private static final Story STORY =
            Story.fresh(CLOCK, new Outward(null, List.of(new Target("127.0.0.1", RECEIVER.port())), null));

    private final String customer = Story.name("relay");
    private final String path = "/" + customer;

    {
        STORY.customer(STORY.ops, customer, "Relay");
    }

    @AfterAll
    static void close() {
        STORY.close();
        RECEIVER.close();
    }

    private String subscribe(String token, String notices) {
        return STORY.post(
                        token,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer + "', 'channel': {'type': 'webhook', 'url': '" + RECEIVER.url(path)
                                + "'}, 'notices': " + notices + "}")
                .expect(201)
                .get("id")
                .stringValue();
    }

    private void says(String element, String state) {
        STORY.post(
                        STORY.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'monitoring-state', 'element': '" + element
                                + "', 'type': 'server', 'create': true, 'facts': {'state': '" + state + "'}}")
                .expect(201);
    }

    private List<Receiver.Request> arrived() {
        return RECEIVER.requests().stream()
                .filter(one -> one.path().equals(path))
                .toList();
    }

    private List<JsonNode> events() {
        return arrived().stream().map(one -> Json.MAPPER.readTree(one.body())).toList();
    }

    private JsonNode dispatches(String subscription) {
        return STORY.get(STORY.ops, "/api/v1/dispatches?limit=1000&subscription=" + subscription)
                .expect(200)
                .get("items");
    }

    private static List<String> states(JsonNode dispatches) {
        List<String> states = new ArrayList<>();
        dispatches.forEach(one -> states.add(one.get("state").stringValue()));
        return states;
    }

    @Test
    void eachStateArrivesOnceInItsOrderWithASignature() {
        RECEIVER.answering(200, Map.of());
        String subscription = subscribe(STORY.ops, "['monitoring.state-changed']");
        List<String> told = List.of("ok", "critical", "warning", "critical", "ok");
        for (String state : told) {
            CLOCK.pass(Duration.ofSeconds(1));
            says("box", state);
        }
        Awaiting.until(this::arrived, all -> all.size() == told.size());
        Awaiting.until(
                () -> states(dispatches(subscription)), all -> all.stream().allMatch("delivered"::equals));
        assertThat(events())
                .extracting(event -> event.at("/data/sentence").asString())
                .containsExactlyElementsOf(told.stream()
                        .map(state -> "Monitoring says: " + state + ".")
                        .toList());
        assertThat(arrived()).allSatisfy(one -> assertThat(one.headers())
                .containsKeys("webhook-id", "webhook-timestamp", "webhook-signature"));
    }

    @Test
    void aReceiverThatIsAwayIsAskedAgainUnderTheSameId() {
        RECEIVER.answering(503, Map.of());
        String subscription = subscribe(STORY.ops, "['monitoring.state-changed']");
        says("box", "critical");
        Awaiting.until(this::arrived, all -> all.size() == 1);
        JsonNode failing = Awaiting.until(
                () -> STORY.get(STORY.ops, "/api/v1/subscriptions/" + subscription)
                        .expect(200),
                one -> one.get("failures").intValue() == 1);
        assertThat(failing.get("failingSince").isString()).isTrue();
        CLOCK.pass(Duration.ofMillis(1)); // or both would bear the same instant, and stand in any order
        says("other", "critical"); // waits: the receiver alone is left alone, all of it
        RECEIVER.answering(200, Map.of());
        CLOCK.pass(Duration.ofSeconds(7));
        Awaiting.until(() -> states(dispatches(subscription)), all -> all.equals(List.of("delivered", "delivered")));
        assertThat(arrived()).hasSize(3);
        assertThat(arrived().get(1).headers().get("webhook-id"))
                .isEqualTo(arrived().get(0).headers().get("webhook-id"));
        JsonNode first = STORY.get(
                        STORY.ops,
                        "/api/v1/dispatches/"
                                + dispatches(subscription).get(1).get("id").stringValue())
                .expect(200);
        assertThat(first.get("tries")).hasSize(2);
        assertThat(first.at("/tries/0/outcome").stringValue()).isEqualTo("away");
        assertThat(first.at("/tries/0/code").intValue()).isEqualTo(503);
        assertThat(first.at("/tries/1/outcome").stringValue()).isEqualTo("delivered");
        assertThat(first.toString()).doesNotContain("the receiver's own words");
    }

    @Test
    void whatIsNotWantedIsSetAsideAfterFiveTriesAndTheNextGoes() {
        RECEIVER.answering(400, Map.of());
        String subscription = subscribe(STORY.ops, "['monitoring.state-changed']");
        says("box", "critical");
        for (int attempt = 1; attempt <= 5; attempt++) {
            int expected = attempt;
            Awaiting.until(this::arrived, all -> all.size() == expected);
            Awaiting.until(
                    () -> dispatches(subscription).get(0),
                    one -> one.get("attempts").intValue() == expected
                            && !one.get("state").stringValue().equals("sending"));
            CLOCK.pass(Duration.ofMinutes(31));
        }
        assertThat(states(dispatches(subscription))).containsExactly("parked");
        RECEIVER.answering(200, Map.of());
        says("box", "ok");
        Awaiting.until(() -> states(dispatches(subscription)), all -> all.equals(List.of("delivered", "parked")));
        String parked = dispatches(subscription).get(1).get("id").stringValue();
        assertThat(STORY.post(STORY.ops, "/api/v1/dispatches/" + parked + "/replay", "")
                        .expect(200)
                        .get("replayed")
                        .intValue())
                .isEqualTo(1);
        Awaiting.until(() -> states(dispatches(subscription)), all -> all.equals(List.of("delivered", "delivered")));
    }

    @Test
    void whoWishesNeverToBeAskedAgainIsNotAndTheOwnerIsTold() {
        RECEIVER.answering(410, Map.of());
        String subscription = subscribe(STORY.ops, "['monitoring.state-changed']");
        says("box", "critical");
        Awaiting.until(
                () -> STORY.get(STORY.ops, "/api/v1/subscriptions/" + subscription)
                        .expect(200),
                one -> one.get("state").stringValue().equals("disabled"));
        Awaiting.until(
                () -> STORY.get(STORY.ops, "/api/v1/inbox?limit=1000")
                        .expect(200)
                        .toString(),
                inbox -> inbox.contains("dispatch.endpoint-disabled")
                        && inbox.contains("Subscription webhook (webhook) was disabled"));
        RECEIVER.answering(200, Map.of());
        says("box", "ok");
        Story.Reply disabled = STORY.get(STORY.ops, "/api/v1/subscriptions/" + subscription);
        STORY.patch(
                        STORY.ops,
                        "/api/v1/subscriptions/" + subscription,
                        "{'state': 'active'}",
                        "If-Match",
                        disabled.header("ETag"))
                .expect(200);
        Awaiting.until(() -> states(dispatches(subscription)), all -> all.equals(List.of("delivered", "delivered")));
    }

    @Test
    void anEndedMandateStopsTheNextMessage() {
        RECEIVER.answering(200, Map.of());
        String cio = STORY.person(STORY.ops, customer, "cio", "Rita Relay");
        subscribe(STORY.ops, "['monitoring.state-changed']");
        says("box", "critical");
        Awaiting.until(this::arrived, all -> all.size() == 1);
        String robot = STORY.robot(cio, customer, "own", "read:inventory", "testify:*");
        JsonNode mandate = STORY.get(cio, "/api/v1/mandates").expect(200).at("/items/0");
        assertThat(STORY.send(
                                cio,
                                "POST",
                                "/api/v1/mandates/" + mandate.get("id").stringValue() + "/end",
                                (byte[]) null)
                        .status())
                .isIn(200, 204);
        STORY.post(
                        robot,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'monitoring-state', 'element': 'box', 'facts': {'state': 'ok'}}")
                .expect(201);
        Awaiting.until(
                () -> STORY.get(cio, "/api/v1/dispatches?limit=1000")
                        .expect(200)
                        .get("items")
                        .size(),
                all -> all >= 0);
        CLOCK.pass(Duration.ofMinutes(1));
        Awaiting.until(() -> fannedOut(cio), all -> all);
        assertThat(arrived()).hasSize(1);
    }

    /** Whether what was said last has been spread: the CIO's own inbox tells. */
    private boolean fannedOut(String cio) {
        return STORY.get(cio, "/api/v1/inbox?limit=1000").expect(200).toString().contains("mandate.changed");
    }

    @Test
    void theStrangerCanNeitherSubscribeNorReplay() {
        RECEIVER.answering(200, Map.of());
        String subscription = subscribe(STORY.ops, "['monitoring.state-changed']");
        says("box", "critical");
        Awaiting.until(() -> states(dispatches(subscription)), all -> all.equals(List.of("delivered")));
        String dispatch = dispatches(subscription).get(0).get("id").stringValue();
        Story.Reply unknown = STORY.get(STORY.stranger, "/api/v1/dispatches/00000000-0000-0000-0000-000000000000");
        for (Story.Reply reply : List.of(
                STORY.get(STORY.stranger, "/api/v1/dispatches/" + dispatch),
                STORY.post(STORY.stranger, "/api/v1/dispatches/" + dispatch + "/replay", ""),
                STORY.get(STORY.stranger, "/api/v1/subscriptions/" + subscription),
                STORY.post(STORY.stranger, "/api/v1/subscriptions/" + subscription + "/test", ""),
                STORY.post(STORY.stranger, "/api/v1/subscriptions/" + subscription + "/secret", ""),
                STORY.post(
                        STORY.stranger,
                        "/api/v1/subscriptions/" + subscription + "/replay",
                        "{'since': '2020-01-01T00:00:00Z'}"))) {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.text()).isEqualTo(unknown.text());
        }
        assertThat(STORY.get(STORY.stranger, "/api/v1/dispatches?subscription=" + subscription)
                        .expect(200)
                        .get("items"))
                .isEmpty();
        assertThat(STORY.post(
                                STORY.stranger,
                                "/api/v1/subscriptions",
                                "{'customer': '" + customer + "', 'channel': {'type': 'inbox'}}")
                        .status())
                .isEqualTo(404);
    }
}
