package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** Ranges of addresses: what lies in what, who holds which address, and the next that is free, given to one alone. */
class RangesTest {
    private static Story story;
    private static String shopkeeper;

    @BeforeAll
    static void begin() {
        story = Story.fresh();
        String wish = "{'role': 'robot', 'name': 'shopkeeper', 'customer': 'acme',"
                + " 'token': {'scopes': ['read:inventory'], 'infrastructures': ['shop']}}";
        shopkeeper = story.post(story.ops, "/api/v1/witnesses", wish)
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

    private static void range(String name, String range, String more) {
        Teller.tell(story, story.ops, wish(name, "ip-range", "'range':'" + range + "'" + more));
    }

    private static Reply next(String range) {
        return next(range, "{}");
    }

    private static Reply next(String range, String body, String... headers) {
        return story.post(story.ops, "/api/v1/elements/" + range + "/next-address?customer=acme", body, headers);
    }

    private static String address(String range) {
        return next(range).expect(201).at("/address").stringValue();
    }

    private static Reply nextRange(String range, int prefixLength) {
        return story.post(
                story.ops,
                "/api/v1/elements/" + range + "/next-range?customer=acme",
                "{'prefixLength': " + prefixLength + "}");
    }

    private static JsonNode read(String token, String range) {
        return story.get(token, "/api/v1/elements/" + range + "/range?customer=acme")
                .expect(200);
    }

    private static List<String> texts(JsonNode items, String member) {
        List<String> texts = new ArrayList<>();
        items.forEach(item -> texts.add(item.get(member).stringValue()));
        return texts;
    }

    private static JsonNode listed(String token, String query) {
        return story.get(token, "/api/v1/ranges?customer=acme" + query).expect(200);
    }

    // ---- given to one alone -----------------------------------------------------------------------------------------

    @Test
    void thirtyTwoWhoAskAtOnceGetThirtyAddressesOfASlash27AndTwoRefusals() throws Exception {
        range("dmz", "198.51.100.32/27", ",'infrastructure':'shop'");
        List<Callable<Reply>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) callers.add(() -> next("dmz"));
        Set<String> given = new TreeSet<>();
        List<Reply> refused = new ArrayList<>();
        try (ExecutorService parallel = Executors.newFixedThreadPool(32)) {
            for (Future<Reply> one : parallel.invokeAll(callers)) {
                Reply reply = one.get();
                if (reply.status() == 201) given.add(reply.json().at("/address").stringValue());
                else refused.add(reply);
            }
        }
        assertThat(given).hasSize(30).doesNotContain("198.51.100.32", "198.51.100.63");
        assertThat(refused).hasSize(2).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(409);
            assertThat(reply.json().at("/type").stringValue()).endsWith("range-full");
            assertThat(reply.json().at("/detail").stringValue()).contains("dmz", "198.51.100.32/27");
        });
        assertThat(next("dmz", "{}", "Accept-Language", "fr")
                        .json()
                        .at("/detail")
                        .stringValue())
                .startsWith("Rien de cette taille n’est libre");
        JsonNode dmz = read(story.cio, "dmz");
        assertThat(dmz.at("/used").intValue()).isEqualTo(30);
        assertThat(dmz.at("/free").stringValue()).isEqualTo("0");
        assertThat(new TreeSet<>(texts(dmz.at("/items"), "address"))).isEqualTo(given);
    }

    @Test
    void thirtyTwoWhoAskAtOnceForBlocksGetEachAnother() throws Exception {
        range("blocks", "10.32.0.0/24", "");
        List<Callable<Reply>> callers = new ArrayList<>();
        for (int i = 0; i < 32; i++) callers.add(() -> nextRange("blocks", 29));
        Set<String> given = new TreeSet<>();
        try (ExecutorService parallel = Executors.newFixedThreadPool(32)) {
            for (Future<Reply> one : parallel.invokeAll(callers))
                given.add(one.get().expect(201).at("/range").stringValue());
        }
        assertThat(given).hasSize(32).allMatch(block -> block.endsWith("/29"));
        assertThat(nextRange("blocks", 29).status()).isEqualTo(409);
        assertThat(next("blocks").status()).as("all of it is given away").isEqualTo(409);
    }

    @Test
    void whatIsGivenIsAWishOfWhoeverAskedLikeAnyOther() {
        range("lan", "192.0.2.0/24", ",'infrastructure':'shop','gateway':'192.0.2.1'");
        Teller.tell(story, story.ops, wish("lan-web", "server", "'infrastructure':'shop'"));
        Reply reply = next(
                "lan",
                "{'element': 'lan-web-ip', 'assignedTo': 'lan-web', 'note': 'for the shop', 'facts': {'reverse': 'web.acme.example'}}");
        JsonNode given = reply.expect(201);
        assertThat(given.at("/address").stringValue()).isEqualTo("192.0.2.2");
        String id = given.at("/receipt/element/id").stringValue();
        assertThat(reply.header("Location")).isEqualTo("/api/v1/elements/" + id);
        JsonNode element = story.get(story.cio, "/api/v1/elements/" + id).expect(200);
        assertThat(element.at("/name").stringValue()).isEqualTo("lan-web-ip");
        assertThat(element.at("/type").stringValue()).isEqualTo("ip-address");
        assertThat(element.at("/knowledge/address/intended/value").stringValue())
                .isEqualTo("192.0.2.2");
        assertThat(element.at("/knowledge/part-of/intended/value/0").stringValue())
                .isEqualTo("lan");
        assertThat(element.at("/knowledge/assigned-to/intended/value/0").stringValue())
                .isEqualTo("lan-web");
        assertThat(element.at("/knowledge/infrastructure/intended/value").stringValue())
                .isEqualTo("shop");
        JsonNode told = story.get(
                        story.cio,
                        "/api/v1/testimonies/" + given.at("/receipt/id").stringValue())
                .expect(200);
        assertThat(told.at("/kind").stringValue()).isEqualTo("wish");
        assertThat(told.at("/note").stringValue()).isEqualTo("for the shop");
        assertThat(told.at("/witness/name").stringValue()).isEqualTo("Oscar of Gardeners");
        JsonNode lan = read(story.cio, "lan");
        assertThat(lan.at("/items/0/reverse").stringValue()).isEqualTo("web.acme.example");
        assertThat(lan.at("/items/0/elements/0/name").stringValue()).isEqualTo("lan-web-ip");
        assertThat(lan.at("/size").stringValue()).isEqualTo("256");
        assertThat(lan.at("/free").stringValue())
                .as("without both ends, the gateway and the one given")
                .isEqualTo("252");
    }

    @Test
    void theSameKeyGivesTheSameAndADryRunGivesNothing() {
        range("keyed", "10.40.0.0/28", "");
        String dry = "/api/v1/elements/keyed/next-address?customer=acme&dryRun=true";
        JsonNode would = story.post(story.ops, dry, "").expect(201);
        assertThat(would.at("/address").stringValue()).isEqualTo("10.40.0.1");
        assertThat(would.at("/receipt/id").isNull()).isTrue();
        String key = Story.name("next");
        JsonNode first = next("keyed", "{}", "Idempotency-Key", key).expect(201);
        JsonNode again = next("keyed", "{}", "Idempotency-Key", key).expect(200);
        assertThat(first.at("/address").stringValue()).isEqualTo("10.40.0.1");
        assertThat(again.at("/address")).isEqualTo(first.at("/address"));
        assertThat(again.at("/receipt/element")).isEqualTo(first.at("/receipt/element"));
        assertThat(next("keyed", "{'element': 'another'}", "Idempotency-Key", key)
                        .status())
                .isEqualTo(422);
        assertThat(read(story.cio, "keyed").at("/used").intValue()).isEqualTo(1);
    }

    // ---- what is taken ----------------------------------------------------------------------------------------------

    @Test
    void whatAnybodyHoldsByAnybodysWordIsNotGivenUntilItIsClosed() {
        range("taken", "10.50.0.0/29", "");
        Teller.tell(
                story,
                story.ops,
                wish("taken-web", "server", "'addresses':['10.50.0.1/29']"),
                "{'customer':'acme','kind':'survey','element':'taken-web','facts':{'addresses':['10.50.0.2/29'],'gateway':'10.50.0.6'}}");
        assertThat(address("taken")).isEqualTo("10.50.0.3");
        assertThat(address("taken")).isEqualTo("10.50.0.4");
        assertThat(address("taken")).isEqualTo("10.50.0.5");
        assertThat(next("taken").status()).isEqualTo(409);
        Teller.tell(story, story.ops, "{'customer':'acme','kind':'decommissioning','element':'10.50.0.4'}");
        assertThat(address("taken")).isEqualTo("10.50.0.4");
        Teller.tell(story, story.ops, "{'customer':'acme','kind':'decommissioning','element':'taken-web'}");
        assertThat(List.of(address("taken"), address("taken"), address("taken")))
                .containsExactly("10.50.0.1", "10.50.0.2", "10.50.0.6");
    }

    @Test
    void whatIsGivenAwayOrWithheldIsNotGivenTwice() {
        range("outer", "10.60.0.0/24", ",'withheld':['10.60.0.0-10.60.0.9']");
        range("inner", "10.60.0.16/28", "");
        assertThat(address("outer")).isEqualTo("10.60.0.10");
        assertThat(nextRange("outer", 28).expect(201).at("/range").stringValue())
                .as("the first /28 is in use, the second is another's")
                .isEqualTo("10.60.0.32/28");
        assertThat(nextRange("outer", 30).expect(201).at("/range").stringValue())
                .isEqualTo("10.60.0.12/30");
        for (int i = 0; i < 14; i++) address("inner");
        assertThat(next("inner").status()).isEqualTo(409);
        assertThat(address("outer")).isEqualTo("10.60.0.11");
        assertThat(address("outer")).isEqualTo("10.60.0.48");
        Teller.tell(story, story.ops, "{'customer':'acme','kind':'decommissioning','element':'inner'}");
        assertThat(nextRange("outer", 28).expect(201).at("/range").stringValue())
                .as("its addresses are still held")
                .isEqualTo("10.60.0.64/28");
        JsonNode outer = read(story.cio, "outer");
        assertThat(texts(outer.at("/children"), "range"))
                .containsExactly("10.60.0.12/30", "10.60.0.32/28", "10.60.0.64/28");
        assertThat(outer.at("/free").stringValue())
                .as("256 without 10 withheld, 36 given away, 17 held and the last one")
                .isEqualTo("192");
    }

    @Test
    void sixIsNotWalkedThrough() {
        range("six", "2001:db8:5::/48", "");
        assertThat(address("six")).isEqualTo("2001:db8:5::1");
        JsonNode block = nextRange("six", 64).expect(201);
        assertThat(block.at("/range").stringValue()).isEqualTo("2001:db8:5:1::/64");
        assertThat(block.at("/receipt/element/name").stringValue()).isEqualTo("2001-db8-5-1--0-64");
        assertThat(address("2001-db8-5-1--0-64")).isEqualTo("2001:db8:5:1::1");
        assertThat(nextRange("six", 64).expect(201).at("/range").stringValue()).isEqualTo("2001:db8:5:2::/64");
        Teller.tell(
                story,
                story.ops,
                wish("six-web", "server", "'addresses':['2001:db8:5:1::2/64','2001:db8:5:1::ffff/64']"));
        assertThat(address("2001-db8-5-1--0-64")).isEqualTo("2001:db8:5:1::3");
        JsonNode six = read(story.cio, "six");
        assertThat(six.at("/size").stringValue()).isEqualTo("1208925819614629174706176");
        assertThat(six.at("/free").stringValue()).isEqualTo("1208888926126481755602942");
    }

    @Test
    void whoAsksForNonsenseIsToldWhat() {
        range("odd", "10.70.0.0/30", "");
        Teller.tell(story, story.ops, wish("no-range", "server", ""));
        assertThat(next("no-range").json().at("/type").stringValue()).endsWith("no-range");
        assertThat(story.get(story.ops, "/api/v1/elements/no-range/range").status())
                .isEqualTo(404);
        assertThat(next("nobody-at-all").status()).isEqualTo(404);
        for (int length : List.of(30, 33, 0, -1))
            assertThat(nextRange("odd", length).status()).as("/" + length).isEqualTo(422);
        assertThat(nextRange("odd", 31).json().at("/range").stringValue()).isEqualTo("10.70.0.0/31");
        String path = "/api/v1/elements/odd/next-range?customer=acme";
        assertThat(story.post(story.ops, path, "{}")
                        .json()
                        .at("/errors/0/pointer")
                        .stringValue())
                .isEqualTo("/prefixLength");
        assertThat(story.post(story.ops, path, "{'prefixLength': 'many'}").status())
                .isEqualTo(400);
        assertThat(next("odd", "{'facts': {'address': '10.70.0.1'}}")
                        .json()
                        .at("/errors/0/pointer")
                        .stringValue())
                .isEqualTo("/facts/address");
        assertThat(next("odd", "{'element': 'odd'}").json().at("/type").stringValue())
                .endsWith("name-taken");
        assertThat(next("odd", "{'element': 'Not a name'}").status()).isEqualTo(422);
        assertThat(next("odd", "{'elements': 'x'}").status()).isEqualTo(400);
        assertThat(story.get(story.ops, "/api/v1/ranges?inside=everything").status())
                .isEqualTo(400);
        Teller.tell(story, story.ops, "{'customer':'acme','kind':'decommissioning','element':'odd'}");
        assertThat(next("odd").json().at("/type").stringValue()).endsWith("no-range");
    }

    @Test
    void onlyWhoMayWishThereIsGivenAnything() {
        range("guarded", "10.80.0.0/24", ",'infrastructure':'office'");
        String path = "/api/v1/elements/guarded/next-address";
        assertThat(story.post(story.cio, path, "").status()).isEqualTo(201);
        assertThat(story.post(story.member, path, "").status()).isEqualTo(403);
        assertThat(story.post(story.ansible, path, "").status())
                .as("robots wish nothing")
                .isEqualTo(403);
        assertThat(story.post(story.stranger, path, "").text())
                .isEqualTo(story.post(story.stranger, "/api/v1/elements/nobody/next-address", "")
                        .text());
        assertThat(read(story.cio, "guarded").at("/used").intValue()).isEqualTo(1);
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'shop only', 'customers': ['acme'], 'infrastructures': ['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        assertThat(story.post(limited, path, "").status()).isEqualTo(404);
    }

    // ---- what two may not have at once ------------------------------------------------------------------------------

    @Test
    void whatTwoHaveAtOnceIsADivergenceLikeAnyOther() {
        range("cross-a", "10.100.0.0/24", ",'infrastructure':'shop'");
        range("cross-b", "10.100.0.128-10.100.1.127", ",'infrastructure':'office'");
        JsonNode overlaps = story.get(story.cio, "/api/v1/divergences?customer=acme&nature=overlap&element=cross-a")
                .expect(200);
        JsonNode one = overlaps.at("/items/0");
        assertThat(one.at("/attribute").stringValue()).isEqualTo("range");
        assertThat(one.at("/between").stringValue()).isEqualTo("elements");
        assertThat(one.at("/sentence").stringValue())
                .isEqualTo("10.100.0.0/24 overlaps a range that another element holds, and neither lies in the other");
        assertThat(one.at("/seen/display").stringValue()).isEqualTo("10.100.0.0/24");
        assertThat(one.at("/seen/witness/name").stringValue()).isEqualTo("Oscar of Gardeners");
        assertThat(one.at("/expected/witness").isNull()).isTrue();
        String path = "/api/v1/divergences/" + one.at("/id").stringValue();
        assertThat(story.get(story.cio, path, "Accept-Language", "fr")
                        .expect(200)
                        .at("/sentence")
                        .stringValue())
                .startsWith("10.100.0.0/24 chevauche");
        assertThat(story.get(story.cio, "/api/v1/divergences?customer=acme&nature=overlap", "Accept", "text/csv")
                        .text())
                .contains("cross-a", "cross-b");
        assertThat(story.get(shopkeeper, "/api/v1/divergences?nature=overlap")
                        .expect(200)
                        .toString())
                .contains("cross-a")
                .doesNotContain("cross-b", "10.100.1.127", "office");
        String tag = story.get(story.ops, path).header("ETag");
        story.post(story.ops, path + "/acknowledgement", "{}", "If-Match", tag).expect(201);
        assertThat(story.get(story.cio, "/api/v1/elements/cross-b?customer=acme")
                        .expect(200)
                        .toString())
                .contains("10.100.0.128");
        Teller.tell(story, story.ops, "{'customer':'acme','kind':'decommissioning','element':'cross-b'}");
        JsonNode settled = story.get(story.cio, path).expect(200);
        assertThat(settled.at("/state").stringValue()).isEqualTo("resolved");
    }

    // ---- the tree ---------------------------------------------------------------------------------------------------

    @Test
    void theTreeIsReadStoreyByStorey() {
        range("tree", "172.16.0.0/16", ",'infrastructure':'shop'");
        range("tree-a", "172.16.0.0/24", ",'infrastructure':'shop'");
        range("tree-a-1", "172.16.0.0/26", ",'infrastructure':'office'");
        range("tree-a-2", "172.16.0.32-172.16.0.99", ",'infrastructure':'shop'");
        range("tree-b", "172.16.1.0/24", ",'infrastructure':'shop'");
        Teller.tell(
                story,
                story.ops,
                wish("tree-net", "network", "'range':'172.16.0.0/24','infrastructure':'shop'"),
                wish(
                        "tree-ip",
                        "ip-address",
                        "'address':'172.16.0.40','network':'172.16.0.0/24','infrastructure':'office'"),
                wish("tree-web", "server", "'addresses':['172.16.0.40/24','172.16.1.5/24'],'infrastructure':'shop'"));

        JsonNode roots = listed(story.cio, "&inside=172.16.0.0/12");
        assertThat(texts(roots.at("/items"), "name")).containsExactly("tree");
        assertThat(roots.at("/items/0/used").intValue()).isEqualTo(2);
        assertThat(roots.at("/items/0/inside").intValue()).isEqualTo(5);
        assertThat(texts(listed(story.cio, "").at("/items"), "name"))
                .contains("tree")
                .doesNotContain("tree-a", "tree-ip");
        assertThat(texts(listed(story.cio, "&inside=172.16.0.0/16").at("/items"), "name"))
                .containsExactlyInAnyOrder("tree-a", "tree-net", "tree-b");
        assertThat(texts(listed(story.cio, "&inside=172.16.0.0/24").at("/items"), "name"))
                .containsExactly("tree-a-1", "tree-a-2");
        assertThat(texts(
                        listed(story.cio, "&infrastructure=office&inside=172.16.0.0/12")
                                .at("/items"),
                        "name"))
                .containsExactly("tree-a-1");

        JsonNode a = read(story.cio, "tree-a");
        assertThat(texts(a.at("/parents"), "name")).containsExactly("tree");
        assertThat(texts(a.at("/same"), "name")).containsExactly("tree-net");
        assertThat(texts(a.at("/children"), "name")).containsExactly("tree-a-1", "tree-a-2");
        assertThat(texts(a.at("/items/0/elements"), "name")).containsExactly("tree-ip", "tree-web");
        assertThat(texts(read(story.cio, "tree-a-1").at("/crossing"), "name")).containsExactly("tree-a-2");
        assertThat(texts(read(story.cio, "tree").at("/children"), "name"))
                .containsExactlyInAnyOrder("tree-a", "tree-net", "tree-b");

        JsonNode reached = read(shopkeeper, "tree-a");
        assertThat(texts(reached.at("/children"), "name")).containsExactly("tree-a-2");
        assertThat(texts(reached.at("/items/0/elements"), "name")).containsExactly("tree-web");
        assertThat(texts(listed(shopkeeper, "&inside=172.16.0.0/24").at("/items"), "name"))
                .containsExactly("tree-a-2");
        assertThat(reached.toString()).doesNotContain("tree-ip", "tree-a-1", "office");
    }

    @Test
    void pagesHangTogether() {
        for (int i = 0; i < 5; i++) range("page-" + i, "10.90." + i + ".0/24", "");
        Teller.tell(
                story,
                story.ops,
                wish("page-web", "server", "'addresses':['10.90.3.7/24','10.90.3.9/24','10.90.3.200/24']"));
        List<String> names = new ArrayList<>();
        String next = "/api/v1/ranges?customer=acme&inside=10.90.0.0/16&limit=2";
        while (!next.isEmpty()) {
            Reply page = story.get(story.ops, next);
            names.addAll(texts(page.expect(200).at("/items"), "name"));
            next = page.header("Link").replaceAll("^<|>.*", "");
        }
        assertThat(names).containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");
        List<String> addresses = new ArrayList<>();
        next = "/api/v1/elements/page-3/range?limit=2";
        while (!next.isEmpty()) {
            Reply page = story.get(story.ops, next);
            addresses.addAll(texts(page.expect(200).at("/items"), "address"));
            next = page.header("Link").replaceAll("^<|>.*", "");
        }
        assertThat(addresses).containsExactly("10.90.3.7", "10.90.3.9", "10.90.3.200");
        Reply held = story.get(story.ops, "/api/v1/elements/page-3/range");
        assertThat(story.get(story.ops, "/api/v1/elements/page-3/range", "If-None-Match", held.header("ETag"))
                        .status())
                .isEqualTo(304);
    }
}
