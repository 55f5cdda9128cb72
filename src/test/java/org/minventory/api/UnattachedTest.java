package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** What nobody could be found for is kept, shown, and attached by who knows better. */
class UnattachedTest {
    private static final String PATH = "/api/v1/unattached";

    private static JsonNode tell(Story story, String token, String json) {
        return story.post(token, "/api/v1/testimonies?customer=acme", json).json();
    }

    @Test
    void whatWaitsIsAttachedToAnElementOrToANewOne() {
        try (Story story = Story.fresh()) {
            tell(story, story.ops, "{'kind':'wish','element':'web-1','facts':{'memory':'8 GiB'}}");
            String first = tell(story, story.ansible, "{'kind':'survey','element':'wbe-1','facts':{'memory':'4 GiB'}}")
                    .at("/id")
                    .stringValue();
            String second = tell(
                            story,
                            story.ansible,
                            "{'kind':'survey','element':{'fqdn':'new.acme.example'},'facts':{'memory':'2 GiB'}}")
                    .at("/id")
                    .stringValue();
            JsonNode inbox = story.get(story.ops, PATH + "?customer=acme").expect(200);
            assertThat(inbox.at("/items/0/id").stringValue()).isEqualTo(second);
            assertThat(inbox.at("/items/0/subject/fqdn").stringValue()).isEqualTo("new.acme.example");
            assertThat(inbox.at("/items/1/id").stringValue()).isEqualTo(first);
            assertThat(inbox.at("/items/1/subject").stringValue()).isEqualTo("wbe-1");
            assertThat(inbox.at("/items/1/unattached").stringValue()).isEqualTo("unknown");
            assertThat(inbox.at("/items/1/candidates").isEmpty()).isTrue();
            assertThat(story.get(story.ops, PATH + "?limit=1")
                            .json()
                            .at("/items")
                            .size())
                    .isEqualTo(1);

            String attachment = PATH + "/" + first + "/attachment";
            assertThat(story.post(story.cio, attachment, "{'element':'web-1'}").status())
                    .isEqualTo(403);
            assertThat(story.post(story.strangersOps, attachment, "{'element':'web-1'}")
                            .status())
                    .isEqualTo(404);
            for (String[] bad : new String[][] {
                {"{}", "/element"},
                {"{'element':'nobody'}", "/element"},
                {"{'element':7}", "/element"},
                {"{'element':'x','create':true}", "/type"},
                {"{'element':'x','create':true,'type':'spaceship'}", "/type"},
                {"{'element':{'fqdn':'x.example'},'create':true,'type':'server'}", "/element"},
                {"{'element':'web-1','colour':'red'}", "/colour"}
            }) {
                Reply reply = story.post(story.ops, attachment, bad[0]);
                assertThat(reply.status()).as(bad[0]).isBetween(400, 422);
                assertThat(reply.json().at("/errors/0/pointer").stringValue())
                        .as(bad[0])
                        .isEqualTo(bad[1]);
            }
            JsonNode receipt =
                    story.post(story.ops, attachment, "{'element':'web-1'}").expect(201);
            assertThat(receipt.at("/element/name").stringValue()).isEqualTo("web-1");
            assertThat(receipt.at("/divergences/0/nature").stringValue()).isEqualTo("drift");
            assertThat(story.post(story.ops, attachment, "{'element':'web-1'}").status())
                    .isEqualTo(404);
            JsonNode born = story.post(
                            story.ops,
                            PATH + "/" + second + "/attachment",
                            "{'element':'new-1','create':true,'type':'server','note':'found in the rack'}")
                    .expect(201);
            assertThat(born.at("/element/name").stringValue()).isEqualTo("new-1");
            assertThat(story.get(story.ops, PATH).json().at("/items").isEmpty()).isTrue();
            JsonNode attached =
                    story.get(story.ops, "/api/v1/testimonies/" + first).expect(200);
            assertThat(attached.at("/element/name").stringValue()).isEqualTo("web-1");
            assertThat(attached.at("/unattached").isNull()).isTrue();
        }
    }

    @Test
    void anAmbiguousOneNamesItsCandidates() {
        try (Story story = Story.fresh()) {
            for (String name : List.of("web-1", "web-2"))
                tell(
                        story,
                        story.ops,
                        "{'kind':'survey','element':'" + name
                                + "','create':true,'type':'server','facts':{'serial':'SAME-123'}}");
            JsonNode kept = tell(
                    story,
                    story.ansible,
                    "{'kind':'survey','element':{'serial':'SAME-123'},'facts':{'memory':'4 GiB'}}");
            assertThat(kept.at("/unattached").stringValue()).isEqualTo("ambiguous");
            JsonNode item = story.get(story.cio, PATH).expect(200).at("/items/0");
            assertThat(item.at("/unattached").stringValue()).isEqualTo("ambiguous");
            assertThat(item.at("/candidates").valueStream().map(c -> c.at("/name")
                            .stringValue()))
                    .containsExactlyInAnyOrder("web-1", "web-2");
            assertThat(story.get(story.ops, PATH, "Accept", "application/x-ndjson")
                            .text()
                            .lines())
                    .hasSize(1);
            assertThat(story.get(story.stranger, PATH).json().at("/items").isEmpty())
                    .isTrue();
        }
    }
}
