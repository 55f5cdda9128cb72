package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.base.Tx;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** What has to be proven again and again: that certificates are renewed, that backups are made and can be restored. */
class ProofDeadlinesTest {
    private static final String DEADLINES = "/api/v1/deadlines";
    private static final String EVER = "&from=1970-01-01&until=2200-12-31";

    private static final Story.StandingClock CLOCK = new Story.StandingClock();

    private static Story story;
    private String customer;
    private String id;

    @BeforeAll
    static void open() {
        story = Story.fresh(CLOCK);
    }

    @AfterAll
    static void close() {
        story.close();
    }

    @BeforeEach
    void begin() {
        customer = Story.name("prover");
        id = story.customer(story.ops, customer, "A prover");
    }

    private JsonNode testify(String what) {
        Story.Reply reply = story.post(story.ops, "/api/v1/testimonies?customer=" + customer, what);
        assertThat(reply.status()).as(reply::text).isIn(200, 201);
        return reply.json();
    }

    private void withdraw(JsonNode receipt) {
        testify("{'kind': 'withdrawal', 'testimony': '" + receipt.at("/id").stringValue() + "'}");
    }

    private static Instant ago(Duration time) {
        return CLOCK.instant().minus(time);
    }

    private static LocalDate in(long days) {
        return LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC).plusDays(days);
    }

    private JsonNode list(String query, String... headers) {
        return story.get(story.ops, DEADLINES + "?customer=" + customer + query, headers)
                .expect(200);
    }

    private List<String> seen() {
        return seen(list(EVER));
    }

    private static List<String> seen(JsonNode page) {
        List<String> seen = new ArrayList<>();
        for (JsonNode one : page.at("/items"))
            seen.add(one.at("/what").stringValue() + " " + one.at("/days").longValue() + " "
                    + one.at("/element/name").asString(""));
        return seen;
    }

    // ---- certificates -----------------------------------------------------------------------------------------------

    private JsonNode certificate(String kind, long issued, long expires) {
        return testify(
                "{'kind': '" + kind + "', 'element': 'www.example', 'type': 'certificate', 'create': true, 'facts': {"
                        + "'issued': '" + in(issued) + "', 'expires': '" + in(expires) + "'}}");
    }

    @Test
    void aCertificateShouldHaveBeenRenewedWhenTwoThirdsOfItsLifeAreOver() {
        certificate("proof", -50, 40);
        assertThat(seen(list(""))).containsExactly("renewal-due 10 www.example", "expiry 40 www.example");
        assertThat(list("").at("/items/0/ifItLapses").stringValue())
                .isEqualTo("Two thirds of its life are over then; it expires on " + in(40)
                        + ", and browsers and programs refuse the connection.");
        assertThat(list("", "Accept-Language", "fr").at("/items/0/ifItLapses").stringValue())
                .startsWith("Les deux tiers de sa vie sont alors passés ; il expire le " + in(40));
        JsonNode today =
                story.get(story.ops, "/api/v1/today?customer=" + customer).expect(200);
        assertThat(today.at("/ends/items/0/sentence").stringValue())
                .startsWith("The renewal of www.example should be witnessed by " + in(10));

        JsonNode renewed = certificate("proof", -1, 89);
        assertThat(seen()).containsExactly("renewal-due 59 www.example", "expiry 89 www.example");
        withdraw(renewed);
        assertThat(seen()).containsExactly("renewal-due 10 www.example", "expiry 40 www.example");
    }

    @Test
    void whatWasNotRenewedInTimeIsLate() {
        certificate("survey", -70, 20);
        JsonNode french = story.get(story.ops, "/api/v1/today?customer=" + customer, "Accept-Language", "fr")
                .expect(200);
        assertThat(french.at("/late/items/0/what").stringValue()).isEqualTo("renewal-due");
        assertThat(french.at("/late/items/0/sentence").stringValue())
                .startsWith("Le renouvellement de www.example devrait être constaté avant le " + in(-10));
    }

    @Test
    void aLifeThatIsNotKnownOrIsNoneHasNoThirds() {
        testify("{'kind': 'wish', 'element': 'a.example', 'type': 'certificate', 'facts': {'expires': '" + in(40)
                + "'}}");
        testify("{'kind': 'wish', 'element': 'b.example', 'type': 'certificate', 'facts': {'issued': '" + in(-4)
                + "'}}");
        testify("{'kind': 'wish', 'element': 'c.example', 'type': 'certificate', 'facts': {'issued': '" + in(50)
                + "', 'expires': '" + in(41) + "'}}");
        testify("{'kind': 'wish', 'element': 'd.example', 'type': 'domain', 'facts': {'issued': '" + in(-50)
                + "', 'expires': '" + in(42) + "'}}");
        assertThat(seen()).containsExactly("expiry 40 a.example", "expiry 41 c.example", "expiry 42 d.example");
        assertThat(story.get(story.ops, "/api/v1/search?q=" + in(-4)).text()).doesNotContain("renewal:due");
    }

    // ---- backups ----------------------------------------------------------------------------------------------------

    private JsonNode prove(String facts) {
        return testify(
                "{'kind': 'proof', 'element': 'dump', 'type': 'backup', 'create': true, 'facts': {" + facts + "}}");
    }

    private static String success(Instant at) {
        return "'last.success': '" + at + "'";
    }

    @Test
    void aBackupThatWasNeverProvenIsDueSinceItIsKnown() {
        testify("{'kind': 'wish', 'element': 'dump', 'type': 'backup', 'witnessedAt': '" + ago(Duration.ofDays(400))
                + "', 'facts': {'infrastructure': 'shop', 'owner': 'Acme', 'payer': 'Acme'}}");
        assertThat(seen()).containsExactly("backup-proof -400 dump", "restore-proof -400 dump");
        JsonNode first = list(EVER).at("/items/0");
        assertThat(first.at("/provenOn").isNull()).isTrue();
        assertThat(first.at("/owner").stringValue()).isEqualTo("Acme");
        assertThat(first.at("/payer").stringValue()).isEqualTo("Acme");
        assertThat(first.at("/ifItLapses").stringValue())
                .isEqualTo("No backup was ever proven: everything would be lost.");
        JsonNode french = story.get(story.ops, "/api/v1/today?customer=" + customer, "Accept-Language", "fr")
                .expect(200);
        assertThat(french.at("/late/items/0/sentence").stringValue())
                .isEqualTo("dump : une sauvegarde réussie était à prouver avant le " + in(-400)
                        + ". Aucune sauvegarde n’a jamais été prouvée : tout serait perdu.");
        assertThat(french.at("/late/items/1/sentence").stringValue())
                .isEqualTo(
                        "dump : une restauration est à prouver avant le " + in(-400)
                                + ". Aucune restauration n’a jamais été prouvée : nul ne sait si quoi que ce soit peut être restauré.");
        story.get(story.ops, french.at("/late/items/0/link").stringValue()).expect(200);
    }

    @Test
    void lastSuccessAndLastRestoreRunOutInTheirRhythms() {
        JsonNode proof = prove(success(ago(Duration.ofHours(10))) + ", 'restore.proven': '" + in(-20) + "'");
        assertThat(seen()).containsExactly("backup-proof 2 dump", "restore-proof 100 dump");
        JsonNode page = list(EVER);
        assertThat(page.at("/items/0/provenOn").stringValue()).isEqualTo(in(0).toString());
        assertThat(page.at("/items/0/ifItLapses").stringValue())
                .isEqualTo("Last proven on " + in(0) + ": what came since would be lost.");
        assertThat(page.at("/items/1/provenOn").stringValue()).isEqualTo(in(-20).toString());
        JsonNode today =
                story.get(story.ops, "/api/v1/today?customer=" + customer).expect(200);
        assertThat(today.at("/ends/items"))
                .as("the next night's backup is nobody's errand")
                .isEmpty();
        assertThat(today.at("/late/items")).isEmpty();

        JsonNode failing = prove(success(ago(Duration.ofDays(9))));
        assertThat(seen()).as("the newest counts, whoever saw it").contains("backup-proof -7 dump");
        withdraw(failing);
        assertThat(seen()).contains("backup-proof 2 dump");
        withdraw(proof);
        assertThat(seen()).isEmpty();
    }

    @Test
    void whatIsToldOfDaysToComeProvesNoMoreThanToday() {
        prove("'last.success': '2199-01-01T00:00:00Z', 'restore.proven': '2199-01-01', 'schedule': '2000000000 h'");
        assertThat(seen()).containsExactly("restore-proof 120 dump", "backup-proof 3661 dump");
    }

    @Test
    void aProofThatTellsNoTimeProvesEachTimeItIsSaid() {
        String proof = "'size': '10 GB', 'software': 'pgBackRest'";
        assertThat(prove(proof).at("/confirmed").booleanValue()).isFalse();
        assertThat(seen()).containsExactly("restore-proof 0 dump", "backup-proof 2 dump");
        CLOCK.pass(Duration.ofDays(1));
        assertThat(prove(proof).at("/confirmed").booleanValue()).isTrue();
        assertThat(seen()).containsExactly("restore-proof -1 dump", "backup-proof 2 dump");
        CLOCK.pass(Duration.ofDays(1));
        testify("{'kind': 'survey', 'element': 'dump', 'facts': {'size': '11 GB', 'software': 'restic'}}");
        assertThat(seen())
                .as("words after it do not undo it")
                .containsExactly("restore-proof -2 dump", "backup-proof 1 dump");
        CLOCK.pass(Duration.ofDays(3));
        prove("'restore.proven': '" + in(-1) + "'");
        assertThat(seen())
                .as("a restore is no backup")
                .containsExactly("backup-proof -2 dump", "restore-proof 119 dump");
        JsonNode late = story.get(story.ops, "/api/v1/today?customer=" + customer)
                .expect(200)
                .at("/late/items/0");
        assertThat(late.at("/sentence").stringValue())
                .isEqualTo("dump: a backup that succeeds was to be proven by " + in(-2) + ". Last proven on " + in(-4)
                        + ": what came since would be lost.");
    }

    @Test
    void howOftenIsSaidByTheBackupOrItsType() {
        prove(success(ago(Duration.ofHours(1))) + ", 'restore.proven': '" + in(0) + "'");
        testify("{'kind': 'wish', 'element': 'dump', 'facts': {'schedule': '7 d'}}");
        assertThat(seen()).containsExactly("backup-proof 8 dump", "restore-proof 120 dump");
        String backup =
                story.get(story.ops, "/api/v1/element-types/backup").expect(200).toString();
        assertThat(backup).contains("\"restore.proven\":{\"rhythm\":\"PT2160H\"");
        story.post(
                        story.ops,
                        "/api/v1/element-types",
                        "{'customer': '" + customer
                                + "', 'name': 'snapshot', 'attributes': ['last.success', 'restore.proven'],"
                                + " 'rhythms': {'proof': {'rhythm': 'P3D'}, 'restore.proven': {'rhythm': 'P10D', 'grace': 'P1D'}}}")
                .expect(201);
        story.post(
                        story.ops,
                        "/api/v1/element-types",
                        "{'customer': '" + customer
                                + "', 'name': 'archive', 'attributes': ['last.success', 'restore.proven']}")
                .expect(201);
        for (String type : List.of("snapshot", "archive"))
            testify("{'kind': 'proof', 'element': 'the-" + type + "', 'type': '" + type
                    + "', 'create': true, 'facts': {" + success(CLOCK.instant()) + "}}");
        assertThat(seen())
                .as("what nobody awaits is not due")
                .containsExactly(
                        "restore-proof 0 the-snapshot",
                        "backup-proof 3 the-snapshot",
                        "backup-proof 8 dump",
                        "restore-proof 120 dump");
        story.post(
                        story.ops,
                        "/api/v1/element-types",
                        "{'customer': '" + customer + "', 'name': 'x', 'rhythms': {'size': {'rhythm': 'P3D'}}}")
                .expect(422);
    }

    @Test
    void whoIsLimitedSeesItsOwnAndAStrangerNothing() {
        testify("{'kind': 'wish', 'element': 'dump', 'type': 'backup', 'facts': {'infrastructure': 'shop'}}");
        testify("{'kind': 'wish', 'element': 'other', 'type': 'backup', 'facts': {'infrastructure': 'intranet'}}");
        testify(
                "{'kind': 'wish', 'element': 'www.other', 'type': 'certificate', 'facts': {'infrastructure': 'intranet',"
                        + " 'issued': '" + in(-5) + "', 'expires': '" + in(4) + "'}}");
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'shop', 'customers': ['" + customer + "'], 'elements': ['dump']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        assertThat(seen(story.get(limited, DEADLINES + "?until=2200-12-31").expect(200)))
                .containsExactly("backup-proof 0 dump", "restore-proof 0 dump");
        assertThat(story.get(story.stranger, DEADLINES + "?until=2200-12-31").text())
                .doesNotContain("dump", "www.other");
    }

    // ---- reservations -----------------------------------------------------------------------------------------------

    /** Of ten deliveries with reservations for one day, those with an even number were put right: no page comes short. */
    @Test
    void pagesAreFullAlsoWhereReservationsWerePutRight() {
        for (int i = 0; i < 10; i++) {
            String element = "'element': 'box-" + i + "'";
            testify("{'kind': 'order', " + element
                    + ", 'type': 'server', 'create': true, 'facts': {'memory': '64 GiB'}}");
            testify("{'kind': 'delivery-survey', " + element + ", 'facts': {'memory': '32 GiB'}}");
            testify("{'kind': 'acceptance', " + element + ", 'facts': {'decision': 'accept-with-reservations',"
                    + " 'reservations': [{'attribute': 'memory', 'until': '" + in(i < 8 ? 5 : 6) + "'}]}}");
            if (i % 2 == 0)
                testify("{'kind': 'delivery-survey', " + element
                        + ", 'source': 'lshw', 'facts': {'memory': '64 GiB'}}");
        }
        List<String> all = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        for (String query = "&limit=2"; query != null; ) {
            JsonNode page = list(query);
            all.addAll(seen(page));
            sizes.add(page.at("/items").size());
            query = page.at("/next").isNull()
                    ? null
                    : "&limit=2&after=" + page.at("/next").stringValue();
        }
        assertThat(sizes).containsExactly(2, 2, 1);
        assertThat(all)
                .containsExactlyInAnyOrder(
                        "reservation 5 box-1",
                        "reservation 5 box-3",
                        "reservation 5 box-5",
                        "reservation 5 box-7",
                        "reservation 6 box-9");
        JsonNode today = story.get(story.ops, "/api/v1/today?limit=5&customer=" + customer)
                .expect(200);
        assertThat(today.at("/ends/items")).hasSize(5);
        assertThat(today.at("/ends/more").booleanValue()).isFalse();
    }

    @Test
    void anAttributeThatIsCalledLikeATermOfOursBreaksNothing() {
        story.post(
                        story.ops,
                        "/api/v1/attributes",
                        "{'customer': '" + customer
                                + "', 'name': 'reservation', 'type': 'text', 'searchable': true, 'labels': {'en': 'Table'}}")
                .expect(201);
        for (String told : List.of("2026-12-99", "2026-12-01", "2026-12-01 at noon"))
            testify("{'kind': 'wish', 'element': '" + Story.name("table")
                    + "', 'type': 'server', 'facts': {'reservation': '" + told + "'}}");
        assertThat(seen()).isEmpty();
    }

    // ---- all of them, by three roads --------------------------------------------------------------------------------

    /** The index, the record folded anew, and a rebuild tell the same to the byte. */
    @Test
    void theListTheDossierOfThenAndARebuildTellTheSame() throws IOException {
        prove(success(ago(Duration.ofHours(10))) + ", 'restore.proven': '" + in(-20) + "'");
        testify("{'kind': 'wish', 'element': 'dump', 'facts': {'schedule': '7 d'}}");
        String bare =
                "{'kind': 'proof', 'element': 'bare', 'type': 'backup', 'create': true, 'facts': {'size': '1 GB'}}";
        testify(bare);
        CLOCK.pass(Duration.ofDays(1));
        testify(bare);
        testify("{'kind': 'wish', 'element': 'never', 'type': 'backup', 'facts': {}}");
        certificate("survey", -30, 60);
        testify("{'kind': 'survey', 'element': 'box', 'type': 'server', 'create': true, 'facts': {'os.name': 'Debian',"
                + " 'os.version': '12.9', 'php.version': 'v8.3.1', 'warranty.ends': '" + in(70) + "'}}");
        JsonNode page = list("&until=2200-12-31");
        assertThat(seen(page))
                .containsExactly(
                        "backup-proof 0 never",
                        "restore-proof 0 never",
                        "backup-proof 2 bare",
                        "backup-proof 7 dump",
                        "renewal-due 30 www.example",
                        "expiry 60 www.example",
                        "warranty 70 box",
                        "restore-proof 99 dump",
                        "end-of-support " + in(0).until(LocalDate.of(2027, 12, 31), ChronoUnit.DAYS) + " box",
                        "end-of-support " + in(0).until(LocalDate.of(2028, 6, 30), ChronoUnit.DAYS) + " box");
        JsonNode last = story.get(story.ops, "/api/v1/testimonies?limit=1&customer=" + customer)
                .expect(200)
                .at("/items/0/seq");
        for (String moment : List.of("", "?knownAt=" + last))
            assertThat(dossier(moment)).isEqualTo(page.at("/items"));

        new Rebuild(story.server().room(Tx.class), Consequences.ALL).rebuild(UUID.fromString(id), n -> {});
        assertThat(list("&until=2200-12-31")).isEqualTo(page);
    }

    private JsonNode dossier(String moment) throws IOException {
        byte[] zip = story.get(story.ops, "/api/v1/customers/" + customer + "/dossier" + moment)
                .bytes();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                if (entry.getName().endsWith("inventory.json"))
                    return Json.ours(in.readAllBytes()).get("deadlines");
        }
        throw new AssertionError("no inventory");
    }
}
