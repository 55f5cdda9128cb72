package org.minventory.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.minventory.Story;
import org.minventory.Story.Reply;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.conformity.Review;
import org.minventory.conformity.Verdict;
import org.minventory.element.Vocabulary;
import org.minventory.export.Inventory;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Documents of real tools, posted as their users post them. */
class SurveyDoorsTest {
    private static final String FACTS = "/integrations/ansible/facts";
    private static final String LSHW = "/integrations/lshw";
    private static final String BUNDLE = "/integrations/survey";

    private final Story story = Story.told();
    private final Teller ops = new Teller(story, story.ops);

    private String delivered(String beginning) {
        String name = Story.name(beginning);
        ops.tell("{'customer': 'acme', 'kind': 'delivery-notice', 'element': '" + name
                + "', 'create': true, 'type': 'virtual-machine', 'facts': {'memory': '24 GiB'}}");
        return name;
    }

    /** A machine of one's own: nothing by which another test's would be recognised. */
    private static ObjectNode machine(String document, int number) {
        return own(Samples.read(document), number);
    }

    private static ObjectNode own(JsonNode document, int number) {
        String text = document.toString();
        JsonNode own = Json.MAPPER.readTree(text.replaceAll(
                        "(?i)\\b(?:[0-9a-f]{2}:){5}[0-9a-f]{2}\\b",
                        "02:00:00:00:%02x:%02x".formatted(number / 256, number % 256))
                .replaceAll("\\b\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\b", "198.51.100." + number)
                .replace("fd00::2", "fd00::" + number));
        return (ObjectNode) own;
    }

    private Reply post(String token, String path, JsonNode document, String... headers) {
        return story.send(token, "POST", path, Json.write(document), headers);
    }

    private JsonNode receipt(Reply reply) {
        JsonNode receipts = reply.expect(200).get("receipts");
        assertThat(receipts).hasSize(1);
        return receipts.get(0);
    }

    private Inventory.Row row(String name) {
        Scope acme = Scope.whole(java.util.UUID.fromString(story.acme));
        return java.util.Objects.requireNonNull(
                story.server().room(Tx.class).read(acme, db -> Inventory.one(db, acme, name, null)));
    }

    @Test
    void oneMachineInFourWaysIsOneKnowledge() {
        String name = delivered("vm");
        ops.tell("{'customer': 'acme', 'kind': 'commissioning', 'element': '" + name + "'}");
        ObjectNode setup = machine(Samples.ANSIBLE, 11);
        ObjectNode lshw = machine(Samples.LSHW, 11);

        JsonNode byAnsible = receipt(post(story.ansible, FACTS + "?name=" + name, setup));
        JsonNode byLshw = receipt(post(story.ansible, LSHW + "?element=" + name, lshw));
        JsonNode asList = receipt(post(
                story.ansible,
                LSHW + "?name=" + name,
                Json.MAPPER.createArrayNode().add(lshw)));
        JsonNode byScript = receipt(post(story.ansible, BUNDLE + "?element=" + name, own(Samples.bundle(), 11)));
        ops.tell(
                "{'customer': 'acme', 'kind': 'survey', 'element': '" + name
                        + "', 'complete': true, 'facts': {'memory': '24 GiB', 'cpu.cores': 2, 'disks': [{'size': '256 GiB'}]}}");

        for (JsonNode receipt : List.of(byAnsible, byLshw, byScript)) {
            assertThat(receipt.get("status").intValue()).isEqualTo(201);
            assertThat(receipt.at("/element/name").stringValue()).isEqualTo(name);
        }
        assertThat(asList.get("confirmed").booleanValue()).as(asList.toString()).isTrue();
        assertThat(asList.get("id")).isEqualTo(byLshw.get("id"));

        var picture = row(name).picture();
        var sources =
                picture.words().stream().map(words -> words.key().source()).toList();
        assertThat(sources).contains("ansible-setup", "lshw", "survey.sh", "api");
        // complete of one source withdraws nothing of another: only lshw is as exact of memory
        var now = java.time.Instant.now();
        assertThat(picture.best("kernel", Stance.DEPLOYED, Vocabulary.builtIn(), now))
                .isNotNull();
        assertThat(picture.best("cpu.cores", Stance.DEPLOYED, Vocabulary.builtIn(), now))
                .isNotNull();
        Review.judge(picture, Vocabulary.builtIn(), now).forEach((attribute, judgement) -> {
            assertThat(judgement.witnesses()).as(attribute).isEmpty();
            assertThat(judgement.pairs())
                    .as(attribute)
                    .noneMatch(pair -> pair.outcome().verdict() == Verdict.DIVERGES);
        });
        assertThat(row(name).divergences()).isZero();
    }

