package org.minventory.integration.ansible;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import org.minventory.integration.Samples;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What runs of playbooks come to, as documents posted to their door. */
class RunsDoorTest {
    private static final Story STORY = Story.told();
    private static final String DOOR = "/integrations/ansible/runs";

    private final String customer = Story.name("runs");
    private final String robot;

    RunsDoorTest() {
        STORY.customer(STORY.ops, customer, "Runs");
        robot = STORY.robot(STORY.ops, customer, "deployer", "read:inventory", "testify:deployment-report");
        for (String host : List.of("web1", "web2", "db1")) deliver(customer, host, "server");
    }

    private static void deliver(String customer, String element, String type) {
        tell(
                customer,
                "{'kind': 'delivery-notice', 'element': '" + element + "', 'type': '" + type
                        + "', 'create': true, 'facts': {}}");
    }

    private static void tell(String customer, String testimony) {
        STORY.post(STORY.ops, "/api/v1/testimonies?customer=" + customer, testimony)
                .expect(201);
    }

    private JsonNode receipts(JsonNode document, String query) {
        return STORY.send(robot, "POST", DOOR + query, Json.write(document))
                .expect(200)
                .get("receipts");
    }

    private JsonNode element(String name) {
        return STORY.get(robot, "/api/v1/elements/" + name).expect(200);
    }

    private String result(String name) {
        return element(name).at("/knowledge/deployment.result/deployed/value").asString("");
    }

    private int told(String name) {
        return STORY.get(robot, "/api/v1/elements/" + name + "/testimonies")
                .expect(200)
                .get("items")
                .size();
    }

