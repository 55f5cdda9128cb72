package org.minventory.notification.channel.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.minventory.Npm;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.WallClock;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Hostile;
import org.minventory.notification.channel.HttpContract;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Messages;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Receiver;
import org.minventory.notification.channel.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class WebhookChannelTest extends HttpContract {
    private final String secret = secret();

    private static String secret() {
        return "whsec_" + Base64.getEncoder().encodeToString(Ids.random(32));
    }

    @Override
    protected Channel.Sent channel() {
        return new WebhookChannel(sender, outward, WallClock.MICROSECONDS);
    }

    @Override
    protected Settings settings() {
        return new Settings(Map.of("url", receiver.url("/hook?token=hush"), "secret", secret));
    }

    @Override
    protected Settings deaf() {
        return settings().with("url", refusing.url("/hook"));
    }

    @Override
    protected List<Arrived> arrived() {
        return requests().stream()
                .map(request -> new Arrived(
                        request.headers().get("webhook-id") + request.text(),
                        texts(Json.read(request.body())),
                        request.body()))
                .toList();
    }

    @Override
    protected int limit() {
        return 20_000;
    }

    @Override
    protected Map<String, List<String>> unfit() {
        return Map.of(
                "url", List.of("http://127.0.0.1:1/", "https://localhost/", "not an address"),
                "secret", List.of("", "hush", "whsec_", "whsec_***", "whsec_c2hvcnQ=", secret + secret));
    }

    @Override
    protected void assertHarmless(Arrived arrived) {
        JsonNode event = Json.read(arrived.raw());
        assertThat(event.propertyNames())
                .containsOnly("specversion", "id", "source", "type", "time", "datacontenttype", "data");
        assertThat(requests().getLast().headers()).doesNotContainKeys("Bcc", "X-Injected");
    }

    @Test
    void isACloudEventWithIdsASentenceAndALink() {
        channel().send(Messages.one(Locale.FRENCH), settings());
        Receiver.Request request = requests().getLast();
        assertThat(request.path()).isEqualTo("/hook?token=hush");
        assertThat(request.headers().get("Content-Type")).isEqualTo("application/cloudevents+json; charset=utf-8");
        assertThat(request.text()).isEqualTo(Json.MAPPER.readTree("""
                {"specversion": "1.0", "id": "01990000-0000-7000-8000-000000000001",
                 "source": "https://minventory.example", "type": "divergence.opened",
                 "subject": "00000000-0000-0007-0000-000000000001", "time": "2026-11-29T10:00:01Z",
                 "datacontenttype": "application/json",
                 "data": {"customer": {"id": "00000000-0000-0006-0000-000000000001", "slug": "acme", "name": "Acme"},
                  "no": 1, "severity": "warning",
                  "elements": [{"id": "00000000-0000-0007-0000-000000000001", "name": "shop-db-1"}],
                  "elementsOmitted": 0,
                  "sentence": "memory number 1 is 32 GiB instead of 64 GiB.", "details": ["raid is missing too"],
                  "testimony": "00000000-0000-0008-0000-000000000001", "witness": "Ada",
                  "link": "https://minventory.example/elements/1?x=1&y=2",
                  "language": "fr", "why": "You follow all of Acme.",
                  "manage": "https://minventory.example/subscriptions/1"}}""").toString());
    }

    @Test
    void severalPiecesOfNewsAreOneEventOfATypeOfTheirOwn() {
        channel().send(Messages.several(Locale.ENGLISH, 3), settings());
        JsonNode event = last();
        assertThat(event.get("type").stringValue()).isEqualTo("notice.digest");
        assertThat(event.get("time").stringValue()).isEqualTo("2026-11-29T10:00:00Z");
        assertThat(event.at("/data/severity").stringValue()).isEqualTo("critical");
        assertThat(event.at("/data/news")).hasSize(3);
        assertThat(event.at("/data/news/2/type").stringValue()).isEqualTo("divergence.opened");
        assertThat(event.at("/data/news/2/no").intValue()).isEqualTo(3);
        assertThat(event.at("/data/omitted").intValue()).isZero();
    }

    @Test
    void whatTimeAloneSaysHasNoWitness() {
        Message told = Messages.one(Locale.ENGLISH);
        Message.News news = told.news().getFirst();
        Message.News silent = new Message.News(
                news.no(),
                "deadline.near",
                "info",
                news.at(),
                news.sentence(),
                List.of(),
                List.of(),
                news.link(),
                null,
                null);
        Message message = new Message(
                told.id(),
                told.at(),
                told.language(),
                told.customer(),
                List.of(silent),
                told.why(),
                told.manage(),
                null);
        channel().send(message, settings());
        assertThat(last().at("/data/witness").isNull()).isTrue();
        assertThat(last().at("/data/testimony").isNull()).isTrue();
        assertThat(last().has("subject")).isFalse();
    }

    @Test
    void namesItselfByWhereItIsFoundWhereNobodySaidMore() {
        new WebhookChannel(sender, Outward.USUAL, WallClock.MICROSECONDS)
                .send(Messages.one(Locale.ENGLISH), settings());
        assertThat(last().get("source").stringValue()).isEqualTo("https://minventory.example/");
    }

    /** The example of the specification. */
    @Test
    void signsAsStandardWebhooksSay() {
        byte[] body = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
        assertThat(Signature.of(
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void theTimestampIsOfTheAttempt() {
        Instant first = Instant.parse("2026-11-29T10:00:00.9Z");
        Instant second = first.plusSeconds(300);
        new WebhookChannel(sender, outward, () -> first).send(Messages.one(Locale.ENGLISH), settings());
        new WebhookChannel(sender, outward, () -> second).send(Messages.one(Locale.ENGLISH), settings());
        assertThat(requests())
                .extracting(request -> request.headers().get("webhook-timestamp"))
                .containsExactly("" + first.getEpochSecond(), "" + second.getEpochSecond());
        assertThat(requests())
                .extracting(request -> request.headers().get("webhook-signature"))
                .doesNotHaveDuplicates();
    }

    @Test
    void theReferenceLibrariesOfOthersReadWhatArrived() {
        channel().send(Messages.of(Hostile.LINKS.words() + " éàü 😀", 3), settings());
        JsonNode event = read(requests().getLast(), secret, 0);
        assertThat(event.get("type").stringValue()).isEqualTo("notice.digest");
        assertThat(event.at("/data/news/0/sentence").stringValue()).contains("éàü 😀");
        assertThat(UUID.fromString(event.get("id").stringValue()))
                .isEqualTo(Messages.one(Locale.ENGLISH).id());
    }

    @Test
    void whileASecretIsReplacedBothSign() {
        String next = secret();
        Settings rotated = settings().with("previousSecret", secret).with("secret", next);
        Outcome outcome = channel().send(Messages.one(Locale.ENGLISH), rotated);
        read(requests().getLast(), secret, 0);
        read(requests().getLast(), next, 0);
        read(requests().getLast(), secret(), 1);
        assertThat(outcome.request()).doesNotContain(secret, next);
    }

    @Test
    void whatWasAlteredOnItsWayIsNoticed() {
        channel().send(Messages.one(Locale.ENGLISH), settings());
        Receiver.Request got = requests().getLast();
        String altered = got.text().replace("32 GiB", "64 GiB");
        read(new Receiver.Request(got.path(), got.headers(), altered.getBytes(StandardCharsets.UTF_8)), secret, 1);
        Map<String, String> other = new TreeMap<>(got.headers());
        other.put("Webhook-id", UUID.randomUUID().toString());
        read(new Receiver.Request(got.path(), other, got.body()), secret, 1);
    }

    /** What the libraries make of it: {@code standardwebhooks} verifies it, {@code cloudevents} reads it. */
    private static JsonNode read(Receiver.Request request, String secret, int status) {
        ObjectNode given = Json.object().put("secret", secret).put("body", request.text());
        ObjectNode headers = given.putObject("headers");
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), value));
        Npm.Ran ran = Npm.run("receive-webhook.mjs", given.toString());
        assertThat(ran.status()).as(ran.err()).isEqualTo(status);
        if (status != 0) assertThat(ran.err()).contains("No matching signature found");
        return status == 0 ? Json.MAPPER.readTree(ran.out()) : Json.object();
    }
}