    @Test
    void whileADeliveryWaitsItIsTheSurveyAtDelivery() {
        String name = delivered("vm");
        ObjectNode setup = machine(Samples.ANSIBLE, 12);
        receipt(post(story.ansible, FACTS + "?name=" + name, setup));
        assertThat(row(name).picture().isSpokenOn(Stance.DEPLOYED)).isFalse();
        assertThat(row(name).picture().best("kernel", Stance.DELIVERED, Vocabulary.builtIn(), java.time.Instant.now()))
                .isNotNull();
        ops.tell("{'customer': 'acme', 'kind': 'commissioning', 'element': '" + name + "'}");
        receipt(post(story.ansible, FACTS + "?name=" + name, setup));
        assertThat(row(name).picture().isSpokenOn(Stance.DEPLOYED)).isTrue();
    }

    @Test
    void aTokenForOneKindSaysNoOther() {
        String surveyor = story.robot(story.ops, "acme", Story.name("surveyor"), "testify:delivery-survey");
        String name = delivered("vm");
        ObjectNode setup = machine(Samples.ANSIBLE, 13);
        assertThat(receipt(post(surveyor, FACTS + "?name=" + name, setup))
                        .get("status")
                        .intValue())
                .isEqualTo(201);
        ops.tell("{'customer': 'acme', 'kind': 'commissioning', 'element': '" + name + "'}");
        assertThat(receipt(post(surveyor, FACTS + "?name=" + name, setup))
                        .get("status")
                        .intValue())
                .isEqualTo(403);
        assertThat(post(story.monitoring, FACTS, setup).status()).isEqualTo(403);
        assertThat(post(story.cio, LSHW, setup).status()).isEqualTo(403);
        assertThat(post(story.cio, BUNDLE, Samples.bundle()).status()).isEqualTo(403);
    }

    @Test
    void onlyTheClockWentOnSoItIsHeardAgain() {
        String name = delivered("vm");
        ObjectNode setup = machine(Samples.ANSIBLE, 14);
        ObjectNode clock = (ObjectNode) setup.at("/ansible_facts/ansible_date_time");
        clock.put("iso8601", "2026-11-22T08:00:00Z");
        JsonNode first = receipt(post(story.ansible, FACTS + "?name=" + name, setup));
        clock.put("iso8601", "2026-11-22T09:00:00Z");
        ((ObjectNode) setup.get("ansible_facts")).put("ansible_uptime_seconds", 999_999);
        JsonNode again = receipt(post(story.ansible, FACTS + "?name=" + name, setup));
        assertThat(first.get("status").intValue()).isEqualTo(201);
        assertThat(again.get("status").intValue()).isEqualTo(200);
        assertThat(again.get("confirmed").booleanValue()).isTrue();
        assertThat(again.get("id")).isEqualTo(first.get("id"));
        assertThat(row(name).picture().lastHeard(Stance.DELIVERED)).isNotNull();
    }

    @Test
    void aMapOfHostsIsAnsweredHostByHost() {
        String known = delivered("vm");
        ObjectNode hosts = Json.object();
        hosts.set(known, machine(Samples.ANSIBLE, 15));
        hosts.set(Story.name("nobody-knows"), machine(Samples.ANSIBLE, 16));
        hosts.set("Not_A_Name", machine(Samples.ANSIBLE, 17));
        hosts.putObject("away").put("unreachable", true).put("msg", "no route to host");
        hosts.put("odd", 7);
        JsonNode receipts = post(story.ansible, FACTS, hosts).expect(200).get("receipts");
        assertThat(receipts.valueStream().map(receipt -> receipt.get("status").intValue()))
                .containsExactly(201, 202, 202, 422, 422);
        assertThat(receipts.get(0).get("scrubbed")).isNotEmpty();
        assertThat(receipts.get(1).get("unattached").stringValue()).isEqualTo("unknown");
        assertThat(receipts.get(3).at("/problem/errors/0/pointer").stringValue())
                .isEqualTo("/away");
        JsonNode wrapped = post(
                        story.ansible, FACTS + "?dryRun=true", Json.object().set("hosts", hosts))
                .expect(200);
        assertThat(wrapped.get("receipts")).hasSize(5);
    }

    @Test
    void aMachineIsKnownByWhatItCarriesWhateverItIsCalled() {
        String name = delivered("vm");
        ObjectNode setup = machine(Samples.ANSIBLE, 18);
        receipt(post(story.ansible, FACTS + "?name=" + name, setup));
        JsonNode byItsCards = receipt(post(story.ansible, FACTS + "?name=Some_Other_Name", setup));
        assertThat(byItsCards.at("/element/name").stringValue()).isEqualTo(name);
        assertThat(byItsCards.get("confirmed").booleanValue()).isTrue();
    }

