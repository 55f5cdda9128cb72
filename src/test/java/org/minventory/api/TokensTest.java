package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** A token never mints a stronger one, is shown once, and ends when it is told to. */
class TokensTest {
    private static final String TOKENS = "/api/v1/tokens";

    private final Story story = Story.told();

    @Test
    void isShownOnceAndKeptAsAHash() throws SQLException {
        JsonNode minted = story.post(story.cio, TOKENS, "{'label': 'laptop'}").expect(201);
        String secret = minted.at("/secret").stringValue();
        assertThat(secret)
                .matches("mnv_[0-9A-Za-z]{49}")
                .endsWith(minted.at("/hint").stringValue());
        String id = minted.at("/id").stringValue();
        JsonNode read = story.get(story.cio, TOKENS + "/" + id).expect(200);
        assertThat(read.has("secret")).isFalse();
        assertThat(read.at("/label").stringValue()).isEqualTo("laptop");
        assertThat(story.get(secret, "/api/v1/customers").status()).isEqualTo(200);
        var owner = story.database().owner();
        try (Connection connection = DriverManager.getConnection(owner.url(), owner.user(), owner.password());
                var rows = connection.createStatement().executeQuery("select t::text from token t")) {
            while (rows.next())
                assertThat(rows.getString(1)).doesNotContain(secret).doesNotContain(secret.substring(4));
        }
    }

    @Test
    void opensNothingOnceRevoked() {
        JsonNode minted = story.post(story.cio, TOKENS, "{'label': 'lost'}").expect(201);
        String secret = minted.at("/secret").stringValue();
        story.get(secret, "/api/v1/customers").expect(200);
        story.delete(story.cio, TOKENS + "/" + minted.at("/id").stringValue()).expect(204);
        story.get(secret, "/api/v1/customers").expect(401);
        story.get(story.cio, TOKENS + "/" + minted.at("/id").stringValue()).expect(404);
    }

    @Test
    void opensNothingOnceExpired() {
        Story.StandingClock clock = new Story.StandingClock();
        try (Story fresh = Story.fresh(clock)) {
            String secret = fresh.post(fresh.cio, TOKENS, "{'label': 'today', 'expiresAt': '2026-11-22T13:00:00Z'}")
                    .expect(201)
                    .at("/secret")
                    .stringValue();
            fresh.get(secret, "/api/v1/customers").expect(200);
            clock.pass(java.time.Duration.ofHours(1));
            fresh.get(secret, "/api/v1/customers").expect(401);
        }
    }

    @Test
    void aScopeBeyondItsOwnIsRefused() {
        String reader = mint(story.cio, "'scopes': ['read:inventory', 'act']");
        refusedAsStronger(reader, "'scopes': ['testify:note']", "/scopes/0");
        refusedAsStronger(reader, "'scopes': ['read:inventory', 'testify:*']", "/scopes/1");
        String noter = mint(story.cio, "'scopes': ['testify:note', 'act']");
        refusedAsStronger(noter, "'scopes': ['testify:note,incident']", "/scopes/0");
        refusedAsStronger(noter, "'scopes': ['read:inventory']", "/scopes/0");
        refusedAsStronger(story.operator, "'scopes': ['read:inventory']", "/scopes/0");
        // what is left out is as far as the minting token goes, never all
        JsonNode same = story.post(reader, TOKENS, "{'label': 'same'}").expect(201);
        assertThat(texts(same.at("/scopes"))).containsExactly("act", "read:inventory");
        Reply mute = story.post(mint(story.cio, "'scopes': ['read:inventory']"), TOKENS, "{'label': 'x'}");
        assertThat(mute.status()).isEqualTo(403);
    }

    @Test
    void aCustomerOutsideItsReachIsRefused() {
        String onlyGlobex = mint(story.ops, "'customers': ['globex']");
        assertThat(slugs(story.get(onlyGlobex, "/api/v1/customers").expect(200)))
                .containsExactly("globex");
        story.post(onlyGlobex, TOKENS, "{'label': 'x', 'customers': ['acme']}").expect(404);
        story.post(story.ops, TOKENS, "{'label': 'x', 'customers': ['zenith']}").expect(404);
        story.post(story.ops, TOKENS, "{'label': 'x', 'customers': ['no-such']}")
                .expect(404);
        JsonNode same = story.post(onlyGlobex, TOKENS, "{'label': 'same'}").expect(201);
        assertThat(same.at("/customers").size()).isEqualTo(1);
        assertThat(slugs(story.get(same.at("/secret").stringValue(), "/api/v1/customers")
                        .expect(200)))
                .containsExactly("globex");
        // and by the robots it makes
        story.post(onlyGlobex, "/api/v1/witnesses", "{'role': 'robot', 'name': 'x', 'customer': 'acme'}")
                .expect(404);
    }

