package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** What was ordered costs: by month, infrastructure, provider and currency. */
class CostsTest {
    private final Story story = Story.told();
    private final String customer = Story.name("payer");

    {
        story.customer(story.ops, customer, "Payer");
    }

    private void says(String testimony) {
        story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201);
    }

    private void line(String element, String at, String facts) {
        says("{'kind': 'order', 'element': '" + element + "', 'type': 'server', 'create': true, 'witnessedAt': '" + at
                + "', 'facts': {" + facts + "}}");
    }

    private JsonNode costs(String months) {
        return story.get(story.ops, "/api/v1/costs?customer=" + customer + months)
                .expect(200)
                .get("items");
    }

    @Test
    void pricesAreSpreadOverTheMonthsInWhichTheyRun() {
        line(
                "a",
                "2026-03-10T00:00:00Z",
                "'infrastructure': 'shop', 'provider': 'OVHcloud', 'price.monthly': '10.50 EUR', 'price.setup': '99 EUR'");
        line(
                "b",
                "2026-04-01T00:00:00Z",
                "'infrastructure': 'shop', 'provider': 'OVHcloud', 'price.yearly': '120 EUR'");
        line(
                "c",
                "2026-03-01T00:00:00Z",
                "'infrastructure': 'office', 'provider': 'Hetzner', 'price.monthly': '20 USD'");
        says("{'kind': 'decommissioning', 'element': 'a', 'witnessedAt': '2026-04-30T00:00:00Z'}");
        JsonNode costs = costs("&from=2026-03&until=2026-05");
        assertThat(lines(costs)).isEqualTo("""
                        2026-03 office Hetzner USD 20.00 0.00 20.00
                        2026-03 shop OVHcloud EUR 10.50 99.00 109.50
                        2026-04 office Hetzner USD 20.00 0.00 20.00
                        2026-04 shop OVHcloud EUR 20.50 0.00 20.50
                        2026-05 office Hetzner USD 20.00 0.00 20.00
                        2026-05 shop OVHcloud EUR 10.00 0.00 10.00
                        """);
        assertThat(costs("&from=2026-02")).isEmpty();
        assertThat(story.get(story.ops, "/api/v1/costs?from=2026-03&customer=" + customer, "Accept", "text/csv")
                        .text()
                        .lines())
                .hasSize(3);
    }

    private static String lines(JsonNode costs) {
        StringBuilder lines = new StringBuilder();
        for (JsonNode cost : costs) {
            for (String member : new String[] {"month", "infrastructure", "provider", "currency", "recurring", "once"})
                lines.append(cost.get(member).asString("-")).append(' ');
            lines.append(cost.get("total").stringValue()).append('\n');
        }
        return lines.toString();
    }

    @Test
    void whatAnOrderWasAgreedForCountsWhateverItsLinesSay() {
        story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': '" + customer + "', 'number': 'W-" + customer
                                + "', 'terms': {'provider': 'Gandi', 'ordered.on': '2026-01-15', 'price.monthly': '7 EUR'}}")
                .expect(201);
        says("{'kind': 'order', 'element': 'd', 'type': 'server', 'create': true, 'order': 'W-" + customer
                + "', 'facts': {'price.monthly': '100 EUR', 'infrastructure': 'mail'}}");
        assertThat(lines(costs("&from=2026-02"))).isEqualTo("2026-02 mail Gandi EUR 7.00 0.00 7.00\n");
    }

    @Test
    void whatIsCancelledCostsUntilTheDayThatWasTold() {
        line("e", "2026-01-10T00:00:00Z", "'provider': 'OVHcloud', 'price.monthly': '5 EUR'");
        line(
                "e",
                "2026-01-20T00:00:00Z",
                "'provider': 'OVHcloud', 'price.monthly': '5 EUR', 'cancelled.on': '2026-02-15'");
        assertThat(lines(costs("&from=2026-01&until=2026-04")))
                .isEqualTo("2026-01 - OVHcloud EUR 5.00 0.00 5.00\n2026-02 - OVHcloud EUR 5.00 0.00 5.00\n");
    }

    @Test
    void anOrderThatNamesItsSetupAloneLeavesItsLinesTheirPrices() {
        story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': '" + customer + "', 'number': 'S-" + customer
                                + "', 'terms': {'provider': 'Gandi', 'ordered.on': '2026-01-15', 'price.setup': '100 EUR'}}")
                .expect(201);
        says(
                "{'kind': 'order', 'element': 'f', 'type': 'server', 'create': true, 'witnessedAt': '2026-01-15T00:00:00Z', 'order': 'S-"
                        + customer + "', 'facts': {'provider': 'Gandi', 'price.monthly': '50 EUR'}}");
        assertThat(lines(costs("&from=2026-01&until=2026-02")))
                .isEqualTo("2026-01 - Gandi EUR 50.00 100.00 150.00\n2026-02 - Gandi EUR 50.00 0.00 50.00\n");
    }

    @Test
    void monthsThatAreNoneAreRefusedAndTheStrangerPaysNothing() {
        for (String months : new String[] {"&from=soon", "&from=2026-05&until=2026-04", "&from=2026-01&until=2031-01"})
            story.get(story.ops, "/api/v1/costs?customer=" + customer + months).expect(400);
        story.get(story.stranger, "/api/v1/costs?customer=" + customer).expect(404);
        story.get(story.ansible, "/api/v1/costs").expect(403);
    }
}
