package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** Telling through the front door: one, many, a stream; and whatever does not fit is named, in its place. */
class TellingTest {
    private static final String PATH = "/api/v1/testimonies?customer=acme";

    private static final String SECRET = "https://ops:hunter2-hunter2@git.example.org";

    private final Story story = Story.told();

    private JsonNode tell(String json) {
        return story.post(story.ops, PATH, json).expect(201);
    }

    @Test
    void aWishIsAnsweredWithItsReceipt() {
        String name = Story.name("receipt");
        Reply reply =
                story.post(story.ops, PATH, "{'kind':'wish','element':'" + name + "','facts':{'memory':'64 GiB'}}");
        JsonNode receipt = reply.expect(201);
        assertThat(reply.header("Location"))
                .isEqualTo("/api/v1/testimonies/" + receipt.at("/id").stringValue());
        assertThat(receipt.at("/status").intValue()).isEqualTo(201);
        assertThat(receipt.at("/confirmed").booleanValue()).isFalse();
        assertThat(receipt.at("/seq").longValue()).isPositive();
        assertThat(receipt.at("/element/name").stringValue()).isEqualTo(name);
        assertThat(receipt.at("/element/type").stringValue()).isEqualTo("server");
        assertThat(receipt.at("/element/status").stringValue()).isEqualTo("wished");
        assertThat(receipt.at("/changes/0/attribute").stringValue()).isEqualTo("memory");
        assertThat(receipt.at("/changes/0/stance").stringValue()).isEqualTo("intended");
        assertThat(receipt.at("/changes/0/before").isNull()).isTrue();
        assertThat(receipt.at("/changes/0/now").longValue()).isEqualTo(64L << 30);
        assertThat(receipt.at("/divergences").isEmpty()).isTrue();
        assertThat(receipt.at("/unattached").isNull()).isTrue();
        assertThat(receipt.has("problem")).isFalse();
    }

    @Test
    void theWitnessLearnsAtOnceWhatDisagreesInTheLanguageOfTheReader() {
        String name = Story.name("diverging");
        tell("{'kind':'order','element':'" + name + "','create':true,'type':'server','facts':{'memory':'64 GiB'}}");
        String survey = "{'kind':'delivery-survey','element':'" + name + "','facts':{'memory':'32 GiB'}}";
        JsonNode french = story.post(story.ansible, "/api/v1/testimonies", survey, "Accept-Language", "fr")
                .expect(201);
        assertThat(french.at("/divergences/0/nature").stringValue()).isEqualTo("nonconformity");
        assertThat(french.at("/divergences/0/change").stringValue()).isEqualTo("opened");
        assertThat(french.at("/divergences/0/sentence").stringValue()).contains("Gio");
        JsonNode again =
                story.post(story.ansible, "/api/v1/testimonies", survey).expect(200);
        assertThat(again.at("/confirmed").booleanValue()).isTrue();
        assertThat(again.at("/id")).isEqualTo(french.at("/id"));
    }

    @Test
    void whatCannotBeAttachedIsKeptAndSaysSo() {
        JsonNode receipt = story.post(
                        story.ansible,
                        "/api/v1/testimonies",
                        "{'kind':'survey','element':'" + Story.name("nobody") + "','facts':{'memory':'1 GiB'}}")
                .expect(202);
        assertThat(receipt.at("/unattached").stringValue()).isEqualTo("unknown");
        assertThat(receipt.at("/element").isNull()).isTrue();
    }

    @Test
    void aDryRunSaysTheSameAndWritesNothing() {
        String name = Story.name("dry");
        String wish = "{'kind':'wish','element':'" + name + "','facts':{'memory':'8 GiB'}}";
        JsonNode dry = story.post(story.ops, PATH + "&dryRun=true", wish).expect(201);
        assertThat(dry.at("/seq").isNull()).isTrue();
        assertThat(dry.at("/id").isNull()).isTrue();
        assertThat(dry.at("/changes/0/now").longValue()).isEqualTo(8L << 30);
        assertThat(tell(wish).at("/element/name").stringValue()).isEqualTo(name);
    }

    // ---- told twice -------------------------------------------------------------------------------------------------

