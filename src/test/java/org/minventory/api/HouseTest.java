package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;

/** What the house says about itself. */
class HouseTest {
    private final Story story = Story.told();

    @Test
    void standsAndReceives() {
        story.get(Story.NOBODY, "/health/live").expect(200);
        story.get(Story.NOBODY, "/health/ready").expect(200);
    }

    @Test
    void receivesNobodyBeforeItIsOpened() {
        try (Story closed = Story.closed()) {
            closed.get(Story.NOBODY, "/health/live").expect(200);
            Reply reply = closed.get(Story.NOBODY, "/health/ready");
            assertThat(reply.expect(503).at("/type").stringValue()).isEqualTo("/problems/starting");
            assertThat(reply.header("Retry-After")).isNotEmpty();
            closed.server().open();
            closed.get(Story.NOBODY, "/health/ready").expect(200);
        }
    }

    @Test
    void itsFiguresNameRoutesAndNoCustomer() {
        story.get(story.cio, "/api/v1/customers/acme").expect(200);
        story.get(story.cio, "/metrics").expect(403);
        assertThat(story.get(story.operator, "/metrics").status()).isEqualTo(200);
        String part = story.post(
                        story.ops,
                        "/api/v1/witnesses",
                        "{'role': 'robot', 'name': 'part', 'customer': 'acme',"
                                + " 'token': {'scopes': ['read:inventory'], 'infrastructures': ['shop']}}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
        story.get(part, "/metrics").expect(403);
        story.get(part, "/api/v1/elements").expect(200);
        String figures = story.get(story.monitoring, "/metrics").text();
        assertThat(figures)
                .contains("http_server_requests_seconds_count", "route=\"/api/v1/customers/{customer}\"")
                .contains("jvm_memory_used_bytes", "hikaricp_connections")
                .doesNotContainIgnoringCase("acme");
    }

    @Test
    void givesItsContractAsAFileAndAsAPage() {
        assertThat(story.get(Story.NOBODY, "/openapi.yaml").text()).startsWith("openapi: 3.1");
        assertThat(story.get(Story.NOBODY, "/docs").text())
                .contains("<code>/api/v1/customers</code>")
                .doesNotContain("<script")
                .doesNotContain("style=");
        assertThat(story.get(Story.NOBODY, "/docs/style.css").status()).isEqualTo(200);
        assertThat(story.get(Story.NOBODY, "/problems/not-found", "Accept-Language", "fr")
                        .text())
                .contains("Il n’y a rien");
        story.get(Story.NOBODY, "/problems/none").expect(404);
    }

    @Test
    void whatEverybodyReadsIsNotSentTwice() {
        for (String path : List.of("/openapi.yaml", "/docs", "/problems/not-found")) {
            String tag = story.get(Story.NOBODY, path).header("ETag");
            assertThat(tag).as(path).isNotEmpty();
            assertThat(story.get(story.cio, path, "If-None-Match", tag).status())
                    .as(path)
                    .isEqualTo(304);
        }
        String english = story.get(Story.NOBODY, "/problems/not-found").header("ETag");
        assertThat(story.get(Story.NOBODY, "/problems/not-found", "Accept-Language", "fr", "If-None-Match", english)
                        .status())
                .isEqualTo(200);
    }
}
