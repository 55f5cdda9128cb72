package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import org.minventory.notification.channel.Receiver;
import org.minventory.notification.channel.Target;
import tools.jackson.databind.JsonNode;

/** What is said is true, as grave as it is, no more than its reader may know, and still so; what fails is repaired once. */
class WhatIsSaidTest {
    private static final Story.StandingClock CLOCK = new Story.StandingClock();
    private static final Receiver RECEIVER = new Receiver();
    private static final GreenMail POST = post();
    private static final Story STORY = Story.fresh(
            CLOCK,
            new Outward(
                    "https://minventory.example.org",
                    List.of(new Target("127.0.0.1", RECEIVER.port())),
                    new MailServer(
                            "127.0.0.1",
                            POST.getSmtp().getPort(),
                            MailServer.Security.NONE,
                            null,
                            null,
                            "minventory@example.org")));

    private final String customer = Story.name("said");
    private final String path = "/" + customer;

    {
        STORY.customer(STORY.ops, customer, "Said");
        RECEIVER.answering(200, Map.of());
    }

    private static GreenMail post() {
        GreenMail post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        post.start();
        return post;
    }

    @AfterAll
    static void close() {
        STORY.close();
        RECEIVER.close();
        POST.stop();
    }

    private String subscribe(String token, String more) {
        return STORY.post(
                        token,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer + "', 'channel': {'type': 'webhook', 'url': '" + RECEIVER.url(path)
                                + "'}, " + more + "}")
                .expect(201)
                .get("id")
                .stringValue();
    }

