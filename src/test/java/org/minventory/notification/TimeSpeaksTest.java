package org.minventory.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.minventory.Awaiting;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** Silence, deadlines and expiring tokens, on a clock that the test sets. */
class TimeSpeaksTest {
    private static final Story.StandingClock CLOCK = new Story.StandingClock();
    private static final Story STORY = Story.fresh(CLOCK);

    private final String customer = Story.name("time");

    {
        STORY.customer(STORY.ops, customer, "Time");
    }

    private final String robot = STORY.robot(STORY.ops, customer, "prober", "read:inventory", "testify:*");

    @AfterAll
    static void close() {
        STORY.close();
    }

    private void says(String token, String testimony) {
        assertThat(STORY.post(token, "/api/v1/testimonies?customer=" + customer, testimony)
                        .status())
                .isIn(200, 201);
    }

    private List<String> heard(String subscription, String type) {
        List<String> heard = new ArrayList<>();
        for (JsonNode one : STORY.get(STORY.ops, "/api/v1/dispatches?limit=1000&subscription=" + subscription)
                .expect(200)
                .get("items")) {
            JsonNode notice = one.get("notice");
            if (notice.isObject() && notice.get("type").stringValue().equals(type))
                heard.add(notice.get("elements")
                                .valueStream()
                                .map(e -> e.get("name").stringValue())
                                .toList() + " " + notice.get("sentence").stringValue());
        }
        return heard;
    }

    private String hear(String condition, String... types) {
        return STORY.post(
                        STORY.ops,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer + "', 'channel': {'type': 'atom'}, 'conditions': " + condition
                                + ", 'notices': ['" + String.join("','", types) + "']}")
                .expect(201)
                .get("id")
                .stringValue();
    }

    @Test
    void whoIsAwaitedAndDoesNotSpeakIsLateThenSilentThenHeardAgain() {
        String mine = hear("{}", "knowledge.late", "knowledge.stale", "knowledge.refreshed");
        for (String element : List.of("vpn-1", "vpn-2"))
            says(
                    robot,
                    "{'kind': 'survey', 'element': '" + element
                            + "', 'type': 'server', 'create': true, 'source': 'prober', 'facts': {'memory': '8 GiB'}}");
        CLOCK.pass(Duration.ofDays(8));
        Awaiting.until(() -> heard(mine, "knowledge.late"), all -> !all.isEmpty());
        assertThat(heard(mine, "knowledge.late"))
                .hasSize(1)
                .allMatch(s -> s.contains("vpn-1") && s.contains("vpn-2") && s.contains("prober is late"));
        assertThat(heard(mine, "knowledge.stale")).isEmpty();
        CLOCK.pass(Duration.ofDays(7));
        Awaiting.until(() -> heard(mine, "knowledge.stale"), all -> !all.isEmpty());
        assertThat(heard(mine, "knowledge.stale")).hasSize(1);
        says(robot, "{'kind': 'survey', 'element': 'vpn-1', 'source': 'prober', 'facts': {'memory': '8 GiB'}}");
        CLOCK.pass(Duration.ofMinutes(2));
        Awaiting.until(() -> heard(mine, "knowledge.refreshed"), all -> !all.isEmpty());
        assertThat(heard(mine, "knowledge.refreshed"))
                .singleElement()
                .asString()
                .contains("vpn-1")
                .doesNotContain("vpn-2");
        assertThat(heard(mine, "knowledge.stale")).hasSize(1);
    }

    @Test
    void aDeadlineIsToldWhenItIsNearAndWhenItHasPassedOnceEach() {
        String month = hear("{}", "deadline.near", "deadline.passed");
        String week = hear("{'expiresIn': 7}", "deadline.near");
        String day = CLOCK.instant().plus(Duration.ofDays(40)).toString().substring(0, 10);
        says(
                STORY.ops,
                "{'kind': 'wish', 'element': 'shop.example', 'type': 'domain', 'facts': {'expires': '" + day + "'}}");
        CLOCK.pass(Duration.ofDays(11));
        Awaiting.until(() -> heard(month, "deadline.near"), all -> !all.isEmpty());
        assertThat(heard(month, "deadline.near")).singleElement().asString().contains("expiry: shop.example");
        assertThat(heard(week, "deadline.near")).isEmpty();
        CLOCK.pass(Duration.ofDays(23));
        Awaiting.until(() -> heard(week, "deadline.near"), all -> all.size() == 1);
        CLOCK.pass(Duration.ofDays(8));
        Awaiting.until(() -> heard(month, "deadline.passed"), all -> !all.isEmpty());
        assertThat(heard(month, "deadline.passed")).singleElement().asString().contains("Passed");
        assertThat(heard(month, "deadline.near")).hasSize(1);
        assertThat(heard(week, "deadline.near")).hasSize(1);
    }

    @Test
    void theDigestWaitsForItsHourInSummerAndInWinter() {
        Schedule morning = new Schedule(new Schedule.Digest(8, null, java.time.ZoneId.of("Europe/Paris")));
        assertThat(morning.due(Instant.parse("2026-03-28T10:00:00Z"))).isEqualTo(Instant.parse("2026-03-29T06:00:00Z"));
        assertThat(morning.due(Instant.parse("2026-03-27T10:00:00Z"))).isEqualTo(Instant.parse("2026-03-28T07:00:00Z"));
        assertThat(morning.due(Instant.parse("2026-10-24T10:00:00Z"))).isEqualTo(Instant.parse("2026-10-25T07:00:00Z"));
        Schedule skipped = new Schedule(new Schedule.Digest(2, null, java.time.ZoneId.of("Europe/Paris")));
        assertThat(skipped.due(Instant.parse("2026-03-28T10:00:00Z"))).isEqualTo(Instant.parse("2026-03-29T01:00:00Z"));
        Schedule twice = new Schedule(new Schedule.Digest(2, null, java.time.ZoneId.of("Europe/Paris")));
        assertThat(twice.due(Instant.parse("2026-10-24T10:00:00Z"))).isEqualTo(Instant.parse("2026-10-25T00:00:00Z"));
        Schedule monday =
                new Schedule(new Schedule.Digest(8, java.time.DayOfWeek.MONDAY, java.time.ZoneId.of("Europe/Paris")));
        assertThat(monday.due(Instant.parse("2026-03-30T05:59:59Z"))).isEqualTo(Instant.parse("2026-03-30T06:00:00Z"));
        assertThat(monday.due(Instant.parse("2026-03-30T06:00:00Z"))).isEqualTo(Instant.parse("2026-04-06T06:00:00Z"));
    }

    @Test
    void whatIsWithdrawnIsNoSilence() {
        String late = hear("{}", "knowledge.late");
        String testimony = STORY.post(
                        robot,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'survey', 'element': 'gone', 'type': 'server', 'create': true, 'facts': {'memory': '8 GiB'}}")
                .expect(201)
                .get("id")
                .stringValue();
        CLOCK.pass(Duration.ofDays(8));
        Awaiting.until(() -> heard(late, "knowledge.late"), all -> all.size() == 1);
        assertThat(silent()).isEqualTo(1);
        says(robot, "{'kind': 'withdrawal', 'testimony': '" + testimony + "'}");
        CLOCK.pass(Duration.ofMinutes(2));
        Awaiting.until(this::silent, count -> count == 0);
    }

    private long silent() {
        return STORY.database()
                .everything()
                .sql("select count(*) from silence s join customer c using (customer_id) where c.slug = ?")
                .param(customer)
                .query(Long.class)
                .single();
    }
}
