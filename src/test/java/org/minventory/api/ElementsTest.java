package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** What is read of the inventory: lists, one element, its past. */
class ElementsTest {
    private static final Story.StandingClock CLOCK = new Story.StandingClock();
    private static Story story;

    /** Acme's servers, one of which came with half its memory; Globex's, which stands in the same page of the ops. */
    @BeforeAll
    static void begin() {
        story = Story.fresh(CLOCK);
        Teller.tell(
                story,
                story.ops,
                "{'customer':'acme','kind':'wish','element':'shop-db-1','type':'server',"
                        + "'facts':{'memory':'64 GiB','infrastructure':'shop','provider':'ovh','tags':['db','=1+1']}}",
                "{'customer':'acme','kind':'order','element':'shop-db-1','facts':{'memory':'64 GB'}}",
                "{'customer':'acme','kind':'wish','element':'shop-web-1','type':'server','facts':{'memory':'64 GiB','infrastructure':'shop'}}",
                "{'customer':'acme','kind':'order','element':'shop-web-1','facts':{'memory':'64 GiB'}}",
                "{'customer':'acme','kind':'wish','element':'intra-1','type':'virtual-machine','facts':{'infrastructure':'intranet'}}",
                "{'customer':'globex','kind':'wish','element':'press-1','type':'server','facts':{'memory':'8 GiB'}}",
                "{'customer':'globex','kind':'wish','element':'shop-web-1','type':'server','facts':{'memory':'8 GiB'}}");
        CLOCK.pass(Duration.ofMinutes(10));
        Teller.tell(
                story, story.ansible, "{'kind':'delivery-survey','element':'shop-db-1','facts':{'memory':'32 GiB'}}");
        Teller.tell(
                story,
                story.ansible,
                "{'kind':'delivery-survey','element':'shop-web-1','facts':{'memory':'62.8 GiB'}}");
        Teller.tell(
                story,
                story.strangersOps,
                "{'kind':'wish','element':'zenith-1','type':'server','facts':{'memory':'8 GiB','infrastructure':'shop'}}");
        CLOCK.pass(Duration.ofMinutes(10));
    }

    @AfterAll
    static void end() {
        story.close();
    }

    @Test
    void halfTheMemoryThatWasOrderedDivergesWithBothWitnessesAndAges() {
        JsonNode memory =
                story.get(story.cio, "/api/v1/elements/shop-db-1").expect(200).at("/knowledge/memory");
        assertThat(memory.at("/verdict").stringValue()).isEqualTo("diverges");
        assertThat(memory.at("/ordered/witness/name").stringValue()).isEqualTo("Oscar of Gardeners");
        assertThat(memory.at("/ordered/ageSeconds").longValue()).isEqualTo(1200);
        assertThat(memory.at("/delivered/witness/name").stringValue()).isEqualTo("ansible");
        assertThat(memory.at("/delivered/ageSeconds").longValue()).isEqualTo(600);
        assertThat(memory.at("/delivered/value").longValue()).isEqualTo(32L << 30);
        assertThat(memory.at("/delivered/display").stringValue()).isEqualTo("32 GiB");
        assertThat(memory.at("/delivered/freshness").stringValue()).isEqualTo("fresh");
        assertThat(memory.at("/pairs"))
                .anySatisfy(pair -> assertThat(pair.at("/sentence").stringValue())
                        .isEqualTo("32 GiB delivered where 64 GiB were ordered"));
    }

    @Test
    void whatTheKernelLeavesOfTheMemoryAgrees() {
        JsonNode memory =
                story.get(story.cio, "/api/v1/elements/shop-web-1").expect(200).at("/knowledge/memory");
        assertThat(memory.at("/verdict").stringValue()).isEqualTo("agrees");
    }

    @Test
    void theReadersLanguageIsSpoken() {
        JsonNode memory = story.get(story.cio, "/api/v1/elements/shop-db-1", "Accept-Language", "fr")
                .expect(200)
                .at("/knowledge/memory");
        assertThat(memory.at("/label").stringValue()).isEqualTo("Mémoire");
        assertThat(memory.at("/delivered/display").stringValue()).isEqualTo("32\u00a0Gio");
    }

