package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.Story.StandingClock;
import tools.jackson.databind.JsonNode;

/** The inbox of what disagrees, and what is decided about it. */
class DivergencesTest {
    private static final String PATH = "/api/v1/divergences";

    private final Story story = Story.told();

    private static JsonNode tell(Story story, String token, String json) {
        Reply reply = story.post(token, "/api/v1/testimonies?customer=acme", json);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 299);
        return reply.json();
    }

    /** A server with half the memory that was ordered; gives the id of the divergence. */
    private static String diverging(Story story, String name) {
        tell(
                story,
                story.ops,
                "{'kind':'order','element':'" + name
                        + "','create':true,'type':'server','facts':{'memory':'64 GiB','infrastructure':'shop'},'order':'A-1'}");
        return tell(
                        story,
                        story.ansible,
                        "{'kind':'delivery-survey','element':'" + name + "','facts':{'memory':'32 GiB'}}")
                .at("/divergences/0/id")
                .stringValue();
    }

    private static List<JsonNode> list(Story story, String token, String query) {
        List<JsonNode> items = new ArrayList<>();
        story.get(token, PATH + "?" + query).expect(200).get("items").forEach(items::add);
        return items;
    }

    @Test
    void bothSidesAreShownWithTheirWitnessesInTheLanguageOfTheReader() {
        String name = Story.name("sides");
        String id = diverging(story, name);
        JsonNode one = story.get(story.cio, PATH + "/" + id).expect(200);
        assertThat(one.at("/customer").stringValue()).isEqualTo("acme");
        assertThat(one.at("/element/name").stringValue()).isEqualTo(name);
        assertThat(one.at("/attribute").stringValue()).isEqualTo("memory");
        assertThat(one.at("/between").stringValue()).isEqualTo("delivered-ordered");
        assertThat(one.at("/nature").stringValue()).isEqualTo("nonconformity");
        assertThat(one.at("/state").stringValue()).isEqualTo("open");
        assertThat(one.at("/sentence").stringValue()).isEqualTo("32 GiB delivered where 64 GiB were ordered");
        assertThat(one.at("/expected/stance").stringValue()).isEqualTo("ordered");
        assertThat(one.at("/expected/value").longValue()).isEqualTo(64L << 30);
        assertThat(one.at("/expected/display").stringValue()).isEqualTo("64 GiB");
        assertThat(one.at("/expected/witness/name").stringValue()).isEqualTo("Oscar of Gardeners");
        assertThat(one.at("/seen/display").stringValue()).isEqualTo("32 GiB");
        assertThat(one.at("/seen/witness/name").stringValue()).isEqualTo("ansible");
        assertThat(one.at("/seen/testimony").stringValue()).hasSize(36);
        assertThat(one.at("/ageSeconds").longValue()).isNotNegative();
        JsonNode french = story.get(story.cio, PATH + "/" + id, "Accept-Language", "fr-FR")
                .expect(200);
        assertThat(french.at("/label").stringValue())
                .isNotEqualTo(one.at("/label").stringValue());
        assertThat(french.at("/seen/display").stringValue()).contains("Gio");
        assertThat(french.at("/sentence").stringValue()).contains("Gio");
    }

    @Test
    void aDecisionSaysWhatItWasDecidedOn() {
        String id = diverging(story, Story.name("decided"));
        Reply read = story.get(story.ops, PATH + "/" + id);
        String tag = read.header("ETag");
        String path = PATH + "/" + id + "/acknowledgement";
        assertThat(story.post(story.ops, path, "{}").status()).isEqualTo(428);
        assertThat(story.post(story.ops, path, "{}", "If-Match", "\"other\"").status())
                .isEqualTo(412);
        assertThat(story.post(story.cio, path, "{}", "If-Match", tag).status()).isEqualTo(403);
        assertThat(story.post(story.ansible, path, "{}", "If-Match", tag).status())
                .isEqualTo(403);
        Reply decided = story.post(
                story.ops,
                path,
                "{'note':'seen'}",
                "If-Match",
                tag,
                "Idempotency-Key",
                "decide-" + id,
                "Accept-Language",
                "fr");
        JsonNode receipt = decided.expect(201);
        assertThat(receipt.at("/divergence/state").stringValue()).isEqualTo("acknowledged");
        assertThat(receipt.at("/divergence/reason").stringValue()).isEqualTo("seen");
        assertThat(receipt.at("/divergence/decidedBy/name").stringValue()).isEqualTo("Oscar of Gardeners");
        assertThat(receipt.at("/element/name").isString()).isTrue();
        // the same request again is answered again, although the divergence is another now
        Reply again = story.post(
                story.ops,
                path,
                "{'note':'seen'}",
                "If-Match",
                tag,
                "Idempotency-Key",
                "decide-" + id,
                "Accept-Language",
                "fr");
        assertThat(again.expect(200).at("/id")).isEqualTo(receipt.at("/id"));
        assertThat(story.post(story.ops, path, "{}", "If-Match", tag).status()).isEqualTo(412);
        String now = story.get(story.ops, PATH + "/" + id).header("ETag");
        assertThat(now).isNotEqualTo(tag);
        assertThat(story.post(story.ops, PATH + "/" + id + "/reopening", "", "If-Match", now)
                        .expect(201)
                        .at("/divergence/state")
                        .stringValue())
                .isEqualTo("open");
        assertThat(story.get(
                                story.ops,
                                "/api/v1/testimonies?kind=divergence-decision&element="
                                        + receipt.at("/element/name").stringValue())
                        .expect(200)
                        .get("items"))
                .hasSize(2);
    }

    @Test
    void anAcceptanceNeedsADayAndAReason() {
        String id = diverging(story, Story.name("accepted"));
        String tag = story.get(story.ops, PATH + "/" + id).header("ETag");
        String path = PATH + "/" + id + "/acceptance";
        for (String[] bad : new String[][] {
            {"{'reason':'cheaper'}", "/until"},
            {"{'until':'2999-01-01T00:00:00Z'}", "/reason"},
            {"{'until':'2999-01-01T00:00:00Z','reason':'  '}", "/reason"},
            {"{'until':'soon','reason':'cheaper'}", "/until"},
            {"{'until':'2020-01-01T00:00:00Z','reason':'cheaper'}", "/until"},
            {"{'until':'2999-01-01T00:00:00Z','reason':'the password is hunter2hunter2','password':'x'}", "/password"},
            {"{'until':'2999-01-01T00:00:00Z','reason':'-----BEGIN RSA PRIVATE KEY-----'}", "/reason"}
        }) {
            Reply reply = story.post(story.ops, path, bad[0], "If-Match", tag);
            assertThat(reply.status()).as(bad[0]).isIn(400, 422);
            assertThat(reply.json().at("/errors/0/pointer").stringValue())
                    .as(bad[0])
                    .isEqualTo(bad[1]);
        }
        JsonNode accepted = story.post(
                        story.ops, path, "{'until':'2999-01-01T00:00:00Z','reason':'cheaper'}", "If-Match", tag)
                .expect(201);
        assertThat(accepted.at("/divergence/state").stringValue()).isEqualTo("accepted");
        assertThat(accepted.at("/divergence/acceptedUntil").stringValue()).isEqualTo("2999-01-01T00:00:00Z");
    }

    @Test
    void anAcceptanceHoldsUntilItsDay() {
        StandingClock clock = new StandingClock();
        try (Story mine = Story.fresh(clock)) {
            String name = Story.name("lapsing");
            String id = diverging(mine, name);
            String tag = mine.get(mine.ops, PATH + "/" + id).header("ETag");
            mine.post(
                            mine.ops,
                            PATH + "/" + id + "/acceptance",
                            "{'until':'2026-12-01T00:00:00Z','reason':'for now'}",
                            "If-Match",
                            tag)
                    .expect(201);
            assertThat(list(mine, mine.ops, "state=accepted")).hasSize(1);
            assertThat(list(mine, mine.ops, "state=open")).isEmpty();
            clock.pass(Duration.ofDays(10));
            assertThat(list(mine, mine.ops, "state=accepted")).isEmpty();
            assertThat(list(mine, mine.ops, "state=open")).singleElement().satisfies(one -> {
                assertThat(one.at("/state").stringValue()).isEqualTo("open");
                assertThat(one.at("/ageSeconds").longValue())
                        .isEqualTo(Duration.ofDays(10).toSeconds());
            });
            tell(mine, mine.ansible, "{'kind':'delivery-survey','element':'" + name + "','facts':{'memory':'64 GiB'}}");
            assertThat(list(mine, mine.ops, "")).isEmpty();
            assertThat(list(mine, mine.ops, "state=all")).hasSize(1);
            Reply resolved = mine.get(mine.ops, PATH + "/" + id);
            assertThat(resolved.json().at("/state").stringValue()).isEqualTo("resolved");
            assertThat(mine.post(mine.ops, PATH + "/" + id + "/reopening", "{}", "If-Match", resolved.header("ETag"))
                            .status())
                    .isEqualTo(409);
        }
    }

    @Test
    void theInboxIsPagedFilteredAndSealed() {
        try (Story mine = Story.fresh()) {
            List<String> ids = new ArrayList<>();
            for (int i = 0; i < 7; i++) ids.add(diverging(mine, "inbox-" + i));
            tell(
                    mine,
                    mine.ops,
                    "{'kind':'wish','element':'inbox-lab','type':'server','facts':{'memory':'8 GiB','infrastructure':'lab'}}");
            tell(mine, mine.ansible, "{'kind':'survey','element':'inbox-lab','facts':{'memory':'4 GiB'}}");
            List<String> paged = new ArrayList<>();
            String next = PATH + "?limit=3";
            while (next != null) {
                Reply reply = mine.get(mine.ops, next);
                reply.expect(200)
                        .get("items")
                        .forEach(item -> paged.add(item.at("/id").stringValue()));
                String link = reply.header("Link");
                next = link.isEmpty() ? null : link.substring(1, link.indexOf('>'));
            }
            assertThat(paged).hasSize(8).doesNotHaveDuplicates();
            assertThat(paged.subList(1, 8)).isEqualTo(ids.reversed());
            assertThat(list(mine, mine.ops, "nature=drift")).hasSize(1);
            assertThat(list(mine, mine.ops, "nature=drift&nature=nonconformity"))
                    .hasSize(8);
            assertThat(list(mine, mine.ops, "element=inbox-3")).hasSize(1);
            assertThat(list(mine, mine.ops, "attribute=cpu.cores")).isEmpty();
            assertThat(list(mine, mine.ops, "infrastructure=lab")).hasSize(1);
            assertThat(list(mine, mine.ops, "customer=globex")).isEmpty();
            assertThat(list(mine, mine.stranger, "")).isEmpty();
            assertThat(mine.get(mine.stranger, PATH + "?customer=acme").status())
                    .isEqualTo(404);
            for (String query : List.of("state=eaten", "nature=odd", "colour=red", "limit=x"))
                assertThat(mine.get(mine.ops, PATH + "?" + query).status()).isEqualTo(400);
            String limited = mine.post(
                            mine.ops,
                            "/api/v1/tokens",
                            "{'label':'lab','scopes':['read:inventory','act'],'customers':['acme'],'infrastructures':['lab']}")
                    .expect(201)
                    .at("/secret")
                    .stringValue();
            assertThat(list(mine, limited, "")).hasSize(1);
            Reply hidden = mine.get(limited, PATH + "/" + ids.getFirst());
            Reply unknown = mine.get(limited, PATH + "/00000000-0000-8000-8000-000000000000");
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.text()).isEqualTo(unknown.text());
            Reply decided = mine.post(limited, PATH + "/" + ids.getFirst() + "/reopening", "{}", "If-Match", "*");
            assertThat(decided.text()).isEqualTo(unknown.text());
            String lab = list(mine, limited, "").getFirst().at("/id").stringValue();
            mine.post(limited, PATH + "/" + lab + "/acknowledgement", "{}", "If-Match", "*")
                    .expect(201);
            Reply table =
                    mine.get(mine.ops, PATH + "?fields=element,expected,seen,state&nature=drift", "Accept", "text/csv");
            assertThat(table.text()).isEqualTo("element,state,expected,seen\r\ninbox-lab,acknowledged,8 GiB,4 GiB\r\n");
            assertThat(mine.get(mine.ops, PATH, "Accept", "application/x-ndjson")
                            .text()
                            .lines())
                    .hasSize(8);
        }
    }
}
