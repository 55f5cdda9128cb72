package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** What is delivered is held against what was ordered, accepted with reservations, put right, or refused and sent again. */
class DeliveriesTest {
    private static final String DELIVERIES = "/api/v1/deliveries";

    private final Story story = Story.told();
    private String customer;
    private String id;
    private String cio;

    @BeforeEach
    void begin() {
        customer = Story.name("receiver");
        id = story.customer(story.ops, customer, "Réception & Fils");
        cio = story.person(story.ops, customer, "cio", "Claire <b>Morel</b>");
        testify("{'kind': 'wish', 'element': 'db-1', 'type': 'server', 'facts': {'memory': '64 GiB'}}");
        story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': '" + customer + "', 'number': 'OVH-1', 'terms': {'provider': 'OVHcloud'}}")
                .expect(201);
        testify(
                "{'kind': 'order', 'element': 'db-1', 'order': 'OVH-1', 'facts': {'memory': '64 GiB', 'cpu.cores': 8, 'cpu.model': 'AMD EPYC 7313'}}");
    }

    private JsonNode testify(String what) {
        return story.post(story.ops, "/api/v1/testimonies?customer=" + customer, what)
                .expect(201);
    }

    private JsonNode survey(String memory) {
        return testify("{'kind': 'delivery-survey', 'element': 'db-1', 'facts': {'memory': '" + memory
                + "', 'cpu.cores': 8}}");
    }

    private JsonNode delivery() {
        JsonNode all =
                story.get(story.ops, DELIVERIES + "?customer=" + customer).expect(200);
        assertThat(all.at("/items")).hasSize(1);
        return story.get(story.ops, DELIVERIES + "/" + all.at("/items/0/id").stringValue())
                .expect(200);
    }

    private Reply decide(String token, String decision) {
        return story.post(
                token, DELIVERIES + "/" + delivery().at("/id").stringValue() + "/acceptance", "{" + decision + "}");
    }

    private String status() {
        return story.get(story.ops, "/api/v1/elements/db-1?customer=" + customer)
                .expect(200)
                .at("/status")
                .stringValue();
    }

    private String find(JsonNode delivery, String attribute, String member) {
        for (JsonNode one : delivery.at("/specifications"))
            if (one.get("attribute").stringValue().equals(attribute))
                return one.at(member).asString(null);
        return null;
    }

    @Test
    void eachSpecificationIsHeldAgainstWhatWasOrdered() {
        survey("32 GiB");
        JsonNode delivery = delivery();
        assertThat(delivery.at("/state").stringValue()).isEqualTo("open");
        assertThat(delivery.at("/order").stringValue()).isEqualTo("OVH-1");
        assertThat(delivery.at("/quantity/ordered").intValue()).isEqualTo(1);
        assertThat(delivery.at("/quantity/delivered").intValue()).isEqualTo(1);
        assertThat(find(delivery, "memory", "/verdict")).isEqualTo("diverges");
        assertThat(find(delivery, "memory", "/sentence")).isEqualTo("32 GiB delivered where 64 GiB were ordered");
        assertThat(find(delivery, "cpu.cores", "/verdict")).isEqualTo("agrees");
        assertThat(find(delivery, "cpu.model", "/verdict")).isEqualTo("unknown");
        assertThat(delivery.at("/verdicts/diverges").intValue()).isEqualTo(1);
        assertThat(delivery.at("/acceptance").isNull()).isTrue();
        assertThat(story.get(story.ops, DELIVERIES + "?state=open&customer=" + customer)
                        .expect(200)
                        .at("/items"))
                .hasSize(1);
        assertThat(story.get(story.ops, DELIVERIES + "?state=refused&customer=" + customer)
                        .expect(200)
                        .at("/items"))
                .isEmpty();
    }

