package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.Statements;
import org.minventory.Story;

/** A page costs the same few statements, however many elements and customers stand on it. */
class StatementCountTest {
    /**
     * What each route may cost at most: begin, scope and end of its two transactions (who asks, news, the work) included.
     */
    private static final Map<String, Integer> DECLARED = Map.ofEntries(
            Map.entry("/api/v1/elements", 20),
            Map.entry("/api/v1/elements?customer=acme&fact.memory=ge:1&q=web", 20),
            Map.entry("/api/v1/elements?customer=acme&asOf=2100-01-01T00:00:00Z", 20),
            Map.entry("/api/v1/elements/web-1", 19),
            Map.entry("/api/v1/elements/web-1/testimonies", 21),
            Map.entry("/api/v1/elements/web-1/impact", 21),
            Map.entry("/api/v1/elements/lan/range", 23),
            Map.entry("/api/v1/ranges", 21),
            Map.entry("/api/v1/search?q=web", 18),
            Map.entry("/api/v1/infrastructures", 19),
            Map.entry("/api/v1/deadlines", 20),
            Map.entry("/api/v1/today", 32));

    private static Story story;
    private static Statements statements;

    @BeforeAll
    static void begin() {
        story = Story.fresh();
        LocalDate soon = story.today().plusDays(9);
        for (int i = 0; i < 60; i++)
            Teller.tell(
                    story,
                    story.ops,
                    "{'customer':'acme','kind':'wish','element':'web-" + i
                            + "','type':'server','facts':{'memory':'8 GiB','infrastructure':'shop','expires':'" + soon
                            + "'"
                            + (i == 0 ? "" : ",'depends-on':['web-" + (i - 1) + "']") + "}}",
                    "{'customer':'acme','kind':'survey','element':'web-" + i
                            + "','facts':{'memory':'4 GiB','addresses':['10.0.0." + (i + 1) + "/24']}}",
                    "{'customer':'globex','kind':'wish','element':'press-" + i
                            + "','type':'backup','facts':{'os.name':'Debian','os.version':'11'}}");
        range("lan", "10.0.0.0/24");
        range("left", "10.0.0.0/25");
        range("right", "10.0.0.128/25");
        range("far", "10.9.0.0/24");
        statements = new Statements();
    }

    private static void range(String name, String range) {
        Teller.tell(
                story,
                story.ops,
                "{'customer':'acme','kind':'wish','element':'" + name + "','type':'ip-range','facts':{'range':'" + range
                        + "'}}");
    }

    @AfterAll
    static void end() {
        statements.close();
        story.close();
    }

    @Test
    void noRouteCostsMoreThanItDeclares() {
        DECLARED.forEach(
                (path, most) -> assertThat(cost(path)).as(path).isPositive().isLessThanOrEqualTo(most));
    }

    @Test
    void noRouteCostsMoreForMore() {
        for (String path : DECLARED.keySet()) {
            if (path.equals("/api/v1/elements/web-1") || path.endsWith("impact")) continue;
            String limit = path.contains("?") ? "&limit=" : "?limit=";
            assertThat(cost(path + limit + 100)).as(path).isEqualTo(cost(path + limit + 2));
        }
        assertThat(cost("/api/v1/elements/web-1/impact")).isEqualTo(cost("/api/v1/elements/web-59/impact"));
    }

    @Test
    void aCalendarCostsNoMoreForMore() {
        story.customer(story.ops, "initech", "Initech");
        assertThat(cost(calendar("acme"))).isPositive().isLessThanOrEqualTo(21).isEqualTo(cost(calendar("initech")));
    }

    private static String calendar(String customer) {
        String expires = "'" + story.today().plusDays(9) + "'";
        Teller.tell(
                story,
                story.ops,
                "{'customer':'" + customer
                        + "','kind':'wish','element':'one.example','type':'domain','facts':{'expires':" + expires
                        + "}}");
        return story.post(
                        story.ops,
                        "/api/v1/subscriptions",
                        "{'customer': '" + customer + "', 'channel': {'type': 'calendar'}}")
                .expect(201)
                .get("address")
                .stringValue();
    }

    private static long cost(String path) {
        assertThat(story.get(story.ops, path).status()).as(path).isEqualTo(200); // what is looked up once
        return statements.least(
                () -> assertThat(story.get(story.ops, path).status()).as(path).isEqualTo(200));
    }
}
