package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.export.RecordVerifier;

/** The whole record, for whoever reaches the whole customer. */
class RecordExportTest {
    private static final String PATH = "/api/v1/record";

    private final Story story = Story.told();

    @Test
    void theWholeRecordVerifiesOffline() {
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=acme",
                        "{'kind':'wish','element':'" + Story.name("kept") + "','note':'written down'}")
                .expect(201);
        for (String token : new String[] {story.cio, story.member}) {
            Reply reply = story.get(token, PATH);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.header("Content-Type")).isEqualTo("application/x-ndjson");
            assertThat(reply.header("Content-Disposition")).contains("acme-record.ndjson");
            var verdict = RecordVerifier.verify(new ByteArrayInputStream(reply.bytes()));
            assertThat(verdict.holds()).isTrue();
            assertThat(verdict.entries()).isPositive();
            assertThat(reply.text()).contains("written down");
            assertThat(story.get(token, PATH, "If-None-Match", reply.header("ETag"))
                            .status())
                    .isIn(200, 304); // somebody may have told something meanwhile
        }
    }

    @Test
    void onlyWhoReachesTheWholeCustomerGetsIt() {
        assertThat(story.get(story.ops, PATH).json().at("/type").stringValue()).isEqualTo("/problems/customer-needed");
        assertThat(story.get(story.stranger, PATH + "?customer=acme").status()).isEqualTo(404);
        assertThat(story.get(story.stranger, PATH + "?customer=" + story.acme).status())
                .isEqualTo(404);
        assertThat(story.get(story.operator, PATH + "?customer=acme").status()).isEqualTo(403);
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label':'shop','scopes':['read:inventory'],'customers':['acme'],'infrastructures':['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        assertThat(story.get(limited, PATH + "?customer=acme").status()).isEqualTo(403);
    }
}
