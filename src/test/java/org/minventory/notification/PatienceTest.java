package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.notification.channel.Receiver;
import tools.jackson.databind.JsonNode;

/** What waits, on a clock that the test sets: for a receiver to come back, for an hour of the day, for a state to last. */
class PatienceTest {
    private static final Story.StandingClock CLOCK = new Story.StandingClock();
    private static final Hearers HEARERS = new Hearers(CLOCK);

    /** Standard Webhooks 1.0. */
    private static final List<Duration> INTERVALS = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    private static final double JITTER = 0.2;
    private static final Duration A_LITTLE = Duration.ofSeconds(5);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final String customer = Story.name("patience");
    private final String path = "/" + customer;

    {
        HEARERS.story.customer(HEARERS.story.ops, customer, "Patience");
    }

    @AfterAll
    static void close() {
        HEARERS.close();
    }

    private void says(String element, String state) {
        CLOCK.pass(Duration.ofMillis(1));
        HEARERS.says(customer, element, state);
        HEARERS.awaitCalm(CLOCK);
    }

    /** Where time leaps the watches look first, and what gathers waits a little for what they say: that is over by then. */
    private void passTo(Instant instant) {
        Instant before = instant.minusSeconds(10);
        if (before.isAfter(CLOCK.instant())) {
            CLOCK.passTo(before);
            HEARERS.awaitCalm(CLOCK);
        }
        CLOCK.passTo(instant);
        HEARERS.awaitCalm(CLOCK);
    }

    private int arrived() {
        return HEARERS.arrived(path).size();
    }

    /** When the receiver is asked again. */
    private Instant due(String subscription) {
        return HEARERS.story
                .database()
                .everything()
                .sql("select due_at from errand where errand_id = ?::uuid")
                .param(subscription)
                .query((row, n) -> row.getTimestamp(1).toInstant())
                .single();
    }

    // ---- a receiver that is away

    @Test
    void aReceiverThatIsAwayIsAskedAtTheIntervalsOfTheStandardForFiveDaysThenItsOwnerIsTold() {
        HEARERS.receiver.answering(503, Map.of());
        String subscription = HEARERS.webhook(customer, path, "");
        says("box", "critical");
        Instant since = CLOCK.instant();
        says("box", "ok");
        says("other", "critical");
        List<Instant> asked = new ArrayList<>(List.of(since));
        while (isActive(subscription)) {
            assertThat(arrived()).as("one probe at a time").isEqualTo(asked.size());
            Duration interval = INTERVALS.get(Math.min(asked.size(), INTERVALS.size()) - 1);
            Instant due = due(subscription);
            assertThat(due)
                    .isBetween(
                            asked.getLast().plus(part(interval, 1 - JITTER)),
                            asked.getLast().plus(part(interval, 1 + JITTER)));
            passTo(due.minusMillis(2));
            assertThat(arrived()).as("no earlier").isEqualTo(asked.size());
            passTo(due.plusMillis(1));
            asked.add(CLOCK.instant());
        }
        assertThat(asked).hasSizeGreaterThan(INTERVALS.size());
        assertThat(asked.getLast()).isAfterOrEqualTo(since.plus(Retries.PATIENCE));
        assertThat(asked.get(asked.size() - 2)).isBefore(since.plus(Retries.PATIENCE));
        JsonNode first = HEARERS.dispatches(subscription).getLast();
        assertThat(HEARERS.tries(first)
                        .valueStream()
                        .map(one -> Instant.parse(one.get("at").stringValue()))
                        .toList())
                .isEqualTo(asked);
        ownerIsTold();
        whatWaitedIsSentInItsOrderOnceItIsActiveAgain(subscription);
    }

    private static Duration part(Duration interval, double share) {
        return Duration.ofMillis(Math.round(interval.toMillis() * share));
    }

    private boolean isActive(String subscription) {
        return HEARERS.subscription(subscription).get("state").stringValue().equals("active");
    }

    private void ownerIsTold() {
        Awaiting.until(
                () -> HEARERS.story
                        .get(HEARERS.story.ops, "/api/v1/inbox?limit=1000")
                        .expect(200)
                        .toString(),
                inbox -> inbox.contains("dispatch.endpoint-disabled"));
    }

    private void whatWaitedIsSentInItsOrderOnceItIsActiveAgain(String subscription) {
        int before = arrived();
        HEARERS.receiver.answering(200, Map.of());
        says("box", "warning");
        assertThat(arrived()).as("a disabled one is not asked").isEqualTo(before);
        Story.Reply disabled = HEARERS.story.get(HEARERS.story.ops, "/api/v1/subscriptions/" + subscription);
        HEARERS.story
                .patch(
                        HEARERS.story.ops,
                        "/api/v1/subscriptions/" + subscription,
                        "{'state': 'active'}",
                        "If-Match",
                        disabled.header("ETag"))
                .expect(200);
        HEARERS.awaitCalm(CLOCK);
        assertThat(HEARERS.states(subscription)).hasSize(4).containsOnly("delivered");
        assertThat(HEARERS.arrived(path).subList(before, arrived()).stream()
                        .map(one -> Json.ours(one.body()))
                        .filter(event ->
                                event.at("/data/elements/0/name").stringValue().equals("box"))
                        .map(event -> event.at("/data/sentence").stringValue()))
                .containsExactly("Monitoring says: critical.", "Monitoring says: ok.", "Monitoring says: warning.");
    }

