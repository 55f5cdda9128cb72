package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** The one list of a day: what to decide, what is late, what ends, whose turn it is. */
class TodayTest {
    private final Story story = Story.told();
    private final String customer = Story.name("today");

    {
        story.customer(story.ops, customer, "Today");
    }

    private final String cio = story.person(story.ops, customer, "cio", "Ada");

    private void says(String testimony) {
        story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony);
    }

    private JsonNode today(String who) {
        return story.get(who, "/api/v1/today?customer=" + customer).expect(200);
    }

    private static List<String> whats(JsonNode today, String group) {
        List<String> whats = new ArrayList<>();
        today.at("/" + group + "/items")
                .forEach(item -> whats.add(item.get("what").stringValue()));
        return whats;
    }

    private LocalDate in(int days) {
        return story.today().plusDays(days);
    }

    @Test
    void nothingWaitsWhereNothingWasSaid() {
        JsonNode today = today(story.ops);
        for (String group : List.of("decide", "late", "ends", "turn"))
            assertThat(today.at("/" + group + "/items")).isEmpty();
    }

    @Test
    void eachSideSeesWhatWaitsForIt() {
        story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': '" + customer + "', 'number': 'T-1', 'terms': {'promised.on': '" + in(-3)
                                + "', 'expires': '" + in(20) + "'}}")
                .expect(201);
        says(
                "{'kind': 'order', 'element': 'box-1', 'type': 'server', 'create': true, 'order': 'T-1', 'facts': {'memory': '64 GiB'}}");
        says(
                "{'kind': 'order', 'element': 'box-2', 'type': 'server', 'create': true, 'order': 'T-1', 'facts': {'memory': '64 GiB'}}");
        says("{'kind': 'delivery-survey', 'element': 'box-1', 'facts': {'memory': '32 GiB'}}");
        says("{'kind': 'survey', 'element': 'nobody', 'facts': {'memory': '1 GiB'}}");
        says("{'kind': 'wish', 'element': 'today.example', 'type': 'domain', 'facts': {'expires': '" + in(-2) + "'}}");
        story.post(cio, "/api/v1/projects", "{'name': 'today-1', 'title': 'A wish'}")
                .expect(201);

        JsonNode ops = today(story.ops);
        assertThat(whats(ops, "decide")).containsExactly("delivery", "divergence", "unattached");
        assertThat(whats(ops, "late")).containsExactly("order", "expiry");
        assertThat(whats(ops, "ends")).containsExactly("order");
        assertThat(whats(ops, "turn")).containsExactly("project");
        assertThat(ops.at("/decide/items/1/sentence").stringValue())
                .isEqualTo("box-1: 32 GiB delivered where 64 GiB were ordered");
        for (String group : List.of("decide", "late", "ends", "turn"))
            for (JsonNode item : ops.at("/" + group + "/items"))
                story.get(story.ops, item.get("link").stringValue()).expect(200);

        JsonNode customers = today(cio);
        assertThat(whats(customers, "decide")).containsExactly("divergence");
        assertThat(whats(customers, "turn")).isEmpty();
        story.post(
                        story.ops,
                        ops.at("/decide/items/0/link").stringValue() + "/acceptance",
                        "{'decision': 'accept-with-reservations', 'reservations': [{'text': 'more memory', 'until': '"
                                + in(-1) + "'}]}")
                .expect(201);
        assertThat(whats(today(cio), "decide")).containsExactly("delivery", "divergence");
        assertThat(whats(today(story.ops), "decide")).containsExactly("divergence", "unattached");
        assertThat(whats(today(story.ops), "late")).containsExactly("order", "expiry", "reservation");
        JsonNode french = story.get(story.ops, "/api/v1/today?customer=" + customer, "Accept-Language", "fr")
                .expect(200);
        assertThat(french.at("/late/items/0/sentence").stringValue()).contains("n’est pas livrée en entier");
    }

    @Test
    void ofEachGroupTheFirstAndWhetherThereAreMore() {
        for (int i = 0; i < 3; i++)
            says("{'kind': 'delivery-notice', 'element': 'crate-" + i
                    + "', 'type': 'server', 'create': true, 'facts': {}}");
        JsonNode two = story.get(story.ops, "/api/v1/today?limit=2&customer=" + customer)
                .expect(200);
        assertThat(two.at("/decide/items")).hasSize(2);
        assertThat(two.at("/decide/more").booleanValue()).isTrue();
        story.get(story.ops, "/api/v1/today?limit=0").expect(400);
        story.get(story.ansible, "/api/v1/today").expect(403);
    }
}