    @Test
    void theSameKeyAndWordsAreToldOnceAndOtherWordsAreRefused() {
        String wish = "{'kind':'wish','element':'" + Story.name("keyed") + "'}";
        String key = Story.name("key");
        JsonNode first =
                story.post(story.ops, PATH, wish, "Idempotency-Key", key).expect(201);
        JsonNode replay =
                story.post(story.ops, PATH, wish, "Idempotency-Key", key).expect(200);
        assertThat(replay.at("/id")).isEqualTo(first.at("/id"));
        assertThat(replay.at("/seq")).isEqualTo(first.at("/seq"));
        String other = "{'kind':'wish','element':'" + Story.name("keyed") + "'}";
        Reply reused = story.post(story.ops, PATH, other, "Idempotency-Key", key);
        assertThat(reused.status()).isEqualTo(422);
        assertThat(reused.json().at("/type").stringValue()).isEqualTo("/problems/key-reused");
        assertThat(story.post(story.ops, PATH, wish, "Idempotency-Key", "no good")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void fiftyAtOnceWithOneKeyAreOneTestimony() throws Exception {
        String name = Story.name("at-once");
        tell("{'kind':'wish','element':'" + name + "'}");
        String note = "{'kind':'note','element':'" + name + "','note':'once'}";
        String key = Story.name("key");
        List<Future<JsonNode>> answers = new ArrayList<>();
        try (ExecutorService many = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 50; i++)
                answers.add(many.submit(() -> {
                    Reply reply = story.post(story.ops, PATH, note, "Idempotency-Key", key);
                    assertThat(reply.status()).as(reply.text()).isIn(200, 201);
                    return reply.json();
                }));
        }
        Set<String> ids = new HashSet<>();
        int recorded = 0;
        for (Future<JsonNode> answer : answers) {
            ids.add(answer.get().at("/id").stringValue());
            if (answer.get().at("/status").intValue() == 201) recorded++;
        }
        assertThat(ids).hasSize(1);
        assertThat(recorded).isEqualTo(1);
        assertThat(story.get(story.ops, "/api/v1/testimonies?kind=note&element=" + name)
                        .expect(200)
                        .at("/items")
                        .size())
                .isEqualTo(1);
    }

    @Test
    void aRefusalToldTwiceIsTheSameRefusal() {
        String unfit = "{'kind':'wish','element':'" + Story.name("unfit") + "','facts':{'memory':'4 GoB'}}";
        String key = Story.name("key");
        Reply first = story.post(story.ops, PATH, unfit, "Idempotency-Key", key, "Accept-Language", "fr");
        Reply again = story.post(story.ops, PATH, unfit, "Idempotency-Key", key, "Accept-Language", "fr");
        assertThat(first.status()).isEqualTo(422);
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(first.header("Content-Type")).startsWith("application/problem+json");
        assertThat(first.json().at("/errors/0/pointer").stringValue()).isEqualTo("/facts/memory");
    }

    // ---- many -------------------------------------------------------------------------------------------------------

    @Test
    void anArrayIsAnsweredOneByOneAndOnlyTheBadOnesAreRefused() {
        String name = Story.name("many");
        String deep = "[".repeat(100) + "]".repeat(100);
        List<JsonNode> receipts = receipts(story.post(
                        story.ops,
                        PATH,
                        "[{'kind':'wish','element':'" + name + "'},"
                                + " {'kind':'wish','kind':'order','element':'" + name + "'},"
                                + " {'kind':'note','element':'" + name + "','note':'a \\u0000'},"
                                + " {'kind':'note','element':'" + name + "','note':'half \\ud83d'},"
                                + " {'kind':'wish','element':'" + name + "','facts':{'x':" + deep + "}},"
                                + " {'kind':'survey','element':'" + name + "','facts':{'memory':'4 GoB'}},"
                                + " {'kind':'prophecy','element':'" + name + "'},"
                                + " 'a wish', 42, null, [],"
                                + " {'kind':'survey','element':'" + name + "','facts':{'memory':'4 GiB'}}]")
                .expect(200));
        assertThat(receipts.stream().map(r -> r.at("/status").intValue()))
                .containsExactly(201, 400, 400, 400, 400, 422, 400, 400, 400, 400, 400, 201);
        assertThat(pointer(receipts.get(2))).isEqualTo("/note");
        assertThat(pointer(receipts.get(3))).isEqualTo("/note");
        assertThat(pointer(receipts.get(5))).isEqualTo("/facts/memory");
        assertThat(pointer(receipts.get(6))).isEqualTo("/kind");
        assertThat(receipts.get(1).at("/problem/type").stringValue()).isEqualTo("/problems/malformed-json");
        assertThat(receipts.get(4).at("/problem/type").stringValue()).isEqualTo("/problems/json-too-deep");
        assertThat(receipts.get(11).at("/element/name").stringValue()).isEqualTo(name);
    }

    /** Over a limit, or no text at all: what a line of a stream may be, an item of an array may be as well. */
    @Test
    void anItemOverALimitFailsAloneInAnArrayAsInAStream() {
        String name = Story.name("limits");
        String fact = "{'kind':'wish','element':'" + name + "','facts':{'x':";
        List<String> items = List.of(
                fact + "1}}",
                fact + "1e99999999999}}",
                fact + "1".repeat(1_500) + "}}",
                fact + "[".repeat(100_000) + "]".repeat(100_000) + "}}",
                fact + "{'" + "x".repeat(60_000) + "':1}}}",
                fact + "{'\\ud800':1}}}",
                fact + "'\u00ff'}}",
                fact + "[1,,2]}}",
                fact + "'a \\' quoted ] } comma, '}}",
                fact + "2}}");
        byte[] array = latin("[ " + String.join(" ,\n", items) + " ] ");
        byte[] stream = latin(String.join("\n", items));
        List<JsonNode> ofArray =
                receipts(story.send(story.ops, "POST", PATH, array).expect(200));
        List<JsonNode> ofStream =
                receipts(story.send(story.ops, "POST", PATH, stream, "Content-Type", "application/x-ndjson")
                        .expect(200));
        assertThat(ofArray.stream().map(r -> r.at("/status").intValue()))
                .containsExactly(201, 400, 400, 400, 400, 400, 400, 400, 201, 201);
        for (int i = 1; i < 8; i++)
            assertThat(ofArray.get(i).at("/problem")).isEqualTo(ofStream.get(i).at("/problem"));
    }

    /** Characters below U+0100 as one byte each, which is no UTF-8 beyond ASCII. */
    private static byte[] latin(String json) {
        return json.replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);
    }

