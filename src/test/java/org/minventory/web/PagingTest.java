package org.minventory.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** Lists are read page by page, and a cursor opens only the list it was made for. */
class PagingTest {
    private static final String LIST = "/api/v1/customers";

    private static Story story;

    @BeforeAll
    static void begin() {
        story = Story.fresh();
        for (int i = 1; i <= 5; i++) story.customer(story.ops, "customer-" + i, "Customer " + i);
    }

    @AfterAll
    static void end() {
        story.close();
    }

    @Test
    void followsItsOwnLinksToTheEnd() {
        List<String> slugs = new ArrayList<>();
        String path = LIST + "?limit=2";
        int pages = 0;
        while (path != null) {
            Reply page = story.get(story.ops, path);
            page.expect(200)
                    .at("/items")
                    .forEach(item -> slugs.add(item.at("/slug").stringValue()));
            String link = page.header("Link");
            assertThat(link.isEmpty()).isEqualTo(page.json().at("/next").isNull());
            path = link.isEmpty() ? null : link.substring(1, link.indexOf('>'));
            pages++;
        }
        assertThat(slugs)
                .containsExactly(
                        "acme", "customer-1", "customer-2", "customer-3", "customer-4", "customer-5", "globex");
        assertThat(pages).isEqualTo(4);
    }

    @Test
    void thinsItems() {
        JsonNode page =
                story.get(story.ops, LIST + "?fields=slug,nonsense&limit=1").expect(200);
        assertThat(page.at("/items/0").toString()).isEqualTo("{\"slug\":\"acme\"}");
        String next = page.at("/next").stringValue();
        assertThat(story.get(story.ops, LIST + "?fields=name&limit=3&after=" + next)
                        .expect(200)
                        .at("/items/0/name")
                        .stringValue())
                .isEqualTo("Customer 1");
    }

    @Test
    void refusesEveryCursorItDidNotMakeForThisListAndReader() {
        String next =
                story.get(story.ops, LIST + "?limit=1").expect(200).at("/next").stringValue();
        String witnesses = story.get(story.ops, "/api/v1/witnesses?limit=1")
                .expect(200)
                .at("/next")
                .stringValue();
        String filtered = story.get(story.ops, "/api/v1/witnesses?limit=1&customer=acme")
                .expect(200)
                .at("/next")
                .stringValue();
        story.get(story.ops, "/api/v1/witnesses?limit=7&customer=acme&after=" + filtered)
                .expect(200);
        byte[] bytes = Base64.getUrlDecoder().decode(next);
        bytes[bytes.length - 3]++;
        String forged = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String unsealed = Base64.getUrlEncoder()
                .encodeToString("0000000000000000[\"acme\",\"x\"]".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        unfit(story.ops, LIST, forged);
        unfit(story.ops, LIST, unsealed);
        unfit(story.ops, LIST, "nonsense");
        unfit(story.ops, LIST, "");
        unfit(story.ops, LIST, "A".repeat(5000));
        unfit(story.ops, LIST, witnesses);
        unfit(story.ops, "/api/v1/witnesses", filtered);
        unfit(story.cio, LIST, next);
        unfit(story.strangersOps, LIST, next);
    }

    private static void unfit(String token, String path, String cursor) {
        Reply reply = story.get(token, path + "?after=" + cursor);
        assertThat(reply.status()).as(cursor).isEqualTo(400);
        assertThat(reply.json().at("/type").stringValue()).isEqualTo("/problems/unfit-cursor");
    }

    @Test
    void holdsItsLimits() {
        for (String limit : List.of("0", "-1", "1001", "x", "", "99999999999"))
            assertThat(story.get(story.ops, LIST + "?limit=" + limit)
                            .expect(400)
                            .at("/errors/0/pointer")
                            .stringValue())
                    .isEqualTo("limit");
        story.get(story.ops, LIST + "?limit=1000").expect(200);
    }
}
