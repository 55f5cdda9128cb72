package org.minventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;

/** Nobody exhausts the house: bodies and rates have limits, and a refusal always arrives. */
class LimitsTest {
    private final Story story = Story.told();

    @Test
    void aBodyOfTwentyMebibytesIsRefusedAndTheRefusalArrives() {
        byte[] large = new byte[20 << 20];
        Arrays.fill(large, (byte) ' ');
        Reply reply = story.send(story.ops, "POST", "/api/v1/customers", large);
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.json().at("/type").stringValue()).isEqualTo("/problems/body-too-large");
        assertThat(reply.json().at("/detail").stringValue()).contains("1 MiB");
        story.get(story.ops, "/api/v1/customers").expect(200);
    }

    @Test
    void soIsOneWhoseLengthIsNotTold() {
        byte[] large = new byte[20 << 20];
        Arrays.fill(large, (byte) ' ');
        assertThat(story.stream(story.ops, "/api/v1/customers", large).status()).isEqualTo(413);
        assertThat(story.stream(story.ops, "/api/v1/customers", "{}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aBucketIsEmptiedByABurstAndRefilledByTime() {
        Story.StandingClock clock = new Story.StandingClock();
        Rates rates = new Rates(clock, 10, 20);
        UUID token = UUID.randomUUID();
        for (int i = 0; i < 20; i++) rates.take(token);
        assertThatThrownBy(() -> rates.take(token)).satisfies(refusal -> {
            assertThat(((Refusal) refusal).problem()).isEqualTo(Problem.TOO_MANY_REQUESTS);
            assertThat(Problems.answer((Refusal) refusal, java.util.Locale.ENGLISH)
                            .headers())
                    .containsEntry("Retry-After", "1");
        });
        rates.take(UUID.randomUUID());
        clock.pass(Duration.ofMillis(100));
        rates.take(token);
        assertThatThrownBy(() -> rates.take(token)).isInstanceOf(Refusal.class);
        clock.pass(Duration.ofHours(1));
        for (int i = 0; i < 20; i++) rates.take(token);
        assertThatThrownBy(() -> rates.take(token)).isInstanceOf(Refusal.class);
    }

    @Test
    void tooManyRequestsAreAProblemWithATime() {
        Story.StandingClock clock = new Story.StandingClock();
        try (Story slow = Story.fresh(clock, 2, 5)) {
            String robot = slow.robot(slow.strangersOps, "zenith", "eager", "read:inventory");
            for (int i = 0; i < 5; i++) slow.get(robot, "/api/v1/customers").expect(200);
            Reply reply = slow.get(robot, "/api/v1/customers");
            assertThat(reply.expect(429).at("/type").stringValue()).isEqualTo("/problems/too-many-requests");
            assertThat(reply.header("Retry-After")).isEqualTo("1");
            clock.pass(Duration.ofSeconds(1));
            slow.get(robot, "/api/v1/customers").expect(200);
        }
    }

    /** Alertmanager comes again after a 5xx alone, and would lose what is answered by a 429. */
    @Test
    void whoComesAgainOnlyAfterAFailureIsToldThatWeAreBusy() {
        Story.StandingClock clock = new Story.StandingClock();
        try (Story slow = Story.fresh(clock, 2, 5)) {
            String robot = slow.robot(slow.strangersOps, "zenith", "eager", "testify:monitoring-state");
            for (int i = 0; i < 5; i++)
                slow.post(robot, "/integrations/alertmanager", "{'alerts': []}").expect(200);
            for (String door : List.of("/integrations/alertmanager", "/integrations/checks")) {
                Reply reply = slow.post(robot, door, "{}");
                assertThat(reply.expect(503).at("/type").stringValue()).isEqualTo("/problems/busy");
            }
            clock.pass(Duration.ofSeconds(1));
            slow.post(robot, "/integrations/alertmanager", "{'alerts': []}").expect(200);
        }
    }
}