    @Test
    void aStreamInAnotherCharsetIsNotRead() {
        assertThat(stream("{}", "Content-Type", "application/x-ndjson; charset=latin1")
                        .status())
                .isEqualTo(415);
        assertThat(receipts(stream("{}", "Content-Type", "application/x-ndjson; charset=UTF-8")
                        .expect(200)))
                .hasSize(1);
    }

    @Test
    void anEmptyArrayIsTakenAsNothing() {
        assertThat(receipts(story.post(story.ops, PATH, " []").expect(200))).isEmpty();
        assertThat(receipts(stream("").expect(200))).isEmpty();
    }

    @Test
    void anArrayThatIsNoJsonIsRefusedWhole() {
        for (String broken : List.of("[{'kind':'wish'},", "[{]", "[1,]", "[] []", "[{}", "[1 2]")) {
            Reply reply = story.post(story.ops, PATH, broken);
            assertThat(reply.status()).as(broken).isEqualTo(400);
            assertThat(reply.json().at("/type").stringValue()).isEqualTo("/problems/malformed-json");
        }
    }

    @Test
    void aStreamIsTakenLineByLine() {
        String name = Story.name("stream");
        List<JsonNode> receipts = receipts(stream("{'kind':'wish','element':'" + name + "'}\n\n"
                        + "{'kind':'survey','element':'" + name + "','facts':{'memory':'4 GiB'}\r\n"
                        + "  \n"
                        + "{'kind':'note','element':'" + name + "','note':'" + "x".repeat(1 << 20) + "'}\n"
                        + "{'kind':'survey','element':'" + name + "','facts':{'memory':'4 GiB'}}")
                .expect(200));
        assertThat(receipts.stream().map(r -> r.at("/status").intValue())).containsExactly(201, 400, 413, 201);
    }

