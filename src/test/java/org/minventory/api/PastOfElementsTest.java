package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.intake.Receipt;
import tools.jackson.databind.JsonNode;

/**
 * A testimony that comes late, and is corrected: what was the case, and what was known when. Monday at noon the kernel 6.1
 * is seen; at 14:00 somebody tells that it had been 6.0 at 11:00; at 16:00 this is withdrawn, for it was of another machine.
 */
class PastOfElementsTest {
    private static final Story.StandingClock CLOCK = new Story.StandingClock();
    private static Story story;
    private static long lateSeq;

    @BeforeAll
    static void begin() {
        story = Story.fresh(CLOCK);
        Teller.tell(
                story,
                story.ops,
                "{'customer':'acme','kind':'survey','element':'web-1','type':'server','create':true,"
                        + "'facts':{'kernel':'6.1','infrastructure':'shop'}}");
        for (int i = 0; i < 14; i++) {
            CLOCK.pass(Duration.ofMinutes(1));
            Teller.tell(story, story.ansible, "{'kind':'survey','element':'web-1','facts':{'memory':'8 GiB'}}");
        }
        CLOCK.pass(Duration.ofMinutes(106));
        Receipt late = Teller.tell(
                        story,
                        story.ops,
                        "{'customer':'acme','kind':'survey','element':'web-1',"
                                + "'witnessedAt':'2026-11-22T11:00:00Z','facts':{'kernel':'6.0'}}")
                .getFirst();
        lateSeq = java.util.Objects.requireNonNull(late.seq());
        CLOCK.pass(Duration.ofHours(2));
        Teller.tell(
                story,
                story.ops,
                "{'customer':'acme','kind':'withdrawal','testimony':'" + late.id() + "','note':'of another machine'}");
        CLOCK.pass(Duration.ofHours(1));
    }

    @AfterAll
    static void end() {
        story.close();
    }

    @Test
    void whatWasTheCaseAndWhatWasKnownAreTwoQuestions() {
        assertThat(kernel("")).isEqualTo("6.1");
        assertThat(kernel("?asOf=2026-11-22T12:30:00Z")).isEqualTo("6.1");
        assertThat(kernel("?asOf=2026-11-22T11:30:00Z")).isEmpty();
        assertThat(kernel("?asOf=2026-11-22T11:30:00Z&knownAt=2026-11-22T15:00:00Z"))
                .isEqualTo("6.0");
        assertThat(kernel("?asOf=2026-11-22T11:30:00Z&knownAt=2026-11-22T13:00:00Z"))
                .isEmpty();
        assertThat(kernel("?asOf=2026-11-22T11:30:00Z&knownAt=" + lateSeq)).isEqualTo("6.0");
        assertThat(kernel("?asOf=2026-11-22T11:30:00Z&knownAt=" + (lateSeq - 1)))
                .isEmpty();
        assertThat(kernel("?knownAt=2026-11-22T15:00:00Z")).isEqualTo("6.1");
        assertThat(kernel("?asOf=" + lateSeq + "&knownAt=" + lateSeq)).isEqualTo("6.0");
    }

    @Test
    void beforeItWasKnownAnElementIsThereWithNothingKnownOfIt() {
        JsonNode before = story.get(story.cio, "/api/v1/elements/web-1?asOf=2020-01-01T00:00:00Z")
                .expect(200);
        assertThat(before.at("/knowledge").isObject()).isTrue();
        assertThat(before.at("/knowledge")).isEmpty();
        assertThat(before.at("/status").isNull()).isTrue();
        assertThat(before.at("/asOf").stringValue()).isEqualTo("2020-01-01T00:00:00Z");
        assertThat(before.at("/knownAt").isNull()).isTrue();
        assertThat(before.at("/rules").stringValue()).isEqualTo("today");
        assertThat(before.at("/name").stringValue()).isEqualTo("web-1");
    }

    @Test
    void listsLookBackToo() {
        JsonNode then = story.get(story.ops, "/api/v1/elements?asOf=2026-11-22T12:30:00Z")
                .expect(200);
        assertThat(then.at("/items/0/knowledge/kernel/deployed/value").stringValue())
                .isEqualTo("6.1");
        assertThat(then.at("/items/0/rules").stringValue()).isEqualTo("today");
        assertThat(story.get(story.ops, "/api/v1/elements?asOf=2020-01-01T00:00:00Z&infrastructure=shop")
                        .expect(200)
                        .at("/items"))
                .isEmpty();
        assertThat(story.get(story.ops, "/api/v1/elements?knownAt=" + lateSeq).status())
                .as("a number is one of one record")
                .isEqualTo(400);
        assertThat(story.get(story.ops, "/api/v1/elements?customer=acme&knownAt=" + lateSeq)
                        .expect(200)
                        .at("/items"))
                .hasSize(1);
    }

