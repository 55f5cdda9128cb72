package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;
import tools.jackson.databind.JsonNode;

/** Whose address somebody else writes into a subscription is asked first, and is sent nothing else before agreeing. */
class ConfirmationTest {
    private static final String SUBSCRIPTIONS = "/api/v1/subscriptions";
    private static final Pattern LINK = Pattern.compile("http://127\\.0\\.0\\.1:\\d+(/confirm/mnf_[0-9A-Za-z]+)");
    private static final Story.StandingClock CLOCK = new Story.StandingClock();

    private static GreenMail post;
    private static Story story;

    private final String customer = Story.name("polite");
    private final String address = customer + "@example.org";

    {
        story.customer(story.ops, customer, "Polite & Sons");
    }

    private final String cio = story.person(story.ops, customer, "cio", "Paula of Polite");

    @BeforeAll
    static void open() {
        post = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        post.start();
        MailServer server = new MailServer(
                "127.0.0.1", post.getSmtp().getPort(), MailServer.Security.NONE, null, null, "minventory@example.org");
        story = Story.fresh(CLOCK, new Outward(null, List.of(), server));
    }

    @AfterAll
    static void close() {
        story.close();
        post.stop();
    }

    private JsonNode subscribe(String token, String to) {
        return story.post(
                        token,
                        SUBSCRIPTIONS,
                        "{'customer': '" + customer + "', 'channel': {'type': 'mail', 'address': '" + to
                                + "'}, 'notices': ['incident.opened'], 'language': 'fr'}")
                .expect(201);
    }

    private String state(JsonNode subscription) {
        return story.get(cio, path(subscription)).expect(200).get("state").stringValue();
    }

    private static String path(JsonNode subscription) {
        return SUBSCRIPTIONS + "/" + subscription.get("id").stringValue();
    }

    private Story.Reply patch(JsonNode subscription, String change) {
        String tag = story.get(cio, path(subscription)).header("ETag");
        return story.patch(cio, path(subscription), change, "If-Match", tag);
    }

