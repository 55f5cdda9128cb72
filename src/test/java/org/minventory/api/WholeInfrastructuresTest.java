package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import org.minventory.base.Tx;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** Incidents, maintenance and interventions of a whole infrastructure, as they are told and read. */
class WholeInfrastructuresTest {
    private static final String INFRASTRUCTURES = "/api/v1/infrastructures";

    private final Story story = Story.told();
    private String customer;
    private String id;

    @BeforeEach
    void begin() {
        customer = Story.name("whole");
        id = story.customer(story.ops, customer, "Whole");
        for (String told : List.of(
                "{'kind': 'wish', 'element': 'db-1', 'type': 'server', 'facts': {'infrastructure': 'shop'}}",
                "{'kind': 'commissioning', 'element': 'db-1'}",
                "{'kind': 'wish', 'element': 'web-1', 'type': 'server', 'facts': {'infrastructure': 'shop'}}",
                "{'kind': 'wish', 'element': 'mail', 'type': 'server', 'facts': {'infrastructure': 'office'}}",
                "{'kind': 'commissioning', 'element': 'mail'}")) testify(told);
    }

    private Reply tell(String token, String told) {
        return story.post(token, "/api/v1/testimonies?customer=" + customer, told);
    }

    private JsonNode testify(String told) {
        return tell(story.ops, told).expect(201);
    }

    private JsonNode read(String token, String path) {
        return story.get(token, path + (path.contains("?") ? "&" : "?") + "customer=" + customer)
                .expect(200);
    }

    private JsonNode shop(String token) {
        return read(token, INFRASTRUCTURES + "/shop");
    }

    private List<String> ids(String token, String path) {
        List<String> ids = new ArrayList<>();
        read(token, path).at("/items").forEach(item -> ids.add(item.at("/id").stringValue()));
        return ids;
    }

    private static JsonNode json(String text) {
        return Json.MAPPER.readTree(text.replace('\'', '"'));
    }

    private static String id(JsonNode told) {
        return told.at("/id").stringValue();
    }