    @Test
    void repetitionsCountAsFarAsTheyHadCome() {
        assertThat(story.get(story.cio, "/api/v1/elements/web-1?asOf=2026-11-22T12:05:00Z")
                        .expect(200)
                        .at("/knowledge/memory/deployed/confirmedAt")
                        .stringValue())
                .isEqualTo("2026-11-22T12:05:00Z");
    }

    @Test
    void theTimelineTellsNewestFirstWithItsRepetitions() {
        JsonNode timeline =
                story.get(story.cio, "/api/v1/elements/web-1/testimonies").expect(200);
        assertThat(words(timeline)).startsWith("withdrawal 0", "memory 13").hasSize(4);
        assertThat(withdrawn(timeline)).isEqualTo(1);
        JsonNode known = story.get(story.cio, "/api/v1/elements/web-1/testimonies?knownAt=2026-11-22T15:00:00Z")
                .expect(200);
        assertThat(words(known)).hasSize(3);
        assertThat(withdrawn(known)).isZero();
        assertThat(words(story.get(story.cio, "/api/v1/elements/web-1/testimonies?asOf=2026-11-22T11:30:00Z")
                        .expect(200)))
                .contains("kernel 0")
                .doesNotContain("memory 13");
        List<String> paged = new ArrayList<>();
        String path = "/api/v1/elements/web-1/testimonies?limit=1";
        for (String next = path; next != null; ) {
            JsonNode page = story.get(story.cio, next).expect(200);
            paged.addAll(words(page));
            next = page.get("next").isNull()
                    ? null
                    : path + "&after=" + page.get("next").stringValue();
        }
        assertThat(paged).isEqualTo(words(timeline));
    }

    @Test
    void twoMomentsAreCompared() {
        String path = "/api/v1/elements/web-1/diff?from=2026-11-22T11:30:00Z";
        JsonNode diff =
                story.get(story.cio, path + "&knownAt=2026-11-22T15:00:00Z").expect(200);
        assertThat(diff.at("/items/0/attribute").stringValue()).isEqualTo("infrastructure");
        assertThat(diff.at("/items/1/attribute").stringValue()).isEqualTo("kernel");
        assertThat(diff.at("/items/1/from/value").stringValue()).isEqualTo("6.0");
        assertThat(diff.at("/items/1/to/value").stringValue()).isEqualTo("6.1");
        assertThat(diff.at("/items")).hasSize(3);
        assertThat(story.get(story.cio, path + "&to=2026-11-22T11:40:00Z")
                        .expect(200)
                        .at("/items"))
                .isEmpty();
        assertThat(story.get(story.cio, "/api/v1/elements/web-1/diff").status()).isEqualTo(400);
    }

    @Test
    void theStrangerFindsNoPastEither() {
        String unknown = story.get(story.stranger, "/api/v1/elements/nobody").text();
        for (String path :
                List.of("web-1/testimonies", "web-1/diff?from=1", "web-1/impact", "web-1?knownAt=" + lateSeq))
            assertThat(story.get(story.stranger, "/api/v1/elements/" + path).text())
                    .as(path)
                    .isEqualTo(unknown);
    }

    private static String kernel(String query) {
        return story.get(story.cio, "/api/v1/elements/web-1" + query)
                .expect(200)
                .at("/knowledge/kernel/deployed/value")
                .asString("");
    }

    private static long withdrawn(JsonNode page) {
        return page.at("/items")
                .valueStream()
                .filter(item -> !item.path("withdrawnBy").isNull())
                .count();
    }

    private static List<String> words(JsonNode page) {
        List<String> words = new ArrayList<>();
        page.at("/items")
                .forEach(item -> words.add((item.at("/facts").isEmpty()
                                ? item.at("/kind").stringValue()
                                : item.at("/facts").propertyNames().iterator().next())
                        + " " + item.at("/confirmed/count").intValue()));
        return words;
    }
}
