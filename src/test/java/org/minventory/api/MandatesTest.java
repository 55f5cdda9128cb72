package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** Mandates are the source of every right: how they are born, what they give, and that nothing outlives them. */
class MandatesTest {
    private static final String MANDATES = "/api/v1/mandates";

    private static Story story;

    @BeforeAll
    static void begin() {
        story = Story.fresh();
    }

    @AfterAll
    static void end() {
        story.close();
    }

    @Test
    void anOpsOpensACustomerWithItsMandateAndTheCioConfirmsIt() {
        String slug = Story.name("initech");
        JsonNode opened = story.post(story.ops, "/api/v1/customers", "{'slug': '" + slug + "', 'name': 'Initech'}")
                .expect(201);
        String mandate = opened.at("/mandate/id").stringValue();
        assertThat(opened.at("/mandate/state").stringValue()).isEqualTo("active");
        assertThat(opened.at("/mandate/confirmedAt").isNull()).isTrue();
        story.post(story.ops, MANDATES + "/" + mandate + "/acceptance", "").expect(403);
        String cio = story.person(story.ops, slug, "cio", "Ian of Initech");
        JsonNode confirmed =
                story.post(cio, MANDATES + "/" + mandate + "/acceptance", "").expect(200);
        assertThat(confirmed.at("/confirmedAt").isString()).isTrue();
        JsonNode narrowed = story.post(cio, MANDATES + "/" + mandate + "/acceptance", "{'infrastructures': ['shop']}")
                .expect(200);
        assertThat(narrowed.at("/infrastructures/0").stringValue()).isEqualTo("shop");
        Reply wider = story.post(cio, MANDATES + "/" + mandate + "/acceptance", "{'infrastructures': ['office']}");
        assertThat(wider.json().at("/type").stringValue()).isEqualTo("/problems/stronger-than-yours");
        // only the customer itself names another CIO from now on
        story.post(story.ops, "/api/v1/witnesses", "{'role': 'cio', 'name': 'Mole', 'customer': '" + slug + "'}")
                .expect(422);
    }

    @Test
    void onceThereIsACioOnlyACioNamesAnother() {
        story.post(story.ops, "/api/v1/witnesses", "{'role': 'cio', 'name': 'Mole', 'customer': 'acme'}")
                .expect(403);
        story.post(story.cio, "/api/v1/witnesses", "{'role': 'cio', 'name': 'Second of Acme'}")
                .expect(201);
    }

    @Test
    void aProposalGivesNothingUntilTheCioAcceptsIt() {
        String slug = Story.name("hooli");
        String id = story.customer(story.ops, slug, "Hooli");
        String cio = story.person(story.ops, slug, "cio", "Hal of Hooli");
        JsonNode proposed = story.post(story.strangersOps, MANDATES, "{'customer': '" + id + "'}")
                .expect(201);
        assertThat(proposed.at("/state").stringValue()).isEqualTo("proposed");
        assertThat(proposed.at("/customer/slug").isNull()).isTrue();
        story.get(story.strangersOps, "/api/v1/customers/" + id).expect(404);
        story.post(story.strangersOps, MANDATES, "{'customer': '" + id + "'}").expect(409);
        String path = MANDATES + "/" + proposed.at("/id").stringValue();
        story.post(story.stranger, path + "/acceptance", "").expect(404);
        story.post(story.ops, path + "/acceptance", "").expect(404);
        story.post(cio, path + "/acceptance", "").expect(200);
        story.get(story.strangersOps, "/api/v1/customers/" + id).expect(200);
    }

    @Test
    void aProposalToNobodyLooksLikeAnyOther() {
        JsonNode nobody = story.post(story.strangersOps, MANDATES, "{'customer': '" + UUID.randomUUID() + "'}")
                .expect(201);
        JsonNode acme = story.post(story.strangersOps, MANDATES, "{'customer': '" + story.acme + "'}")
                .expect(201);
        assertThat(nobody.propertyNames()).isEqualTo(acme.propertyNames());
        assertThat(nobody.at("/customer/slug")).isEqualTo(acme.at("/customer/slug"));
        story.post(story.cio, MANDATES + "/" + acme.at("/id").stringValue() + "/refusal", "")
                .expect(200);
        story.post(story.strangersOps, MANDATES, "{'customer': 'acme'}").expect(422);
        story.post(story.cio, MANDATES, "{'customer': '" + story.zenith + "'}").expect(403);
    }