    private String token(String limits) {
        return story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'limited', 'scopes': ['read:inventory', 'testify:*'], 'customers': ['" + customer
                                + "'], " + limits + "}")
                .expect(201)
                .at("/secret")
                .stringValue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'kind': 'incident', 'element': 'db-1', 'infrastructure': 'shop'}               | 400 | one-subject     | /infrastructure
            {'kind': 'incident'}                                                            | 400 | missing-member  | /element
            {'kind': 'wish', 'infrastructure': 'shop'}                                      | 400 | unknown-member  | /infrastructure
            {'kind': 'note', 'element': 'db-1', 'infrastructure': 'shop', 'note': 'x'}      | 400 | unknown-member  | /infrastructure
            {'kind': 'incident', 'infrastructure': ['shop']}                                | 400 | wrong-type      | /infrastructure
            {'kind': 'incident', 'infrastructure': 'The Shop'}                              | 422 | unfit-name      | /infrastructure
            {'kind': 'incident', 'infrastructure': 'shop', 'create': true}                  | 422 | not-for-this-kind | /create
            {'kind': 'maintenance', 'infrastructure': 'shop', 'facts': {'maintenance.state': 'perhaps'}} | 422 | unfit-value | /facts/maintenance.state
            {'kind': 'incident', 'infrastructure': 'shop', 'note': 'see https://root:hunter2@db.example'} | 422 | looks-like-a-secret | /note
            """)
    void whatDoesNotFitIsRefusedAtItsPlace(String told, int status, String type, String pointer) {
        JsonNode problem = tell(story.ops, told).expect(status);
        assertThat(problem.at("/type").stringValue()).endsWith("/" + type);
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    @Test
    void whatIsOpenAndPlannedIsReadWithTheInfrastructure() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        assertThat(shop(story.ops).at("/maintenance").isNull()).isTrue();
        JsonNode planned = testify(
                "{'kind': 'maintenance', 'infrastructure': 'shop', 'note': 'more memory', 'facts': {'maintenance.state': 'planned',"
                        + " 'maintenance.from': '" + now.plusSeconds(3600) + "', 'maintenance.until': '"
                        + now.plusSeconds(7200) + "'}}");
        testify("{'kind': 'maintenance', 'infrastructure': 'shop', 'facts': {'maintenance.state': 'planned',"
                + " 'maintenance.from': '2026-01-01T00:00:00Z', 'maintenance.until': '2026-01-02T00:00:00Z'}}");
        JsonNode incident =
                testify("{'kind': 'incident', 'infrastructure': 'shop', 'note': 'orders take ten seconds'}");
        JsonNode shop = shop(story.ops);
        assertThat(shop.at("/maintenance").isNull()).isTrue();
        assertThat(shop.at("/planned")).hasSize(1);
        assertThat(shop.at("/planned/0/testimony").stringValue()).isEqualTo(id(planned));
        assertThat(Instant.parse(shop.at("/planned/0/from").stringValue())).isEqualTo(now.plusSeconds(3600));
        assertThat(shop.at("/planned/0/note").stringValue()).isEqualTo("more memory");
        assertThat(shop.at("/incidents")).hasSize(1);
        assertThat(shop.at("/incidents/0/testimony").stringValue()).isEqualTo(id(incident));
        assertThat(shop.at("/incidents/0/note").stringValue()).isEqualTo("orders take ten seconds");
        assertThat(shop.at("/incidents/0/witness/name").stringValue()).isEqualTo("Oscar of Gardeners");

        JsonNode opened = testify("{'kind': 'maintenance', 'infrastructure': 'shop', 'facts': {'maintenance.until': '"
                + now.plusSeconds(600) + "'}}");
        assertThat(opened.at("/infrastructure")).isEqualTo(json("{'name': 'shop', 'elements': 2, 'moved': 1}"));
        assertThat(opened.at("/element").isNull()).isTrue();
        testify("{'kind': 'incident', 'infrastructure': 'shop', 'facts': {'incident.state': 'resolved'}}");
        shop = shop(story.ops);
        assertThat(shop.at("/maintenance/testimony").stringValue()).isEqualTo(id(opened));
        assertThat(Instant.parse(shop.at("/maintenance/until").stringValue())).isEqualTo(now.plusSeconds(600));
        assertThat(shop.at("/incidents")).isEmpty();
        assertThat(shop.at("/planned")).as("its time has not come yet").hasSize(1);
        JsonNode db = read(story.ops, "/api/v1/elements/db-1");
        assertThat(db.at("/status").stringValue()).isEqualTo("maintenance");
        JsonNode step = db.at("/steps").get(db.at("/steps").size() - 1);
        assertThat(step.at("/testimony").stringValue()).isEqualTo(id(opened));
        assertThat(ids(story.ops, "/api/v1/elements?status=maintenance")).hasSize(1);

        testify("{'kind': 'withdrawal', 'testimony': '" + id(planned) + "'}");
        testify("{'kind': 'withdrawal', 'testimony': '" + id(opened) + "'}");
        shop = shop(story.ops);
        assertThat(shop.at("/planned")).isEmpty();
        assertThat(shop.at("/maintenance").isNull()).isTrue();
        assertThat(read(story.ops, "/api/v1/elements/db-1").at("/status").stringValue())
                .isEqualTo("in-service");
        JsonNode listed = read(story.ops, INFRASTRUCTURES);
        assertThat(listed.at("/items/1")).isEqualTo(shop);
        new Rebuild(story.server().room(Tx.class), Consequences.ALL).rebuild(UUID.fromString(id), n -> {});
        assertThat(shop(story.ops)).isEqualTo(shop);
    }

    @Test
    void whatWasSaidOfItIsReadByPagesAndByEachOfItsElements() {
        JsonNode first = testify("{'kind': 'incident', 'infrastructure': 'shop', 'note': 'slow'}");
        JsonNode second = testify("{'kind': 'intervention', 'infrastructure': 'shop', 'note': 'new disks'}");
        JsonNode ofOne = testify("{'kind': 'incident', 'element': 'db-1', 'note': 'its disk'}");
        JsonNode back = testify("{'kind': 'withdrawal', 'testimony': '" + id(first) + "'}");
        String timeline = INFRASTRUCTURES + "/shop/testimonies";
        assertThat(ids(story.ops, timeline)).containsExactly(id(back), id(second), id(first));
        JsonNode page = read(story.ops, timeline + "?limit=2");
        assertThat(ids(
                        story.ops,
                        timeline + "?limit=2&after=" + page.at("/next").stringValue()))
                .containsExactly(id(first));
        JsonNode read = page.at("/items/1");
        assertThat(read.at("/infrastructure").stringValue()).isEqualTo("shop");
        assertThat(read.at("/element").isNull()).isTrue();
        assertThat(read.at("/subject")).isEqualTo(json("{'infrastructure': 'shop'}"));
        Reply table = story.get(
                story.ops,
                timeline + "?customer=" + customer + "&fields=kind,infrastructure,note",
                "Accept",
                "text/csv");
        assertThat(table.text())
                .isEqualTo(
                        "kind,infrastructure,note\r\nwithdrawal,shop,\r\nintervention,shop,new disks\r\nincident,shop,slow\r\n");

        String ofDb = "/api/v1/elements/db-1/testimonies";
        assertThat(ids(story.ops, ofDb)).startsWith(id(back), id(ofOne), id(second), id(first));
        assertThat(ids(
                        story.ops,
                        ofDb + "?limit=1&after="
                                + read(story.ops, ofDb + "?limit=2").at("/next").stringValue()))
                .containsExactly(id(second));
        assertThat(ids(story.ops, "/api/v1/elements/mail/testimonies")).doesNotContain(id(first), id(second));
        assertThat(ids(story.ops, "/api/v1/testimonies?infrastructure=shop"))
                .contains(id(first), id(second), id(ofOne), id(back))
                .hasSize(7);
        assertThat(ids(story.ops, "/api/v1/testimonies?infrastructure=office&kind=incident"))
                .isEmpty();
        assertThat(ids(story.ops, "/api/v1/testimonies?infrastructure=shop&kind=incident&limit=1"))
                .containsExactly(id(ofOne));

        // who moves out keeps what it lived through, and hears of nothing more
        testify("{'kind': 'wish', 'element': 'db-1', 'facts': {'infrastructure': 'office'}}");
        JsonNode third = testify("{'kind': 'incident', 'infrastructure': 'shop', 'note': 'down'}");
        assertThat(ids(story.ops, ofDb)).contains(id(second)).doesNotContain(id(third));
        assertThat(ids(story.ops, "/api/v1/elements/web-1/testimonies")).contains(id(third));
        String before =
                testimony(story.ops, second).expect(200).at("/recordedAt").stringValue();
        assertThat(ids(story.ops, ofDb + "?knownAt=" + before))
                .contains(id(first))
                .doesNotContain(id(ofOne));
    }

    @Test
    void anInfrastructureIsMeantByNameOrById() {
        String declared = story.post(
                        story.ops,
                        INFRASTRUCTURES,
                        "{'customer': '" + customer + "', 'name': 'annex', 'label': 'The annex'}")
                .expect(201)
                .at("/id")
                .stringValue();
        JsonNode told = testify("{'kind': 'incident', 'infrastructure': '" + declared + "'}");
        assertThat(told.at("/infrastructure/name").stringValue()).isEqualTo("annex");
        assertThat(read(story.ops, INFRASTRUCTURES + "/" + declared).at("/incidents"))
                .hasSize(1);
        assertThat(ids(story.ops, INFRASTRUCTURES + "/" + declared + "/testimonies"))
                .containsExactly(id(told));
    }

    @Test
    void whatNobodyKnowsWaitsAndIsAttached() {
        JsonNode lost = tell(story.ops, "{'kind': 'maintenance', 'infrastructure': 'shpo'}")
                .expect(202);
        assertThat(lost.at("/unattached").stringValue()).isEqualTo("unknown");
        JsonNode waiting = read(story.ops, "/api/v1/unattached").at("/items/0");
        assertThat(waiting.at("/subject/infrastructure").stringValue()).isEqualTo("shpo");
        String attachment = "/api/v1/unattached/" + id(lost) + "/attachment";
        assertThat(story.post(story.ops, attachment, "{'infrastructure': 'nowhere'}")
                        .expect(404)
                        .at("/errors/0/pointer")
                        .stringValue())
                .isEqualTo("/infrastructure");
        story.post(story.ops, attachment, "{'infrastructure': 'shop', 'element': 'db-1'}")
                .expect(400);
        JsonNode attached =
                story.post(story.ops, attachment, "{'infrastructure': 'shop'}").expect(201);
        assertThat(attached.at("/infrastructure/moved").intValue()).isEqualTo(1);
        assertThat(shop(story.ops).at("/maintenance/testimony").stringValue()).isEqualTo(id(lost));
        assertThat(read(story.ops, "/api/v1/unattached").at("/items")).isEmpty();
    }

    @Test
    void whoIsLimitedSpeaksOfNoOtherAndHearsOfNoOther() {
        String shopkeeper = token("'infrastructures': ['shop']");
        JsonNode mine = tell(shopkeeper, "{'kind': 'incident', 'infrastructure': 'shop'}")
                .expect(201);
        JsonNode theirs = testify("{'kind': 'incident', 'infrastructure': 'office', 'note': 'the office'}");
        for (String other : List.of("office", "nowhere")) {
            JsonNode kept = tell(shopkeeper, "{'kind': 'incident', 'infrastructure': '" + other + "'}")
                    .expect(202);
            assertThat(kept.at("/unattached").stringValue()).isEqualTo("unknown");
        }
        assertThat(read(story.ops, INFRASTRUCTURES + "/office").at("/incidents"))
                .as("nothing was added to the other")
                .hasSize(1);
        assertThat(shop(shopkeeper).at("/incidents")).hasSize(1);
        assertThat(ids(shopkeeper, "/api/v1/testimonies?kind=incident")).containsExactly(id(mine));
        assertThat(ids(shopkeeper, "/api/v1/testimonies?infrastructure=office")).isEmpty();
        testimony(shopkeeper, mine).expect(200);
        hidden(shopkeeper, theirs);
        nothing(shopkeeper, INFRASTRUCTURES + "/office/testimonies");
        tell(shopkeeper, "{'kind': 'withdrawal', 'testimony': '" + id(theirs) + "'}")
                .expect(404);
        // what moves in brings its own past along, not that of the others where it was
        testify("{'kind': 'wish', 'element': 'mail', 'facts': {'infrastructure': 'shop'}}");
        assertThat(ids(story.ops, "/api/v1/elements/mail/testimonies")).contains(id(theirs));
        assertThat(ids(shopkeeper, "/api/v1/elements/mail/testimonies")).doesNotContain(id(theirs));
        assertThat(story.get(shopkeeper, "/api/v1/elements/mail?asOf=" + theirs.at("/seq") + "&customer=" + customer)
                        .status())
                .as("a number out of reach")
                .isEqualTo(400);
        read(shopkeeper, "/api/v1/elements/mail?asOf=" + mine.at("/seq"));
        tell(shopkeeper, "{'kind': 'withdrawal', 'testimony': '" + id(mine) + "'}")
                .expect(201);
        assertThat(shop(shopkeeper).at("/incidents")).isEmpty();
    }

    @Test
    void whoReachesSingleElementsSpeaksOfNoneAsAWholeAndHearsWhatConcernsThem() {
        String keeper = token("'elements': ['db-1']");
        for (String any : List.of("shop", "office", "nowhere"))
            assertThat(tell(keeper, "{'kind': 'incident', 'infrastructure': '" + any + "'}")
                            .expect(403)
                            .at("/errors/0/pointer")
                            .stringValue())
                    .isEqualTo("/infrastructure");
        JsonNode mine = testify("{'kind': 'maintenance', 'infrastructure': 'shop'}");
        JsonNode theirs = testify("{'kind': 'incident', 'infrastructure': 'office'}");
        assertThat(shop(keeper).at("/maintenance/testimony").stringValue()).isEqualTo(id(mine));
        assertThat(ids(keeper, "/api/v1/elements/db-1/testimonies")).contains(id(mine));
        assertThat(ids(keeper, "/api/v1/testimonies?kind=maintenance")).containsExactly(id(mine));
        testimony(keeper, mine).expect(200);
        hidden(keeper, theirs);
        testify("{'kind': 'wish', 'element': 'db-1', 'facts': {'infrastructure': 'office'}}");
        JsonNode later = testify("{'kind': 'incident', 'infrastructure': 'shop'}");
        hidden(keeper, later);
        nothing(keeper, INFRASTRUCTURES + "/shop");
    }

    private Reply testimony(String token, JsonNode told) {
        return story.get(token, "/api/v1/testimonies/" + id(told));
    }

    private void hidden(String token, JsonNode told) {
        Reply unknown = story.get(token, "/api/v1/testimonies/" + UUID.randomUUID());
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(testimony(token, told).bytes()).isEqualTo(unknown.bytes());
    }

    private void nothing(String token, String path) {
        Reply unknown = story.get(token, INFRASTRUCTURES + "/nowhere?customer=" + customer);
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(story.get(token, path + "?customer=" + customer).bytes()).isEqualTo(unknown.bytes());
    }

    @Test
    void anotherCustomersInfrastructureIsUnknown() {
        JsonNode known = story.post(
                        story.stranger, "/api/v1/testimonies", "{'kind': 'incident', 'infrastructure': 'shop'}")
                .expect(202);
        assertThat(known.at("/unattached").stringValue()).isEqualTo("unknown");
        assertThat(story.get(story.stranger, INFRASTRUCTURES + "/shop/testimonies")
                        .status())
                .isEqualTo(404);
        assertThat(shop(story.ops).at("/incidents")).isEmpty();
    }

    @Test
    void membersTellIncidentsAndNoMaintenance() {
        String cio = story.person(story.ops, customer, "cio", "Clara");
        String member = story.person(cio, customer, "member", "Max");
        JsonNode told = tell(member, "{'kind': 'incident', 'infrastructure': 'shop', 'note': 'it is slow'}")
                .expect(201);
        assertThat(shop(member).at("/incidents/0/witness/name").stringValue()).isEqualTo("Max");
        tell(member, "{'kind': 'maintenance', 'infrastructure': 'shop'}").expect(403);
        tell(member, "{'kind': 'intervention', 'infrastructure': 'shop'}").expect(403);
        tell(member, "{'kind': 'withdrawal', 'testimony': '" + id(told) + "'}").expect(201);
        assertThat(shop(member).at("/incidents")).isEmpty();
    }

    @Test
    void aRehearsalTellsWhatWouldMoveAndMovesNothing() {
        JsonNode would = story.post(
                        story.ops,
                        "/api/v1/testimonies?dryRun=true&customer=" + customer,
                        "{'kind': 'maintenance', 'infrastructure': 'shop'}")
                .expect(201);
        assertThat(would.at("/infrastructure/moved").intValue()).isEqualTo(1);
        assertThat(would.at("/seq").isNull()).isTrue();
        assertThat(shop(story.ops).at("/maintenance").isNull()).isTrue();
        JsonNode receipts = story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "[{'kind': 'maintenance', 'infrastructure': 'shop', 'key': 'tonight'},"
                                + " {'kind': 'maintenance', 'infrastructure': 'shop', 'key': 'tonight'}]")
                .expect(200)
                .at("/receipts");
        assertThat(receipts.at("/0/status").intValue()).isEqualTo(201);
        assertThat(receipts.at("/1/status").intValue()).isEqualTo(200);
        assertThat(receipts.at("/1/infrastructure")).isEqualTo(receipts.at("/0/infrastructure"));
    }
}