    private void says(String testimony) {
        CLOCK.pass(Duration.ofMillis(1));
        assertThat(STORY.post(STORY.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                        .status())
                .isIn(200, 201);
    }

    private void says(String element, String state) {
        says("{'kind': 'monitoring-state', 'element': '" + element
                + "', 'type': 'server', 'create': true, 'facts': {'state': '" + state + "'}}");
    }

    private List<JsonNode> arrived() {
        return RECEIVER.requests().stream()
                .filter(one -> one.path().equals(path))
                .map(one -> Json.MAPPER.readTree(one.body()))
                .toList();
    }

    private List<JsonNode> dispatches(String subscription) {
        return STORY.get(STORY.ops, "/api/v1/dispatches?limit=1000&subscription=" + subscription)
                .expect(200)
                .get("items")
                .valueStream()
                .toList();
    }

    /** The latest, once it was tried so often and nobody is at it. */
    private JsonNode tried(String subscription, int attempts) {
        return Awaiting.until(
                        () -> dispatches(subscription),
                        all -> !all.isEmpty()
                                && all.getFirst().get("attempts").intValue() == attempts
                                && !all.getFirst().get("state").stringValue().equals("sending"))
                .getFirst();
    }

    private static String state(JsonNode one) {
        return one.get("state").stringValue();
    }

    @Test
    void whatIsCriticalIsSaidAsCritical() {
        subscribe(
                STORY.ops,
                "'language': 'fr', 'notices': ['monitoring.state-changed', 'deployment.failed'],"
                        + " 'conditions': {'severity': 'warning'}");
        says("box", "ok");
        says("box", "critical");
        says("{'kind': 'deployment-report', 'element': 'box', 'facts': {'deployment.result': 'failed'}}");
        List<JsonNode> events = Awaiting.until(this::arrived, all -> all.size() == 2);
        assertThat(events)
                .extracting(event -> event.get("type").stringValue() + " "
                        + event.at("/data/severity").stringValue() + " "
                        + event.at("/data/sentence").stringValue())
                .satisfiesExactlyInAnyOrder(
                        said -> assertThat(said)
                                .startsWith("monitoring.state-changed critical La supervision")
                                .endsWith("critique."),
                        said -> assertThat(said).isEqualTo("deployment.failed warning Un déploiement a échoué."));
    }

    @Test
    void whatAWholeInfrastructureBecomesIsAskedForToo() {
        Notice moved = new Notice(
                Notice.Type.ELEMENT_STATUS_CHANGED,
                Notice.Severity.INFO,
                null,
                1,
                Json.ours(
                        "{\"infrastructure\":\"shop\",\"changes\":[{\"before\":\"in-service\",\"now\":\"maintenance\"}]}"
                                .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        assertThat(becoming("maintenance").meets(moved)).isTrue();
        assertThat(becoming("decommissioned").meets(moved)).isFalse();
    }

    private static Condition becoming(String status) {
        return new Condition(java.util.Set.of(status), null, null, null, false, false);
    }

    @Test
    void anIncidentThatIsOverBeforeItLastedIsNotSaid() {
        String lasting = subscribe(STORY.ops, "'notices': ['incident.opened'], 'conditions': {'hasBeenFor': 'PT15M'}");
        says("over", "ok");
        says("open", "ok");
        for (String element : List.of("over", "open"))
            says("{'kind': 'incident', 'element': '" + element + "', 'facts': {'incident.state': 'open'}}");
        says("{'kind': 'incident', 'element': 'over', 'facts': {'incident.state': 'resolved'}}");
        Awaiting.until(() -> dispatches(lasting), all -> all.size() == 2);
        CLOCK.pass(Duration.ofMinutes(16));
        List<JsonNode> said = Awaiting.until(() -> dispatches(lasting), all -> all.stream()
                .noneMatch(one -> state(one).equals("waiting") || state(one).equals("sending")));
        assertThat(said)
                .extracting(one -> one.at("/notice/elements/0/name").stringValue() + " " + state(one))
                .containsExactlyInAnyOrder("over lapsed", "open delivered");
    }

    @Test
    void ofManyTestimoniesOnlyThoseThatMayBeReadAreCountedAndNamed() {
        says("near", "ok");
        says("far", "ok");
        String limited = STORY.post(STORY.ops, "/api/v1/tokens", "{'label': 'near', 'elements': ['near']}")
                .expect(201)
                .get("secret")
                .stringValue();
        subscribe(limited, "'notices': ['testimony.recorded']");
        says("[{'kind': 'monitoring-state', 'element': 'near', 'facts': {'state': 'critical'}},"
                + " {'kind': 'monitoring-state', 'element': 'far', 'facts': {'state': 'warning'}},"
                + " {'kind': 'note', 'element': 'far', 'note': 'nothing for you'}]");
        says("{'kind': 'note', 'element': 'near', 'note': 'for you'}");
        List<JsonNode> events = Awaiting.until(this::arrived, all -> all.size() == 2);
        assertThat(events).allSatisfy(event -> {
            assertThat(event.at("/data/sentence").stringValue()).isEqualTo("One testimony was recorded.");
            assertThat(event.toString()).doesNotContain("far");
        });
        assertThat(events)
                .extracting(event -> event.at("/data/testimony").isNull())
                .as("the last of the batch is about another; the note is about this one")
                .containsExactlyInAnyOrder(true, false);
    }

    @Test
    void whatIsRefusedIsTriedFiveTimesHoweverLongTheReceiverWasAway() {
        RECEIVER.answering(503, Map.of());
        String subscription = subscribe(STORY.ops, "'notices': ['monitoring.state-changed']");
        says("box", "critical");
        for (int attempt = 1; attempt <= 5; attempt++) {
            tried(subscription, attempt);
            if (attempt == 5) RECEIVER.answering(404, Map.of());
            CLOCK.pass(Duration.ofHours(13));
        }
        for (int attempt = 6; attempt < 10; attempt++) {
            assertThat(state(tried(subscription, attempt))).isEqualTo("waiting");
            CLOCK.pass(Duration.ofMinutes(31));
        }
        assertThat(state(tried(subscription, 10))).isEqualTo("parked");
    }

    @Test
    void oneFailureAfterQuietDaysDisablesNothing() {
        RECEIVER.answering(400, Map.of());
        String subscription = subscribe(STORY.ops, "'notices': ['monitoring.state-changed']");
        says("box", "critical");
        for (int attempt = 1; attempt <= 5; attempt++) {
            tried(subscription, attempt);
            CLOCK.pass(Duration.ofMinutes(31));
        }
        assertThat(state(tried(subscription, 5))).isEqualTo("parked");
        CLOCK.pass(Duration.ofDays(6));
        RECEIVER.answering(503, Map.of());
        says("box", "ok");
        tried(subscription, 1);
        assertThat(STORY.get(STORY.ops, "/api/v1/subscriptions/" + subscription)
                        .expect(200)
                        .get("state")
                        .stringValue())
                .isEqualTo("active");
        RECEIVER.answering(200, Map.of());
        CLOCK.pass(Duration.ofSeconds(7));
        assertThat(state(tried(subscription, 2))).isEqualTo("delivered");
    }

    @Test
    void whatHasEndedIsNotSaidAgainAndTheJournalEndsNothing() {
        String subscription = subscribe(STORY.ops, "'notices': ['monitoring.state-changed']");
        says("box", "critical");
        String dispatch = tried(subscription, 1).get("id").stringValue();
        String sent = arrived().getFirst().at("/data/manage").stringValue();
        assertThat(sent).startsWith("https://minventory.example.org/unsubscribe/mnf_");
        Story.Reply journal = STORY.get(STORY.ops, "/api/v1/dispatches/" + dispatch);
        assertThat(journal.expect(200).at("/tries/0/request").stringValue())
                .contains("Monitoring says: critical.", "https://minventory.example.org/unsubscribe/…")
                .doesNotContain("mnf_");
        STORY.delete(STORY.ops, "/api/v1/subscriptions/" + subscription).expect(204);
        assertThat(STORY.post(STORY.ops, "/api/v1/dispatches/" + dispatch + "/replay", "")
                        .status())
                .isEqualTo(409);
        assertThat(state(dispatches(subscription).getFirst())).isEqualTo("delivered");
    }

    @Test
    void theWeekInOneMailIsEndedByOneClickAsAllMailIs() throws MessagingException {
        String cio = STORY.post(
                        STORY.ops,
                        "/api/v1/witnesses",
                        "{'role': 'cio', 'name': 'Sara Said', 'email': 'sara@" + customer + ".example', 'customer': '"
                                + customer + "'}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
        says("box", "ok");
        says("{'kind': 'incident', 'element': 'box', 'facts': {'incident.state': 'open'}}");
        says("{'kind': 'incident', 'element': 'box', 'facts': {'incident.state': 'resolved'}}");
        Awaiting.until(
                () -> STORY.get(cio, "/api/v1/dispatches?state=waiting")
                        .expect(200)
                        .toString(),
                waiting -> waiting.contains("incident.resolved"));
        CLOCK.pass(Duration.ofDays(8));
        MimeMessage mail = Awaiting.until(this::mails, all -> all.size() == 1).getFirst();
        assertThat(mail.getHeader("List-Unsubscribe-Post", ",")).isEqualTo("List-Unsubscribe=One-Click");
        String address = mail.getHeader("List-Unsubscribe", ",");
        assertThat(address).matches("<https://minventory\\.example\\.org/unsubscribe/mnf_[A-Za-z0-9]+>");
        String secret = address.substring(address.indexOf("/unsubscribe/"), address.length() - 1);
        assertThat(STORY.get(Story.NOBODY, secret).status()).isEqualTo(200);
        assertThat(STORY.send(
                                Story.NOBODY,
                                "POST",
                                secret,
                                "List-Unsubscribe=One-Click".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                                "Content-Type",
                                "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(200);
        says("{'kind': 'incident', 'element': 'box', 'facts': {'incident.state': 'open'}}");
        String later = subscribe(STORY.ops, "'notices': ['monitoring.state-changed']");
        CLOCK.pass(Duration.ofDays(8));
        says("box", "critical");
        tried(later, 1);
        assertThat(mails()).hasSize(1);
    }

    private List<MimeMessage> mails() {
        return List.of(POST.getReceivedMessagesForDomain(customer + ".example"));
    }
}
