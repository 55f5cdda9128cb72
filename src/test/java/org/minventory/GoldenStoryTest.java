package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.minventory.Story.Reply;
import org.minventory.integration.Samples;
import tools.jackson.databind.JsonNode;

/**
 * The story from a wish to a closed service and another ops, over HTTP alone, each step by the one whose step it is: the
 * head of information systems asks and approves, the ops orders and accepts, robots survey and report, the stranger sees
 * nothing of it at any time.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class GoldenStoryTest {
    private static final Story story = Story.told();
    private static final String shop = Story.name("golden");
    private static final String id = story.customer(story.ops, shop, "Golden");
    private static final String cio = story.person(story.ops, shop, "cio", "Claire Morel");
    private static final String rescue =
            story.robot(story.ops, shop, "lshw@rescue", "read:inventory", "testify:delivery-survey", "testify:survey");
    private static final String ansible = story.robot(
            story.ops,
            shop,
            "ansible",
            "read:inventory",
            "testify:deployment-report",
            "testify:survey",
            "testify:proof");
    private static final String OVH = "204587113";
    private static final String HETZNER = "B20260112-344958-251479";

    // ---- who says and who looks -------------------------------------------------------------------------------------

    private static JsonNode says(String who, String testimony) {
        return story.post(who, "/api/v1/testimonies?customer=" + shop, testimony)
                .expect(201);
    }

    private static JsonNode project(String who) {
        return story.get(who, "/api/v1/projects/golden-shop").expect(200);
    }

    private static JsonNode element(String who, String name) {
        return story.get(who, "/api/v1/elements/" + name + "?customer=" + shop).expect(200);
    }

    private static String status(String name) {
        return element(cio, name).at("/status").stringValue();
    }

    private static void theStrangerSeesNothing() {
        for (String path : new String[] {"elements", "projects", "orders", "deliveries", "deadlines", "divergences"}) {
            Reply seen = story.get(story.stranger, "/api/v1/" + path);
            assertThat(seen.text()).as(path).doesNotContain(shop, "golden", OVH, id);
            assertThat(story.get(story.stranger, "/api/v1/" + path + "?customer=" + shop)
                            .status())
                    .as(path)
                    .isEqualTo(404);
        }
    }

    private static LocalDate in(int days) {
        return story.today().plusDays(days);
    }

    // ---- the story --------------------------------------------------------------------------------------------------

    @Test
    @Order(1)
    void theCustomerAsksTheOpsAsksBackAndAdvises() {
        story.post(
                        cio,
                        "/api/v1/projects",
                        "{'customer': '" + shop
                                + "', 'name': 'golden-shop', 'title': 'A shop that survives the loss of a hosting provider',"
                                + " 'infrastructure': 'shop'}")
                .expect(201);
        talk(story.ops, "'as': 'question', 'text': 'How long may it be away?'");
        assertThat(project(cio).at("/turn").stringValue()).isEqualTo("customer");
        talk(cio, "'as': 'answer', 'text': 'An hour, at night.'");
        talk(story.ops, "'as': 'advice', 'text': 'Two providers, one database each.'");
        JsonNode said = story.get(cio, "/api/v1/projects/golden-shop/messages").expect(200);
        assertThat(said.toString()).contains("How long may it be away?", "An hour, at night.", "Two providers");
        story.post(rescue, "/api/v1/projects/golden-shop/messages", "{'text': 'beep'}")
                .expect(403);
        theStrangerSeesNothing();
    }

    private static void talk(String who, String message) {
        story.post(who, "/api/v1/projects/golden-shop/messages", "{" + message + "}")
                .expect(201);
    }

    @Test
    @Order(2)
    void theOpsPreparesTheProjectAndTheCustomerApproves() {
        for (String wish : new String[] {
            "'element': 'golden-db-1', 'type': 'server', 'facts': {'project': 'golden-shop', 'infrastructure': 'shop', 'provider': 'OVHcloud', 'memory': '64 GiB', 'postgresql.version': '18', 'redundant-with': ['golden-db-2']}",
            "'element': 'golden-db-2', 'type': 'server', 'facts': {'project': 'golden-shop', 'infrastructure': 'shop', 'provider': 'Hetzner', 'memory': '64 GiB', 'postgresql.version': '18'}",
            "'element': 'golden-net', 'type': 'ip-range', 'facts': {'project': 'golden-shop', 'infrastructure': 'shop', 'range': '203.0.113.40/29'}",
            "'element': 'golden-vpn', 'type': 'secure-access', 'facts': {'project': 'golden-shop', 'infrastructure': 'shop', 'method': 'vpn'}",
            "'element': 'golden.example', 'type': 'domain', 'facts': {'project': 'golden-shop', 'infrastructure': 'shop'}",
            "'element': 'golden-cert', 'type': 'certificate', 'facts': {'project': 'golden-shop', 'infrastructure': 'shop'}",
            "'element': 'golden-nginx', 'type': 'service', 'facts': {'project': 'golden-shop', 'infrastructure': 'shop', 'runs-on': ['golden-db-1']}"
        }) says(story.ops, "{'kind': 'wish', " + wish + "}");
        story.post(cio, "/api/v1/projects/golden-shop/messages", "{'as': 'proposal', 'text': 'mine'}")
                .expect(403);
        talk(story.ops, "'as': 'proposal', 'price': {'monthly': '240 EUR'}, 'text': 'Two servers at two providers.'");
        String proposal = project(cio).at("/proposal/testimony").stringValue();
        assertThat(project(cio).at("/proposal/wishes")).hasSize(7);
        String approve = "{'decision': 'approved', 'proposal': '" + proposal + "'}";
        story.post(story.ops, "/api/v1/projects/golden-shop/approval", approve).expect(403);
        story.post(cio, "/api/v1/projects/golden-shop/approval", approve).expect(201);
        assertThat(project(cio).at("/state").stringValue()).isEqualTo("approved");
        theStrangerSeesNothing();
    }

    @Test
    @Order(3)
    void theOpsOrdersAndImportsWhatTheProvidersWrote() {
        imports(story.ops, "ovh", "ovh-order", "&element=golden-db-1&dryRun=true");
        assertThat(status("golden-db-1")).isEqualTo("wished");
        imports(story.ops, "ovh", "ovh-order", "&element=golden-db-1");
        imports(story.ops, "hetzner", "hetzner-robot-order-transaction", "&element=golden-db-2");
        agree(OVH, in(25));
        agree(HETZNER, in(200));
        story.post(cio, "/api/v1/orders", "{'customer': '" + shop + "', 'number': 'mine'}")
                .expect(403);
        JsonNode order = story.get(cio, "/api/v1/orders/" + OVH).expect(200);
        assertThat(order.at("/terms/provider/value").stringValue()).isEqualTo("OVHcloud");
        assertThat(order.at("/lines/0/element/name").stringValue()).isEqualTo("golden-db-1");
        assertThat(order.at("/prices").toString()).contains("EUR");
        assertThat(story.get(story.ops, "/api/v1/record?customer=" + shop).text())
                .doesNotContain("orderPassword", "displayOrder");
        assertThat(status("golden-db-1")).isEqualTo("ordered");
        assertThat(project(cio).at("/progress/counts/ordered").intValue()).isEqualTo(2);
        theStrangerSeesNothing();
    }

    private static JsonNode imports(String who, String provider, String document, String more) {
        return story.post(
                        who,
                        "/integrations/providers/" + provider + "?customer=" + shop + more,
                        Samples.text("/samples/providers/" + document + ".json").replace("'", "’"))
                .expect(200);
    }

    private static void agree(String number, LocalDate ends) {
        story.post(
                        story.ops,
                        "/api/v1/orders",
                        "{'customer': '" + shop + "', 'number': '" + number + "', 'terms': {'expires': '" + ends
                                + "', 'notice.until': '" + ends.minusDays(5)
                                + "', 'renewal': 'automatic', 'owner': 'Golden', 'payer': 'Golden'}}")
                .expect(201);
    }

    @Test
    @Order(4)
    void aServerIsDeliveredWithHalfOfItsMemoryAcceptedWithReservationsAndPutRight() {
        imports(story.ops, "ovh", "ovh-delivery", "");
        imports(story.ops, "hetzner", "hetzner-robot-server", "");
        assertThat(status("golden-db-1")).isEqualTo("delivered");
        JsonNode survey = says(
                rescue,
                "{'kind': 'delivery-survey', 'element': 'golden-db-1', 'order': '204587113', 'source': 'lshw', 'facts': {'memory': '32 GiB', 'cpu.cores': 6}}");
        assertThat(story.get(cio, "/api/v1/elements/golden-db-1?customer=" + shop)
                        .expect(200)
                        .at("/knowledge/memory/verdict")
                        .stringValue())
                .isEqualTo("diverges");
        assertThat(survey.at("/element/status").stringValue()).isEqualTo("delivered");
        says(
                rescue,
                "{'kind': 'delivery-survey', 'element': 'golden-db-2', 'order': 'B20260112-344958-251479', 'source': 'lshw', 'facts': {'memory': '64 GiB'}}");
        JsonNode inbox = story.get(cio, "/api/v1/divergences?customer=" + shop).expect(200);
        assertThat(inbox.at("/items/0/nature").stringValue()).isEqualTo("nonconformity");

        accept("golden-db-2", "'decision': 'accept'");
        JsonNode accepted = accept(
                "golden-db-1",
                "'decision': 'accept-with-reservations', 'reservations': [{'attribute': 'memory', 'until': '" + in(14)
                        + "'}]");
        String acceptance = accepted.at("/id").stringValue();
        story.post(
                        cio,
                        "/api/v1/deliveries/golden-db-1/acceptance",
                        "{'decision': 'countersign', 'acceptance': '" + acceptance + "'}")
                .expect(201);
        Reply certificate = story.get(
                cio, "/api/v1/deliveries/golden-db-1/certificate", "Accept", "text/html", "Accept-Language", "fr");
        assertThat(certificate.text()).contains("Réception prononcée avec réserves", "Claire Morel", "32");
        JsonNode due = story.get(cio, "/api/v1/deadlines?customer=" + shop).expect(200);
        assertThat(due.toString()).contains("reservation");

        JsonNode again = says(
                rescue,
                "{'kind': 'delivery-survey', 'element': 'golden-db-1', 'order': '204587113', 'source': 'lshw', 'facts': {'memory': '64 GiB', 'cpu.cores': 6}}");
        assertThat(again.at("/divergences").toString()).contains("resolved");
        assertThat(story.get(cio, "/api/v1/deliveries/golden-db-1")
                        .expect(200)
                        .at("/acceptance/reservations/0/state")
                        .stringValue())
                .isEqualTo("closed");
        assertThat(story.get(cio, "/api/v1/deadlines?customer=" + shop)
                        .expect(200)
                        .toString())
                .doesNotContain("reservation");
        assertThat(project(cio).at("/progress/counts/accepted").intValue()).isEqualTo(2);
        theStrangerSeesNothing();
    }

    private static JsonNode accept(String element, String decision) {
        return story.post(story.ops, "/api/v1/deliveries/" + element + "/acceptance", "{" + decision + "}")
                .expect(201);
    }

    @Test
    @Order(5)
    void ansibleDeploysAndReportsAndTheWrongMajorVersionIsDrift() {
        JsonNode inventory =
                story.get(ansible, "/integrations/ansible/inventory").expect(200);
        assertThat(inventory.at("/_meta/hostvars").has("golden-db-1")).isTrue();
        JsonNode report = says(
                ansible,
                "{'kind': 'deployment-report', 'element': 'golden-db-1', 'run': 'golden-1', 'facts': {'postgresql.version': '17.6'}}");
        assertThat(report.at("/divergences/0/nature").stringValue()).isEqualTo("drift");
        says(
                ansible,
                "{'kind': 'deployment-report', 'element': 'golden-nginx', 'run': 'golden-1', 'facts': {'nginx.version': '1.28.0'}}");
        assertThat(status("golden-db-1")).isEqualTo("deployed");
        assertThat(project(cio).at("/progress/counts/deployed").intValue()).isEqualTo(2);
        assertThat(project(cio).at("/progress/blockers").toString()).contains("postgresql.version");
        says(
                ansible,
                "{'kind': 'deployment-report', 'element': 'golden-db-1', 'run': 'golden-2', 'facts': {'postgresql.version': '18.1'}}");
        says(story.ops, "{'kind': 'commissioning', 'element': 'golden-nginx'}");
        says(story.ops, "{'kind': 'commissioning', 'element': 'golden-db-1'}");
        assertThat(status("golden-nginx")).isEqualTo("in-service");
        theStrangerSeesNothing();
    }

    @Test
    @Order(8)
    void theDomainAndTheContractComeUpForRenewal() {
        says(story.ops, "{'kind': 'survey', 'element': 'golden.example', 'facts': {'expires': '" + in(29) + "'}}");
        String days = "/api/v1/deadlines?customer=" + shop + "&until=" + in(30);
        JsonNode due = story.get(cio, days).expect(200);
        assertThat(due.at("/items")).hasSize(3);
        assertThat(due.at("/items/0/what").stringValue()).isEqualTo("notice");
        assertThat(due.at("/items/1/order/number").stringValue()).isEqualTo(OVH);
        assertThat(due.at("/items/2/element/name").stringValue()).isEqualTo("golden.example");
        story.post(
                        story.ops,
                        "/api/v1/orders/" + OVH + "/renewals",
                        "{'terms': {'expires': '" + in(390) + "', 'notice.until': '" + in(360) + "'}}")
                .expect(201);
        assertThat(story.get(cio, days).expect(200).at("/items")).hasSize(1);
        theStrangerSeesNothing();
    }

    @Test
    @Order(9)
    void theOpsClosesAServiceAndGivesTheServerBack() {
        says(story.ops, "{'kind': 'decommissioning', 'element': 'golden-nginx', 'note': 'moved'}");
        says(story.ops, "{'kind': 'decommissioning', 'element': 'golden-db-1'}");
        assertThat(status("golden-db-1")).isEqualTo("decommissioned");
        JsonNode past = story.get(
                        cio,
                        "/api/v1/elements/"
                                + element(cio, "golden-db-1").at("/id").stringValue() + "/testimonies?limit=100")
                .expect(200);
        assertThat(past.at("/items").size()).isGreaterThan(6);
        assertThat(story.get(cio, "/api/v1/deliveries/golden-db-1")
                        .expect(200)
                        .at("/state")
                        .stringValue())
                .isEqualTo("reserved");
        theStrangerSeesNothing();
    }

    @Test
    @Order(10)
    void theCustomerChangesItsOpsAndTakesEverythingAlong() throws Exception {
        JsonNode mandates = story.get(cio, "/api/v1/mandates").expect(200);
        String mandate = mandates.at("/items/0/id").stringValue();
        story.post(cio, "/api/v1/mandates/" + mandate + "/end", "").expect(200);
        story.get(story.ops, "/api/v1/elements/golden-db-2?customer=" + shop).expect(404);
        story.get(rescue, "/api/v1/elements/golden-db-2").expect(401); // its token ended with the mandate

        String offered = story.post(story.strangersOps, "/api/v1/mandates", "{'customer': '" + id + "'}")
                .expect(201)
                .at("/id")
                .stringValue();
        story.post(cio, "/api/v1/mandates/" + offered + "/acceptance", "").expect(200);
        String words = "/api/v1/testimonies?customer=" + shop;
        story.post(story.strangersOps, words, "{'kind': 'note', 'element': 'golden-db-2', 'note': 'taken over'}")
                .expect(201);
        assertThat(story.get(story.strangersOps, "/api/v1/elements/golden-db-2?customer=" + shop)
                        .status())
                .isEqualTo(200);
        Reply kept = story.get(story.ops, words + "&limit=1000");
        assertThat(kept.expect(200).at("/items").size()).isPositive();
        assertThat(kept.text()).doesNotContain("taken over");
        story.post(story.ops, words, "{'kind': 'note', 'element': 'golden-db-2', 'note': 'mine still'}")
                .expect(404);

        Reply dossier = story.get(cio, "/api/v1/customers/" + shop + "/dossier");
        assertThat(dossier.status()).isEqualTo(200);
        assertThat(verified(dossier.bytes(), dossier.header("Minventory-Head"))).isEqualTo(0);
        byte[] altered = dossier.bytes().clone();
        altered[altered.length / 2] ^= 1;
        assertThat(verified(altered, dossier.header("Minventory-Head"))).isNotEqualTo(0);
    }

    /** The verifier that lies in the dossier, run by whoever received it. */
    private static int verified(byte[] dossier, String head) throws Exception {
        Path folder = Files.createTempDirectory("dossier");
        Path file = Files.write(folder.resolve("golden.zip"), dossier);
        Path verifier = folder.resolve("verify.py");
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(
                story.get(cio, "/api/v1/customers/" + shop + "/dossier").bytes()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry())
                if (entry.getName().endsWith("verify.py")) Files.write(verifier, zip.readAllBytes());
        }
        return new ProcessBuilder("python3", "-I", verifier.toString(), file.toString(), "--head", head)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