    @Test
    void aLongStreamIsTakenInParts() {
        String name = Story.name("long");
        StringBuilder lines = new StringBuilder("{'kind':'wish','element':'" + name + "'}\n");
        for (int i = 0; i < 2_499; i++)
            lines.append("{'kind':'note','element':'")
                    .append(name)
                    .append("','note':'")
                    .append(i)
                    .append("'}\n");
        String key = Story.name("key");
        List<JsonNode> receipts =
                receipts(stream(lines.toString(), "Idempotency-Key", key).expect(200));
        assertThat(receipts).hasSize(2_500).allMatch(r -> r.at("/status").intValue() == 201);
        List<JsonNode> replayed =
                receipts(stream(lines.toString(), "Idempotency-Key", key).expect(200));
        assertThat(replayed).hasSize(2_500).allMatch(r -> r.at("/status").intValue() == 200);
        assertThat(replayed.getLast().at("/id")).isEqualTo(receipts.getLast().at("/id"));
    }

    private Reply stream(String lines, String... headers) {
        List<String> all = new ArrayList<>(List.of("Content-Type", "application/x-ndjson"));
        all.addAll(List.of(headers));
        return story.post(story.ops, PATH, lines, all.toArray(String[]::new));
    }

    // ---- bad input --------------------------------------------------------------------------------------------------

