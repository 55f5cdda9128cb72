package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** Who can enter what, since when, last proven; and how all that one person holds is revoked. */
class AccessReviewTest {
    private static final String PATH = "/api/v1/access-review";

    private final Story story = Story.told();
    private final String customer = Story.name("doors");
    private final String cio = cio();

    private String cio() {
        story.customer(story.ops, customer, "Doors");
        return story.person(story.ops, customer, "cio", "Ada Doors");
    }

    private JsonNode says(String testimony) {
        return story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201);
    }

    private JsonNode review(String more) {
        return story.get(cio, PATH + "?customer=" + customer + more).expect(200);
    }

    private static List<String> flags(JsonNode access) {
        List<String> flags = new ArrayList<>();
        access.get("flags").forEach(flag -> flags.add(flag.stringValue()));
        return flags;
    }

    @BeforeEach
    void threeAccesses() {
        says(
                "{'kind': 'wish', 'element': 'vpn-paul', 'type': 'secure-access', 'facts': {'method': 'vpn', 'holder': 'Paul Petit', 'expires': '2020-01-01', 'assigned-to': ['db-1']}}");
        says("{'kind': 'proof', 'element': 'vpn-paul', 'facts': {'method': 'vpn'}}");
        says(
                "{'kind': 'wish', 'element': 'key-paul', 'type': 'secure-access', 'facts': {'method': 'ssh-key', 'holder': 'Paul Petit'}}");
        says(
                "{'kind': 'wish', 'element': 'console', 'type': 'secure-access', 'facts': {'method': 'console', 'account': 'mm1-ovh', 'account.owner': 'Oscar of Gardeners'}}");
        says("{'kind': 'wish', 'element': 'db-1', 'type': 'server', 'facts': {'holder': 'Paul Petit'}}");
    }

    @Test
    void eachAccessSaysWhoHoldsItAndWhatWantsLookingAt() {
        JsonNode review = review("");
        assertThat(review.at("/items")).hasSize(3);
        JsonNode console = review.at("/items/0");
        assertThat(console.at("/element/name").stringValue()).isEqualTo("console");
        assertThat(flags(console)).containsExactly("no-holder", "never-proven", "held-in-the-name-of-the-ops");
        assertThat(flags(review.at("/items/1"))).containsExactly("never-proven");
        JsonNode vpn = review.at("/items/2");
        assertThat(flags(vpn)).containsExactly("expired");
        assertThat(vpn.at("/provenAt").isString()).isTrue();
        assertThat(vpn.at("/opens/0").stringValue()).isEqualTo("db-1");
        List<String> names = new ArrayList<>();
        review.at("/accounts").forEach(one -> names.add(one.get("name").stringValue()));
        assertThat(names).contains("Ada Doors", "Oscar of Gardeners");
        assertThat(review("&holder=Paul%20Petit").at("/items")).hasSize(2);
        JsonNode first = review("&limit=2");
        assertThat(first.at("/items")).hasSize(2);
        assertThat(review("&limit=2&after=" + first.at("/next").stringValue()).at("/items"))
                .hasSize(1);
    }

    @Test
    void allOfOnePersonIsRevokedAndEachRevocationIsWitnessed() {
        String body = "{'customer': '" + customer + "', 'holder': 'Paul Petit', 'by': '2031-01-01', 'text': 'left'}";
        assertThat(story.post(cio, PATH + "/revocations?dryRun=true", body)
                        .expect(200)
                        .at("/receipts"))
                .hasSize(2);
        assertThat(flags(review("").at("/items/1"))).doesNotContain("to-revoke");
        JsonNode receipts = story.post(cio, PATH + "/revocations", body).expect(200);
        assertThat(receipts.at("/receipts/0/status").intValue()).isEqualTo(201);
        assertThat(flags(review("").at("/items/1"))).contains("to-revoke");
        assertThat(flags(review("").at("/items/2"))).contains("to-revoke");
        says("{'kind': 'decommissioning', 'element': 'key-paul'}");
        assertThat(review("&holder=Paul%20Petit").at("/items")).hasSize(1);
        story.post(cio, PATH + "/revocations", "{'holder': 'Paul Petit', 'by': 'soon'}")
                .expect(200);
        story.post(cio, PATH + "/revocations", "{'by': '2031-01-01'}").expect(400);
    }

    @Test
    void theStrangerReviewsNothing() {
        assertThat(story.get(story.stranger, PATH).text()).doesNotContain("Paul Petit", "Ada Doors", customer);
        story.get(story.stranger, PATH + "?customer=" + customer).expect(404);
        story.get(story.ansible, PATH).expect(403);
    }

    // ---- domains, certificates, hostings, and what a customer declares ----------------------------------------------

    private static List<String> names(JsonNode review) {
        List<String> names = new ArrayList<>();
        review.at("/items").forEach(one -> names.add(one.at("/element/name").stringValue()));
        return names;
    }

    private void domainsCertificatesAndHostings() {
        says(
                "{'kind': 'wish', 'element': 'shop.example', 'type': 'domain', 'facts': {'holder': 'Gardeners', 'account': 'gdn-7', 'account.owner': 'Doors', 'expires': '2031-01-01'}}");
        says(
                "{'kind': 'wish', 'element': 'office.example', 'type': 'domain', 'facts': {'holder': 'Doors', 'account.owner': 'GARDENERS', 'expires': '2020-01-01'}}");
        says("{'kind': 'survey', 'element': 'office.example', 'facts': {'expires': '2020-01-01'}}");
        says(
                "{'kind': 'wish', 'element': 'www-cert', 'type': 'certificate', 'facts': {'holder': 'Gardeners', 'names': ['www.shop.example'], 'assigned-to': ['db-1']}}");
        says("{'kind': 'proof', 'element': 'www-cert', 'facts': {'names': ['www.shop.example']}}");
        says(
                "{'kind': 'wish', 'element': 'hosting-1', 'type': 'hosting', 'facts': {'holder': 'Paul Petit', 'account.owner': 'Doors'}}");
    }

    @Test
    void domainsCertificatesAndHostingsStandInItWithWhatWantsLookingAt() {
        domainsCertificatesAndHostings();
        JsonNode review = review("");
        assertThat(names(review))
                .containsExactly(
                        "console", "hosting-1", "key-paul", "office.example", "shop.example", "vpn-paul", "www-cert");
        JsonNode hosting = review.at("/items/1");
        assertThat(hosting.at("/element/type").stringValue()).isEqualTo("hosting");
        assertThat(flags(hosting)).containsExactly("never-proven");
        JsonNode office = review.at("/items/3");
        assertThat(flags(office)).containsExactly("expired", "held-in-the-name-of-the-ops");
        assertThat(office.at("/provenAt").isString())
                .as("a survey proves a domain")
                .isTrue();
        JsonNode shop = review.at("/items/4");
        assertThat(shop.at("/account").stringValue()).isEqualTo("gdn-7");
        assertThat(flags(shop))
                .as("who holds a domain owns it")
                .containsExactly("never-proven", "held-in-the-name-of-the-ops");
        assertThat(flags(review.at("/items/6")))
                .as("that the ops keeps the key of a certificate is its work")
                .isEmpty();
        assertThat(review.at("/items/6/opens/0").stringValue()).isEqualTo("db-1");
    }

    @Test
    void aTypeIsChosenAndPagedAndOneThatIsNotReviewedIsRefused() {
        domainsCertificatesAndHostings();
        assertThat(names(review("&type=domain"))).containsExactly("office.example", "shop.example");
        assertThat(names(review("&type=domain,certificate&holder=gardeners")))
                .containsExactly("shop.example", "www-cert");
        List<String> paged = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = review("&type=domain&type=secure-access&limit=2" + after);
            paged.addAll(names(page));
            after = page.at("/next").isNull()
                    ? ""
                    : "&after=" + page.at("/next").stringValue();
        } while (!after.isEmpty());
        assertThat(paged).containsExactly("console", "key-paul", "office.example", "shop.example", "vpn-paul");
        Reply refused = story.get(cio, PATH + "?customer=" + customer + "&type=server", "Accept-Language", "en");
        refused.expect(400);
        assertThat(refused.json().at("/errors/0/pointer").stringValue()).isEqualTo("type");
        assertThat(refused.text()).contains("certificate, domain, hosting, secure-access");
    }

    @Test
    void whatACustomerDeclaresToHaveAHolderStandsInItToo() {
        story.post(
                        story.ops,
                        "/api/v1/element-types",
                        "{'customer': '" + customer
                                + "', 'name': 'safe', 'labels': {'en': 'Safe', 'fr': 'Coffre'}, 'attributes': ['holder', 'site']}")
                .expect(201);
        says("{'kind': 'wish', 'element': 'safe-1', 'type': 'safe', 'facts': {'holder': 'Paul Petit'}}");
        assertThat(names(review("&type=safe"))).containsExactly("safe-1");
    }

    @Test
    void asATableItIsSafeForSpreadsheets() {
        domainsCertificatesAndHostings();
        says(
                "{'kind': 'wish', 'element': 'evil', 'type': 'secure-access', 'facts': {'holder': '=cmd()', 'assigned-to': ['a', 'b']}}");
        String table = story.get(cio, PATH + "?customer=" + customer, "Accept", "text/csv")
                .text();
        List<String> lines = table.lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo("customer,element,type,status,method,holder,account,accountOwner,opens,since,provenAt,"
                        + "testimony,expires,revokeBy,flags");
        assertThat(lines).hasSize(9);
        assertThat(table)
                .contains("'=cmd()", ",a b,", "expired held-in-the-name-of-the-ops")
                .doesNotContain(",=cmd()", "Ada Doors");
        assertThat(story.get(cio, PATH + "?customer=" + customer + "&fields=element,flags", "Accept", "text/csv")
                        .text()
                        .lines()
                        .findFirst()
                        .orElseThrow())
                .isEqualTo("element,flags");
        assertThat(story.get(cio, PATH + "?customer=" + customer, "Accept", "application/x-ndjson")
                        .text()
                        .lines())
                .hasSize(8);
        assertThat(review("&fields=holder").at("/items/0")).hasSize(1);
    }

    @Test
    void allThatAPersonHoldsIsRevokedOfWhateverType() {
        domainsCertificatesAndHostings();
        says("{'kind': 'wish', 'element': 'paul.example', 'type': 'domain', 'facts': {'holder': 'paul petit'}}");
        JsonNode receipts = story.post(
                        cio,
                        PATH + "/revocations",
                        "{'customer': '" + customer + "', 'holder': 'Paul Petit', 'by': '2031-01-01'}")
                .expect(200)
                .at("/receipts");
        List<String> revoked = new ArrayList<>();
        receipts.forEach(one -> revoked.add(one.at("/element/name").stringValue()));
        assertThat(revoked).containsExactly("hosting-1", "key-paul", "paul.example", "vpn-paul");
        assertThat(flags(review("&type=domain").at("/items/1"))).contains("to-revoke");
        assertThat(flags(review("&type=certificate").at("/items/0"))).isEmpty();
    }

    @Test
    void aLimitedTokenReviewsAndRevokesItsOwnAlone() {
        says(
                "{'kind': 'wish', 'element': 'intra.example', 'type': 'domain', 'facts': {'holder': 'Paul Petit', 'infrastructure': 'intranet'}}");
        says(
                "{'kind': 'wish', 'element': 'shop.example', 'type': 'domain', 'facts': {'holder': 'Paul Petit', 'infrastructure': 'shop'}}");
        String limited = story.post(
                        story.ops,
                        "/api/v1/tokens",
                        "{'label': 'shop', 'customers': ['" + customer + "'], 'infrastructures': ['shop']}")
                .expect(201)
                .at("/secret")
                .stringValue();
        JsonNode own = story.get(limited, PATH).expect(200);
        assertThat(names(own)).containsExactly("shop.example");
        assertThat(own.at("/accounts")).isEmpty();
        JsonNode receipts = story.post(limited, PATH + "/revocations", "{'holder': 'Paul Petit'}")
                .expect(200)
                .at("/receipts");
        assertThat(receipts).hasSize(1);
        assertThat(flags(review("&type=domain").at("/items/0"))).doesNotContain("to-revoke", "revocation-late");
        assertThat(flags(review("&type=domain").at("/items/1"))).contains("to-revoke");
    }
}
