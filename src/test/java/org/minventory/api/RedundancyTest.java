package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import tools.jackson.databind.JsonNode;

/** The two-provider rule over HTTP: said in both languages, listed, and naming to nobody what is out of reach. */
class RedundancyTest {
    private static Story story;
    private static String shopkeeper;

    @BeforeAll
    static void begin() {
        story = Story.fresh();
        Teller.tell(
                story,
                story.ops,
                wish("vault", "'infrastructure':'board'"),
                wish("safe-1", "'infrastructure':'shop','provider':'OVHcloud','depends-on':['vault']"),
                wish(
                        "hidden-twin",
                        "'infrastructure':'board','provider':'OVHcloud','depends-on':['vault'],'redundant-with':['safe-1']"));
        shopkeeper = story.post(
                        story.ops,
                        "/api/v1/witnesses",
                        "{'role': 'robot', 'name': 'shopkeeper', 'customer': 'acme', 'token':"
                                + " {'scopes': ['read:inventory', 'testify:*'], 'infrastructures': ['shop']}}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
    }

    @AfterAll
    static void end() {
        story.close();
    }

    private static String wish(String name, String facts) {
        return "{'customer':'acme','kind':'wish','element':'" + name + "','type':'server','facts':{" + facts + "}}";
    }

    private static List<JsonNode> list(String token, String query) {
        List<JsonNode> items = new ArrayList<>();
        story.get(token, "/api/v1/divergences?customer=acme&" + query)
                .expect(200)
                .get("items")
                .forEach(items::add);
        return items;
    }

    @Test
    void theRuleIsSaidOfBothListedByItsNatureAndEndsWithTheMove() {
        story.post(story.ops, "/api/v1/testimonies", wish("db-1", "'infrastructure':'shop','provider':'Hetzner'"))
                .expect(201);
        JsonNode told = story.post(
                        story.ops,
                        "/api/v1/testimonies",
                        wish("db-2", "'infrastructure':'shop','provider':'Hetzner','redundant-with':['db-1']"))
                .expect(201);
        assertThat(told.at("/divergences/0/sentence").stringValue())
                .isEqualTo("Redundant with db-1, but at the same provider: Hetzner");
        assertThat(list(story.cio, "nature=common-provider&element=db-1"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.at("/sentence").stringValue())
                            .isEqualTo("Redundant with db-2, but at the same provider: Hetzner");
                    assertThat(one.at("/common/with/0").stringValue()).isEqualTo("db-2");
                    assertThat(one.at("/seen/display").stringValue()).isEqualTo("Hetzner");
                });
        String id = told.at("/divergences/0/id").stringValue();
        assertThat(story.get(story.cio, "/api/v1/divergences/" + id, "Accept-Language", "fr")
                        .expect(200)
                        .at("/sentence")
                        .stringValue())
                .startsWith("Redondant avec db-1, mais chez le même fournisseur");
        assertThat(story.get(shopkeeper, "/api/v1/divergences/" + id)
                        .expect(200)
                        .at("/common/with/0")
                        .stringValue())
                .isEqualTo("db-1");
        JsonNode moved = story.post(
                        story.ops, "/api/v1/testimonies", wish("db-1", "'infrastructure':'shop','provider':'OVHcloud'"))
                .expect(201);
        assertThat(moved.at("/divergences/0/change").stringValue()).isEqualTo("resolved");
        assertThat(story.get(story.cio, "/api/v1/divergences/" + id)
                        .expect(200)
                        .at("/state")
                        .stringValue())
                .isEqualTo("resolved");
    }

    @Test
    void whoSeesOnlyAPartIsToldNoNameOutOfIt() {
        List<JsonNode> whole = list(story.cio, "element=safe-1");
        assertThat(whole).hasSize(2).allSatisfy(one -> assertThat(one.toString())
                .contains("hidden-twin"));
        assertThat(whole.toString()).contains("vault");
        List<JsonNode> part = list(shopkeeper, "element=safe-1");
        assertThat(part)
                .extracting(one -> one.at("/sentence").stringValue())
                .containsExactlyInAnyOrder(
                        "Redundant with another element, but at the same provider: OVHcloud",
                        "Redundant with another element, but with a common dependency: another element");
        assertThat(part).allSatisfy(one -> {
            assertThat(one.at("/common/with")).isEmpty();
            assertThat(one.at("/common/carriers")).isEmpty();
            assertThat(one.toString()).doesNotContain("hidden-twin");
        });
        JsonNode worse = story.post(
                        shopkeeper,
                        "/api/v1/testimonies",
                        "{'customer':'acme','kind':'survey','element':'safe-1','facts':{'provider':'ovhcloud'}}")
                .expect(201);
        assertThat(worse.at("/divergences/0/sentence").stringValue())
                .isEqualTo("Redundant with another element, but at the same provider: ovhcloud");
        assertThat(worse.toString()).doesNotContain("hidden-twin");
        assertThat(story.get(shopkeeper, "/api/v1/divergences?format=csv", "Accept", "text/csv")
                        .text())
                .doesNotContain("hidden-twin");
    }
}
