package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Receiver;
import org.minventory.notification.channel.Target;
import tools.jackson.databind.JsonNode;

/** A secret is replaced without a message that its receiver could not verify: for a day both sign. */
class SecretRotationTest {
    private static final String SUBSCRIPTIONS = "/api/v1/subscriptions";

    @Test
    void bothSecretsSignForADayAndThenTheNewOneAlone() {
        Story.StandingClock clock = new Story.StandingClock();
        try (Receiver receiver = new Receiver();
                Story story = Story.fresh(
                        clock, new Outward(null, List.of(new Target("127.0.0.1", receiver.port())), null))) {
            JsonNode made = story.post(
                            story.ops,
                            SUBSCRIPTIONS,
                            "{'customer': 'acme', 'notices': ['monitoring.state-changed'],"
                                    + " 'channel': {'type': 'webhook', 'url': '" + receiver.url("/") + "'}}")
                    .expect(201);
            String first = made.at("/channel/secret").stringValue();
            assertThat(signatures(story, receiver, "critical")).containsExactly(by(first, receiver));

            String second = story.post(
                            story.ops, SUBSCRIPTIONS + "/" + made.get("id").stringValue() + "/secret", "")
                    .expect(200)
                    .get("secret")
                    .stringValue();
            assertThat(second).startsWith("whsec_").isNotEqualTo(first);
            assertThat(signatures(story, receiver, "warning"))
                    .containsExactlyInAnyOrder(by(second, receiver), by(first, receiver));

            clock.pass(Duration.ofHours(25));
            assertThat(signatures(story, receiver, "ok")).containsExactly(by(second, receiver));
        }
    }

    /** What the message carries that this state brings about. */
    private static List<String> signatures(Story story, Receiver receiver, String state) {
        int before = receiver.requests().size();
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=acme",
                        "{'kind': 'monitoring-state', 'element': 'box', 'type': 'server', 'create': true, 'facts': {'state': '"
                                + state + "'}}")
                .expect(201);
        Awaiting.until(() -> receiver.requests().size(), count -> count > before);
        return List.of(
                receiver.requests().getLast().headers().get("webhook-signature").split(" "));
    }

    /** The latest message signed by that secret, as Standard Webhooks say. */
    private static String by(String secret, Receiver receiver) {
        Receiver.Request request = receiver.requests().getLast();
        String signed = request.headers().get("webhook-id") + "."
                + request.headers().get("webhook-timestamp") + "." + request.text();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
