package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** What is agreed with a provider, ordered line by line, delivered, renewed and invoiced. */
class OrdersTest {
    private static final String ORDERS = "/api/v1/orders";

    private final Story story = Story.told();
    private String customer;
    private String id;

    @BeforeEach
    void begin() {
        customer = Story.name("buyer");
        id = story.customer(story.ops, customer, "A buyer");
    }

    private JsonNode agree(String number, String terms) {
        return story.post(
                        story.ops,
                        ORDERS,
                        "{'customer': '" + customer + "', 'number': '" + number + "', 'terms': {" + terms + "}}")
                .expect(201)
                .get("order");
    }

    private JsonNode testify(String what) {
        return story.post(story.ops, "/api/v1/testimonies?customer=" + customer, what)
                .expect(201);
    }

    private JsonNode look(JsonNode order) {
        return story.get(story.ops, ORDERS + "/" + order.at("/id").stringValue())
                .expect(200);
    }

    private JsonNode order(JsonNode order, String lines) {
        return story.post(
                        story.ops,
                        ORDERS + "/" + order.at("/id").stringValue() + "/lines",
                        "{'lines': [" + lines + "]}")
                .expect(200);
    }

    @Test
    void anOrderIsAgreedFilledWithLinesAndDelivered() {
        testify("{'kind': 'wish', 'element': 'db-1', 'type': 'server', 'facts': {'memory': '64 GiB'}}");
        JsonNode agreed = agree(
                "OVH-1",
                "'provider': 'OVHcloud', 'account': 'mm1-ovh', 'promised.on': '2026-01-10', 'commitment': '12 months'");
        assertThat(agreed.at("/terms/commitment/display").stringValue()).isEqualTo("12 months");
        assertThat(agreed.at("/state").stringValue()).isEqualTo("ordered");
        assertThat(agreed.at("/late").booleanValue()).isTrue();

        JsonNode ordered = order(
                agreed,
                "{'element': 'db-1', 'facts': {'memory': '64 GiB', 'price.monthly': '119.99 EUR'}},"
                        + " {'element': 'net-1', 'type': 'ip-range', 'create': true, 'facts': {'range': '192.0.2.0/29', 'price.monthly': '12 EUR'}},"
                        + " {'element': 'db-2', 'type': 'server', 'create': true, 'facts': {'memory': '64 parsecs'}},"
                        + " {'element': 'db-3', 'colour': 'red'}");
        assertThat(ordered.at("/receipts/0/element/status").stringValue()).isEqualTo("ordered");
        assertThat(ordered.at("/receipts/1/status").intValue()).isEqualTo(201);
        assertThat(ordered.at("/receipts/2/status").intValue()).isEqualTo(422);
        assertThat(ordered.at("/receipts/3/problem/errors/0/pointer").stringValue())
                .isEqualTo("/colour");
        assertThat(ordered.at("/order/lines")).hasSize(2);
        assertThat(ordered.at("/order/prices/price.monthly/display").stringValue())
                .isEqualTo("€131.99");
        assertThat(ordered.at("/order/lines/0/ordered/memory/display").stringValue())
                .isEqualTo("64 GiB");

        testify(
                "{'kind': 'delivery-notice', 'element': 'net-1', 'order': 'OVH-1', 'facts': {'range': '192.0.2.0/29'}}");
        assertThat(look(agreed).at("/state").stringValue()).isEqualTo("partly-delivered");
        JsonNode survey = testify("{'kind': 'delivery-survey', 'element': 'db-1', 'facts': {'memory': '64 GiB'}}");
        assertThat(look(agreed).at("/state").stringValue()).isEqualTo("delivered");
        assertThat(look(agreed).at("/late").booleanValue()).isFalse();
        testify("{'kind': 'withdrawal', 'testimony': '" + survey.at("/id").stringValue() + "'}");
        assertThat(look(agreed).at("/state").stringValue()).isEqualTo("partly-delivered");
        JsonNode lines = story.get(story.ops, ORDERS + "/" + agreed.at("/id").stringValue() + "/lines")
                .expect(200);
        assertThat(lines.at("/items/1/element/name").stringValue()).isEqualTo("net-1");
    }

    @Test
    void aRenewalHoldsFromThenOnAndAnInvoiceShowsWhatDiffers() {
        JsonNode agreed = agree("HZ-1", "'provider': 'Hetzner', 'expires': '2026-12-31', 'price.monthly': '64 EUR'");
        String path = ORDERS + "/" + agreed.at("/id").stringValue();
        Reply endless = story.post(story.ops, path + "/renewals", "{'terms': {'renewal': 'automatic'}}");
        endless.expect(400);
        assertThat(endless.json().at("/errors/0/pointer").stringValue()).isEqualTo("/terms/expires");
        JsonNode renewed = story.post(
                        story.ops,
                        path + "/renewals",
                        "{'terms': {'expires': '2027-12-31', 'price.monthly': '69 EUR'}, 'text': 'dearer by five'}")
                .expect(201)
                .get("order");
        assertThat(renewed.at("/terms/expires/value").stringValue()).isEqualTo("2027-12-31");
        assertThat(renewed.at("/renewals/0/text").stringValue()).isEqualTo("dearer by five");
        JsonNode invoiced = story.post(
                        story.ops,
                        path + "/invoices",
                        "{'terms': {'invoice.number': 'R-1', 'price.monthly': '69.00 EUR', 'price.setup': '39 EUR'}}")
                .expect(201)
                .get("order");
        assertThat(invoiced.at("/invoices/0/differences")).hasSize(1);
        assertThat(invoiced.at("/invoices/0/differences/0/price").stringValue()).isEqualTo("price.setup");
        assertThat(invoiced.at("/invoices/0/differences/0/ordered").isNull()).isTrue();
        String renewal = renewed.at("/renewals/0/testimony").stringValue();
        testify("{'kind': 'withdrawal', 'testimony': '" + renewal + "'}");
        JsonNode back = look(agreed);
        assertThat(back.at("/terms/expires/value").stringValue()).isEqualTo("2026-12-31");
        assertThat(back.at("/invoices/0/differences")).hasSize(2);
    }