    @Test
    void whenAMandateEndsTheFormerTeamItsRobotsAndTokensReachNothing() {
        String slug = Story.name("umbrella");
        String id = story.customer(story.ops, slug, "Umbrella");
        String cio = story.person(story.ops, slug, "cio", "Uma of Umbrella");
        String robot = story.robot(story.ops, slug, Story.name("umbrella-robot"), "read:inventory", "testify:*");
        String own = story.robot(cio, slug, Story.name("umbrella-own"), "read:inventory");
        story.get(story.ops, "/api/v1/customers/" + id).expect(200);
        story.get(robot, "/api/v1/customers/" + id).expect(200);
        JsonNode mandates = story.get(cio, MANDATES).expect(200);
        assertThat(mandates.at("/items").size()).isEqualTo(1);
        String mandate = mandates.at("/items/0/id").stringValue();

        JsonNode ended = story.post(cio, MANDATES + "/" + mandate + "/end", "").expect(200);
        assertThat(ended.at("/state").stringValue()).isEqualTo("ended");
        assertThat(ended.at("/untilSeq").isNumber()).isTrue();

        story.get(story.ops, "/api/v1/customers/" + id).expect(404);
        story.get(story.ops, "/api/v1/witnesses?customer=" + slug).expect(404);
        story.get(story.ops, MANDATES + "/" + mandate).expect(404);
        story.get(robot, "/api/v1/customers/" + id).expect(401);
        for (String path : new String[] {"/api/v1/customers", MANDATES, "/api/v1/witnesses", "/api/v1/tokens"})
            assertThat(story.get(story.ops, path + "?limit=1000").text())
                    .as(path)
                    .doesNotContainIgnoringCase("umbrella")
                    .doesNotContain(id);
        story.get(own, "/api/v1/customers/" + id).expect(200);
        story.get(cio, "/api/v1/customers/" + id).expect(200);
        story.post(cio, MANDATES + "/" + mandate + "/end", "").expect(409);
    }

    @Test
    void aTeamGivesItsMandateBack() {
        JsonNode opened = story.post(
                        story.ops, "/api/v1/customers", "{'slug': '" + Story.name("soylent") + "', 'name': 'Soylent'}")
                .expect(201);
        story.post(story.ops, MANDATES + "/" + opened.at("/mandate/id").stringValue() + "/end", "")
                .expect(200);
        story.get(story.ops, "/api/v1/customers/" + opened.at("/id").stringValue())
                .expect(404);
    }

    @Test
    void aMandateEndsByItselfOnItsLastDay() {
        Story.StandingClock clock = new Story.StandingClock();
        try (Story fresh = Story.fresh(clock)) {
            JsonNode opened = fresh.post(
                            fresh.ops,
                            "/api/v1/customers",
                            "{'slug': 'short', 'name': 'Short', 'mandate': {'until': '2026-12-01T00:00:00Z'}}")
                    .expect(201);
            String id = opened.at("/id").stringValue();
            fresh.get(fresh.ops, "/api/v1/customers/" + id).expect(200);
            clock.pass(java.time.Duration.ofDays(8).plusHours(12));
            fresh.get(fresh.ops, "/api/v1/customers/" + id).expect(404);
            fresh.get(fresh.ops, MANDATES + "/" + opened.at("/mandate/id").stringValue())
                    .expect(404);
            fresh.post(fresh.ops, MANDATES, "{'customer': '" + id + "'}").expect(201);
        }
    }

    @Test
    void twoTeamsMayEachKnowAnAcmeAndASlugIsTakenOnlyWhereItIsSeen() {
        story.post(story.ops, "/api/v1/customers", "{'slug': 'acme', 'name': 'Again'}")
                .expect(409);
        String theirs = story.customer(story.strangersOps, "acme", "Another Acme");
        assertThat(story.get(story.strangersOps, "/api/v1/customers/acme")
                        .expect(200)
                        .at("/id")
                        .stringValue())
                .isEqualTo(theirs);
        assertThat(story.get(story.ops, "/api/v1/customers/acme")
                        .expect(200)
                        .at("/id")
                        .stringValue())
                .isEqualTo(story.acme);
    }

    @Test
    void whoHasLeftOpensNothing() {
        String token = story.person(story.cio, "acme", "member", "Passing of Acme");
        JsonNode witnesses =
                story.get(story.cio, "/api/v1/witnesses?limit=1000").expect(200);
        for (JsonNode witness : witnesses.at("/items"))
            if (witness.at("/name").stringValue().equals("Passing of Acme"))
                story.delete(story.cio, "/api/v1/witnesses/" + witness.at("/id").stringValue())
                        .expect(204);
        story.get(token, "/api/v1/customers").expect(401);
    }

    @RepeatedTest(10)
    void thirtyAtOnceOpenOneCustomerOfThatSlug() throws Exception {
        String slug = Story.name("rush");
        Callable<Integer> open =
                () -> story.post(story.ops, "/api/v1/customers", "{'slug': '" + slug + "', 'name': 'Rush'}")
                        .status();
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService thirty = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Integer> status : thirty.invokeAll(Collections.nCopies(30, open))) statuses.add(status.get());
        }
        assertThat(statuses).containsOnly(201, 409);
        assertThat(Collections.frequency(statuses, 201)).isEqualTo(1);
        story.get(story.ops, "/api/v1/customers/" + slug).expect(200);
    }

    @Test
    void aTokenLimitedToSomeCustomersOpensNoOther() {
        for (String limit : List.of(
                "'customers': ['" + story.globex + "']", "'infrastructures': ['shop']", "'elements': ['shop-db-1']")) {
            String limited = story.post(story.ops, "/api/v1/tokens", "{'label': 'limited', " + limit + "}")
                    .expect(201)
                    .at("/secret")
                    .stringValue();
            String body = "{'slug': '" + Story.name("beyond") + "', 'name': 'Beyond'}";
            assertThat(story.post(limited, "/api/v1/customers", body)
                            .expect(403)
                            .at("/type")
                            .stringValue())
                    .isEqualTo("/problems/not-allowed");
        }
    }
}