    @Test
    void acceptedWithReservationsThenPutRight() {
        survey("32 GiB");
        JsonNode decided = decide(
                        story.ops,
                        "'decision': 'accept-with-reservations', 'text': 'in use meanwhile', 'reservations':"
                                + " [{'attribute': 'memory', 'text': '32 GiB to add', 'until': '2031-01-31'},"
                                + " {'text': 'label the machine', 'until': '2020-01-31'}]")
                .expect(201);
        assertThat(status()).isEqualTo("accepted");
        JsonNode acceptance = decided.at("/delivery/acceptance");
        assertThat(acceptance.at("/reservations/0/state").stringValue()).isEqualTo("open");
        assertThat(acceptance.at("/reservations/1/state").stringValue()).isEqualTo("late");
        assertThat(decided.at("/delivery/state").stringValue()).isEqualTo("reserved");

        JsonNode again = survey("64 GiB");
        JsonNode mended = delivery();
        assertThat(mended.at("/acceptance/reservations/0/state").stringValue()).isEqualTo("closed");
        assertThat(mended.at("/acceptance/reservations/0/closedBy").stringValue())
                .isEqualTo(again.at("/id").stringValue());
        assertThat(find(mended, "memory", "/verdict")).isEqualTo("agrees");
        assertThat(find(mended.at("/acceptance"), "memory", "/verdict")).isEqualTo("diverges"); // as it was decided on
        assertThat(find(mended.at("/acceptance"), "memory", "/delivered/display"))
                .isEqualTo("32 GiB");

        // withdrawn, everything steps back
        testify("{'kind': 'withdrawal', 'testimony': '" + again.at("/id").stringValue() + "'}");
        assertThat(delivery().at("/acceptance/reservations/0/state").stringValue())
                .isEqualTo("open");
        testify("{'kind': 'withdrawal', 'testimony': '"
                + acceptance.at("/testimony").stringValue() + "'}");
        assertThat(status()).isEqualTo("delivered");
        assertThat(delivery().at("/state").stringValue()).isEqualTo("open");
    }

    @Test
    void whatIsRefusedIsDeliveredAgain() {
        String first = survey("32 GiB").at("/id").stringValue();
        decide(story.ops, "'decision': 'refuse'").expect(422);
        decide(story.ops, "'decision': 'refuse', 'text': 'half of the memory'").expect(201);
        assertThat(status()).isEqualTo("refused");
        survey("64 GiB");
        assertThat(status()).isEqualTo("delivered");
        JsonNode second = delivery();
        assertThat(second.at("/id").stringValue()).isNotEqualTo(first);
        assertThat(second.at("/earlier/0/id").stringValue()).isEqualTo(first);
        assertThat(second.at("/earlier/0/state").stringValue()).isEqualTo("refused");
        assertThat(story.get(story.ops, DELIVERIES + "/" + first)
                        .expect(200)
                        .at("/acceptance/text")
                        .stringValue())
                .isEqualTo("half of the memory");
        story.post(story.ops, DELIVERIES + "/" + first + "/acceptance", "{'decision': 'accept'}")
                .expect(409);
        decide(story.ops, "'decision': 'postpone', 'until': '2031-01-01', 'text': 'nobody on site'")
                .expect(201);
        assertThat(delivery().at("/state").stringValue()).isEqualTo("postponed");
        assertThat(status()).isEqualTo("delivered");
        decide(story.ops, "'decision': 'accept'").expect(201);
        assertThat(status()).isEqualTo("accepted");
    }

    @Test
    void theCustomerCountersignsWhatItHasSeen() {
        survey("64 GiB");
        decide(cio, "'decision': 'accept'").expect(403);
        decide(cio, "'decision': 'countersign', 'acceptance': 'x'").expect(409);
        String accepted =
                decide(story.ops, "'decision': 'accept'").expect(201).at("/id").stringValue();
        decide(story.ops, "'decision': 'countersign', 'acceptance': '" + accepted + "'")
                .expect(403);
        decide(cio, "'decision': 'countersign'").expect(400);
        decide(cio, "'decision': 'countersign', 'acceptance': '" + id + "'").expect(412);
        JsonNode signed = decide(cio, "'decision': 'countersign', 'acceptance': '" + accepted + "'")
                .expect(201);
        assertThat(signed.at("/delivery/acceptance/countersign/witness/name").stringValue())
                .isEqualTo("Claire <b>Morel</b>");
        // decided anew, it has to be signed anew
        decide(story.ops, "'decision': 'accept', 'text': 'once more'").expect(201);
        assertThat(delivery().at("/acceptance/countersign").isNull()).isTrue();
    }

