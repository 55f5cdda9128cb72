package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.export.RecordVerifier;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** Files that people attach to what they say in a project: part of the testimony, given back to who may read it. */
class AttachmentsTest {
    private static final String PROJECTS = "/api/v1/projects";
    private static final byte[] PDF = "%PDF-1.7\n\u0000\u0001 the offer".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TEXT = "Deux hébergeurs.\n".getBytes(StandardCharsets.UTF_8);

    private final Story story = Story.told();
    private String customer;
    private String id;
    private String cio;
    private String project;

    @BeforeEach
    void begin() {
        customer = Story.name("attacher");
        id = story.customer(story.ops, customer, "An attacher");
        cio = story.person(story.ops, customer, "cio", "Cleo of " + customer);
        project = PROJECTS + "/"
                + story.post(cio, PROJECTS, "{'name': 'web-shop', 'title': 'A shop'}")
                        .expect(201)
                        .at("/project/id")
                        .stringValue();
    }

    private static String file(String name, String mediaType, byte[] content) {
        return "{'name': '" + name + "', 'mediaType': '" + mediaType + "', 'content': '"
                + Base64.getEncoder().encodeToString(content) + "'}";
    }

    private static String pdf(String name) {
        return file(name, "application/pdf", PDF);
    }

    private static String with(String said, String... files) {
        return "{" + said + (said.isEmpty() ? "" : ", ") + "'attachments': [" + String.join(", ", files) + "]}";
    }

    private Reply say(String token, String said, String... files) {
        return story.post(token, project + "/messages", with(said, files));
    }

    private JsonNode messages(String token) {
        return story.get(token, project + "/messages").expect(200).at("/items");
    }