    @Test
    void whoNamesATimeIsNotAskedBeforeUnlessItIsShorterThanTheInterval() {
        HEARERS.receiver.answering(429, Map.of("Retry-After", "7200"));
        String subscription = HEARERS.webhook(customer, path, "");
        says("box", "critical");
        Instant asked = CLOCK.instant();
        assertThat(due(subscription)).isEqualTo(asked.plus(Duration.ofHours(2)));
        passTo(asked.plus(Duration.ofHours(2)).minusMillis(1));
        assertThat(arrived()).isEqualTo(1);
        HEARERS.receiver.answering(503, Map.of("Retry-After", "1"));
        passTo(asked.plus(Duration.ofHours(2)));
        assertThat(arrived()).isEqualTo(2);
        assertThat(due(subscription)).isAfter(CLOCK.instant().plus(part(INTERVALS.get(1), 1 - JITTER - 0.01)));
        HEARERS.receiver.answering(200, Map.of());
        passTo(due(subscription).plusMillis(1));
        assertThat(HEARERS.states(subscription)).containsExactly("delivered");
    }

    // ---- an hour of the day

    @Test
    void theDailyAndTheWeeklyDigestComeOncePerDayAndWeekAcrossTheChangesOfTheClock() {
        HEARERS.receiver.answering(200, Map.of());
        for (LocalDate change :
                List.of(LocalDate.parse("2027-03-28"), LocalDate.parse("2027-10-31"), LocalDate.parse("2028-03-26"))) {
            passTo(change.minusDays(3).atTime(12, 0).atZone(PARIS).toInstant());
            String name = customer + "-" + change;
            String eight = digest("/" + name + "/8", "'hour': 8");
            String two = digest("/" + name + "/2", "'hour': 2");
            String sunday = digest("/" + name + "/sunday", "'hour': 2, 'weekday': 'sunday'");
            for (int day = -3; day < 3; day++) {
                says("box", day % 2 == 0 ? "ok" : "critical");
                int days = day + 4;
                LocalDate next = change.plusDays(day + 1L);
                comesAt(two, "/" + name + "/2", days, hour(next, 2));
                comesAt(eight, "/" + name + "/8", days, hour(next, 8));
                assertThat(HEARERS.arrived("/" + name + "/sunday")).hasSize(day < -1 ? 0 : 1);
                passTo(next.atTime(12, 0).atZone(PARIS).toInstant());
                assertThat(HEARERS.arrived("/" + name + "/8")).hasSize(days);
                assertThat(HEARERS.arrived("/" + name + "/2")).hasSize(days);
            }
            assertThat(change.getDayOfWeek()).isEqualTo(DayOfWeek.SUNDAY);
            assertThat(sentAt(sunday)).isNotEmpty().allSatisfy(at -> assertThat(at)
                    .isBetween(hour(change, 2), hour(change, 2).plus(A_LITTLE)));
            for (String one : List.of(eight, two, sunday))
                HEARERS.story.delete(HEARERS.story.ops, "/api/v1/subscriptions/" + one);
        }
    }

    /** An hour that the clocks skip is the first after it, one that they show twice the first of both. */
    private static Instant hour(LocalDate day, int hour) {
        return day.atTime(LocalTime.of(hour, 0))
                .atZone(PARIS)
                .withEarlierOffsetAtOverlap()
                .toInstant();
    }

    private String digest(String to, String when) {
        return HEARERS.webhook(customer, to, ", 'when': {'digest': {" + when + ", 'zone': 'Europe/Paris'}}");
    }

    private void comesAt(String subscription, String to, int count, Instant instant) {
        assertThat(HEARERS.dispatches(subscription).getFirst().get("dueAt").stringValue())
                .isEqualTo(instant.toString());
        passTo(instant.minusMillis(1));
        assertThat(HEARERS.arrived(to)).hasSize(count - 1);
        passTo(instant);
        passTo(instant.plus(A_LITTLE)); // where a watch looks at that moment
        assertThat(HEARERS.arrived(to)).hasSize(count);
    }

    private List<Instant> sentAt(String subscription) {
        return HEARERS.dispatches(subscription).stream()
                .filter(one -> one.get("state").stringValue().equals("delivered"))
                .map(one -> Instant.parse(HEARERS.tries(one).get(0).get("at").stringValue()))
                .toList();
    }

    // ---- a state that has to last

    @Test
    void whatIsOverBeforeItLastedLongEnoughIsUnsaidAndWhatLastsIsSaidOnce() {
        HEARERS.receiver.answering(request -> Receiver.Answer.OK);
        String subscription =
                HEARERS.webhook(customer, path, ", 'conditions': {'becomes': ['critical'], 'hasBeenFor': 'PT15M'}");
        says("brief", "critical");
        says("long", "critical");
        Instant begun = CLOCK.instant();
        CLOCK.pass(Duration.ofMinutes(5));
        says("brief", "ok");
        passTo(begun.plus(Duration.ofMinutes(15)).minusMillis(1));
        assertThat(HEARERS.sentences(path)).isEmpty();
        passTo(begun.plus(Duration.ofMinutes(15)));
        assertThat(arrived()).isEqualTo(1);
        assertThat(HEARERS.states(subscription)).containsExactly("delivered", "lapsed");
        says("brief", "critical"); // flaps: the second time counts from its own beginning
        Instant again = CLOCK.instant();
        passTo(again.plus(Duration.ofMinutes(15)));
        CLOCK.pass(Duration.ofHours(5));
        HEARERS.awaitCalm(CLOCK);
        assertThat(HEARERS.states(subscription)).containsExactly("delivered", "delivered", "lapsed");
        assertThat(HEARERS.sentences(path)).hasSize(2);
    }
}