    @Test
    void whatDoesNotFitIsRefusedWithItsPlace() {
        survey("32 GiB");
        refused("'decision': 'perhaps'", 400, "/decision");
        refused("'decision': 'accept-with-reservations'", 400, "/reservations");
        refused("'decision': 'accept-with-reservations', 'reservations': []", 400, "/reservations");
        refused(
                "'decision': 'accept-with-reservations', 'reservations': [{'attribute': 'memory'}]",
                400,
                "/reservations/0/until");
        refused(
                "'decision': 'accept-with-reservations', 'reservations': [{'until': '2030-01-01'}]",
                400,
                "/reservations/0/text");
        refused(
                "'decision': 'accept-with-reservations', 'reservations': [{'attribute': 'colour', 'until': '2030-01-01'}]",
                404,
                "/reservations/0/attribute");
        refused(
                "'decision': 'accept-with-reservations', 'reservations': [{'attribute': 'memory', 'until': 'soon'}]",
                400,
                "/reservations/0/until");
        refused(
                "'decision': 'accept', 'reservations': [{'attribute': 'memory', 'until': '2030-01-01'}]",
                422,
                "/reservations");
        refused("'decision': 'accept', 'text': 'ghp_0123456789abcdefghijABCDEFGHIJ012345'", 422, "/text");
        testify("{'kind': 'wish', 'element': 'db-2', 'type': 'server', 'facts': {}}");
        story.post(story.ops, DELIVERIES + "/db-2/acceptance?customer=" + customer, "{'decision': 'accept'}")
                .expect(404);
        story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "{'kind': 'acceptance', 'element': 'db-2', 'facts': {'decision': 'accept'}}")
                .expect(409);
        assertThat(status()).isEqualTo("delivered");
    }

    private void refused(String decision, int expected, String pointer) {
        Reply reply = decide(story.ops, decision);
        reply.expect(expected);
        assertThat(reply.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    @Test
    void theCertificateSaysItInBothLanguages() throws IOException {
        survey("32 GiB");
        decide(
                        story.ops,
                        "'decision': 'accept-with-reservations', 'text': 'vérifié & mesuré <script>', 'reservations':"
                                + " [{'attribute': 'memory', 'text': '32 GiB à ajouter', 'until': '2031-01-31'}]")
                .expect(201);
        String french = certificate("fr");
        assertThat(french)
                .contains("Procès-verbal de réception", "Réception prononcée avec réserves", "Réception & Fils")
                .contains("Commande", "OVH-1", "livrés", "non-conformité")
                .contains("32\u00a0Gio", "64\u00a0Gio", "31 janvier 2031", "vérifié & mesuré <script>")
                .contains("Mémoire", "Contresigné par", "pas encore", "scellée");
        String english = certificate("en");
        assertThat(english)
                .contains("Certificate of acceptance", "Accepted with reservations", "nonconformity", "31 January 2031")
                .contains("32 GiB", "64 GiB", "Countersigned by", "not yet");
        String page = raw("en", "text/html").text();
        assertThat(raw("en", "text/html").header("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .doesNotContain("unsafe", "'self'");
        assertThat(page).contains("vérifié &amp; mesuré &lt;script&gt;").doesNotContain("<script");
    }

    private String certificate(String language) throws IOException {
        Reply answer = raw(language, "application/pdf");
        assertThat(answer.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(answer.header("Content-Language")).isEqualTo(language);
        try (PDDocument pdf = Loader.loadPDF(answer.bytes())) {
            assertThat(pdf.getDocumentCatalog().getLanguage()).isEqualTo(language);
            return new PDFTextStripper().getText(pdf).replace(System.lineSeparator(), " ");
        }
    }

    private Reply raw(String language, String accept) {
        Reply reply = story.get(
                story.ops,
                DELIVERIES + "/" + delivery().at("/id").stringValue() + "/certificate?language=" + language,
                "Accept",
                accept);
        assertThat(reply.status()).isEqualTo(200);
        return reply;
    }

    @Test
    void aRebuildGivesTheSameDeliveries() {
        survey("32 GiB");
        decide(story.ops, "'decision': 'refuse', 'text': 'no'").expect(201);
        survey("64 GiB");
        decide(story.ops, "'decision': 'accept'").expect(201);
        JsonNode before = delivery();
        new Rebuild(story.server().room(Tx.class), Consequences.ALL).rebuild(java.util.UUID.fromString(id), read -> {});
        assertThat(delivery()).isEqualTo(before);
        String kept = story.server().room(Tx.class).read(Scope.whole(java.util.UUID.fromString(id)), db -> db.sql(
                        "select delivery from knowledge where customer_id = ?::uuid")
                .param(id)
                .query(String.class)
                .single());
        assertThat(kept).isEqualTo("accepted");
    }

    @Test
    void aMaintenanceLastsUntilItsEndIsTold() {
        testify("{'kind': 'commissioning', 'element': 'db-1'}");
        testify(
                "{'kind': 'maintenance', 'element': 'db-1', 'facts': {'maintenance.state': 'planned', 'maintenance.from': '2031-01-01T00:00:00Z'}}");
        assertThat(status()).isEqualTo("in-service");
        testify("{'kind': 'maintenance', 'element': 'db-1', 'note': 'a new disk'}");
        assertThat(status()).isEqualTo("maintenance");
        testify("{'kind': 'maintenance', 'element': 'db-1', 'facts': {'maintenance.state': 'done'}}");
        assertThat(status()).isEqualTo("in-service");
        testify("{'kind': 'decommissioning', 'element': 'db-1'}");
        assertThat(status()).isEqualTo("decommissioned");
    }

    @Test
    void whatIsCancelledStaysSoUntilItIsOrderedAgain() {
        testify("{'kind': 'order', 'element': 'db-1', 'order': 'OVH-1', 'facts': {'cancelled.on': '2026-01-01'}}");
        assertThat(status()).isEqualTo("cancelled");
        testify("{'kind': 'order', 'element': 'db-1', 'order': 'OVH-2', 'facts': {'memory': '64 GiB'}}");
        assertThat(status()).isEqualTo("ordered");
    }

    @Test
    void aDecisionKeepsItsDeliveryWhateverBecomesOfTheSurvey() {
        JsonNode surveyed = survey("64 GiB");
        JsonNode accepted = decide(story.ops, "'decision': 'accept'").expect(201);
        testify("{'kind': 'withdrawal', 'testimony': '" + surveyed.at("/id").stringValue() + "'}");
        JsonNode kept = delivery();
        assertThat(kept.at("/state").stringValue()).isEqualTo("accepted");
        assertThat(kept.at("/acceptance/testimony")).isEqualTo(accepted.at("/id"));
        assertThat(kept.at("/acceptance/specifications")).isNotEmpty();
        String split = "{'kind': 'split', 'element': 'db-1', 'facts': {'into': 'db-9', 'testimonies': ['"
                + accepted.at("/id").stringValue() + "']}}";
        story.post(story.ops, "/api/v1/testimonies?customer=" + customer, split).expect(404);
    }

    @Test
    void whoSeesAPartLearnsNothingOfTheWholeOrder() {
        survey("64 GiB");
        JsonNode accepted = decide(story.ops, "'decision': 'accept'").expect(201);
        assertThat(accepted.at("/delivery/acceptance/order").stringValue()).isEqualTo("OVH-1");
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'one', 'customers': ['" + customer + "'], 'elements': ['db-1']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        String path = DELIVERIES + "/" + accepted.at("/delivery/id").stringValue();
        assertThat(story.get(limited, path).expect(200).at("/state").stringValue())
                .isEqualTo("accepted");
        for (String told : new String[] {
            path,
            path + "/certificate",
            "/api/v1/testimonies/" + accepted.at("/id").stringValue()
        })
            assertThat(story.get(limited, told).text())
                    .as(told)
                    .doesNotContain("OVH-1", "delivered: 1", "\"quantity\":{");
    }

    @Test
    void aWishMoreOrdersNothingThatWasCancelled() {
        testify("{'kind': 'order', 'element': 'db-1', 'order': 'OVH-1', 'facts': {'cancelled.on': '2026-01-01'}}");
        testify("{'kind': 'wish', 'element': 'db-1', 'facts': {'memory': '64 GiB', 'label': 'Later'}}");
        testify("{'kind': 'maintenance', 'element': 'db-1'}");
        assertThat(status()).isEqualTo("cancelled");
    }
}