    /** What came to that address, as text, in its order. */
    private static List<String> mails(String to) {
        List<String> mails = new ArrayList<>();
        try {
            for (MimeMessage mail : post.getReceivedMessages())
                if (mail.getAllRecipients()[0].toString().equals(to))
                    mails.add(((MimeMultipart) mail.getContent())
                            .getBodyPart(0)
                            .getContent()
                            .toString()
                            .replaceAll("\\s+", " "));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
        return mails;
    }

    private List<String> mails(int atLeast) {
        return Awaiting.until(() -> mails(address), all -> all.size() >= atLeast);
    }

    private static String link(String mail) {
        Matcher link = LINK.matcher(mail);
        assertThat(link.find()).as(mail).isTrue();
        return link.group(1);
    }

    private static String page(String method, String link) {
        Story.Reply page = story.send(Story.NOBODY, method, link, null);
        assertThat(page.status()).isEqualTo(200);
        return page.text();
    }

    private void incident(String element) {
        for (String what : List.of("'wish', 'type': 'server'", "'incident'"))
            story.post(
                            story.ops,
                            "/api/v1/testimonies?customer=" + customer,
                            "{'kind': " + what + ", 'element': '" + element + "'}")
                    .expect(201);
    }

    @Test
    void whoHasNotAgreedIsAskedOnceAndSentNothingElse() {
        JsonNode made = subscribe(cio, address);
        assertThat(made.get("state").stringValue()).isEqualTo("unconfirmed");
        assertThat(made.toString()).doesNotContain("mnf_");
        String question = mails(1).getFirst();
        assertThat(question)
                .contains("Paula of Polite demande si des avis de Polite & Sons peuvent être envoyés à cette adresse")
                .contains("quelqu’un a écrit votre adresse dans un abonnement")
                .contains("/unsubscribe/mnf_");
        JsonNode beside = story.post(
                        cio, SUBSCRIPTIONS, "{'channel': {'type': 'atom'}, 'notices': ['incident.opened']}")
                .expect(201);
        incident("before");
        Awaiting.until(
                () -> story.get(
                                cio,
                                "/api/v1/dispatches?subscription="
                                        + beside.get("id").stringValue())
                        .expect(200)
                        .get("items"),
                items -> !items.isEmpty());
        String link = link(question);
        assertThat(page("GET", link)).contains("<button", "Accepter");
        assertThat(page("GET", link)).contains("<button");
        assertThat(state(made)).isEqualTo("unconfirmed");
        assertThat(page("POST", link)).contains("C’est accepté").doesNotContain("<button");
        assertThat(state(made)).isEqualTo("active");
        incident("after");
        assertThat(mails(2)).hasSize(2);
        assertThat(mails(address).getLast()).contains("after").doesNotContain("before");
    }

    @Test
    void theLinkCountsOnce() {
        JsonNode made = subscribe(cio, address);
        String link = link(mails(1).getFirst());
        page("POST", link);
        patch(made, "{'state': 'paused'}").expect(200);
        assertThat(page("GET", link)).doesNotContain("<button");
        page("POST", link);
        assertThat(state(made)).isEqualTo("paused");
    }

    @Test
    void afterSevenDaysNobodyAgreesAnyMoreUntilAskedAgain() {
        JsonNode made = subscribe(cio, address);
        String link = link(mails(1).getFirst());
        CLOCK.pass(Duration.ofDays(7));
        assertThat(page("GET", link)).contains("trop ancienne").doesNotContain("<button");
        assertThat(page("POST", link)).contains("trop ancienne");
        assertThat(state(made)).isEqualTo("unconfirmed");
        assertThat(patch(made, "{'state': 'active'}").expect(200).get("state").stringValue())
                .isEqualTo("unconfirmed");
        page("POST", link(mails(2).getLast()));
        assertThat(state(made)).isEqualTo("active");
    }

    @Test
    void theOwnerCannotAgreeInItsPlaceNorAskAllTheTime() {
        JsonNode made = subscribe(cio, address);
        mails(1);
        Awaiting.until(() -> story.post(cio, path(made) + "/test", "").status(), status -> status == 422);
        assertThat(patch(made, "{'state': 'active'}").expect(422).get("type").stringValue())
                .isEqualTo("/problems/asked-enough");
        patch(made, "{'state': 'paused'}").expect(200);
        assertThat(state(made)).isEqualTo("unconfirmed");
        int before = mails(address).size();
        CLOCK.pass(Duration.ofHours(1));
        assertThat(story.post(cio, path(made) + "/test", "")
                        .expect(200)
                        .get("outcome")
                        .stringValue())
                .isEqualTo("delivered");
        assertThat(mails(before + 1).getLast()).contains("demande si des avis");
        assertThat(state(made)).isEqualTo("unconfirmed");
    }

    @Test
    void whoDoesNotWantItEndsItAndOnesOwnAddressIsNotAsked() {
        JsonNode made = subscribe(cio, address);
        String link = link(mails(1).getFirst());
        page("POST", link.replace("/confirm/", "/unsubscribe/"));
        assertThat(story.get(cio, path(made)).status()).isEqualTo(404);
        assertThat(story.send(Story.NOBODY, "POST", link, null).text())
                .isEqualTo(story.send(Story.NOBODY, "POST", "/confirm/mnf_garbage", null)
                        .text());
        String own = story.post(
                        cio,
                        "/api/v1/witnesses",
                        "{'role': 'member', 'name': 'Max of Polite', 'email': 'max." + address + "'}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
        assertThat(subscribe(own, "max." + address).get("state").stringValue()).isEqualTo("active");
        assertThat(subscribe(own, "MAX." + address).get("state").stringValue()).isEqualTo("active");
    }

    @Test
    void whoCannotBeAskedForFiveDaysIsNotAskedAnyMoreAndItsOwnerIsTold() throws IOException {
        int nobodys;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobodys = closed.getLocalPort();
        }
        Story.StandingClock clock = new Story.StandingClock();
        MailServer away =
                new MailServer("127.0.0.1", nobodys, MailServer.Security.NONE, null, null, "minventory@example.org");
        try (Story alone = Story.fresh(clock, new Outward(null, List.of(), away))) {
            String path = path(
                    alone.post(alone.cio, SUBSCRIPTIONS, "{'channel': {'type': 'mail', 'address': 'a@example.org'}}")
                            .expect(201));
            for (int attempt = 1; attempt < 5; attempt++) {
                int failures = attempt;
                Awaiting.until(
                        () -> alone.get(alone.cio, path).expect(200),
                        one -> one.get("failures").intValue() == failures);
                clock.pass(Duration.ofHours(30));
            }
            Awaiting.until(() -> alone.get(alone.cio, path).status(), status -> status == 404);
            Awaiting.until(
                    () -> alone.get(alone.cio, "/api/v1/inbox").expect(200).toString(),
                    inbox -> inbox.contains("dispatch.endpoint-disabled"));
        }
    }

    @Test
    void nobodyAsksMoreThanTwentyAddressesADay() {
        List<JsonNode> made = new ArrayList<>();
        for (int i = 0; i < 20; i++) made.add(subscribe(cio, "m" + i + "." + address));
        refusedAsOneMore();
        Awaiting.until(() -> mails("m0." + address), all -> !all.isEmpty());
        story.delete(cio, path(made.getFirst())).expect(204);
        refusedAsOneMore();
        CLOCK.pass(Duration.ofDays(1));
        assertThat(subscribe(cio, address).get("state").stringValue()).isEqualTo("unconfirmed");
    }

    private void refusedAsOneMore() {
        JsonNode problem = story.post(
                        cio, SUBSCRIPTIONS, "{'channel': {'type': 'mail', 'address': 'one-more@example.org'}}")
                .expect(422);
        assertThat(problem.get("type").stringValue()).isEqualTo("/problems/asked-enough");
    }
}