    @Test
    void anOrderThatOnlyTestimoniesNameIsThereToo() {
        testify(
                "{'kind': 'order', 'element': 'db-9', 'type': 'server', 'create': true, 'order': 'X 1/2', 'facts': {'memory': '8 GiB'}}");
        JsonNode listed = story.get(story.ops, ORDERS + "?customer=" + customer).expect(200);
        assertThat(listed.at("/items/0/number").stringValue()).isEqualTo("X 1/2");
        assertThat(look(listed.at("/items/0")).at("/lines/0/element/name").stringValue())
                .isEqualTo("db-9");
        agree("X 1/2", "'cancelled.on': '2026-11-01'");
        assertThat(look(listed.at("/items/0")).at("/state").stringValue()).isEqualTo("cancelled");
        assertThat(story.get(story.ops, ORDERS + "?customer=" + customer + "&provider=Nobody")
                        .expect(200)
                        .at("/items"))
                .isEmpty();
    }

    @Test
    void aTableForASpreadsheetAndALineEach() {
        agree("T-1", "'provider': 'OVHcloud', 'price.monthly': '10 EUR', 'account': '=cmd()'");
        agree("T-2", "'provider': 'Hetzner'");
        String table = story.get(story.ops, ORDERS + "?customer=" + customer, "Accept", "text/csv")
                .text();
        assertThat(table)
                .startsWith("id,customer,number,provider,account")
                .contains(",T-2,Hetzner,")
                .contains("€10.00");
        assertThat(table).doesNotContain(",=cmd");
        assertThat(story.get(story.ops, ORDERS + "?customer=" + customer, "Accept", "application/x-ndjson")
                        .text()
                        .lines())
                .hasSize(2);
    }

    @Test
    void onlyAnOpsAgreesAndOnlyWhoReachesAllSees() {
        JsonNode agreed = agree("P-1", "'provider': 'OVHcloud'");
        String path = ORDERS + "/" + agreed.at("/id").stringValue();
        String cio = story.person(story.ops, customer, "cio", "Cleo of " + customer);
        story.get(cio, path).expect(200);
        story.post(cio, ORDERS, "{'number': 'P-2'}").expect(403);
        story.post(cio, path + "/invoices", "{'terms': {'price.monthly': '1 EUR'}}")
                .expect(403);
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'shop', 'customers': ['" + customer + "'], 'infrastructures': ['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        story.get(limited, path).expect(404);
        assertThat(story.get(limited, ORDERS).expect(200).at("/items")).isEmpty();
        story.post(limited, ORDERS, "{'customer': '" + customer + "', 'number': 'P-3'}")
                .expect(403);
        story.get(story.stranger, path).expect(404);
    }

    @Test
    void whatDoesNotFitIsRefusedByItsPlace() {
        Reply unknown = story.post(
                story.ops, ORDERS, "{'customer': '" + customer + "', 'number': 'U-1', 'terms': {'colour': 'red'}}");
        unknown.expect(400);
        assertThat(unknown.json().at("/errors/0/pointer").stringValue()).isEqualTo("/terms/colour");
        Reply unfit = story.post(
                story.ops,
                ORDERS,
                "{'customer': '" + customer + "', 'number': 'U-1', 'terms': {'price.monthly': 'much'}}");
        unfit.expect(422);
        assertThat(unfit.json().at("/errors/0/pointer").stringValue()).isEqualTo("/terms/price.monthly");
        story.post(story.ops, ORDERS + "/U-1/invoices", "{'terms': {'price.monthly': '1 EUR'}}")
                .expect(404);
        JsonNode agreed = agree("U-2", "'provider': 'OVHcloud'");
        story.post(story.ops, ORDERS + "/" + agreed.at("/id").stringValue() + "/lines", "{'lines': 3}")
                .expect(400);
    }

    @Test
    void aRebuildGivesTheSameOrders() {
        JsonNode agreed = agree("R-1", "'provider': 'OVHcloud', 'price.monthly': '10 EUR'");
        order(agreed, "{'element': 'db-1', 'type': 'server', 'create': true}");
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'order', 'element': 'nobody-yet', 'order': 'R-2', 'facts': {'memory': '8 GiB'}}")
                .expect(202); // of whom, nobody knows; the order is there all the same
        Tx tx = story.server().room(Tx.class);
        String before = dump(tx);
        new Rebuild(tx, Consequences.ALL).rebuild(UUID.fromString(id), n -> {});
        assertThat(dump(tx)).isEqualTo(before);
    }

    private String dump(Tx tx) {
        return tx.read(Scope.whole(UUID.fromString(id)), db -> db.sql(
                        "select (select string_agg(o::text, ' ' order by order_id) from orders o)"
                                + " || (select string_agg(s::text, ' ' order by seq) from subject_entry s)")
                .query(String.class)
                .single());
    }
}
