package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
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
}
