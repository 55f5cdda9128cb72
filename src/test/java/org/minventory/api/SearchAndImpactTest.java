package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** What is found, and what falls with what; and that what is hidden does neither. */
class SearchAndImpactTest {
    private static Story story;
    private static String shopkeeper;

    /** A hypervisor of the shop under machines and services, in a ring; one of them stands in another infrastructure. */
    @BeforeAll
    static void begin() {
        story = Story.fresh();
        Teller.tell(
                story,
                story.ops,
                wish("hyp-1", "server", "'infrastructure':'shop','serial':'CZ3021'"),
                wish("hyp-2", "server", "'infrastructure':'shop'"),
                wish(
                        "vm-1",
                        "virtual-machine",
                        "'infrastructure':'shop','runs-on':['hyp-1'],'addresses':['192.0.2.10/24']"),
                wish(
                        "vm-2",
                        "virtual-machine",
                        "'infrastructure':'shop','runs-on':['hyp-2'],'redundant-with':['vm-1']"),
                wish("secret-vm", "virtual-machine", "'infrastructure':'board','runs-on':['hyp-1']"),
                wish("behind-secret", "service", "'infrastructure':'shop','depends-on':['secret-vm']"),
                wish(
                        "shop",
                        "service",
                        "'infrastructure':'shop','depends-on':['vm-1','cart'],'label':'The shop of Acme'"),
                wish("cart", "service", "'infrastructure':'shop','depends-on':['shop']"),
                wish("lan", "ip-range", "'infrastructure':'shop','range':'192.0.2.0/24'"),
                "{'customer':'globex','kind':'wish','element':'hyp-1','type':'server','facts':{}}");
        Teller.tell(story, story.strangersOps, wish("hyp-1", "server", "").replace("'customer':'acme',", ""));
        shopkeeper = story.post(
                        story.ops,
                        "/api/v1/witnesses",
                        "{'role': 'robot', 'name': 'shopkeeper', 'customer': 'acme',"
                                + " 'token': {'scopes': ['read:inventory'], 'infrastructures': ['shop']}}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
    }

    @AfterAll
    static void end() {
        story.close();
    }

    private static String wish(String name, String type, String facts) {
        return "{'customer':'acme','kind':'wish','element':'" + name + "','type':'" + type + "','facts':{" + facts
                + "}}";
    }

    @Test
    void whatFallsIsFollowedToItsEndWithItsWay() {
        JsonNode impact = story.get(story.cio, "/api/v1/elements/hyp-1/impact").expect(200);
        assertThat(names(impact)).containsExactly("secret-vm", "vm-1", "behind-secret", "shop", "cart");
        JsonNode cart = impact.at("/items/4");
        assertThat(cart.at("/depth").intValue()).isEqualTo(3);
        assertThat(cart.at("/attribute").stringValue()).isEqualTo("depends-on");
        List<String> way = new ArrayList<>();
        cart.at("/path")
                .forEach(step -> way.add(step.at("/name").stringValue() + " "
                        + step.at("/attribute").stringValue()));
        assertThat(way).containsExactly("vm-1 runs-on", "shop depends-on", "cart depends-on");
        assertThat(impact.at("/items/1/redundantWith/0/name").stringValue()).isEqualTo("vm-2");
        assertThat(impact.at("/items/1/redundantWith/0/falls").booleanValue()).isFalse();
        assertThat(story.get(story.cio, "/api/v1/elements/vm-1/impact")
                        .expect(200)
                        .at("/redundantWith/0/name")
                        .stringValue())
                .isEqualTo("vm-2");
        assertThat(names(story.get(story.cio, "/api/v1/elements/cart/impact").expect(200)))
                .containsExactly("shop");
    }

    @Test
    void nothingHiddenFallsNorWhatStandsBehindIt() {
        JsonNode impact = story.get(shopkeeper, "/api/v1/elements/hyp-1/impact").expect(200);
        assertThat(names(impact)).containsExactly("vm-1", "shop", "cart");
        assertThat(impact.toString()).doesNotContain("secret");
    }

    @Test
    void oneInfrastructureIsAllThatALimitedTokenSees() {
        JsonNode list = story.get(shopkeeper, "/api/v1/elements").expect(200);
        assertThat(names(list)).hasSize(8).doesNotContain("secret-vm");
        assertThat(story.get(shopkeeper, "/api/v1/elements/secret-vm").text())
                .isEqualTo(story.get(shopkeeper, "/api/v1/elements/nobody").text());
        assertThat(names(story.get(shopkeeper, "/api/v1/search?q=secret").expect(200)))
                .containsExactly("behind-secret");
        assertThat(names(story.get(shopkeeper, "/api/v1/infrastructures").expect(200)))
                .containsExactly("shop");
        assertThat(story.get(shopkeeper, "/api/v1/infrastructures/board").status())
                .isEqualTo(404);
    }

    @Test
    void namesIdentifiersAddressesInRangesAndValuesAreFound() {
        assertThat(found(story.cio, "hyp")).startsWith("acme hyp-1", "acme hyp-2"); // then those that refer to them
        assertThat(found(story.ops, "hyp-1")).contains("acme hyp-1", "globex hyp-1");
        assertThat(found(story.cio, "cz30")).containsExactly("acme hyp-1");
        assertThat(found(story.cio, "192.0.2.10")).containsExactly("acme vm-1", "acme lan");
        assertThat(found(story.cio, "192.0.2.77")).containsExactly("acme lan");
        assertThat(found(story.cio, "192.0.2.64/26")).containsExactly("acme lan");
        assertThat(found(story.cio, "198.51.100.1")).isEmpty();
        assertThat(found(story.cio, "board%20secret")).containsExactly("acme secret-vm");
        assertThat(found(story.cio, "board%20hyp-2")).isEmpty();
        JsonNode lan =
                story.get(story.cio, "/api/v1/search?q=192.0.2.77").expect(200).at("/items/0");
        assertThat(lan.at("/type").stringValue()).isEqualTo("ip-range");
        assertThat(lan.at("/attribute").stringValue()).isEqualTo("range");
        assertThat(lan.at("/text").stringValue()).isEqualTo("192.0.2.0/24");
        for (String q : List.of("192.0.2.77", "nothing-at-all", "%25_'"))
            assertThat(story.get(story.cio, "/api/v1/search?q=" + q).expect(200).toString())
                    .contains("\"next\":null");
        assertThat(story.get(story.cio, "/api/v1/search?q=").status()).isEqualTo(400);
        assertThat(story.get(story.cio, "/api/v1/search?q=a&limit=0").status()).isEqualTo(400);
        assertThat(story.get(story.cio, "/api/v1/search?q=%25_'").status()).isEqualTo(200);
    }

    @Test
    void theStrangerFindsItsOwnAlone() {
        assertThat(found(story.stranger, "hyp")).containsExactly("zenith hyp-1");
        assertThat(found(story.stranger, "192.0.2.10")).isEmpty();
        assertThat(found(story.stranger, "cz3021")).isEmpty();
        assertThat(names(story.get(story.stranger, "/api/v1/elements/hyp-1/impact")
                        .expect(200)))
                .isEmpty();
        assertThat(names(story.get(story.stranger, "/api/v1/infrastructures").expect(200)))
                .isEmpty();
    }

    private static List<String> names(JsonNode page) {
        List<String> names = new ArrayList<>();
        page.at("/items").forEach(item -> names.add(item.at("/name").stringValue()));
        return names;
    }

    private static List<String> found(String token, String question) {
        List<String> found = new ArrayList<>();
        story.get(token, "/api/v1/search?q=" + question)
                .expect(200)
                .at("/items")
                .forEach(item -> found.add(item.at("/customer").stringValue() + " "
                        + item.at("/name").stringValue()));
        return found;
    }
}