    @Test
    void manyHostsAreTakenInPartsAndOnceUnderOneKey() {
        ObjectNode hosts = Json.object();
        String beginning = Story.name("many");
        for (int i = 0; i < 450; i++)
            hosts.putObject(beginning + "-" + i).putObject("ansible_facts").put("ansible_memtotal_mb", 1000 + i);
        String key = Story.name("key");
        JsonNode first = post(story.ansible, FACTS, hosts, "Idempotency-Key", key)
                .expect(200)
                .get("receipts");
        JsonNode again = post(story.ansible, FACTS, hosts, "Idempotency-Key", key)
                .expect(200)
                .get("receipts");
        assertThat(first).hasSize(450).allMatch(receipt -> receipt.get("status").intValue() == 202);
        assertThat(again.valueStream().map(receipt -> receipt.get("id")))
                .containsExactlyElementsOf(
                        first.valueStream().map(receipt -> receipt.get("id")).toList());
        hosts.putObject(beginning + "-0").putObject("ansible_facts").put("ansible_memtotal_mb", 1);
        assertThat(post(story.ansible, FACTS, hosts, "Idempotency-Key", key).status())
                .isEqualTo(422);
    }

    @Test
    void aDryRunLeavesNothing() {
        String name = delivered("vm");
        JsonNode dry = receipt(post(story.ansible, FACTS + "?dryRun=true&name=" + name, machine(Samples.ANSIBLE, 19)));
        assertThat(dry.get("status").intValue()).isEqualTo(201);
        assertThat(dry.get("id").isNull()).isTrue();
        assertThat(dry.get("changes")).isNotEmpty();
        assertThat(row(name).picture().attributes()).containsExactly("memory");
    }

    @Test
    void whatFirmwareGarblesIsMendedAndHeard() {
        String name = delivered("vm");
        String document =
                "{'ansible_facts': {'ansible_product_name': 'Small Board\\u0000', 'ansible_memtotal_mb': 1024,"
                        + " 'ansible_mounts': [{'size_total': 18446744073709551615, 'label': 'half \\ud83d'}]}}";
        JsonNode receipt = receipt(story.post(story.ansible, FACTS + "?name=" + name, document));
        assertThat(receipt.get("status").intValue()).as(receipt.toString()).isEqualTo(201);
    }

    @Test
    void whatIsNoDocumentOfTheToolIsRefusedWithTheReason() {
        for (String path : List.of(FACTS, LSHW, BUNDLE)) {
            for (String unfit : List.of("7", "[]", "{}", "[[]]", "{'a': {'b': 1}}", "'text'"))
                assertThat(story.post(story.ansible, path, unfit).status())
                        .as(path + unfit)
                        .isEqualTo(422);
            for (String broken : List.of("", "{", "{'ansible_facts': {'ansible_memtotal_mb': 1}", "{'a': 1, 'a': 2}"))
                assertThat(story.post(story.ansible, path, broken).status())
                        .as(path + broken)
                        .isEqualTo(400);
            for (String endless : List.of("1e99999999999", "[-1e-99999999999]"))
                assertThat(story.post(story.ansible, path, "{'ansible_facts': {'a': {'b': " + endless + "}}}")
                                .expect(400)
                                .at("/errors/0/pointer")
                                .stringValue())
                        .startsWith("/ansible_facts/a/b");
            assertThat(story.post(story.ansible, path, "[".repeat(100) + "]".repeat(100))
                            .status())
                    .isEqualTo(400);
            assertThat(story.send(story.ansible, "POST", path, new byte[] {1}, "Content-Type", "text/plain")
                            .status())
                    .isEqualTo(415);
            assertThat(story.post(story.ansible, path + "?element=No_Name", "{}")
                            .status())
                    .isEqualTo(400);
        }
        assertThat(story.post(story.ansible, LSHW + "?name=https://ops:hunter2-hunter2@git.example.org", "{}")
                        .expect(422)
                        .at("/errors/0/pointer")
                        .stringValue())
                .isEqualTo("name");
        byte[] large = ("{\"ansible_facts\": {\"x\": \"" + "y".repeat(17 << 20) + "\"}}")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(story.send(story.ansible, "POST", FACTS, large).status()).isEqualTo(413);
        assertThat(story.send(story.ansible, "POST", LSHW, large).status()).isEqualTo(413);
        assertThat(story.send(story.ansible, "POST", BUNDLE, large).status()).isEqualTo(413);
    }

    @Test
    void whoSpeaksForSeveralNamesTheCustomer() {
        ObjectNode setup = machine(Samples.ANSIBLE, 20);
        assertThat(post(story.ops, FACTS, setup).status()).isEqualTo(400);
        assertThat(post(story.ops, FACTS + "?customer=zenith", setup).status()).isEqualTo(404);
        assertThat(post(story.ops, FACTS + "?customer=globex&dryRun=true", setup)
                        .status())
                .isEqualTo(200);
    }
}