    @Test
    void infrastructuresAndElementsBeyondItsOwnAreRefused() {
        String shop = mint(story.ops, "'infrastructures': ['shop'], 'elements': ['shop-db-1']");
        refusedAsStronger(shop, "'infrastructures': ['shop', 'office']", "/infrastructures");
        refusedAsStronger(shop, "'elements': ['shop-db-2']", "/elements");
        JsonNode same = story.post(shop, TOKENS, "{'label': 'same'}").expect(201);
        assertThat(texts(same.at("/infrastructures"))).containsExactly("shop");
        assertThat(texts(same.at("/elements"))).containsExactly("shop-db-1");
        // who sees a part of a customer brings in nobody who would see all of it
        Reply person = story.post(shop, "/api/v1/witnesses", "{'role': 'member', 'name': 'Eve', 'customer': 'globex'}");
        assertThat(person.json().at("/type").stringValue()).isEqualTo("/problems/stronger-than-yours");
    }

    @Test
    void aLifeLongerThanItsOwnIsRefused() {
        String day = mint(story.ops, "'expiresAt': '2100-01-01T00:00:00Z'");
        refusedAsStronger(day, "'expiresAt': '2100-01-01T00:00:01Z'", "/expiresAt");
        JsonNode same = story.post(day, TOKENS, "{'label': 'same'}").expect(201);
        assertThat(same.at("/expiresAt").stringValue()).isEqualTo("2100-01-01T00:00:00Z");
        JsonNode robot = story.post(
                        day,
                        "/api/v1/witnesses",
                        "{'role': 'robot', 'name': 'r', 'customer': 'globex', 'token': {'scopes': ['read:inventory']}}")
                .expect(201);
        assertThat(robot.at("/token/expiresAt").stringValue()).isEqualTo("2100-01-01T00:00:00Z");
        Reply past = story.post(story.ops, TOKENS, "{'label': 'x', 'expiresAt': '2020-01-01T00:00:00Z'}");
        assertThat(past.json().at("/type").stringValue()).isEqualTo("/problems/unfit-date");
    }

    @Test
    void nobodyMintsForSomebodyElse() {
        JsonNode witnesses =
                story.get(story.cio, "/api/v1/witnesses?limit=1000").expect(200);
        for (JsonNode witness : witnesses.at("/items")) {
            String role = witness.at("/role").stringValue();
            Reply reply = story.post(
                    story.cio,
                    TOKENS,
                    "{'label': 'x', 'scopes': ['read:inventory'], 'witness': '"
                            + witness.at("/id").stringValue() + "'}");
            boolean self = witness.at("/name").stringValue().equals("Alice of Acme");
            assertThat(reply.status()).as(role).isEqualTo(self || isAcmesRobot(witness) ? 201 : 422);
        }
        String stranger = story.get(story.stranger, "/api/v1/witnesses")
                .expect(200)
                .at("/items/0/id")
                .stringValue();
        story.post(story.cio, TOKENS, "{'label': 'x', 'witness': '" + stranger + "'}")
                .expect(404);
        story.post(story.member, TOKENS, "{'label': 'x'}").expect(403);
        story.post(story.ansible, TOKENS, "{'label': 'x', 'scopes': ['read:inventory']}")
                .expect(403);
    }

    private boolean isAcmesRobot(JsonNode witness) {
        return witness.at("/role").stringValue().equals("robot");
    }

