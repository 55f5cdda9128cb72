package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Tx;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** A witness was wrong for a while: what it said in that time counts no more, and what others said is left. */
class DiscreditTest {
    private final Story story = Story.told();
    private final String customer = Story.name("wrong");
    private final String id = story.customer(story.ops, customer, "Wrong");
    private final String cio = story.person(story.ops, customer, "cio", "Cleo");
    private final String robot = story.robot(story.ops, customer, "liar", "read:inventory", "testify:*");

    private JsonNode says(String who, String testimony) {
        Reply reply = story.post(who, "/api/v1/testimonies?customer=" + customer, testimony);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 202);
        return reply.json();
    }

    private JsonNode element(String name) {
        return story.get(story.ops, "/api/v1/elements/" + name + "?customer=" + customer)
                .expect(200);
    }

    private void surveys() {
        says(story.ops, "{'kind': 'wish', 'element': 'db-1', 'type': 'server', 'facts': {'memory': '64 GiB'}}");
        says(story.ops, "{'kind': 'order', 'element': 'db-1', 'facts': {'memory': '64 GiB'}}");
        says(
                robot,
                "{'kind': 'delivery-survey', 'element': 'db-1', 'witnessedAt': '2026-01-05T00:00:00Z', 'facts': {'memory': '64 GiB', 'cpu.cores': 8}}");
        says(
                robot,
                "{'kind': 'delivery-survey', 'element': 'db-1', 'witnessedAt': '2026-02-05T00:00:00Z', 'facts': {'memory': '1 GiB'}}");
        says(
                robot,
                "{'kind': 'delivery-survey', 'element': 'db-2', 'type': 'server', 'create': true, 'witnessedAt': '2026-02-06T00:00:00Z', 'facts': {'memory': '2 GiB'}}");
        says(
                robot,
                "{'kind': 'survey', 'element': 'nobody', 'witnessedAt': '2026-02-06T00:00:00Z', 'facts': {'memory': '2 GiB'}}");
    }

    private static final String FEBRUARY =
            "{'kind': 'discredit', 'facts': {'witness': 'liar', 'from': '2026-02-01T00:00:00Z', 'until': '2026-03-01T00:00:00Z'}, 'note': 'its clock and its mind were wrong'}";

    @Test
    void whatItSaidInThatTimeCountsNoMore() {
        surveys();
        assertThat(element("db-1").at("/knowledge/memory/verdict").stringValue())
                .isEqualTo("diverges");
        JsonNode preview = story.post(story.ops, "/api/v1/testimonies?dryRun=true&customer=" + customer, FEBRUARY)
                .expect(201);
        assertThat(preview.at("/divergences/0/change").stringValue()).isEqualTo("resolved");
        assertThat(preview.at("/seq").isNull()).isTrue();
        assertThat(element("db-1").at("/knowledge/memory/verdict").stringValue())
                .isEqualTo("diverges");

        JsonNode done = says(story.ops, FEBRUARY);
        assertThat(done.at("/divergences/0/change").stringValue()).isEqualTo("resolved");
        assertThat(element("db-1").at("/knowledge/memory/delivered/display").stringValue())
                .isEqualTo("64 GiB");
        assertThat(element("db-1").at("/knowledge/memory/verdict").stringValue())
                .isEqualTo("agrees");
        assertThat(element("db-2").at("/knowledge").size()).isZero();
        assertThat(story.get(story.ops, "/api/v1/unattached?customer=" + customer)
                        .expect(200)
                        .at("/items"))
                .isEmpty();
        assertThat(story.get(story.ops, "/api/v1/testimonies?withdrawn=true&customer=" + customer)
                        .expect(200)
                        .at("/items"))
                .hasSize(3);
        // known then, it counted
        long before = done.at("/seq").longValue() - 1;
        assertThat(story.get(story.ops, "/api/v1/elements/db-1?knownAt=" + before + "&customer=" + customer)
                        .expect(200)
                        .at("/knowledge/memory/delivered/display")
                        .stringValue())
                .isEqualTo("1 GiB");
        String all = story.get(story.ops, "/api/v1/elements?customer=" + customer)
                .text()
                .replaceAll("\"ageSeconds\":\\d+", "");
        new Rebuild(story.server().room(Tx.class), Consequences.ALL).rebuild(UUID.fromString(id), n -> {});
        assertThat(story.get(story.ops, "/api/v1/elements?customer=" + customer)
                        .text()
                        .replaceAll("\"ageSeconds\":\\d+", ""))
                .isEqualTo(all);
        // and what it says from now on counts
        says(robot, "{'kind': 'delivery-survey', 'element': 'db-2', 'facts': {'memory': '4 GiB'}}");
        assertThat(element("db-2").at("/knowledge/memory/delivered/display").stringValue())
                .isEqualTo("4 GiB");
    }

    @Test
    void whoMayNotIsRefusedAndSoIsWhatDoesNotFit() {
        surveys();
        refused(robot, FEBRUARY, 403, "/kind");
        refused(
                story.ops,
                FEBRUARY.replace("'note': 'its clock and its mind were wrong'", "'note': ' '"),
                422,
                "/note");
        refused(story.ops, FEBRUARY.replace("2026-03-01", "2999-03-01"), 422, "/facts/until");
        refused(story.ops, FEBRUARY.replace("2026-03-01", "2026-01-01"), 422, "/facts/from");
        refused(story.ops, FEBRUARY.replace("'2026-03-01T00:00:00Z'", "'soon'"), 400, "/facts/until");
        refused(story.ops, FEBRUARY.replace("2026-02-01", "-0001-01-01"), 422, "/facts/from");
        refused(story.ops, FEBRUARY.replace("liar", "nobody"), 404, "/facts/witness");
        refused(story.ops, FEBRUARY.replace("'witness'", "'who'"), 400, "/facts/who");
        says(cio, "{'kind': 'note', 'element': 'db-1', 'note': 'hello'}");
        refused(story.ops, FEBRUARY.replace("liar", "Cleo"), 403, "/facts/witness");
        refused(cio, FEBRUARY.replace("liar", "Oscar of Gardeners"), 403, "/facts/witness");
        says(cio, FEBRUARY);
    }

    private void refused(String who, String testimony, int status, String pointer) {
        Reply reply = story.post(who, "/api/v1/testimonies?customer=" + customer, testimony);
        reply.expect(status);
        assertThat(reply.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }
}
