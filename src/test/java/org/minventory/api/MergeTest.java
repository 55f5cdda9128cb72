package org.minventory.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.intake.Rebuild;
import org.minventory.project.Consequences;
import tools.jackson.databind.JsonNode;

/** Two elements that are one, and one that is two: only which testimony speaks of which element changes. */
class MergeTest {
    private final Story story = Story.told();
    private final String customer = Story.name("merged");
    private final String id = story.customer(story.ops, customer, "Merged");

    private JsonNode says(String testimony) {
        Reply reply = story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony);
        assertThat(reply.status()).as(reply.text()).isBetween(200, 202);
        return reply.json();
    }

    private JsonNode element(String name) {
        return story.get(story.ops, "/api/v1/elements/" + name + "?customer=" + customer)
                .expect(200);
    }

    private JsonNode elements() {
        return story.get(story.ops, "/api/v1/elements?customer=" + customer)
                .expect(200)
                .get("items");
    }

    @BeforeEach
    void oneMachineUnderTwoNames() {
        says(
                "{'kind': 'wish', 'element': 'web-1', 'type': 'server', 'facts': {'memory': '8 GiB', 'address': '192.0.2.10'}}");
        says(
                "{'kind': 'survey', 'element': 'ns77', 'type': 'server', 'create': true, 'source': 'lshw', 'facts': {'memory': '4 GiB', 'serial': 'S-77', 'address': '192.0.2.10'}}");
        says("{'kind': 'wish', 'element': 'shop', 'type': 'service', 'facts': {'runs-on': ['ns77']}}");
    }

    private static final String MERGE =
            "{'kind': 'merge', 'element': 'ns77', 'facts': {'into': 'web-1'}, 'note': 'the name it has at the provider'}";

    private String known() {
        return elements().toString().replaceAll("\"ageSeconds\":\\d+", "");
    }

    private void rebuild() {
        new Rebuild(story.server().room(Tx.class), Consequences.ALL).rebuild(UUID.fromString(id), n -> {});
    }

    @Test
    void whatWasSaidOfTheOneIsSaidOfTheOther() {
        String old = element("ns77").at("/id").stringValue();
        assertThat(element("web-1").at("/divergences").intValue()).isEqualTo(1); // one address, two bearers
        JsonNode preview = story.post(story.ops, "/api/v1/testimonies?dryRun=true&customer=" + customer, MERGE)
                .expect(201);
        assertThat(preview.at("/divergences").toString()).contains("memory", "double-assignment");
        assertThat(elements()).hasSize(3);

        says(MERGE);
        assertThat(elements()).hasSize(2);
        JsonNode one = element("web-1");
        assertThat(one.at("/knowledge/memory/verdict").stringValue()).isEqualTo("diverges");
        assertThat(one.at("/knowledge/serial/deployed/display").stringValue()).isEqualTo("S-77");
        assertThat(one.at("/divergences").intValue()).isEqualTo(1); // its memory, and no second bearer
        assertThat(element("ns77").at("/id")).isEqualTo(one.at("/id"));
        assertThat(element(old).at("/id")).isEqualTo(one.at("/id"));
        assertThat(story.get(story.ops, "/api/v1/elements/web-1/impact?customer=" + customer)
                        .text())
                .contains("shop");

        for (String name : new String[] {"ns77", old, "web-1"})
            assertThat(story.get(story.ops, "/api/v1/testimonies?customer=" + customer + "&element=" + name)
                            .expect(200)
                            .at("/items"))
                    .as(name)
                    .hasSize(3);

        // whoever goes on calling it so speaks of the other, under every name
        assertThat(
                        says("{'kind': 'survey', 'element': 'ns77', 'source': 'lshw', 'facts': {'memory': '8 GiB', 'serial': 'S-77', 'address': '192.0.2.10'}}")
                                .at("/element/name")
                                .stringValue())
                .isEqualTo("web-1");
        assertThat(says("{'kind': 'wish', 'element': 'ns77', 'facts': {'label': 'Web'}}")
                        .at("/element/name")
                        .stringValue())
                .isEqualTo("web-1");
        assertThat(says("{'kind': 'note', 'element': {'serial': 'S-77'}, 'note': 'here'}")
                        .at("/element/name")
                        .stringValue())
                .isEqualTo("web-1");
        String before = known();
        rebuild();
        assertThat(known()).isEqualTo(before);
        assertThat(element("ns77").at("/id")).isEqualTo(one.at("/id"));
    }

    @Test
    void whatWasSaidOfAnotherUnderOneNameIsSplitOff() {
        says("{'kind': 'survey', 'element': 'ns77', 'source': 'ansible', 'facts': {'os.name': 'Debian'}}");
        JsonNode wrong = says("{'kind': 'survey', 'element': 'ns77', 'source': 'dmi', 'facts': {'serial': 'S-78'}}");
        String split = "{'kind': 'split', 'element': 'ns77', 'facts': {'into': 'ns78', 'testimonies': ['"
                + wrong.at("/id").stringValue() + "']}}";
        assertThat(story.post(story.ops, "/api/v1/testimonies?dryRun=true&customer=" + customer, split)
                        .expect(201)
                        .at("/element/name")
                        .stringValue())
                .isEqualTo("ns78");
        assertThat(elements()).hasSize(3);
        says(split);
        assertThat(element("ns78").at("/knowledge/serial/deployed/display").stringValue())
                .isEqualTo("S-78");
        assertThat(element("ns78").at("/status").stringValue()).isEqualTo("in-service");
        assertThat(element("ns77").at("/knowledge/serial/deployed/display").stringValue())
                .isEqualTo("S-77");
        assertThat(element("ns77").at("/knowledge/os.name/deployed/display").stringValue())
                .isEqualTo("Debian");
        String before = known();
        rebuild();
        assertThat(known()).isEqualTo(before);
    }

    @Test
    void whatIsNoMergeAndNoSplitIsRefused() {
        refused(MERGE.replace("web-1", "ns77"), 422, "/facts/into");
        refused(MERGE.replace("web-1", "shop"), 422, "/facts/into");
        refused(MERGE.replace("web-1", "nobody"), 404, "/facts/into");
        refused(MERGE.replace("'ns77'", "'nobody'"), 404, "/element");
        refused(MERGE.replace("'into'", "'onto'"), 400, "/facts/onto");
        String all = story.get(story.ops, "/api/v1/elements/ns77/testimonies?customer=" + customer)
                .expect(200)
                .at("/items/0/id")
                .stringValue();
        String split =
                "{'kind': 'split', 'element': 'ns77', 'facts': {'into': 'ns78', 'testimonies': ['" + all + "']}}";
        refused(split, 422, "/facts/testimonies");
        refused(split.replace(all, UUID.randomUUID().toString()), 404, "/facts/testimonies");
        refused(split.replace("['" + all + "']", "'" + all + "'"), 400, "/facts/testimonies");
        assertThat(story.post(story.ansible, "/api/v1/testimonies", MERGE).status())
                .isEqualTo(403);
        assertThat(elements()).hasSize(3);
        long rows = story.server().room(Tx.class).read(Scope.whole(UUID.fromString(id)), db -> db.sql(
                        "select count(*) from element")
                .query(Long.class)
                .single());
        assertThat(rows).isEqualTo(3);
    }

    private void refused(String testimony, int status, String pointer) {
        Reply reply = story.post(story.ops, "/api/v1/testimonies?customer=" + customer, testimony);
        reply.expect(status);
        assertThat(reply.json().at("/errors/0/pointer").stringValue()).isEqualTo(pointer);
    }

    /** Runs of repetitions move with what they repeat, and a rebuild moves them again; decisions find their divergence. */
    @Test
    void runsOfRepetitionsAreRebuiltAsTheyMoved() {
        says("{'kind': 'wish', 'element': 'run', 'type': 'server', 'facts': {'memory': '1 GiB'}}");
        String robot = story.robot(story.ops, customer, "runner", "read:inventory", "testify:*");
        String run =
                "{'kind': 'survey', 'element': 'run', 'witnessedAt': '2026-01-01T0%d:00:00Z', 'facts': {'memory': '1 GiB'}}";
        String first = story.post(robot, "/api/v1/testimonies", run.formatted(0))
                .expect(201)
                .at("/id")
                .stringValue();
        story.post(robot, "/api/v1/testimonies", run.formatted(6)).expect(200);
        says(
                "{'kind': 'survey', 'element': 'run', 'witnessedAt': '2026-01-01T03:00:00Z', 'facts': {'memory': '2 GiB'}}");
        JsonNode split =
                says("{'kind': 'split', 'element': 'run', 'facts': {'into': 'ran', 'testimonies': ['" + first + "']}}");
        for (JsonNode one : split.get("divergences"))
            if (one.at("/change").stringValue().equals("opened"))
                says("{'kind': 'divergence-decision', 'divergence': '"
                        + one.at("/id").stringValue() + "', 'decision': 'acknowledge', 'note': 'seen'}");
        says("{'kind': 'merge', 'element': 'ran', 'facts': {'into': 'run'}}");
        String before = known() + divergences();
        rebuild();
        assertThat(known() + divergences()).isEqualTo(before);
    }

    private String divergences() {
        return story.get(story.ops, "/api/v1/divergences?state=all&customer=" + customer)
                .text();
    }

    @Test
    void whatIsClosedDoesNotComeBackUnderANameThatAnotherBears() {
        String old = element("web-1").at("/id").stringValue();
        JsonNode closing = says("{'kind': 'decommissioning', 'element': 'web-1'}");
        says("{'kind': 'wish', 'element': 'web-1', 'type': 'server', 'facts': {}}");
        says("{'kind': 'commissioning', 'element': 'ns77'}");
        refused(MERGE.replace("'web-1'", "'" + old + "'"), 409, "/element");
        refused(
                "{'kind': 'split', 'element': '" + old + "', 'facts': {'into': 'web-9', 'testimonies': ['"
                        + closing.at("/id").stringValue() + "']}}",
                409,
                "/element");
        refused(
                "{'kind': 'discredit', 'facts': {'witness': 'Oscar of Gardeners', 'from': '2026-01-01T00:00:00Z', 'until': '"
                        + story.server().room(java.time.InstantSource.class).instant() + "'}, 'note': 'wrong'}",
                409,
                "/element");
        JsonNode both = story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "[{'kind': 'note', 'element': 'shop', 'note': 'one'}, "
                                + MERGE.replace("'web-1'", "'" + old + "'")
                                + ", {'kind': 'note', 'element': 'shop', 'note': 'two'}]")
                .expect(200);
        assertThat(both.at("/receipts/0/status").intValue()).isEqualTo(201);
        assertThat(both.at("/receipts/1/status").intValue()).isEqualTo(409);
        assertThat(both.at("/receipts/2/status").intValue()).isEqualTo(201);
    }

    @Test
    void whatIsToldNextInTheSameBatchFindsWhoCarriesItNow() {
        JsonNode serial = says("{'kind': 'survey', 'element': 'ns77', 'source': 'dmi', 'facts': {'serial': 'S-99'}}");
        JsonNode told = story.post(
                        story.ops,
                        "/api/v1/testimonies?customer=" + customer,
                        "[{'kind': 'split', 'element': 'ns77', 'facts': {'into': 'ns99', 'testimonies': ['"
                                + serial.at("/id").stringValue()
                                + "']}}, {'kind': 'survey', 'element': {'serial': 'S-99'}, 'facts': {'memory': '2 GiB'}}]")
                .expect(200);
        assertThat(told.at("/receipts/1/element/name").stringValue()).isEqualTo("ns99");
    }
}
