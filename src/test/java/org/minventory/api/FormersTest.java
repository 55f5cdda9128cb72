package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import tools.jackson.databind.JsonNode;

/** What a team keeps of a customer, however its mandate came to its end. */
class FormersTest {
    private static final String WORDS = "/api/v1/testimonies?customer=acme";
    private static final String DOSSIER = "/api/v1/customers/acme/dossier";

    private final Story.StandingClock clock = new Story.StandingClock();
    private final Story story = Story.fresh(clock);

    @AfterEach
    void end() {
        story.close();
    }

    /** Acme mandates a team with these terms, and the team says a word. */
    private String mandated(String terms) {
        story.post(story.operator, "/api/v1/ops-teams", "{'slug': 'others', 'name': 'Others'}")
                .expect(201);
        String ops = story.post(story.operator, "/api/v1/ops-teams/others/members", "{'name': 'Otto'}")
                .expect(201)
                .at("/token")
                .stringValue();
        String mandate = story.post(ops, "/api/v1/mandates", "{'customer': '" + story.acme + "'}")
                .expect(201)
                .at("/id")
                .stringValue();
        story.post(story.cio, "/api/v1/mandates/" + mandate + "/acceptance", terms)
                .expect(200);
        story.post(
                        ops,
                        WORDS,
                        "{'kind': 'wish', 'element': 'ours', 'type': 'server', 'facts': {'infrastructure': 'shop'}}")
                .expect(201);
        return ops;
    }

    private JsonNode kept(String ops) {
        return story.get(ops, WORDS).expect(200).get("items");
    }

    @Test
    void aMandateThatRanOutByItsDateLeavesWhatWasSaidUntilThen() {
        String ops = mandated("{'until': '2026-11-23T12:00:00Z'}");
        clock.pass(Duration.ofDays(2));
        story.post(story.ops, WORDS, "{'kind': 'note', 'element': 'ours', 'note': 'later'}")
                .expect(201);
        assertThat(kept(ops)).hasSize(1);
        Reply dossier = story.get(ops, DOSSIER);
        assertThat(dossier.status()).isEqualTo(200);
        long last = Long.parseLong(dossier.header("Minventory-Head").split(":", 2)[0]);
        long now = story.get(story.cio, "/api/v1/testimonies?limit=1")
                .expect(200)
                .at("/items/0/seq")
                .longValue();
        assertThat(last).isEqualTo(now - 1);
        assertThat(story.get(ops, "/api/v1/customers/acme").status()).isEqualTo(404);
    }

    @Test
    void whoReachedOnlyAPartKeepsItsWordsAndNoDossier() {
        String ops = mandated("{'infrastructures': ['shop'], 'until': '2026-11-23T12:00:00Z'}");
        assertThat(story.get(ops, DOSSIER).status()).isEqualTo(403);
        clock.pass(Duration.ofDays(2));
        assertThat(kept(ops)).hasSize(1);
        Reply none = story.get(ops, DOSSIER);
        assertThat(none.status()).isEqualTo(404);
        assertThat(none.text())
                .isEqualTo(story.get(ops, "/api/v1/customers/nobody/dossier").text());
    }

    @Test
    void aProposalThatWasTakenBackLeavesNothing() {
        String mandate = story.post(story.strangersOps, "/api/v1/mandates", "{'customer': '" + story.acme + "'}")
                .expect(201)
                .at("/id")
                .stringValue();
        story.post(story.strangersOps, "/api/v1/mandates/" + mandate + "/end", "")
                .expect(200);
        assertThat(story.get(story.strangersOps, WORDS).status()).isEqualTo(404);
        assertThat(story.get(story.strangersOps, DOSSIER).status()).isEqualTo(404);
    }

    @Test
    void whoIsMandatedAgainReachesEverythingAgain() {
        String ops = mandated("{'until': '2026-11-23T12:00:00Z'}");
        clock.pass(Duration.ofDays(2));
        String again = story.post(ops, "/api/v1/mandates", "{'customer': '" + story.acme + "'}")
                .expect(201)
                .at("/id")
                .stringValue();
        assertThat(kept(ops)).hasSize(1);
        story.post(story.cio, "/api/v1/mandates/" + again + "/acceptance", "").expect(200);
        assertThat(kept(ops).size()).isGreaterThan(1);
        story.get(ops, "/api/v1/customers/acme").expect(200);
    }
}
