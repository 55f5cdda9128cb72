package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** What customers declare of their own, besides what is shipped. */
class DefinitionsTest {
    private static final String RACK =
            "{'customer':'acme','name':'rack','labels':{'en':'rack','fr':{'singular':'baie','plural':'baies'}},"
                    + "'attributes':['site',{'name':'power.limit','type':'percent','rule':'at-most','searchable':true,"
                    + "'labels':{'en':'Power limit','fr':'Puissance'}}],'rhythms':{'survey':{'rhythm':'P30D','grace':'P7D'}}}";
    private static Story story;

    @BeforeAll
    static void begin() {
        story = Story.fresh();
    }

    @AfterAll
    static void end() {
        story.close();
    }

    @Test
    void aCustomersOwnTypeIsUsedAtOnceAndKnownToNobodyElse() {
        Reply defined = story.post(story.ops, "/api/v1/element-types", RACK);
        assertThat(defined.expect(201).at("/definitions/1/name").stringValue()).isEqualTo("power.limit");
        assertThat(story.get(story.ops, defined.header("Location"), "Accept-Language", "fr")
                        .expect(200)
                        .at("/label")
                        .stringValue())
                .isEqualTo("baie");
        assertThat(names(story.cio, "/api/v1/element-types")).contains("rack", "server");
        assertThat(names(story.stranger, "/api/v1/element-types"))
                .contains("server")
                .doesNotContain("rack");
        assertThat(names(story.stranger, "/api/v1/attributes?limit=1000"))
                .contains("memory")
                .doesNotContain("power.limit");
        assertThat(story.get(story.stranger, "/api/v1/element-types/rack").status())
                .isEqualTo(404);
        Teller.tell(
                story,
                story.ops,
                "{'customer':'acme','kind':'wish','element':'rack-1','type':'rack','facts':{'power.limit':'80 %'}}");
        assertThat(names(story.ops, "/api/v1/elements?fact.power.limit=ge:70")).containsExactly("rack-1");
        assertThat(story.get(story.cio, "/api/v1/elements/rack-1")
                        .expect(200)
                        .at("/knowledge/power.limit/label")
                        .stringValue())
                .isEqualTo("Power limit");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'customer':'acme','name':'Rack!'} | 422 | /name",
                "{'customer':'acme','name':'rack2','attributes':[{'name':'x','type':'text','rule':'guess'}]} | 422 | /attributes/0/rule",
                "{'customer':'acme','name':'rack2','attributes':['site',{'name':'memory','type':'text'}]} | 422 | /attributes/1/type",
                "{'customer':'acme','name':'rack2','rhythms':{'gossip':{'rhythm':'P1D'}}} | 422 | /rhythms/gossip",
                "{'customer':'acme','name':'rack2','rhythms':{'survey':{'rhythm':'often'}}} | 422 | /rhythms/survey/rhythm",
                "{'customer':'acme','name':'rack2','colour':'red'} | 400 | /colour",
            })
    void aDefinitionThatDoesNotFitIsRefusedAtItsPlace(String told, int status, String pointer) {
        Reply refused = story.post(story.ops, "/api/v1/element-types", told);
        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(refused.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    @Test
    void infrastructuresAreDeclaredOrTold() {
        Teller.tell(
                story,
                story.ops,
                "{'customer':'globex','kind':'wish','element':'w-1','type':'server','facts':{'infrastructure':'press'}}",
                "{'customer':'globex','kind':'wish','element':'w-2','type':'server','facts':{'infrastructure':'press'}}");
        Reply declared = story.post(
                story.ops, "/api/v1/infrastructures", "{'customer':'globex','name':'empty','label':'Nothing yet'}");
        assertThat(story.get(story.ops, declared.header("Location")).expect(200))
                .isEqualTo(declared.expect(201));
        JsonNode press = story.get(story.ops, "/api/v1/infrastructures/press?customer=globex")
                .expect(200);
        assertThat(press.at("/declared").booleanValue()).isFalse();
        assertThat(press.at("/elements").intValue()).isEqualTo(2);
        assertThat(names(story.ops, "/api/v1/infrastructures?customer=globex&limit=1"))
                .containsExactly("empty");
        assertThat(names(story.cio, "/api/v1/infrastructures")).doesNotContain("press", "empty");
        assertThat(story.get(story.stranger, "/api/v1/infrastructures/press").status())
                .isEqualTo(404);
    }

    @Test
    void providersAreShippedOrDeclared() {
        assertThat(names(story.stranger, "/api/v1/providers?kind=hosting")).contains("ovh", "hetzner");
        story.post(
                        story.ops,
                        "/api/v1/providers",
                        "{'customer':'acme','name':'neighbour','kind':'hosting','website':'https://n.example'}")
                .expect(201);
        assertThat(names(story.cio, "/api/v1/providers")).contains("neighbour");
        assertThat(names(story.stranger, "/api/v1/providers")).doesNotContain("neighbour");
        assertThat(story.get(story.cio, "/api/v1/providers/ovh")
                        .expect(200)
                        .at("/builtIn")
                        .booleanValue())
                .isTrue();
        assertThat(story.post(story.ops, "/api/v1/providers", "{'customer':'acme','name':'n','kind':'magic'}")
                        .status())
                .isEqualTo(422);
        assertThat(story.post(
                                story.ops,
                                "/api/v1/providers",
                                "{'customer':'acme','name':'n','kind':'other','website':'javascript:x'}")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void declaringIsForTheOpsOfTheCustomer() {
        String told = "{'customer':'acme','name':'mine'}";
        assertThat(story.post(story.cio, "/api/v1/infrastructures", told).status())
                .isEqualTo(403);
        assertThat(story.post(story.ansible, "/api/v1/infrastructures", told).status())
                .isEqualTo(403);
        assertThat(story.post(story.strangersOps, "/api/v1/infrastructures", told)
                        .status())
                .isEqualTo(404);
        assertThat(story.post(story.ops, "/api/v1/infrastructures", "{'name':'mine'}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aSecretIsNotDescribed() {
        Reply refused = story.post(
                story.ops,
                "/api/v1/infrastructures",
                "{'customer':'acme','name':'s','description':'see https://root:hunter2@db.example'}");
        assertThat(refused.expect(422).at("/type").stringValue()).endsWith("looks-like-a-secret");
    }

    private static List<String> names(String token, String path) {
        List<String> names = new ArrayList<>();
        story.get(token, path)
                .expect(200)
                .at("/items")
                .forEach(item -> names.add(item.at("/name").stringValue()));
        return names;
    }
}