    @Test
    void theOpsReadsAcmeAndGlobexInOnePage() {
        assertThat(names(story.ops, "/api/v1/elements"))
                .containsExactly("intra-1", "press-1", "shop-db-1", "shop-web-1", "shop-web-1");
        assertThat(names(story.ops, "/api/v1/elements?customer=globex")).containsExactly("press-1", "shop-web-1");
        assertThat(names(story.ops, "/api/v1/elements?customer=globex,acme&type=virtual-machine"))
                .containsExactly("intra-1");
    }

    @Test
    void pagesFollowOneAnotherWithoutGapOrRepetition() {
        List<String> all = new ArrayList<>();
        String path = "/api/v1/elements?limit=2";
        for (String next = path; next != null; ) {
            JsonNode page = story.get(story.ops, next).expect(200);
            page.at("/items")
                    .forEach(item -> all.add(item.at("/customer").stringValue() + " "
                            + item.at("/name").stringValue()));
            next = page.get("next").isNull()
                    ? null
                    : path + "&after=" + page.get("next").stringValue();
        }
        assertThat(all)
                .hasSize(5)
                .doesNotHaveDuplicates()
                .startsWith("acme intra-1", "globex press-1", "acme shop-db-1");
    }

    @Test
    void filtersAddUp() {
        assertThat(names(story.ops, "/api/v1/elements?infrastructure=shop")).containsExactly("shop-db-1", "shop-web-1");
        assertThat(names(story.ops, "/api/v1/elements?diverging=true")).containsExactly("shop-db-1");
        assertThat(names(story.ops, "/api/v1/elements?fact.memory=ge:60 GiB".replace(" ", "%20")))
                .containsExactly("shop-web-1");
        assertThat(names(story.ops, "/api/v1/elements?fact.memory=32GiB")).containsExactly("shop-db-1");
        assertThat(names(story.ops, "/api/v1/elements?fact.memory=lt:9%20GiB&fact.memory=ge:8%20GiB"))
                .containsExactly("press-1", "shop-web-1");
        assertThat(names(story.ops, "/api/v1/elements?provider=ovh&tag=db")).containsExactly("shop-db-1");
        assertThat(names(story.ops, "/api/v1/elements?status=delivered")).containsExactly("shop-db-1", "shop-web-1");
        assertThat(names(story.ops, "/api/v1/elements?q=shop&customer=acme"))
                .containsExactly("shop-db-1", "shop-web-1");
        assertThat(names(story.ops, "/api/v1/elements?q=db%20shop")).containsExactly("shop-db-1");
        assertThat(names(story.ops, "/api/v1/elements?stale=true")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "status=alive",
                "diverging=perhaps",
                "fact.memory=ge:much",
                "fact.nobody-knows=1",
                "fact.expires=lt:zz",
                "limit=0",
                "limit=1001",
                "colour=red",
                "asOf=yesterday",
                "asOf=2026-13-01T00:00:00Z",
                "asOf=%2B10000-01-01T00:00:00Z",
                "after=x",
                "asOf=2026-11-22T12:00:00Z&limit=101",
                "asOf=2026-11-22T12:00:00Z&q=shop",
                "knownAt=2026-11-22T12:00:00Z&diverging=true",
                "asOf=2026-11-22T12:00:00Z&stale=true",
                "asOf=2026-11-22T12:00:00Z&fact.memory=1",
                "asOf=2026-11-22T12:00:00Z&asOf=2026-11-22T12:00:00Z",
                "knownAt=99999"
            })
    void whatDoesNotFitIsRefusedByName(String query) {
        Reply refused = story.get(story.cio, "/api/v1/elements?" + query);
        assertThat(refused.status()).as(refused.text()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aNameThatSeveralCustomersHaveNeedsTheCustomer() {
        assertThat(story.get(story.ops, "/api/v1/elements/shop-web-1")
                        .expect(400)
                        .at("/type")
                        .stringValue())
                .endsWith("customer-needed");
        JsonNode globex = story.get(story.ops, "/api/v1/elements/shop-web-1?customer=globex")
                .expect(200);
        assertThat(globex.at("/customer").stringValue()).isEqualTo("globex");
        assertThat(story.get(story.ops, "/api/v1/elements/" + globex.at("/id").stringValue())
                        .expect(200))
                .isEqualTo(globex);
    }

    @Test
    void anUnchangedPollIsAnsweredWithNothing() {
        for (String path : List.of("/api/v1/elements", "/api/v1/elements/shop-db-1")) {
            Reply first = story.get(story.cio, path);
            assertThat(story.get(story.cio, path, "If-None-Match", first.header("ETag"))
                            .status())
                    .isEqualTo(304);
            assertThat(story.get(story.ops, path, "If-None-Match", first.header("ETag"))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void otherFormatsSayTheSame() {
        Reply lines = story.get(story.cio, "/api/v1/elements", "Accept", "application/x-ndjson");
        assertThat(lines.text().lines()).hasSize(3).allSatisfy(line -> assertThat(line)
                .startsWith("{\"id\":"));
        Reply table = story.get(story.cio, "/api/v1/elements?infrastructure=shop", "Accept", "text/csv");
        assertThat(table.text().lines().findFirst().orElseThrow())
                .startsWith(
                        "customer,id,name,type,status,infrastructure,project,provider,site,tags,divergences,lastHeardAt,memory,");
        assertThat(table.text())
                .contains(",shop-db-1,server,delivered,shop,,ovh,,'=1+1 db,")
                .contains("," + (32L << 30) + ",");
        Reply thin = story.get(story.cio, "/api/v1/elements?fields=name,memory", "Accept", "text/csv");
        assertThat(thin.text().lines().toList()).contains("name,memory", "shop-db-1," + (32L << 30));
        assertThat(story.get(story.cio, "/api/v1/elements?fields=name").text())
                .contains("{\"name\":\"intra-1\"},{\"name\":\"shop-db-1\"}");
    }

    @Test
    void theStrangerFindsNothingOfAcme() {
        assertThat(names(story.stranger, "/api/v1/elements")).containsExactly("zenith-1");
        String hidden = story.get(story.cio, "/api/v1/elements/shop-db-1")
                .expect(200)
                .at("/id")
                .stringValue();
        Reply unknown = story.get(story.stranger, "/api/v1/elements/nobody");
        for (String path : List.of(
                "/api/v1/elements/shop-db-1",
                "/api/v1/elements/" + hidden,
                "/api/v1/elements?customer=acme",
                "/api/v1/elements?customer=" + story.acme,
                "/api/v1/elements/zenith-1?customer=acme",
                "/api/v1/elements/" + hidden + "?asOf=2026-11-22T12:00:00Z")) {
            Reply reply = story.get(story.stranger, path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.text()).as(path).isEqualTo(unknown.text());
        }
    }

    private static List<String> names(String token, String path) {
        List<String> names = new ArrayList<>();
        story.get(token, path)
                .expect(200)
                .at("/items")
                .forEach(item -> names.add(item.at("/name").stringValue()));
        return names;
    }

    @Test
    void filtersOnFactsAreCounted() {
        String twenty = "fact.memory=ge:1%20GiB" + "&fact.memory=ge:1%20GiB".repeat(19);
        story.get(story.ops, "/api/v1/elements?" + twenty).expect(200);
        for (String tooMany : List.of("&fact.cpu.cores=1", "&fact.memory=1".repeat(400))) {
            JsonNode refused =
                    story.get(story.ops, "/api/v1/elements?" + twenty + tooMany).expect(400);
            assertThat(refused.at("/detail").stringValue()).contains("20 filters on facts at most");
        }
    }

    @Test
    void aFilterIsRefusedInTheReadersLanguageWithOneFullStop() {
        String french = refused("fact.expires=lt:zz", "fr");
        assertThat(french).contains("ne convient pas", "n’est pas une date").doesNotContain("..");
        assertThat(refused("fact.expires=lt:zz", "en"))
                .contains("is not a date")
                .doesNotContain("..");
        assertThat(refused("fact.disks=x", "fr")).contains("rien ne se cherche par cet attribut");
        assertThat(refused("fact.disks=x", "en")).contains("nothing is looked up by this attribute");
    }

    private String refused(String query, String language) {
        return story.get(story.cio, "/api/v1/elements?" + query, "Accept-Language", language)
                .expect(400)
                .at("/detail")
                .stringValue();
    }
}