    static Stream<Arguments> badInput() {
        String wish = "{'kind':'wish','element':'bad-input',";
        String manyFacts = "'facts':{"
                + String.join(
                        ",",
                        Stream.iterate(0, i -> i + 1)
                                .limit(10_000)
                                .map(i -> "'f" + i + "':" + i)
                                .toList())
                + "}}";
        return Stream.of(
                Arguments.of("", 400, "empty-body", ""),
                Arguments.of("   ", 400, "empty-body", ""),
                Arguments.of("{'kind'", 400, "malformed-json", "/kind"),
                Arguments.of("{'kind':'wish'} x", 400, "malformed-json", ""),
                Arguments.of("42", 400, "wrong-type", ""),
                Arguments.of("{}", 400, "missing-member", "/kind"),
                Arguments.of("{'kind':'wish','kind':'wish'}", 400, "malformed-json", "/kind"),
                Arguments.of(wish + "'facts':{'x':[1,2,wrong]}}", 400, "malformed-json", "/facts/x/2"),
                Arguments.of(wish + "'facts':{'\\ud800':{'x':wrong}}}", 400, "malformed-json", "/facts"),
                Arguments.of("{'kind':7}", 400, "wrong-type", "/kind"),
                Arguments.of("{'kind':'prophecy'}", 400, "unknown-kind", "/kind"),
                Arguments.of("{'kind':'mandate'}", 400, "unknown-kind", "/kind"),
                Arguments.of("{'kind':'confirmation'}", 400, "unknown-kind", "/kind"),
                Arguments.of("{'kind':'wish'}", 400, "missing-member", "/element"),
                Arguments.of(wish + "'colour':'red'}", 400, "unknown-member", "/colour"),
                Arguments.of(wish + "'a/b~c':1}", 400, "unknown-member", "/a~1b~0c"),
                Arguments.of(wish + "'facts':[]}", 400, "wrong-type", "/facts"),
                Arguments.of(wish + "'complete':'yes'}", 400, "wrong-type", "/complete"),
                Arguments.of(wish + "'note':7}", 400, "wrong-type", "/note"),
                Arguments.of(wish + "'note':'a\\u0000b'}", 400, "unfit-text", "/note"),
                Arguments.of(wish + "'note':'\\udc00'}", 400, "unfit-text", "/note"),
                Arguments.of(wish + "'facts':{'x':{'y':['\\ud800']}}}", 400, "unfit-text", "/facts/x/y/0"),
                Arguments.of(wish + "'facts':{'x\\u0000':1}}", 400, "unfit-text", "/facts"),
                Arguments.of(wish + "'facts':{'x':12345678901234567890}}", 400, "inexact-number", "/facts/x"),
                Arguments.of(wish + "'facts':{'x':1e400}}", 400, "inexact-number", "/facts/x"),
                Arguments.of(wish + "'facts':{'x':1e99999999999}}", 400, "inexact-number", "/facts/x"),
                Arguments.of(wish + "'facts':{'x':[-1e-99999999999]}}", 400, "inexact-number", "/facts/x/0"),
                Arguments.of(wish + "'facts':{'x':1e2147483647}}", 400, "inexact-number", "/facts/x"),
                Arguments.of(wish + "'facts':{'x':" + "1".repeat(1_500) + "}}", 400, "json-too-deep", "/facts/x"),
                Arguments.of(
                        wish + "'facts':{'x':" + "[".repeat(100) + "]".repeat(100) + "}}",
                        400,
                        "json-too-deep",
                        "/facts/x" + "/0".repeat(30)),
                Arguments.of(
                        wish + "'facts':{'x':" + "[".repeat(20) + "]".repeat(20) + "}}",
                        422,
                        "unfit-value",
                        "/facts/x" + "/0".repeat(8)),
                Arguments.of(wish + "'facts':{'no good':1}}", 422, "unfit-fact-name", "/facts/no good"),
                Arguments.of(wish + "'facts':{'memory':'64 GoB'}}", 422, "unfit-value", "/facts/memory"),
                Arguments.of(wish + "'facts':{'memory':[]}}", 422, "unfit-value", "/facts/memory"),
                Arguments.of(wish + "'facts':{'memory':-1}}", 422, "unfit-value", "/facts/memory"),
                Arguments.of(
                        wish + "'facts':{'disks':[{'size':'2 TB'},{'size':'much'}]}}",
                        422,
                        "unfit-value",
                        "/facts/disks/1/size"),
                Arguments.of(
                        wish + "'facts':{'db.password':'hunter2-hunter2'}}",
                        422,
                        "looks-like-a-secret",
                        "/facts/db.password"),
                Arguments.of(wish + "'source':'" + SECRET + "'}", 422, "looks-like-a-secret", "/source"),
                Arguments.of(wish + "'order':'" + SECRET + "'}", 422, "looks-like-a-secret", "/order"),
                Arguments.of(wish + "'project':'" + SECRET + "'}", 422, "looks-like-a-secret", "/project"),
                Arguments.of(wish + "'run':'" + SECRET + "'}", 422, "looks-like-a-secret", "/run"),
                Arguments.of(wish + "'key':'" + SECRET + "'}", 422, "looks-like-a-secret", "/key"),
                Arguments.of(
                        "{'kind':'survey','element':{'serial':'" + SECRET + "'}}",
                        422,
                        "looks-like-a-secret",
                        "/element/serial"),
                Arguments.of(
                        "{'kind':'survey','element':{'providerRef':'" + SECRET + "'}}",
                        422,
                        "looks-like-a-secret",
                        "/element/providerRef"),
                Arguments.of(
                        wish + "'facts':{'infrastructure':'Bad Name'}}", 422, "unfit-value", "/facts/infrastructure"),
                Arguments.of(wish + "'facts':{'infrastructure':5}}", 422, "unfit-value", "/facts/infrastructure"),
                Arguments.of(
                        wish + "'facts':{'infrastructure':'00000000-0000-7000-8000-000000000000'}}",
                        422,
                        "unfit-value",
                        "/facts/infrastructure"),
                Arguments.of(wish + manyFacts, 422, "too-many-facts", "/facts"),
                Arguments.of(wish + "'witnessedAt':'0001-01-01T00:00:00Z'}", 422, "unfit-date", "/witnessedAt"),
                Arguments.of(wish + "'witnessedAt':'9999-12-31T23:59:59Z'}", 422, "unfit-date", "/witnessedAt"),
                Arguments.of(wish + "'witnessedAt':'yesterday'}", 422, "unfit-date", "/witnessedAt"),
                Arguments.of(wish + "'witnessedAt':'+1000000000-01-01T00:00:00Z'}", 422, "unfit-date", "/witnessedAt"),
                Arguments.of(wish + "'type':'spaceship'}", 422, "unknown-type", "/type"),
                Arguments.of(wish + "'testimony':'x'}", 422, "not-for-this-kind", "/testimony"),
                Arguments.of("{'kind':'wish','element':'Not A Name'}", 422, "unfit-name", "/element"),
                Arguments.of("{'kind':'wish','element':'-x'}", 422, "unfit-name", "/element"),
                Arguments.of("{'kind':'wish','element':''}", 422, "unfit-name", "/element"),
                Arguments.of("{'kind':'wish','element':'" + "x".repeat(254) + "'}", 422, "unfit-name", "/element"),
                Arguments.of("{'kind':'wish','element':{'colour':'red'}}", 400, "wrong-type", "/element/colour"),
                Arguments.of(
                        "{'kind':'wish','element':{'address':'no address'}}", 400, "wrong-type", "/element/address"),
                Arguments.of("{'kind':'note','element':'x','create':true}", 422, "not-for-this-kind", "/create"),
                Arguments.of("{'kind':'survey','element':'bad-input-2','create':true}", 400, "missing-member", "/type"),
                Arguments.of("{'kind':'withdrawal','testimony':'no id'}", 400, "wrong-type", "/testimony"),
                Arguments.of(
                        "{'kind':'withdrawal','testimony':'00000000-0000-7000-8000-000000000000'}",
                        404,
                        "not-found",
                        "/testimony"),
                Arguments.of(
                        "{'kind':'divergence-decision','divergence':'00000000-0000-8000-8000-000000000000','decision':'reopen'}",
                        404,
                        "not-found",
                        "/divergence"),
                Arguments.of(
                        "{'kind':'divergence-decision','divergence':'00000000-0000-8000-8000-000000000000','decision':'eat'}",
                        400,
                        "wrong-type",
                        "/decision"),
                Arguments.of("{'kind':'wish','customer':'zenith','element':'x'}", 404, "not-found", "/customer"),
                Arguments.of("{'kind':'wish','customer':'nobody','element':'x'}", 404, "not-found", "/customer"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badInput")
    void badInputIsAProblemThatNamesThePlace(String body, int status, String problem, String pointer) {
        Reply reply = story.post(story.ops, PATH, body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().at("/type").stringValue()).isEqualTo("/problems/" + problem);
        assertThat(reply.json().at("/errors/0/pointer").asString("")).isEqualTo(pointer);
        if (body.startsWith("{")) {
            JsonNode receipt = receipts(stream(body).expect(200)).getFirst();
            assertThat(receipt.at("/problem")).isEqualTo(reply.json());
        }
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        byte[] latin = "{\"kind\":\"wish\",\"element\":\"x\",\"note\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1);
        assertThat(story.send(story.ops, "POST", PATH, latin).status()).isEqualTo(400);
        byte[] wide = "[{\"kind\":\"wish\",\"element\":\"x\"}]".getBytes(StandardCharsets.UTF_16);
        assertThat(story.send(story.ops, "POST", PATH, wide).status()).isLessThan(500);
        byte[] nul = "{\"kind\":\"wish\",\"element\":\"x\",\"note\":\"\0\"}".getBytes(StandardCharsets.UTF_8);
        assertThat(story.send(story.ops, "POST", PATH, nul).status()).isEqualTo(400);
        assertThat(story.post(story.ops, PATH, "a=b", "Content-Type", "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void bodiesThatAreTooLargeAreReadAndRefused() {
        String note = "{'kind':'note','element':'x','note':'" + "x".repeat(1 << 20) + "'}";
        assertThat(story.post(story.ops, PATH, note).status()).isEqualTo(413);
        assertThat(story.post(story.ops, PATH, "[" + "1,".repeat(10 << 20) + "1]")
                        .status())
                .isEqualTo(413);
        List<JsonNode> receipts =
                receipts(story.post(story.ops, PATH, "[" + note + "]").expect(200));
        assertThat(receipts.getFirst().at("/status").intValue()).isEqualTo(413);
    }

    @Test
    void whoMayNotSayItIsRefused() {
        String name = Story.name("rights");
        tell("{'kind':'wish','element':'" + name + "'}");
        String order = "{'kind':'order','element':'" + name + "'}";
        assertThat(story.post(story.cio, "/api/v1/testimonies", order).status()).isEqualTo(403);
        assertThat(story.post(story.ansible, "/api/v1/testimonies", order).status())
                .isEqualTo(403);
        String survey = "{'kind':'survey','element':'" + name + "'}";
        assertThat(story.post(story.monitoring, "/api/v1/testimonies", survey).status())
                .isEqualTo(403);
        assertThat(story.post(Story.NOBODY, "/api/v1/testimonies", survey).status())
                .isEqualTo(401);
        assertThat(story.post(story.stranger, PATH, survey).status()).isIn(403, 404);
        assertThat(story.post(story.ops, "/api/v1/testimonies", order)
                        .json()
                        .at("/type")
                        .stringValue())
                .isEqualTo("/problems/customer-needed");
    }

    static List<JsonNode> receipts(JsonNode answer) {
        List<JsonNode> receipts = new ArrayList<>();
        answer.get("receipts").forEach(receipts::add);
        return receipts;
    }

    private static String pointer(JsonNode receipt) {
        return receipt.at("/problem/errors/0/pointer").asString("");
    }
}
