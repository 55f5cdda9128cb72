package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** What ends is listed before it does, with who owns and pays it and what happens if it lapses. */
class DeadlinesTest {
    private static final String DEADLINES = "/api/v1/deadlines";

    private static final Story.StandingClock CLOCK = new Story.StandingClock();

    private static Story story;
    private final LocalDate today = LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC);
    private String customer;

    @BeforeAll
    static void open() {
        story = Story.fresh(CLOCK);
    }

    @AfterAll
    static void close() {
        story.close();
    }

    @BeforeEach
    void begin() {
        customer = Story.name("timekeeper");
        story.customer(story.ops, customer, "A timekeeper");
    }

    private JsonNode testify(String what) {
        return story.post(story.ops, "/api/v1/testimonies?customer=" + customer, what)
                .expect(201);
    }

    private String in(int days) {
        return today.plusDays(days).toString();
    }

    private JsonNode list(String query, String... headers) {
        return story.get(story.ops, DEADLINES + "?customer=" + customer + query, headers)
                .expect(200);
    }

    private List<String> seen(JsonNode page) {
        List<String> seen = new ArrayList<>();
        for (JsonNode one : page.at("/items"))
            seen.add(one.at("/what").stringValue() + " " + one.at("/days").longValue() + " "
                    + one.at("/element/name").asString("")
                    + one.at("/order/number").asString(""));
        return seen;
    }

    private void tell() {
        testify("{'kind': 'wish', 'element': 'shop.example', 'type': 'domain', 'facts': {'expires': '" + in(9)
                + "', 'renewal': 'manual', 'owner': 'Acme', 'infrastructure': 'shop'}}");
        testify("{'kind': 'wish', 'element': 'www.shop.example', 'type': 'certificate', 'facts': {'expires': '" + in(52)
                + "', 'renewal': 'automatic', 'infrastructure': 'shop'}}");
        testify("{'kind': 'wish', 'element': 'db-1', 'type': 'server', 'facts': {'warranty.ends': '" + in(52) + "'}}");
        testify("{'kind': 'wish', 'element': 'old.example', 'type': 'domain', 'facts': {'expires': '" + in(-3) + "'}}");
        testify("{'kind': 'contract', 'order': 'OVH-1', 'facts': {'provider': 'OVHcloud', 'expires': '" + in(40)
                + "', 'notice.until': '" + in(10) + "', 'renewal': 'automatic', 'payer': 'Acme'}}");
        testify("{'kind': 'contract', 'order': 'OVH-2', 'facts': {'expires': '" + in(5) + "', 'cancelled.on': '"
                + in(-1) + "'}}");
    }

    @Test
    void theSoonestComesFirstWithWhatHappensIfItLapses() {
        tell();
        JsonNode page = list("");
        assertThat(seen(page))
                .containsExactly(
                        "expiry 9 shop.example",
                        "notice 10 OVH-1",
                        "order 40 OVH-1",
                        "expiry 52 www.shop.example",
                        "warranty 52 db-1");
        assertThat(page.at("/items/0/owner").stringValue()).isEqualTo("Acme");
        assertThat(page.at("/items/0/renewal").stringValue()).isEqualTo("manual");
        assertThat(page.at("/items/0/ifItLapses").stringValue()).contains("anybody may take it");
        assertThat(page.at("/items/1/payer").stringValue()).isEqualTo("Acme");
        assertThat(list("", "Accept-Language", "fr").at("/items/0/ifItLapses").stringValue())
                .contains("n’importe qui pourra le prendre");
        assertThat(seen(list("&from=" + in(-10) + "&until=" + in(-1)))).containsExactly("expiry -3 old.example");
    }

    @Test
    void pagesHoldEachOnceAlsoWhereManyEndOnOneDay() {
        // told in an order that is not that of their ids, which are given at their birth
        for (int i = 0; i < 7; i++) testify("{'kind': 'wish', 'element': 'd" + i + ".example', 'type': 'domain'}");
        for (int i = 6; i >= 0; i--)
            testify("{'kind': 'wish', 'element': 'd" + i + ".example', 'type': 'domain', 'facts': {'expires': '" + in(3)
                    + "'}}");
        testify("{'kind': 'wish', 'element': 'later.example', 'type': 'domain', 'facts': {'expires': '" + in(4)
                + "'}}");
        List<String> all = new ArrayList<>();
        String query = "&limit=3";
        while (query != null) {
            JsonNode page = list(query);
            all.addAll(seen(page));
            query = page.at("/next").isNull()
                    ? null
                    : "&limit=3&after=" + page.at("/next").stringValue();
        }
        assertThat(all).hasSize(8).doesNotHaveDuplicates();
        assertThat(all.getLast()).isEqualTo("expiry 4 later.example");
    }

    @Test
    void whatIsClosedOrTakenBackEndsNoMore() {
        JsonNode wish = testify(
                "{'kind': 'wish', 'element': 'a.example', 'type': 'domain', 'facts': {'expires': '" + in(3) + "'}}");
        testify("{'kind': 'wish', 'element': 'b.example', 'type': 'domain', 'facts': {'expires': '" + in(3) + "'}}");
        assertThat(seen(list(""))).hasSize(2);
        testify("{'kind': 'withdrawal', 'testimony': '" + wish.at("/id").stringValue() + "'}");
        testify("{'kind': 'decommissioning', 'element': 'b.example'}");
        assertThat(seen(list(""))).isEmpty();
    }

    @Test
    void whoIsLimitedSeesItsOwnAndAStrangerNothing() {
        tell();
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'shop', 'customers': ['" + customer + "'], 'infrastructures': ['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        assertThat(seen(story.get(limited, DEADLINES).expect(200)))
                .containsExactly("expiry 9 shop.example", "expiry 52 www.shop.example");
        assertThat(seen(story.get(story.stranger, DEADLINES).expect(200))).isEmpty();
        story.get(story.stranger, DEADLINES + "?customer=" + customer).expect(404);
        story.get(story.ansible, DEADLINES).expect(403);
        story.get(story.ops, DEADLINES + "?from=tomorrow").expect(400);
        story.get(story.ops, DEADLINES + "?until=9999-01-01").expect(400);
    }

    @Test
    void aTableForASpreadsheet() {
        tell();
        assertThat(story.get(story.ops, DEADLINES + "?customer=" + customer, "Accept", "text/csv")
                        .text())
                .startsWith("date,days,what,customer,element,type,order")
                .contains(in(9) + ",9,expiry," + customer + ",shop.example,domain");
    }
}