    @Test
    void aRobotDoesWhatItsScopesSayAndNothingElse() {
        story.get(story.monitoring, "/api/v1/customers").expect(200);
        story.get(story.monitoring, "/metrics");
        String mute = story.robot(story.cio, "acme", Story.name("mute"), "testify:note");
        story.get(mute, "/api/v1/customers").expect(403);
        Reply without =
                story.post(story.cio, "/api/v1/witnesses", "{'role': 'robot', 'name': 'x', 'token': {'scopes': []}}");
        assertThat(without.json().at("/errors/0/pointer").stringValue()).isEqualTo("/token/scopes");
        for (String scope : List.of("write", "act", "testify:", "testify:nonsense", "read:*", ""))
            story.post(
                            story.cio,
                            "/api/v1/witnesses",
                            "{'role': 'robot', 'name': 'x', 'token': {'scopes': ['" + scope + "']}}")
                    .expect(422);
    }

    @Test
    void aListShowsOnesOwnNeverAnotherTeams() {
        List<String> seen = labels(story.get(story.ops, TOKENS + "?limit=1000").expect(200));
        assertThat(seen).contains("ansible", "monitoring", "Alice of Acme");
        List<String> strangers =
                labels(story.get(story.strangersOps, TOKENS + "?limit=1000").expect(200));
        assertThat(strangers).containsExactlyInAnyOrder("Victor of Elsewhere", "Zoe of Zenith");
        assertThat(labels(story.get(story.ansible, TOKENS).expect(200))).containsExactly("ansible");
        String theirs =
                story.get(story.cio, TOKENS).expect(200).at("/items/0/id").stringValue();
        story.delete(story.stranger, TOKENS + "/" + theirs).expect(404);
        story.delete(story.ansible, TOKENS + "/" + theirs).expect(404);
    }

    @Test
    void notesWhenItWasLastUsedBesideTheRequest() throws InterruptedException {
        String robot = story.robot(story.cio, "acme", Story.name("noted"), "read:inventory");
        story.get(robot, "/api/v1/customers").expect(200);
        for (int i = 0; i < 50; i++) {
            JsonNode token = story.get(robot, TOKENS).expect(200).at("/items/0");
            if (token.at("/lastUsedAt").isString()) return;
            Thread.sleep(100);
        }
        throw new AssertionError("never noted");
    }

    private String mint(String token, String wishes) {
        return story.post(token, TOKENS, "{'label': 'minted', " + wishes + "}")
                .expect(201)
                .at("/secret")
                .stringValue();
    }

    private void refusedAsStronger(String token, String wishes, String pointer) {
        JsonNode problem =
                story.post(token, TOKENS, "{'label': 'minted', " + wishes + "}").expect(422);
        assertThat(problem.at("/type").stringValue()).isEqualTo("/problems/stronger-than-yours");
        assertThat(problem.at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(each -> texts.add(each.stringValue()));
        return texts;
    }

    private static List<String> slugs(JsonNode list) {
        List<String> slugs = new ArrayList<>();
        list.at("/items").forEach(each -> slugs.add(each.at("/slug").stringValue()));
        return slugs;
    }

    private static List<String> labels(JsonNode list) {
        List<String> labels = new ArrayList<>();
        list.at("/items").forEach(each -> labels.add(each.at("/label").stringValue()));
        return labels;
    }

    @Test
    void aRobotOfOneElementBringsNoOtherIntoBeing() {
        String mine = Story.name("mine");
        String robot = story.post(
                        story.ops,
                        "/api/v1/witnesses",
                        "{'role': 'robot', 'name': '" + mine
                                + "', 'customer': 'acme', 'token': {'scopes': ['testify:*']," + " 'elements': ['" + mine
                                + "']}}")
                .expect(201)
                .at("/token/secret")
                .stringValue();
        for (String infrastructure : List.of("", ", 'facts': {'infrastructure': 'shop'}")) {
            JsonNode refused = story.post(robot, "/api/v1/testimonies", survey(Story.name("other"), infrastructure))
                    .expect(403);
            assertThat(refused.at("/errors/0/pointer").stringValue()).isEqualTo("/element");
        }
        story.post(robot, "/api/v1/testimonies", survey(mine, "")).expect(201);
        story.post(robot, "/api/v1/testimonies", survey(mine, ", 'facts': {'memory': '1 GiB'}"))
                .expect(201);
    }

    private static String survey(String element, String more) {
        return "{'kind': 'survey', 'element': '" + element + "', 'create': true, 'type': 'server'" + more + "}";
    }
}
