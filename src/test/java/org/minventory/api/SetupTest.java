package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;

/** The first minute of an instance, which comes once. */
class SetupTest {
    private static final String PEOPLE =
            "'operator': {'name': 'Olga'}, 'team': {'slug': 'other', 'name': 'Other'}," + " 'ops': {'name': 'Otto'}";

    @Test
    void onceDoneItsDoorIsAWallLikeAnyOther() {
        Story story = Story.told();
        assertThat(story.server().offerSetup()).isEmpty();
        Reply after = story.post(Story.NOBODY, "/api/v1/setup", "{'setupToken': 'mns_x', " + PEOPLE + "}");
        Reply unknown = story.post(Story.NOBODY, "/api/v1/no-such-thing", "{}");
        assertThat(after.status()).isEqualTo(404);
        assertThat(after.text()).isEqualTo(unknown.text());
    }

    @Test
    void theOperatorKeepsTeamsAndSeesNoCustomer() {
        Story story = Story.told();
        assertThat(story.get(story.operator, "/api/v1/ops-teams")
                        .expect(200)
                        .at("/items/0/slug")
                        .stringValue())
                .isEqualTo("elsewhere");
        assertThat(story.get(story.operator, "/api/v1/customers").status()).isEqualTo(403);
        assertThat(story.get(story.operator, "/api/v1/witnesses").status()).isEqualTo(403);
    }

    @Test
    void aSetupTokenWorksOnceAndOnlyTheLastOnePrinted() {
        try (Story story = Story.unfounded()) {
            String first = story.server().offerSetup().orElseThrow().text();
            String last = story.server().offerSetup().orElseThrow().text();
            Reply old = story.post(Story.NOBODY, "/api/v1/setup", "{'setupToken': '" + first + "', " + PEOPLE + "}");
            assertThat(old.status()).isEqualTo(403);
            assertThat(old.json().at("/errors/0/pointer").stringValue()).isEqualTo("/setupToken");
            story.post(Story.NOBODY, "/api/v1/setup", "{'setupToken': '" + last + "', " + PEOPLE + "}")
                    .expect(201);
            story.post(Story.NOBODY, "/api/v1/setup", "{'setupToken': '" + last + "', " + PEOPLE + "}")
                    .expect(404);
        }
    }

    @Test
    void aRefusedSetupFoundsNothingAndMayBeTriedAgain() {
        try (Story story = Story.unfounded()) {
            String token = story.server().offerSetup().orElseThrow().text();
            Reply refused = story.post(
                    Story.NOBODY,
                    "/api/v1/setup",
                    "{'setupToken': '" + token + "', 'operator': {'name': 'Olga'},"
                            + " 'team': {'slug': 'No Slug', 'name': 'Other'}, 'ops': {'name': 'Otto'}}");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.json().at("/errors/0/pointer").stringValue()).isEqualTo("/team/slug");
            story.post(Story.NOBODY, "/api/v1/setup", "{'setupToken': '" + token + "', " + PEOPLE + "}")
                    .expect(201);
        }
    }
}
