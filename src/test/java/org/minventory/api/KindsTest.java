package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;

/** Every kind that can be told has one sample, which is taken as it stands and read back as it was told. */
class KindsTest {
    private static final Path SAMPLES = Path.of("src/test/resources/samples/testimonies");

    /** In the samples, what a story has to have come to before: who waits, what was said, what diverges. */
    private static final String WAITING = "01930000-0000-7000-8000-00000000a77a";

    private static final String SAID = "01930000-0000-7000-8000-0000000051d0";
    private static final String OTHER = "01930000-0000-7000-8000-0000000005a1";
    private static final String DIVERGING = "01930000-0000-8000-8000-000000000d1f";

    private final Story story = Story.told();

    static Stream<Kind> told() {
        return Arrays.stream(Kind.values()).filter(Kind::isTold);
    }

    private static JsonNode sample(Kind kind) throws IOException {
        Path path = SAMPLES.resolve(kind.word() + ".json");
        assertThat(path).as("a sample of " + kind.word()).exists();
        return Json.read(Files.readAllBytes(path));
    }

    @ParameterizedTest
    @MethodSource("told")
    void aSampleOfEveryKindMakesTheRoundTrip(Kind kind) throws IOException {
        JsonNode sample = sample(kind);
        assertThat(sample.at("/kind").stringValue()).isEqualTo(kind.word());
        assertThat(sample.at("/customer").stringValue()).isEqualTo("acme");
        String customer = Story.name("kinds");
        story.customer(story.ops, customer, "A customer of its own");
        String sent = in(customer, sample);
        for (Map.Entry<String, String> id : begin(customer, kind).entrySet())
            sent = sent.replace(id.getKey(), id.getValue());
        JsonNode receipt = post(sent).expect(201);
        if (kind.subject() != Kind.Subject.PROJECT
                && kind.subject() != Kind.Subject.ORDER
                && kind.subject() != Kind.Subject.WITNESS)
            assertThat(receipt.at("/element/name").stringValue()).isEqualTo("shop-db-1");
        JsonNode read = story.get(
                        story.ops, "/api/v1/testimonies/" + receipt.at("/id").stringValue())
                .expect(200);
        holds(read, Json.read(sent.getBytes(StandardCharsets.UTF_8)));
        assertThat(story.get(story.ops, "/api/v1/testimonies?customer=" + customer + "&kind=" + kind.word())
                        .expect(200)
                        .at("/items/0"))
                .isEqualTo(read);
    }

    private static String in(String customer, JsonNode told) {
        return Json.canonicalText(told).replace("\"customer\":\"acme\"", "\"customer\":\"" + customer + "\"");
    }

    private Reply post(String told) {
        return story.send(story.ops, "POST", "/api/v1/testimonies", told.getBytes(StandardCharsets.UTF_8));
    }

    /** What there has to be before that kind can be said. */
    private Map<String, String> begin(String customer, Kind kind) throws IOException {
        if (kind == Kind.WISH || kind == Kind.REQUEST || kind == Kind.CONTRACT) return Map.of();
        if (kind.subject() == Kind.Subject.ORDER) {
            post(in(customer, sample(Kind.CONTRACT))).expect(201);
            return Map.of();
        }
        if (kind.subject() == Kind.Subject.PROJECT) {
            post(in(customer, sample(Kind.REQUEST))).expect(201);
            return Map.of();
        }
        post(in(customer, sample(Kind.WISH))).expect(201);
        if (kind.subject() == Kind.Subject.ELEMENT && kind != Kind.SURVEY && kind != Kind.MONITORING_STATE)
            return Map.of();
        if (kind.subject() == Kind.Subject.IDENTITY) {
            String twice =
                    "{\"kind\":\"wish\",\"customer\":\"" + customer + "\",\"element\":\"shop-db-one\",\"facts\":";
            post(twice + "{\"label\":\"one\"}}").expect(201);
            JsonNode other = post(twice + "{\"label\":\"two\"}}").expect(201);
            return Map.of(OTHER, other.at("/id").stringValue());
        }
        post(in(customer, sample(Kind.ORDER))).expect(201);
        JsonNode survey = post(in(customer, sample(Kind.DELIVERY_SURVEY))).expect(201);
        String misspelt = "{\"kind\":\"survey\",\"customer\":\"" + customer + "\",\"element\":\"shpo-db-1\"}";
        JsonNode waiting = post(misspelt).expect(202);
        return Map.of(
                WAITING, waiting.at("/id").stringValue(),
                SAID, survey.at("/id").stringValue(),
                DIVERGING, survey.at("/divergences/0/id").stringValue());
    }

    private static void holds(JsonNode read, JsonNode sent) {
        for (Map.Entry<String, JsonNode> member : sent.properties()) {
            JsonNode value = member.getValue();
            switch (member.getKey()) {
                case "kind", "note", "customer", "source", "facts", "complete" ->
                    assertThat(read.get(member.getKey())).isEqualTo(value);
                case "witnessedAt" ->
                    assertThat(java.time.Instant.parse(read.at("/witnessedAt").stringValue()))
                            .isEqualTo(java.time.OffsetDateTime.parse(value.stringValue())
                                    .toInstant());
                case "element" -> assertThat(read.get("subject")).isEqualTo(value);
                case "type" -> assertThat(read.at("/creates/type")).isEqualTo(value);
                case "order", "project", "run" ->
                    assertThat(read.at("/context/" + member.getKey())).isEqualTo(value);
                case "testimony", "divergence", "decision", "until" ->
                    assertThat(read.at("/act/" + member.getKey())).isEqualTo(value);
                case "key" -> {} // the witness's own; it is no part of what was said
                default -> throw new AssertionError("nothing is said here of " + member.getKey());
            }
        }
    }

    @Test
    void noSampleIsOfAKindThatCannotBeTold() throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            assertThat(files.map(path -> path.getFileName().toString().replace(".json", "")))
                    .containsExactlyInAnyOrderElementsOf(told().map(Kind::word).toList());
        }
    }
}
