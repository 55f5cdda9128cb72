package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.cli.Terminal;
import org.minventory.export.DossierVerifier;
import tools.jackson.databind.JsonNode;

/** A customer leaves with all that is its own, proves it, and goes on elsewhere as if nothing had happened. */
class DossierTest {
    private static final String DOSSIER = "/api/v1/customers/acme/dossier";
    private static final String HOSTILE_FILE = "<b>Devis été.PDF";
    private static final byte[] PDF = "%PDF-1.7 the offer".getBytes(StandardCharsets.US_ASCII);
    private static final String HOSTILE = "<script>alert(1)</script> & \"x\" =1+1";

    private static Story story;
    private static byte[] dossier;

    @TempDir
    Path folder;

    @BeforeAll
    static void acmeHasAHistory() {
        Story.StandingClock clock = new Story.StandingClock();
        story = Story.fresh(clock);
        declare("/api/v1/infrastructures", "{'customer': 'acme', 'name': 'shop', 'label': 'The shop'}");
        declare(
                "/api/v1/attributes",
                "{'customer': 'acme', 'name': 'colour', 'type': 'text', 'searchable': true, 'labels': {'en': 'Colour', 'fr': 'Couleur'}}");
        String project = story.post(
                        story.cio,
                        "/api/v1/projects",
                        "{'customer': 'acme', 'name': 'web-shop', 'title': 'A web shop', 'infrastructure': 'shop'}")
                .expect(201)
                .at("/project/id")
                .stringValue();
        tell(
                "{'kind': 'wish', 'element': 'web-1', 'type': 'server', 'facts': {'memory': '64 GiB', 'colour': 'blue',"
                        + " 'infrastructure': 'shop', 'project': 'web-shop', 'label': '" + HOSTILE.replace("\"", "\\\"")
                        + "'}}",
                201);
        tell(
                "{'kind': 'wish', 'element': 'web-2', 'type': 'server', 'facts': {'memory': '8 GiB', 'infrastructure': 'shop'}}",
                201);
        say(project, "{'as': 'proposal', 'price': {'monthly': '60 EUR'}}", "/messages", story.ops);
        String proposal = story.get(story.cio, "/api/v1/projects/" + project)
                .expect(200)
                .at("/proposal/testimony")
                .stringValue();
        say(project, "{'decision': 'approved', 'proposal': '" + proposal + "'}", "/approval", story.cio);
        story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': 'acme', 'number': 'OVH-1', 'terms': {'provider': 'OVHcloud',"
                                + " 'expires': '2027-01-31', 'price.monthly': '64 EUR'}}")
                .expect(201);
        tell("{'kind': 'order', 'element': 'web-1', 'order': 'OVH-1', 'facts': {'memory': '64 GiB'}}", 201);
        tell("{'kind': 'delivery-survey', 'element': 'web-1', 'order': 'OVH-1', 'facts': {'memory': '32 GiB'}}", 201);
        tell(
                "{'kind': 'wish', 'element': 'shop.example', 'type': 'domain', 'facts': {'expires': '2027-03-01', 'payer': 'Acme'}}",
                201);
        accept();
        for (int hour = 0; hour < 3; hour++) {
            clock.pass(Duration.ofHours(1));
            facts("web-2", "10.0.0.2");
        }
        tell("{'kind': 'commissioning', 'element': 'web-2'}", 201);
        for (int hour = 0; hour < 3; hour++) {
            clock.pass(Duration.ofHours(1));
            story.post(
                            story.monitoring,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'monitoring-state', 'element': 'web-2', 'facts': {'monitoring.state': 'ok'}}")
                    .expect(hour == 0 ? 201 : 200);
        }
        JsonNode lost = tell("{'kind': 'survey', 'element': 'wbe-1', 'facts': {'memory': '64 GiB'}}", 202);
        tell("{'kind': 'survey', 'element': 'nobody', 'facts': {'memory': '1 GiB'}}", 202);
        tell("{'kind': 'attachment', 'testimony': '" + lost.at("/id").stringValue() + "', 'element': 'web-1'}", 201);
        JsonNode wrong = tell("{'kind': 'note', 'element': 'web-1', 'note': 'a mistake'}", 201);
        tell("{'kind': 'withdrawal', 'testimony': '" + wrong.at("/id").stringValue() + "', 'note': 'not so'}", 201);
        tell("{'kind': 'note', 'element': 'web-1', 'note': '=cmd() café'}", 201);
        say(project, "{'text': 'voici', 'attachments': [" + pdf(HOSTILE_FILE) + "]}", "/messages", story.cio);
        say(
                project,
                "{'as': 'question', 'text': 'x', 'attachments': [" + pdf("wrong.pdf") + "]}",
                "/messages",
                story.ops);
        String mistaken = story.get(story.ops, "/api/v1/projects/" + project)
                .expect(200)
                .at("/question/testimony")
                .stringValue();
        tell("{'kind': 'withdrawal', 'testimony': '" + mistaken + "', 'note': 'the wrong file'}", 201);
        dossier = story.get(story.cio, DOSSIER, "Accept-Language", "fr").bytes();
    }

    private static String pdf(String name) {
        return "{'name': '" + name + "', 'mediaType': 'application/pdf', 'content': '"
                + Base64.getEncoder().encodeToString(PDF) + "'}";
    }

    @AfterAll
    static void end() {
        story.close();
    }

    private static void declare(String path, String body) {
        story.post(story.ops, path, body).expect(201);
    }

    private static JsonNode tell(String told, int status) {
        return story.post(story.ops, "/api/v1/testimonies?customer=acme", told).expect(status);
    }

    private static void say(String project, String said, String where, String token) {
        story.post(token, "/api/v1/projects/" + project + where, said).expect(201);
    }

    private static void facts(String host, String address) {
        story.post(
                        story.ansible,
                        "/integrations/ansible/facts",
                        "{'" + host + "': {'ansible_facts': {'ansible_memtotal_mb': 7900,"
                                + " 'ansible_fqdn': 'web-2.example', 'ansible_default_ipv4': {'address': '" + address
                                + "'}}}}")
                .expect(200);
    }

    /** Somebody decides about the divergence that is open. */
    private static void accept() {
        String id = story.get(story.ops, "/api/v1/divergences?customer=acme")
                .expect(200)
                .at("/items/0/id")
                .stringValue();
        String tag = story.get(story.ops, "/api/v1/divergences/" + id).header("ETag");
        story.post(
                        story.ops,
                        "/api/v1/divergences/" + id + "/acceptance",
                        "{'until': '2027-01-01T00:00:00Z', 'reason': 'enough for now'}",
                        "If-Match",
                        tag)
                .expect(201);
    }

    // ---- what it holds ----------------------------------------------------------------------------------------------

    @Test
    void itHoldsAllThatACustomerTakesAlong() throws IOException {
        Map<String, byte[]> files = unpack(dossier);
        assertThat(files.keySet())
                .contains(
                        "record.ndjson",
                        "record.csv",
                        "inventory.json",
                        "elements.csv",
                        "definitions.json",
                        "witnesses.json",
                        "mandates.json",
                        "summary.html",
                        "summary.pdf",
                        "verify.py",
                        "manifest.json",
                        "SHA256SUMS",
                        "README.txt");
        assertThat(files.keySet().stream().filter(name -> name.startsWith("documents/")))
                .hasSize(3);
        assertThat(files.keySet().stream().filter(name -> name.startsWith("attachments/")))
                .singleElement()
                .satisfies(name -> assertThat(files.get(name)).isEqualTo(PDF))
                .asString()
                .matches("attachments/[0-9a-f-]{36}/1\\.pdf");
        JsonNode known = Json.ours(files.get("inventory.json"));
        assertThat(known.at("/elements")).hasSize(3);
        assertThat(known.at("/elements/1/knowledge/memory/delivered/display").stringValue())
                .startsWith("32");
        assertThat(known.at("/projects/0/state").stringValue()).isEqualTo("approved");
        assertThat(known.at("/projects/0/attachments/0/name").stringValue()).isEqualTo(HOSTILE_FILE);
        assertThat(known.at("/projects/0/attachments")).hasSize(1);
        assertThat(known.at("/orders/0/lines/0/element/name").stringValue()).isEqualTo("web-1");
        assertThat(known.at("/deliveries/0/element/name").stringValue()).isEqualTo("web-1");
        assertThat(known.at("/deadlines")).hasSize(2);
        assertThat(known.at("/divergences/0/reason").stringValue()).isEqualTo("enough for now");
        assertThat(Json.ours(files.get("definitions.json")).toString()).contains("\"colour\"", "\"shop\"");
        assertThat(Json.ours(files.get("mandates.json")).at("/0/opsTeam/name").stringValue())
                .isEqualTo("Gardeners");
        assertThat(Json.ours(files.get("witnesses.json")).toString()).contains("Oscar of Gardeners", "Alice of Acme");
        String table = text(files, "record.csv");
        assertThat(table).contains("'=cmd() café").doesNotContain(",=cmd()");
        assertThat(text(files, "elements.csv").lines()).hasSize(4);
    }

    @Test
    void peopleReadItInTheirLanguageAndWhatWitnessesToldIsText() throws Exception {
        Map<String, byte[]> files = unpack(dossier);
        String page = text(files, "summary.html");
        assertThat(page)
                .contains(
                        "lang=\"fr\"",
                        "Dossier de réversibilité de Acme",
                        "Éléments par infrastructure",
                        "web-1",
                        "OVH-1",
                        "2027-03-01",
                        "alors que",
                        "Titulaire",
                        "Pièces jointes des conversations",
                        "&lt;b&gt;Devis été.PDF",
                        "18\u00a0o",
                        attached(files))
                .doesNotContain("wrong.pdf");
        assertThat(unpack(story.get(story.ops, DOSSIER, "Accept-Language", "en").bytes()))
                .extractingByKey("summary.html")
                .extracting(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .asString()
                .contains("Reversibility dossier of Acme", "it stands", "Deadlines");
        try (var printed = Loader.loadPDF(files.get("summary.pdf"))) {
            assertThat(new PDFTextStripper().getText(printed))
                    .contains("Dossier de réversibilité de Acme", "web-1", "OVH-1", "<b>Devis");
        }
        try (Story hostile = Story.fresh()) {
            String id = hostile.customer(hostile.ops, "evil", "Evil " + HOSTILE.replace("\"", "\\\""));
            hostile.post(
                            hostile.ops,
                            "/api/v1/projects",
                            "{'customer': '" + id + "', 'name': 'p', 'title': '<img src=x onerror=y>'}")
                    .expect(201);
            hostile.post(
                            hostile.ops,
                            "/api/v1/orders",
                            "{'customer': 'evil', 'number': '<b>=1+1</b>', 'terms': {'provider': '</td><script>'}}")
                    .expect(201);
            String evil = text(
                    unpack(hostile.get(hostile.ops, "/api/v1/customers/evil/dossier")
                            .bytes()),
                    "summary.html");
            assertThat(evil)
                    .contains("&lt;script&gt;", "&lt;b&gt;=1+1&lt;/b&gt;")
                    .doesNotContain("<script", "<b>", "<img");
        }
    }

    @Test
    void whoDoesNotReachAllOfTheCustomerGetsNone() {
        assertThat(story.get(story.ops, DOSSIER).status()).isEqualTo(200);
        assertThat(story.get(story.member, DOSSIER).status()).isEqualTo(403);
        assertThat(story.get(story.ansible, DOSSIER).status()).isEqualTo(403);
        var hidden = story.get(story.stranger, DOSSIER);
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.text())
                .isEqualTo(story.get(story.stranger, "/api/v1/customers/nobody/dossier")
                        .text());
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label':'shop','scopes':['read:inventory'],'customers':['acme'],'infrastructures':['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        assertThat(story.get(limited, DOSSIER).status()).isEqualTo(403);
    }

    // ---- as it was known --------------------------------------------------------------------------------------------

    @Test
    void asItWasKnownNothingNewerShowsThrough() throws Exception {
        try (Story then = Story.fresh()) {
            then.post(
                            then.ops,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'wish', 'element': 'web-1', 'type': 'server', 'facts': {'memory': '64 GiB', 'expires': '2030-01-01'}}")
                    .expect(201);
            then.post(
                            then.ops,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'survey', 'element': 'web-1', 'facts': {'memory': '32 GiB'}}")
                    .expect(201);
            then.post(
                            then.ops,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'survey', 'element': 'web-1', 'facts': {'memory': '32 GiB'}}")
                    .expect(200);
            JsonNode lost = then.post(
                            then.ops,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'survey', 'element': 'wbe-1', 'facts': {'kernel': '6.1'}}")
                    .expect(202);
            String file = then.post(
                            then.cio,
                            "/api/v1/projects",
                            "{'name': 'asked', 'title': 'x', 'attachments': [" + pdf("older.pdf") + "]}")
                    .expect(201)
                    .at("/id")
                    .stringValue();
            var first = then.get(then.cio, DOSSIER);
            String head = first.header("Minventory-Head");
            Map<String, byte[]> stood = unpack(first.bytes());

            then.post(
                            then.ops,
                            "/api/v1/attributes",
                            "{'customer': 'acme', 'name': 'newer-colour', 'type': 'text', 'labels': {'en': 'Newer', 'fr': 'Neuf'}}")
                    .expect(201);
            then.post(
                            then.ops,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'wish', 'element': 'newer-1', 'type': 'server'}")
                    .expect(201);
            then.post(then.cio, "/api/v1/projects", "{'name': 'newer-project', 'title': 'newer'}")
                    .expect(201);
            then.post(
                            then.ops,
                            "/api/v1/orders",
                            "{'customer': 'acme', 'number': 'newer-order', 'terms': {'provider': 'newer'}}")
                    .expect(201);
            then.post(
                            then.ops,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'attachment', 'testimony': '"
                                    + lost.at("/id").stringValue() + "', 'element': 'web-1'}")
                    .expect(201);
            for (int i = 0; i < 3; i++)
                then.post(
                                then.ops,
                                "/api/v1/testimonies?customer=acme",
                                "{'kind': 'survey', 'element': 'web-1', 'facts': {'memory': '32 GiB', 'kernel': '6.1'}}")
                        .expect(i == 0 ? 201 : 200);
            then.post(
                            then.ops,
                            "/api/v1/testimonies?customer=acme",
                            "{'kind': 'survey', 'element': 'web-1', 'note': 'newer', 'facts': {'memory': '16 GiB'}}")
                    .expect(201);
            then.person(then.cio, "acme", "member", "Newer Nora");
            then.post(
                            then.cio,
                            "/api/v1/projects/asked/messages",
                            "{'text': 'x', 'attachments': [" + pdf("newer.pdf") + "]}")
                    .expect(201);
            then.post(
                            then.cio,
                            "/api/v1/testimonies",
                            "{'kind': 'withdrawal', 'testimony': '" + file + "', 'note': 'newer'}")
                    .expect(201);

            var again = then.get(then.cio, DOSSIER + "?knownAt=" + head.substring(0, head.indexOf(':')));
            assertThat(again.header("Minventory-Head")).isEqualTo(head);
            Map<String, byte[]> past = unpack(again.bytes());
            for (String name : past.keySet())
                if (!name.endsWith(".pdf"))
                    assertThat(text(past, name).toLowerCase(Locale.ROOT))
                            .as(name)
                            .doesNotContain("newer");
            assertThat(past.keySet()).isEqualTo(stood.keySet()).contains("attachments/" + file + "/1.pdf");
            assertThat(text(past, "summary.html")).contains("older.pdf");
            for (String name : List.of("definitions.json", "witnesses.json", "mandates.json"))
                assertThat(text(past, name)).isEqualTo(text(stood, name));
            assertThat(lines(past, "\"entry\"")).isEqualTo(lines(stood, "\"entry\""));
            JsonNode was = Json.ours(stood.get("inventory.json"));
            JsonNode is = Json.ours(past.get("inventory.json"));
            for (String where : List.of(
                    "/elements/0/status",
                    "/elements/0/divergences",
                    "/elements/0/knowledge/memory/verdict",
                    "/elements/0/knowledge/memory/deployed/value",
                    "/projects/0/state",
                    "/projects/0/attachments",
                    "/orders",
                    "/deadlines/0/date")) assertThat(is.at(where)).as(where).isEqualTo(was.at(where));
            assertThat(is.at("/elements")).hasSize(1);
            assertThat(is.at("/elements/0/knowledge").has("kernel")).isFalse();
            assertThat(is.at("/divergences/0/sentence")).isEqualTo(was.at("/divergences/0/sentence"));
            assertThat(verify(again.bytes())).startsWith("0 The dossier holds");
            assertThat(then.get(then.cio, DOSSIER + "?knownAt=999999").status()).isEqualTo(400);
            assertThat(lines(
                            unpack(then.get(then.cio, DOSSIER + "?knownAt=2000-01-01T00:00:00Z")
                                    .bytes()),
                            "\"entry\""))
                    .isEmpty();
        }
    }

    // ---- tampering --------------------------------------------------------------------------------------------------

    /** What somebody does to a dossier, and the place at which it has to be found. */
    private record Tampering(String name, UnaryOperator<Map<String, byte[]>> act, String found) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Tampering onRecord(String name, UnaryOperator<List<String>> act, String found) {
        return new Tampering(
                name,
                files -> {
                    List<String> lines =
                            new ArrayList<>(text(files, "record.ndjson").lines().toList());
                    files.put(
                            "record.ndjson",
                            (String.join("\n", act.apply(lines)) + "\n").getBytes(StandardCharsets.UTF_8));
                    return files;
                },
                found);
    }

    private static List<String> with(List<String> lines, java.util.function.Consumer<List<String>> act) {
        act.accept(lines);
        return lines;
    }

    static Stream<Tampering> tamperings() {
        return Stream.of(
                onRecord(
                        "edit",
                        lines -> with(lines, l -> l.set(5, l.get(5).replace("\"header\":\"{", "\"header\":\"{ "))),
                        "5"),
                onRecord(
                        "edit a name that people read",
                        lines -> with(lines, l -> l.set(6, l.get(6).replace("witnessedAt", "witnessedat"))),
                        "6"),
                onRecord("delete", lines -> with(lines, l -> l.remove(4)), "4"),
                onRecord("insert", lines -> with(lines, l -> l.add(7, l.get(6))), "7"),
                onRecord(
                        "insert and number anew",
                        lines -> with(lines, l -> l.add(2, l.get(1).replace("\"seq\":1,", "\"seq\":2,"))),
                        "2"),
                onRecord("reorder", lines -> with(lines, l -> Collections.swap(l, 3, 4)), "3"),
                onRecord("swap two entries' bodies", DossierTest::swapped, "3"),
                onRecord("truncate", lines -> lines.subList(0, 9), "9"),
                onRecord(
                        "truncate and close",
                        lines -> with(lines, l -> l.removeIf(line -> line.contains("\"seq\":" + last(l) + ","))),
                        "record.ndjson"),
                new Tampering(
                        "edit a document",
                        files -> {
                            String name = document(files);
                            files.put(
                                    name,
                                    text(files, name).replace("7900", "9900").getBytes(StandardCharsets.UTF_8));
                            return files;
                        },
                        "documents/"),
                new Tampering(
                        "edit a file that was attached",
                        files -> {
                            files.put(attached(files), "%PDF-1.7 another".getBytes(StandardCharsets.UTF_8));
                            return files;
                        },
                        "attachments/"),
                new Tampering(
                        "call a file that was attached otherwise",
                        files -> {
                            files.put(attached(files).replace(".pdf", ".exe"), files.remove(attached(files)));
                            return files;
                        },
                        "1.exe"),
                new Tampering(
                        "insert a file",
                        files -> {
                            files.put("attachments/01930000-0000-7000-8000-000000000001/1.pdf", PDF);
                            return files;
                        },
                        "attachments/01930000-0000-7000-8000-000000000001/1.pdf"),
                new Tampering(
                        "delete a document",
                        files -> {
                            files.remove(document(files));
                            return files;
                        },
                        "documents/"),
                new Tampering(
                        "insert a document",
                        files -> {
                            files.put(
                                    "documents/01930000-0000-7000-8000-000000000001.json",
                                    "{}".getBytes(StandardCharsets.UTF_8));
                            return files;
                        },
                        "documents/01930000-0000-7000-8000-000000000001.json"),
                new Tampering(
                        "tell another head",
                        files -> {
                            files.put(
                                    "manifest.json",
                                    text(files, "manifest.json")
                                            .replaceFirst("\"seq\" : ", "\"seq\" : 1")
                                            .getBytes(StandardCharsets.UTF_8));
                            return files;
                        },
                        "manifest.json"));
    }

    private static List<String> swapped(List<String> lines) {
        String third = lines.get(3).replace("\"entry\",\"seq\":3,", "\"entry\",\"seq\":4,");
        lines.set(3, lines.get(4).replace("\"entry\",\"seq\":4,", "\"entry\",\"seq\":3,"));
        lines.set(4, third);
        return lines;
    }

    private static long last(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("{\"line\":\"entry\""))
                .count();
    }

    private static String document(Map<String, byte[]> files) {
        return files.keySet().stream()
                .filter(name ->
                        name.startsWith("documents/") && text(files, name).contains("7900"))
                .findFirst()
                .orElseThrow();
    }

    private static String attached(Map<String, byte[]> files) {
        return files.keySet().stream()
                .filter(name -> name.startsWith("attachments/"))
                .findFirst()
                .orElseThrow();
    }

    /** Done by somebody who works out the checksums anew: the chain alone finds it. */
    @ParameterizedTest
    @MethodSource("tamperings")
    void whatWasTamperedWithIsRefusedWithItsPlaceThoughTheChecksumsFit(Tampering tampering) throws Exception {
        String said = verify(pack(summed(tampering.act().apply(unpack(dossier)))));
        assertThat(said).startsWith("1 ").contains(tampering.found());
    }

    /** Done by somebody who does not: every file counts. */
    @Test
    void everyFileIsHeldAgainstItsChecksum() throws Exception {
        assertThat(verify(dossier)).startsWith("0 The dossier holds: ").contains("Head: ");
        for (String name : unpack(dossier).keySet()) {
            Map<String, byte[]> edited = unpack(dossier);
            edited.put(name, with(edited.get(name), edited.get(name).length / 2));
            assertThat(verify(pack(edited))).as("edited " + name).startsWith("1 ");
            Map<String, byte[]> missing = unpack(dossier);
            missing.remove(name);
            assertThat(verify(pack(missing))).as("without " + name).startsWith("1 ");
        }
        Map<String, byte[]> more = unpack(dossier);
        more.put("more.txt", new byte[] {1});
        assertThat(verify(pack(more))).isEqualTo("1 more.txt was added: SHA256SUMS does not know it.");
        Map<String, byte[]> exchanged = unpack(dossier);
        byte[] csv = exchanged.get("record.csv");
        exchanged.put("record.csv", exchanged.get("elements.csv"));
        exchanged.put("elements.csv", csv);
        assertThat(verify(pack(exchanged))).startsWith("1 record.csv was changed");
        byte[] cut = java.util.Arrays.copyOf(dossier, dossier.length / 2);
        assertThat(verify(cut)).startsWith("1 ").contains("cannot be read");
        assertThat(verify(new byte[0])).startsWith("1 ").contains("cannot be read");
    }

    private static byte[] with(byte[] bytes, int at) {
        byte[] other = bytes.clone();
        other[at] ^= 1;
        return other;
    }

    /** Cut off, closed anew, summed anew: a history that holds. Only who kept a head knows that there was more. */
    @Test
    void whoRewritesTheEndTooIsFoundByAHeadKnownFromElsewhere() throws Exception {
        Map<String, byte[]> files = unpack(dossier);
        String head = Json.ours(files.get("manifest.json")).at("/head/seq").longValue() + ":"
                + Json.ours(files.get("manifest.json")).at("/head/chain").stringValue();
        List<String> lines = text(files, "record.ndjson").lines().toList();
        int kept = 6;
        String chain = Json.MAPPER.readTree(lines.get(kept)).get("chain").stringValue();
        List<String> closed = new ArrayList<>(lines.subList(0, kept + 1));
        closed.add("{\"line\":\"checkpoint\",\"seq\":" + kept + ",\"chain\":\"" + chain + "\"}");
        files.put("record.ndjson", (String.join("\n", closed) + "\n").getBytes(StandardCharsets.UTF_8));
        files.put(
                "manifest.json",
                text(files, "manifest.json")
                        .replace(head.substring(head.indexOf(':') + 1), chain)
                        .replaceFirst("\"seq\" : \\d+", "\"seq\" : " + kept)
                        .getBytes(StandardCharsets.UTF_8));
        files.keySet().removeIf(name -> name.startsWith("documents/") || name.startsWith("attachments/"));
        byte[] shorter = pack(summed(files));
        assertThat(verify(shorter)).startsWith("0 ");
        assertThat(verify(shorter, head)).startsWith("1 ").contains("another history");
        assertThat(verify(dossier, head, kept + ":" + chain)).startsWith("0 ");
        assertThat(verify(dossier, kept + ":" + "0".repeat(64)))
                .startsWith("1 ")
                .contains(kept + "");
    }

    @Test
    void anUnpackedDossierIsVerifiedWhereItLies() throws Exception {
        for (Map.Entry<String, byte[]> file : unpack(dossier).entrySet()) {
            Path path = folder.resolve("unpacked").resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
        String script = folder.resolve("unpacked/verify.py").toString();
        assertThat(python(script)).startsWith("0 The dossier holds");
        assertThat(run(Map.of("LC_ALL", "fr_FR.UTF-8"), "python3", "-I", script))
                .contains("Le dossier tient");
        Files.writeString(folder.resolve("unpacked/elements.csv"), "x");
        assertThat(python(script)).startsWith("1 elements.csv was changed");
    }

    /** Both verifiers, who have to agree: the one in the dossier, and ours. */
    private String verify(byte[] packed, String... heads) throws Exception {
        Path file = Files.write(folder.resolve(Story.name("d") + ".zip"), packed);
        Path script = Files.write(folder.resolve("verify.py"), unpack(dossier).get("verify.py"));
        List<String> options = new ArrayList<>(List.of(file.toString()));
        for (String head : heads) options.addAll(List.of("--head", head));
        String theirs = python(
                Stream.concat(Stream.of(script.toString()), options.stream()).toArray(String[]::new));
        List<String> typed = new ArrayList<>(List.of("verify"));
        typed.addAll(options);
        Terminal ours = type(typed.toArray(String[]::new));
        assertThat(ours.code() + "").as(theirs + " / " + ours).isEqualTo(theirs.substring(0, 1));
        String said = DossierVerifier.verify(file).sentence().in(Locale.ENGLISH);
        if (heads.length == 0 && !theirs.contains("record.ndjson") && !theirs.contains("cannot be read"))
            assertThat(theirs.substring(2)).isEqualTo(said);
        return theirs;
    }

    private static String python(String... arguments) throws Exception {
        return run(
                Map.of("LC_ALL", "C.UTF-8"),
                Stream.concat(Stream.of("python3", "-I"), Stream.of(arguments)).toArray(String[]::new));
    }

    private static String run(Map<String, String> environment, String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        return process.waitFor() + " " + said;
    }

    // ---- going on elsewhere -----------------------------------------------------------------------------------------

    @Test
    void importedIntoAnEmptyMinventoryAllIsAsItWas() throws Exception {
        try (Story empty = Story.fresh(story.server().room(java.time.InstantSource.class))) {
            Path file = Files.write(folder.resolve("acme.zip"), dossier);
            Terminal imported = take(empty, file, "--cio", "Alice of Acme");
            assertThat(imported.code()).as(imported.err()).isZero();
            assertThat(imported.err()).contains("The dossier holds");
            String token =
                    imported.out().substring(imported.out().indexOf("mnv_")).strip();

            for (String path : reads(story.cio))
                assertThat(normal(empty.get(token, path))).as(path).isEqualTo(normal(story.get(story.cio, path)));
            assertThat(record(empty, token)).isEqualTo(record(story, story.cio));
            JsonNode witnesses = empty.get(token, "/api/v1/witnesses").expect(200);
            assertThat(witnesses.toString()).contains("Oscar of Gardeners", "ansible");

            // it is a customer like any other: what is told now goes on where the record ended
            long seq = record(story, story.cio).stream()
                    .filter(line -> line.contains("\"entry\""))
                    .count();
            assertThat(empty.post(
                                    token,
                                    "/api/v1/testimonies",
                                    "{'kind': 'note', 'element': 'web-1', 'note': 'here I am'}")
                            .expect(201)
                            .at("/seq")
                            .longValue())
                    .isEqualTo(seq + 1);
            assertThat(verify(empty.get(token, DOSSIER).bytes())).startsWith("0 ");

            Terminal twice = take(empty, file, "--cio", "Alice again");
            assertThat(twice.code()).isEqualTo(1);
            assertThat(twice.err()).contains("is here already");
        }
    }

    /** All that is read of the customer, each element and project and order of its own. */
    private static List<String> reads(String token) {
        List<String> paths = new ArrayList<>();
        for (String list : List.of("elements", "divergences", "projects", "orders", "deliveries")) {
            paths.add("/api/v1/" + list + "?limit=1000");
            for (JsonNode item : story.get(token, "/api/v1/" + list + "?limit=1000")
                    .expect(200)
                    .get("items"))
                paths.add("/api/v1/" + list + "/" + item.get("id").stringValue());
        }
        for (JsonNode item :
                story.get(token, "/api/v1/elements?limit=1000").expect(200).get("items")) {
            paths.add("/api/v1/elements/" + item.get("id").stringValue() + "/testimonies");
            paths.add("/api/v1/elements/" + item.get("id").stringValue() + "/impact");
        }
        for (JsonNode item :
                story.get(token, "/api/v1/testimonies?limit=1000").expect(200).get("items"))
            if (item.get("documented").booleanValue() && item.get("withdrawnBy").isNull())
                paths.add("/api/v1/testimonies/" + item.get("id").stringValue() + "/source");
        for (JsonNode project : story.get(token, "/api/v1/projects").expect(200).get("items")) {
            String path = "/api/v1/projects/" + project.get("id").stringValue();
            paths.add(path + "/messages");
            for (JsonNode file : story.get(token, path).expect(200).get("attachments"))
                paths.add(file.get("link").stringValue());
        }
        paths.addAll(List.of(
                "/api/v1/divergences?state=all",
                "/api/v1/deadlines",
                "/api/v1/unattached",
                "/api/v1/testimonies?limit=1000",
                "/api/v1/infrastructures",
                "/api/v1/attributes?limit=1000",
                "/api/v1/element-types?limit=1000",
                "/api/v1/elements?fact.colour=eq:blue",
                "/api/v1/elements?q=web-2.example",
                "/api/v1/elements?asOf=5",
                "/api/v1/search?q=web",
                "/api/v1/customers"));
        return paths;
    }

    private static String normal(Story.Reply reply) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return reply.text();
    }

    private static List<String> record(Story where, String token) {
        return where.get(token, "/api/v1/record?customer=acme")
                .text()
                .lines()
                .filter(line -> line.startsWith("{\"line\":\"entry\"") || line.startsWith("{\"line\":\"hearing\""))
                .toList();
    }

    @Test
    void theMandateCanBeGivenToATeamThatIsThere() throws Exception {
        try (Story other = Story.fresh()) {
            Path file = Files.write(folder.resolve("acme.zip"), dossier);
            Terminal known = take(other, file, "--team", "gardeners");
            assertThat(known.err()).as("its team has an acme of its own").contains("acme");
            assertThat(known.code()).isEqualTo(1);
            assertThat(take(other, file, "--team", "nobody").code()).isEqualTo(1);
            Terminal imported = take(other, file, "--team", "elsewhere");
            assertThat(imported.code()).as(imported.err()).isZero();
            assertThat(imported.out()).contains("Elsewhere").doesNotContain("mnv_");
            assertThat(other.get(other.strangersOps, "/api/v1/elements?customer=acme")
                            .expect(200)
                            .get("items"))
                    .hasSize(3);
            JsonNode mandates = other.get(other.strangersOps, "/api/v1/testimonies?customer=acme&kind=mandate")
                    .expect(200);
            assertThat(mandates.at("/items/0/act/state").stringValue()).isEqualTo("active");
            assertThat(other.get(other.cio, "/api/v1/customers").expect(200).at("/items"))
                    .hasSize(1);
        }
    }

    @Test
    void whatIsTamperedWithOrLeavesNobodyInIsNotImported() throws Exception {
        try (Story empty = Story.fresh()) {
            Path file = Files.write(folder.resolve("acme.zip"), dossier);
            assertThat(take(empty, file).err()).contains("--cio");
            Map<String, byte[]> files = unpack(dossier);
            files.put(
                    "record.ndjson",
                    text(files, "record.ndjson").replace("64 GiB", "65 GiB").getBytes(StandardCharsets.UTF_8));
            Path tampered = Files.write(folder.resolve("tampered.zip"), pack(summed(files)));
            Terminal refused = take(empty, tampered, "--cio", "Mallory");
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("Nothing was imported", "record.ndjson")
                    .hasLineCount(1);
            // what no chain protects and is no name of ours: said in a sentence, and nothing is left behind
            Map<String, byte[]> nameless = unpack(dossier);
            nameless.put("witnesses.json", "[]".getBytes(StandardCharsets.UTF_8));
            Path unfit = Files.write(folder.resolve("unfit.zip"), pack(summed(nameless)));
            Terminal unknown = take(empty, unfit, "--cio", "Mallory");
            assertThat(unknown.code()).isEqualTo(1);
            assertThat(unknown.err()).contains("Nothing was imported");
            assertThat(take(empty, folder.resolve("none.zip"), "--cio", "x").err())
                    .contains("cannot be read");
            assertThat(take(empty, file, "--cio", "Alice", "--head", "3:" + "0".repeat(64))
                            .err())
                    .contains("another history");
            assertThat(take(empty, file, "--cio", "Alice").code()).isZero();
        }
    }

    private static Terminal take(Story into, Path file, String... options) {
        var database = into.database();
        List<String> typed = new ArrayList<>(List.of(
                "import",
                file.toString(),
                "--database-url",
                database.app().url(),
                "--database-user",
                database.app().user(),
                "--database-password",
                database.app().password(),
                "--database-owner-user",
                database.owner().user(),
                "--database-owner-password",
                database.owner().password()));
        typed.addAll(List.of(options));
        return type(typed.toArray(String[]::new));
    }

    private static Terminal type(String... arguments) {
        return Terminal.type(Minventory.entrance(), arguments);
    }

    // ---- archives ---------------------------------------------------------------------------------------------------

    private static String text(Map<String, byte[]> files, String name) {
        return new String(files.get(name), StandardCharsets.UTF_8);
    }

    private static List<String> lines(Map<String, byte[]> files, String word) {
        return text(files, "record.ndjson")
                .lines()
                .filter(line -> line.contains(word))
                .toList();
    }

    private static Map<String, byte[]> unpack(byte[] packed) throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(packed), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                files.put(entry.getName(), zip.readAllBytes());
        }
        return files;
    }

    private static byte[] pack(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(packed, StandardCharsets.UTF_8)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return packed.toByteArray();
    }

    /** With checksums that fit. */
    private static Map<String, byte[]> summed(Map<String, byte[]> files) {
        Map<String, byte[]> others = new TreeMap<>(files);
        others.remove("SHA256SUMS");
        String sums = others.entrySet().stream()
                .map(file ->
                        HexFormat.of().formatHex(Ids.sha256().digest(file.getValue())) + "  " + file.getKey() + "\n")
                .collect(Collectors.joining());
        others.put("SHA256SUMS", sums.getBytes(StandardCharsets.UTF_8));
        return others;
    }
}
