package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/**
 * Status, progress, deliveries and deadlines come from testimonies and from nothing else: each that is withdrawn takes all
 * of them back to where they stood before it was told.
 */
class StepBackTest {
    private final Story story = Story.told();
    private final String customer = Story.name("back");

    {
        story.customer(story.ops, customer, "Back");
    }

    private final String cio = story.person(story.ops, customer, "cio", "Cleo Back");

    private String says(String testimony) {
        return story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201)
                .at("/id")
                .stringValue();
    }

    private String posts(String path, String body) {
        return story.post(story.ops, path, body).expect(201).at("/id").stringValue();
    }

    /** All that is derived, as people read it. */
    private List<String> derived() {
        JsonNode project = story.get(story.ops, "/api/v1/projects/" + customer).expect(200);
        List<String> derived = new ArrayList<>();
        derived.add(project.at("/progress/counts").toString());
        derived.add(project.at("/progress/next").toString());
        derived.add(project.at("/progress/spent").toString());
        for (JsonNode one : story.get(story.ops, "/api/v1/elements?customer=" + customer)
                .expect(200)
                .get("items")) derived.add(one.get("name") + " " + one.get("status") + " " + one.get("divergences"));
        for (JsonNode one : story.get(
                        story.ops, "/api/v1/deadlines?from=1970-01-01&until=2200-12-31&customer=" + customer)
                .expect(200)
                .get("items")) derived.add(one.get("what") + " " + one.get("date") + " " + one.get("about"));
        for (JsonNode one : story.get(story.ops, "/api/v1/deliveries?customer=" + customer)
                .expect(200)
                .get("items")) derived.add(one.get("state") + " " + one.get("verdicts"));
        derived.add(story.get(story.ops, "/api/v1/costs?customer=" + customer)
                .expect(200)
                .toString());
        return derived;
    }

    @Test
    void eachStepGoesBackWhenItsTestimonyIsWithdrawn() {
        LocalDate soon = story.today().plusDays(20);
        story.post(cio, "/api/v1/projects", "{'name': '" + customer + "', 'title': 'A box'}")
                .expect(201);
        says("{'kind': 'wish', 'element': 'box', 'type': 'server', 'facts': {'project': '" + customer
                + "', 'memory': '64 GiB'}}");
        says("{'kind': 'wish', 'element': 'dump', 'type': 'backup'}");
        says("{'kind': 'wish', 'element': 'www.box', 'type': 'certificate'}");
        posts("/api/v1/projects/" + customer + "/messages", "{'as': 'proposal', 'text': 'one box'}");
        String proposal = story.get(cio, "/api/v1/projects/" + customer)
                .expect(200)
                .at("/proposal/testimony")
                .stringValue();
        story.post(
                        cio,
                        "/api/v1/projects/" + customer + "/approval",
                        "{'decision': 'approved', 'proposal': '" + proposal + "'}")
                .expect(201);

        Deque<List<String>> stood = new ArrayDeque<>();
        Deque<String> told = new ArrayDeque<>();
        for (String step : List.of(
                "{'kind': 'order', 'element': 'box', 'facts': {'memory': '64 GiB', 'price.monthly': '10 EUR', 'expires': '"
                        + soon + "'}}",
                "{'kind': 'delivery-survey', 'element': 'box', 'facts': {'memory': '32 GiB'}}",
                "{'kind': 'acceptance', 'element': 'box', 'facts': {'decision': 'accept-with-reservations', 'reservations': [{'attribute': 'memory', 'until': '"
                        + soon + "'}]}}",
                "{'kind': 'delivery-survey', 'element': 'box', 'source': 'lshw', 'facts': {'memory': '64 GiB'}}",
                "{'kind': 'deployment-report', 'element': 'box', 'facts': {'memory': '64 GiB', 'warranty.ends': '"
                        + soon.plusDays(1) + "'}}",
                "{'kind': 'survey', 'element': 'box', 'source': 'ansible', 'facts': {'os.name': 'Debian', 'os.version': '12.9'}}",
                "{'kind': 'proof', 'element': 'dump', 'facts': {'size': '10 GB'}}",
                "{'kind': 'proof', 'element': 'dump', 'facts': {'last.success': '" + soon.minusDays(21)
                        + "T03:00:00Z', 'restore.proven': '" + soon.minusDays(40) + "'}}",
                "{'kind': 'proof', 'element': 'www.box', 'facts': {'issued': '" + soon.minusDays(30) + "', 'expires': '"
                        + soon.plusDays(60) + "'}}",
                "{'kind': 'commissioning', 'element': 'box'}",
                "{'kind': 'maintenance', 'element': 'box'}",
                "{'kind': 'decommissioning', 'element': 'box'}")) {
            stood.push(derived());
            told.push(says(step));
            assertThat(derived()).as(step).isNotEqualTo(stood.peek());
        }
        while (!told.isEmpty()) {
            says("{'kind': 'withdrawal', 'testimony': '" + told.pop() + "'}");
            assertThat(derived()).isEqualTo(stood.pop());
        }
    }
}