    private static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(Ids.sha256().digest(bytes));
    }

    private long kept() {
        return story.server().room(Tx.class).read(Scope.whole(UUID.fromString(id)), db -> db.sql(
                        "select count(*) from source_document")
                .query(Long.class)
                .single());
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    @Test
    void whatIsAttachedIsListedWithTheMessageAndGivenBackToBeSaved() {
        String said = say(
                        cio,
                        "'text': 'what we have'",
                        pdf("Devis \u00e9t\u00e9 \u00ab 7 \u00bb.pdf"),
                        file("notes.txt", "text/plain", TEXT))
                .expect(201)
                .at("/id")
                .stringValue();
        JsonNode message = messages(story.ops).get(1);
        assertThat(message.at("/attachments")).hasSize(2);
        JsonNode first = message.at("/attachments/0");
        assertThat(first.at("/name").stringValue()).isEqualTo("Devis été « 7 ».pdf");
        assertThat(first.at("/mediaType").stringValue()).isEqualTo("application/pdf");
        assertThat(first.at("/size").intValue()).isEqualTo(PDF.length);
        assertThat(first.at("/sha256").stringValue()).isEqualTo(sha256(PDF));
        assertThat(first.at("/link").stringValue()).isEqualTo(project + "/messages/" + said + "/attachments/1");
        assertThat(messages(story.ops).get(0).at("/attachments")).isEmpty();

        Reply given = story.get(story.ops, first.at("/link").stringValue());
        assertThat(given.status()).isEqualTo(200);
        assertThat(given.bytes()).isEqualTo(PDF);
        assertThat(given.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(given.header("Content-Disposition"))
                .isEqualTo("attachment; filename=\"Devis ete  7 .pdf\";"
                        + " filename*=UTF-8''Devis%20%C3%A9t%C3%A9%20%C2%AB%207%20%C2%BB.pdf");
        assertThat(given.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(given.headers().allValues("Content-Security-Policy"))
                .containsExactly("default-src 'none'; frame-ancestors 'none'; sandbox");
        assertThat(given.header("Cache-Control")).isEqualTo("no-store");
        Reply again = story.get(story.ops, first.at("/link").stringValue(), "If-None-Match", given.header("ETag"));
        assertThat(again.status()).isEqualTo(304);
        Reply text = story.get(cio, message.at("/attachments/1/link").stringValue());
        assertThat(text.header("Content-Type")).isEqualTo("text/plain;charset=UTF-8");
        assertThat(text.bytes()).isEqualTo(TEXT);

        JsonNode all = story.get(cio, project).expect(200).at("/attachments");
        assertThat(all).hasSize(2);
        assertThat(all.at("/1/testimony").stringValue()).isEqualTo(said);
        assertThat(all.at("/1/link")).isEqualTo(message.at("/attachments/1/link"));
    }

    @Test
    void aRequestAQuestionAndAProposalCarryThem() {
        String asked = story.post(cio, PROJECTS, with("'name': 'office', 'title': 'x'", pdf("needs.pdf")))
                .expect(201)
                .at("/project/attachments/0/link")
                .stringValue();
        assertThat(story.get(cio, asked).bytes()).isEqualTo(PDF);
        JsonNode question = say(story.ops, "'as': 'question', 'text': 'is it this one?'", pdf("one.pdf"))
                .expect(201);
        assertThat(question.at("/project/question/attachments/0/name").stringValue())
                .isEqualTo("one.pdf");
        say(cio, "'as': 'answer'", pdf("the-other.pdf")).expect(201);
        story.post(cio, project + "/messages", "{'as': 'answer', 'attachments': []}")
                .expect(400);
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'wish', 'element': 'shop-1', 'type': 'server', 'facts': {'project': 'web-shop'}}")
                .expect(201);
        String proposal = say(story.ops, "'as': 'proposal'", pdf("offer.pdf"))
                .expect(201)
                .at("/id")
                .stringValue();
        JsonNode approved = story.post(
                        cio, project + "/approval", "{'decision': 'approved', 'proposal': '" + proposal + "'}")
                .expect(201);
        assertThat(approved.at("/project/proposal/attachments/0/name").stringValue())
                .isEqualTo("offer.pdf");
        assertThat(approved.at("/project/approval/proposal/attachments/0/link").stringValue())
                .endsWith(proposal + "/attachments/1");
        story.post(cio, project + "/approval", with("'decision': 'cancelled', 'text': 'x'", pdf("x.pdf")))
                .expect(400);
    }

    @Test
    void whoMayNotReadTheProjectFindsNoFile() {
        String link = say(cio, "'text': 'x'", pdf("x.pdf"))
                .expect(201)
                .at("/project/attachments/0/link")
                .stringValue();
        String said = link.split("/", -1)[6];
        String member = story.person(cio, customer, "member", "Mia of " + customer);
        story.get(member, project).expect(200);
        assertThat(story.get(member, link).bytes()).isEqualTo(PDF);

        String unknown = project + "/messages/" + UUID.randomUUID() + "/attachments/1";
        String nothing = story.get(cio, unknown).text();
        for (String path : List.of(
                link.replace("attachments/1", "attachments/2"),
                link.replace("attachments/1", "attachments/0"),
                link.replace("attachments/1", "attachments/-1"),
                link.replace("attachments/1", "attachments/x"),
                link.replace("attachments/1", "attachments/99999999999"),
                link.replace(said, "x"))) {
            Reply reply = story.get(cio, path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.text()).as(path).isEqualTo(nothing);
        }
        String elsewhere = story.post(cio, PROJECTS, "{'name': 'other', 'title': 'x'}")
                .expect(201)
                .at("/project/id")
                .stringValue();
        story.get(cio, PROJECTS + "/" + elsewhere + "/messages/" + said + "/attachments/1")
                .expect(404);
        Reply hidden = story.get(story.stranger, link);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text()).isEqualTo(nothing);
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'x', 'customers': ['" + customer + "'], 'infrastructures': ['office']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        story.get(limited, link).expect(404);
        String robot = story.robot(story.ops, customer, "robot-of-" + customer, "read:inventory", "testify:*");
        story.get(robot, link).expect(403);
        story.get(robot, "/api/v1/testimonies/" + said + "/source").expect(404);
        assertThat(story.get(member, "/api/v1/testimonies/" + said + "/source")
                        .expect(200)
                        .at("/attachments/0/name")
                        .stringValue())
                .isEqualTo("x.pdf");
    }

    // ---- what is refused --------------------------------------------------------------------------------------------

    private static void refused(Reply reply, int status, String problem, String pointer) {
        reply.expect(status);
        assertThat(reply.json().at("/type").stringValue()).isEqualTo("/problems/" + problem);
        assertThat(reply.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    @Test
    void whatDoesNotFitIsRefusedByItsPlaceAndNothingIsKept() {
        String said = "'text': 'x'";
        refused(say(cio, said, pdf("a.pdf"), pdf("../b.pdf")), 422, "unfit-value", "/attachments/1/name");
        refused(say(cio, said, file("a.svg", "image/svg+xml", TEXT)), 422, "unfit-value", "/attachments/0/mediaType");
        refused(say(cio, said, file("a.pdf", "application/pdf", TEXT)), 422, "unfit-value", "/attachments/0/content");
        refused(say(cio, said, file("a.exe", "application/pdf", PDF)), 422, "unfit-value", "/attachments/0/name");
        refused(
                say(cio, said, file("a.conf", "text/plain", "password=hunter2".getBytes(StandardCharsets.UTF_8))),
                422,
                "looks-like-a-secret",
                "/attachments/0/content");
        String[] six = IntStream.range(0, 6).mapToObj(i -> pdf(i + ".pdf")).toArray(String[]::new);
        refused(say(cio, said, six), 422, "too-many-files", "/attachments");
        byte[] large = new byte[(5 << 20) + 1];
        System.arraycopy(PDF, 0, large, 0, PDF.length);
        refused(
                say(cio, said, file("large.pdf", "application/pdf", large)),
                413,
                "file-too-large",
                "/attachments/0/content");
        refused(
                say(cio, said, "{'name': 'a.pdf', 'mediaType': 'application/pdf'}"),
                400,
                "missing-member",
                "/attachments/0/content");
        refused(
                say(cio, said, "{'name': 'a.pdf', 'mediaType': 'application/pdf', 'content': 'eA==', 'path': '/'}"),
                400,
                "unknown-member",
                "/attachments/0/path");
        refused(say(cio, said, "'a.pdf'"), 400, "wrong-type", "/attachments/0");
        refused(
                story.post(cio, project + "/messages", "{'text': 'x', 'attachments': 'a.pdf'}"),
                400,
                "wrong-type",
                "/attachments");
        story.post(cio, project + "/messages", with("'text': '" + "x".repeat(16 << 20) + "'"))
                .expect(413);
        refused(
                story.post(
                        cio,
                        "/api/v1/testimonies",
                        with("'kind': 'message', 'project': 'web-shop', 'note': 'x'", pdf("a.pdf"))),
                400,
                "unknown-member",
                "/attachments");
        assertThat(messages(cio)).hasSize(1);
        assertThat(kept()).isZero();
    }

    // ---- once, or not at all ----------------------------------------------------------------------------------------

    @Test
    void theSameKeyIsOneAndADryRunKeepsNothing() {
        String[] key = {"Idempotency-Key", "k-" + customer};
        String body = with("'text': 'x'", pdf("x.pdf"));
        Reply first = story.post(cio, project + "/messages", body, key);
        Reply again = story.post(cio, project + "/messages", body, key);
        assertThat(first.expect(201).at("/id")).isEqualTo(again.expect(200).at("/id"));
        story.post(
                        cio,
                        project + "/messages",
                        with(
                                "'text': 'x'",
                                file("x.pdf", "application/pdf", "%PDF-2".getBytes(StandardCharsets.US_ASCII))),
                        key)
                .expect(422);
        assertThat(kept()).isEqualTo(1);
        Reply dry = story.post(cio, project + "/messages?dryRun=true", body);
        assertThat(dry.expect(201).at("/seq").isNull()).isTrue();
        refused(
                story.post(
                        cio,
                        project + "/messages?dryRun=true",
                        with("'text': 'x'", file("x.pdf", "application/pdf", TEXT))),
                422,
                "unfit-value",
                "/attachments/0/content");
        assertThat(kept()).isEqualTo(1);
        assertThat(messages(cio)).hasSize(2);
        // said twice without a key it is said twice, like any word of a person
        say(cio, "'text': 'x'", pdf("x.pdf")).expect(201);
        assertThat(messages(cio)).hasSize(3);
    }

    // ---- the record -------------------------------------------------------------------------------------------------

    @Test
    void whatIsTakenBackTakesItsFilesOutOfViewAndTheRecordStillHolds() {
        JsonNode said =
                say(story.ops, "'as': 'question', 'text': 'x'", pdf("x.pdf")).expect(201);
        String testimony = said.at("/id").stringValue();
        String link = said.at("/project/attachments/0/link").stringValue();
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'withdrawal', 'testimony': '" + testimony + "', 'note': 'the wrong one'}")
                .expect(201);
        JsonNode message = messages(cio).get(1);
        assertThat(message.at("/withdrawn").booleanValue()).isTrue();
        assertThat(message.at("/attachments")).isEmpty();
        assertThat(story.get(cio, project).expect(200).at("/attachments")).isEmpty();
        story.get(cio, link).expect(404);
        story.get(cio, "/api/v1/testimonies/" + testimony + "/source").expect(404);
        byte[] record = story.get(cio, "/api/v1/record?customer=" + customer).bytes();
        assertThat(RecordVerifier.verify(new ByteArrayInputStream(record)).holds())
                .isTrue();
        assertThat(new String(record, StandardCharsets.UTF_8)).contains("x.pdf");
    }

    @Test
    void aRebuildGivesTheSameByteForByte() {
        say(cio, "'text': 'one'", pdf("one.pdf")).expect(201);
        String two = say(story.ops, "'as': 'question', 'text': 'two'", pdf("two.pdf"))
                .expect(201)
                .at("/project/question/attachments/0/link")
                .stringValue();
        String three = say(cio, "'text': 'three'", pdf("three.pdf"))
                .expect(201)
                .at("/id")
                .stringValue();
        story.post(cio, "/api/v1/testimonies", "{'kind': 'withdrawal', 'testimony': '" + three + "', 'note': 'x'}")
                .expect(201);
        List<String> read = List.of(project, project + "/messages", two, "/api/v1/record?customer=" + customer);
        List<String> before = read(read);
        new Rebuild(story.server().room(Tx.class), Consequences.ALL).rebuild(UUID.fromString(id), entries -> {});
        assertThat(read(read)).isEqualTo(before);
    }

    private List<String> read(List<String> paths) {
        List<String> read = new ArrayList<>();
        for (String path : paths) {
            Reply reply = story.get(cio, path);
            assertThat(reply.status()).as(path).isEqualTo(200);
            read.add(reply.text().replaceAll("\"at\":\"[^\"]*\"}?\\s*$", ""));
        }
        read.set(read.size() - 1, entries(read.getLast()));
        return read;
    }

    /** The first line and the last tell when it was exported. */
    private static String entries(String record) {
        return String.join(
                "\n", record.lines().filter(line -> line.contains("\"entry\"")).toList());
    }

    @Test
    void manyLargeFilesAreExportedAFewAtATime() {
        byte[] large = new byte[4 << 20];
        System.arraycopy(PDF, 0, large, 0, PDF.length);
        for (int i = 0; i < 5; i++)
            say(
                            cio,
                            "'text': '" + i + "'",
                            file("a-" + i + ".pdf", "application/pdf", large),
                            file("b-" + i + ".pdf", "application/pdf", large))
                    .expect(201);
        byte[] record = story.get(cio, "/api/v1/record?customer=" + customer).bytes();
        RecordVerifier.Verdict verdict = RecordVerifier.verify(new ByteArrayInputStream(record));
        assertThat(verdict.holds()).isTrue();
        assertThat(new String(record, StandardCharsets.UTF_8)).contains("a-0.pdf", "b-4.pdf");
        assertThat(messages(cio).get(5).at("/attachments/1/size").intValue()).isEqualTo(4 << 20);
    }
}