    private static ObjectNode run(String id, String stats) {
        ObjectNode run = Json.object();
        run.putArray("plays").addObject().putObject("play").put("id", id).put("name", "site");
        run.set("stats", Json.read(stats.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        return run;
    }

    @Test
    void eachHostIsReportedOfAndOnlyWhatWasDeployedIsDeployed() {
        JsonNode receipts = receipts(Samples.read(Samples.ANSIBLE_RUN), "");
        assertThat(receipts.valueStream().map(one -> one.at("/element/name").stringValue()))
                .containsExactly("db1", "web1", "web2");
        assertThat(receipts.valueStream().map(one -> one.get("status").intValue()))
                .containsOnly(201);
        assertThat(List.of(result("db1"), result("web1"), result("web2")))
                .containsExactly("unreachable", "changed", "failed");
        assertThat(List.of(status("db1"), status("web1"), status("web2")))
                .containsExactly("delivered", "deployed", "delivered");
        JsonNode told = STORY.get(
                        robot, "/api/v1/testimonies/" + receipts.at("/2/id").stringValue())
                .expect(200);
        assertThat(told.at("/witnessedAt").stringValue()).isEqualTo("2026-11-22T13:25:05.611550Z");
        assertThat(told.at("/context/run").stringValue()).isEqualTo("02fc0000-0001-4b2b-87d8-000000000004");
        JsonNode kept = source(receipts.get(2));
        assertThat(kept.at("/failed").valueStream().map(one -> one.get("message")
                        .stringValue()))
                .containsExactly("non-zero return code", "paquet introuvable");
        assertThat(kept.at("/stats/ignored").intValue()).isEqualTo(1);
    }

    private String status(String name) {
        return element(name).get("status").stringValue();
    }

    private JsonNode source(JsonNode receipt) {
        return STORY.get(robot, "/api/v1/testimonies/" + receipt.get("id").stringValue() + "/source")
                .expect(200);
    }

    @Test
    void aRunToldAgainIsToldOnceEvenAfterAnother() {
        ObjectNode first = run("first", "{'web1': {'ok': 3, 'changed': 1}}");
        String told = receipts(first, "").at("/0/id").stringValue();
        receipts(run("second", "{'web1': {'failures': 1}}"), "");
        assertThat(receipts(first, "").at("/0/id").stringValue()).isEqualTo(told);
        ObjectNode otherWay = run("first", "{'web1': {'ok': 2, 'changed': 2}}");
        otherWay.putObject("minventory").put("format", 1).putArray("partial");
        assertThat(receipts(otherWay, "").at("/0/id").stringValue()).isEqualTo(told);
        JsonNode otherwise = receipts(first, "?partial=true").get(0);
        assertThat(otherwise.get("status").intValue()).isEqualTo(422);
        assertThat(otherwise.at("/problem/type").stringValue()).isEqualTo("/problems/key-reused");
        assertThat(told("web1")).isEqualTo(3); // its delivery and two runs
        assertThat(result("web1")).isEqualTo("failed");
    }

    @Test
    void theSameResultOfAnotherRunConfirmsTheOneBefore() {
        receipts(run("monday", "{'web1': {'ok': 3}}"), "");
        JsonNode again = receipts(run("tuesday", "{'web1': {'ok': 3}}"), "");
        assertThat(again.at("/0/confirmed").booleanValue()).isTrue();
        assertThat(told("web1")).isEqualTo(2);
    }

    @Test
    void aPartIsNoDeploymentAndNeitherIsATrial() {
        receipts(run("a", "{'web1': {'changed': 1, 'rescued': 1, 'ignored': 1}}"), "?partial=true");
        ObjectNode trial = run("b", "{'web2': {'changed': 1}, 'db1': {'failures': 1}}");
        trial.putObject("minventory").putArray("partial").add("check").add("limit");
        JsonNode receipts = receipts(trial, "");
        assertThat(List.of(result("web1"), result("web2"), result("db1")))
                .containsExactly("partial", "partial", "failed");
        assertThat(List.of(status("web1"), status("web2"))).containsExactly("delivered", "delivered");
        ObjectNode tags = run("c", "{'web1': {'changed': 1}}");
        deliver(customer, "shop", "service");
        tags.putObject("global_custom_stats")
                .putObject("minventory")
                .putObject("shop")
                .put("version", "1.26.3");
        assertThat(receipts(tags, "?check=true")).hasSize(1);
        receipts(tags, "?partial=true&run=named");
        assertThat(status("shop")).isEqualTo("delivered");
        assertThat(element("shop").at("/knowledge/version/deployed/value").stringValue())
                .isEqualTo("1.26.3");
        assertThat(STORY.send(robot, "POST", DOOR + "?run=" + "x".repeat(201), Json.write(tags))
                        .status())
                .isEqualTo(400);
        assertThat(source(receipts.get(0)).at("/partial").valueStream().map(JsonNode::stringValue))
                .containsExactly("check", "limit");
    }

    @Test
    void whatCouldNotBeReachedKeepsWhatIsKnownOfIt() {
        ObjectNode fine = run("fine", "{'db1': {'ok': 1}}");
        fine.putObject("custom_stats")
                .putObject("db1")
                .putObject("minventory")
                .putObject("db1")
                .put("postgresql.version", "18.1");
        receipts(fine, "");
        JsonNode away = receipts(run("away", "{'db1': {'unreachable': 1}}"), "").get(0);
        assertThat(away.get("divergences")).isEmpty();
        assertThat(element("db1")
                        .at("/knowledge/postgresql.version/deployed/value")
                        .stringValue())
                .isEqualTo("18.1");
        assertThat(status("db1")).isEqualTo("deployed");
    }

    @Test
    void declaredFactsAreHeardOfWhomTheyAreDeclared() {
        deliver(customer, "shop", "service");
        ObjectNode run = run("declares", "{'web1': {'ok': 1}}");
        ObjectNode everywhere = run.putObject("global_custom_stats").putObject("minventory");
        everywhere.putObject("shop").put("software", "nginx").put("version", "1.26.3");
        ObjectNode web = everywhere.putObject("web1");
        web.put("os.name", "{{ lookup('pipe', 'id') }}").put("memory", "a lot").put("db.password", "hunter2hunter2");
        web.put("deployment.result", "failed").put("no name", 1);
        everywhere.put("web2", "no facts");
        JsonNode receipts = receipts(run, "");
        assertThat(receipts.valueStream().map(one -> one.at("/element/name").stringValue()))
                .containsExactly("web1", "shop", "web2");
        assertThat(receipts.at("/0/unread").valueStream().map(one -> one.get("pointer")
                        .stringValue()))
                .containsExactlyInAnyOrder("/minventory/web1/memory", "/minventory/web1");
        assertThat(receipts.at("/0/scrubbed/0").stringValue()).isEqualTo("/minventory/web1/db.password");
        assertThat(receipts.at("/2/unread/0/pointer").stringValue()).isEqualTo("/minventory/web2");
        assertThat(result("web1")).isEqualTo("ok");
        assertThat(element("web1").at("/knowledge/os.name/deployed/value").stringValue())
                .isEqualTo("{{ lookup('pipe', 'id') }}");
        assertThat(element("shop").at("/knowledge/version/deployed/value").stringValue())
                .isEqualTo("1.26.3");
        assertThat(status("shop")).isEqualTo("deployed");
    }

    @Test
    void hostsAreWhomTheInventoryGaveOutUnderTheirNames() {
        String other = Story.name("runs-too");
        STORY.customer(STORY.ops, other, "Runs too");
        deliver(other, "web1", "server");
        deliver(other, "localhost", "server");
        deliver(other, "only-here", "server");
        ObjectNode run = run(
                "shared",
                "{'WEB1." + customer + "': {'ok': 1}, 'web1." + other + "': {'failures': 1}, 'localhost." + other
                        + "': {'ok': 1}, 'only-here': {'changed': 1}, 'web1': {'ok': 1}, 'localhost': {'ok': 1},"
                        + " '{{ 7*7 }}': {'ok': 1}}");
        JsonNode receipts =
                STORY.send(STORY.ops, "POST", DOOR, Json.write(run)).expect(200).get("receipts");
        assertThat(receipts.valueStream().map(one -> one.get("status").intValue()))
                .containsExactly(201, 201, 201, 201, 400, 400, 400); // of the last three nobody knows whose they are
        assertThat(receipts.at("/2/element/name").stringValue()).isEqualTo("localhost");
        assertThat(result("web1")).isEqualTo("ok");
        JsonNode ours = receipts(
                run("ours", "{'web1." + customer + "': {'ok': 1}, 'gone': {'ok': 1}, '{{ 7*7 }}': {'ok': 1}}"), "");
        assertThat(ours.valueStream().map(one -> one.get("status").intValue())).containsExactly(201, 202, 202);
        assertThat(source(ours.get(2)).get("host").stringValue()).isEqualTo("{{ 7*7 }}");
        assertThat(STORY.send(robot, "POST", DOOR + "?customer=" + other, Json.write(run))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ofHugeResultsLittleIsKeptAndNoSecret() {
        ObjectNode run = run("huge", "{'web1': {'failures': 12}}");
        ObjectNode play = (ObjectNode) run.at("/plays/0");
        var tasks = play.putArray("tasks");
        for (int i = 0; i < 12; i++) {
            ObjectNode task = tasks.addObject();
            ObjectNode result = task.putObject("hosts").putObject("web1");
            result.put("failed", true).put("msg", "{{ boom }} " + "x".repeat(5_000));
            result.put("stdout", "y".repeat(i == 0 ? 5_000_000 : 1_000))
                    .putArray("results")
                    .addObject();
            if (i == 11) result.put("msg", "mysql://root:hunter2hunter2@db/x refused");
            task.putObject("task").put("name", "task " + i).put("path", "site.yml:" + i);
        }
        JsonNode receipt = receipts(run, "").get(0);
        JsonNode kept = source(receipt);
        assertThat(kept.get("failed")).hasSize(10);
        assertThat(kept.get("failedBefore").intValue()).isEqualTo(2);
        assertThat(Json.write(kept).length).isLessThan(20_000);
        assertThat(kept.toString()).contains("{{ boom }}").doesNotContain("hunter2", "yyyy");
        assertThat(receipt.get("scrubbed")).isNotEmpty();
    }

    @Test
    void whatIsPackedIsUnpackedWithinItsLimit() throws IOException {
        byte[] document = Json.write(run("packed", "{'web1': {'changed': 1}}"));
        assertThat(packed(document).expect(200).at("/receipts/0/status").intValue())
                .isEqualTo(201);
        byte[] bomb = new byte[51 << 20];
        java.util.Arrays.fill(bomb, (byte) ' ');
        bomb[0] = '{';
        assertThat(packed(bomb).status()).isEqualTo(413);
        assertThat(STORY.stream(robot, DOOR, document, "Content-Type", "application/json", "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(400);
        assertThat(STORY.stream(robot, DOOR, document, "Content-Type", "application/json", "Content-Encoding", "br")
                        .status())
                .isEqualTo(415);
    }

    private Reply packed(byte[] document) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(document);
        }
        return STORY.stream(
                robot, DOOR, bytes.toByteArray(), "Content-Type", "application/json", "Content-Encoding", "gzip");
    }

    @Test
    void whatIsNoRunIsRefusedAndWritesNothing() {
        assertThat(STORY.post(robot, DOOR, "{'ansible_facts': {}}").status()).isEqualTo(422);
        assertThat(STORY.post(robot, DOOR, "{'stats': {'web1'").status()).isEqualTo(400);
        assertThat(STORY.post(robot, DOOR, "{'stats': {}, 'plays': 3, 'custom_stats': []}")
                        .expect(200)
                        .get("receipts"))
                .isEmpty();
        assertThat(STORY.post(STORY.monitoring, DOOR, "{'stats': {}}").status()).isEqualTo(403);
        JsonNode dry = receipts(run("dry", "{'web1': {'ok': 1}}"), "?dryRun=true");
        assertThat(dry.at("/0/status").intValue()).isEqualTo(201);
        assertThat(told("web1")).isEqualTo(1);
    }
}
