package org.minventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;

/** Nothing new costs next to nothing, and nothing new is never said where there is something. */
class EtagsTest {
    private static final String LIST = "/api/v1/customers";

    private final Story story = Story.told();

    @Test
    void whoKnowsTheAnswerIsToldThatNothingChanged() {
        Reply first = story.get(story.cio, LIST);
        String tag = first.header("ETag");
        assertThat(tag).matches("\"[A-Za-z0-9_-]+\"");
        Reply again = story.get(story.cio, LIST, "If-None-Match", tag);
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
        assertThat(again.header("ETag")).isEqualTo(tag);
        assertThat(story.get(story.cio, LIST, "If-None-Match", "\"other\", W/" + tag)
                        .status())
                .isEqualTo(304);
        assertThat(story.get(story.cio, LIST, "If-None-Match", "\"other\"").status())
                .isEqualTo(200);
    }

    @Test
    void anotherReaderLanguageOrSelectionHasAnotherTag() {
        String tag = story.get(story.cio, LIST).header("ETag");
        assertThat(story.get(story.cio, LIST, "Accept-Language", "fr").header("ETag"))
                .isNotEqualTo(tag);
        assertThat(story.get(story.cio, LIST + "?limit=7").header("ETag")).isNotEqualTo(tag);
        assertThat(story.get(story.member, LIST).header("ETag")).isNotEqualTo(tag);
        assertThat(story.get(story.ops, LIST, "If-None-Match", tag).status()).isEqualTo(200);
        assertThat(story.get(story.stranger, LIST, "If-None-Match", tag).status())
                .isEqualTo(200);
    }

    @Test
    void aWriteToTheCustomerChangesIt() {
        String tag = story.get(story.cio, LIST).header("ETag");
        story.robot(story.cio, "acme", Story.name("news"), "read:inventory");
        assertThat(story.get(story.cio, LIST, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void aTokenMintedIsNewsInTheListOfTokens() {
        Reply first = story.get(story.member, "/api/v1/tokens?fields=id");
        String tag = first.header("ETag");
        assertThat(story.get(story.member, "/api/v1/tokens?fields=id", "If-None-Match", tag)
                        .status())
                .isEqualTo(304);
        String mine = story.get(story.cio, "/api/v1/tokens?fields=id").header("ETag");
        story.post(story.cio, "/api/v1/tokens", "{'label': 'news'}").expect(201);
        assertThat(story.get(story.cio, "/api/v1/tokens?fields=id", "If-None-Match", mine)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoHoldsAnythingIsToldNothingOfWhatIsHiddenOrUnknown() {
        for (String path : List.of("/api/v1/customers", "/api/v1/customers/acme", "/api/v1/tokens", "/openapi.yaml"))
            assertThat(story.get(story.cio, path, "If-None-Match", "*").status())
                    .as(path)
                    .isEqualTo(304);
        Reply unknown = story.get(story.stranger, "/api/v1/customers/nobody", "If-None-Match", "*");
        assertThat(unknown.status()).isEqualTo(404);
        for (String path : List.of(
                "/api/v1/customers/acme",
                "/api/v1/customers/" + story.acme,
                "/api/v1/elements/nothing",
                "/api/v1/testimonies/" + story.acme)) {
            Reply hidden = story.get(story.stranger, path, "If-None-Match", "*");
            assertThat(hidden.status()).as(path).isEqualTo(404);
            assertThat(hidden.text()).isEqualTo(unknown.text());
        }
    }
}
