package org.minventory.integration.lshw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.integration.Mutations;
import org.minventory.integration.Samples;
import org.minventory.survey.Surveyed;
import org.minventory.survey.UnreadableDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class LshwSurveyTest {

    private static final String CANARY = "hunter2canary";

    private final JsonNode sample = Samples.read(Samples.LSHW);

    @Test
    void theRealDocumentTellsTheMachine() {
        Surveyed survey = LshwSurvey.read(sample, null);

        assertThat(survey.name()).isEqualTo("vm");
        assertThat(facts(survey)).isEqualTo(Samples.json("""
                                {
                                  "address": "192.0.2.2",
                                  "cpu.count": 1,
                                  "cpu.model": "Intel(R) Xeon(R) Processor",
                                  "hostname": "vm",
                                  "memory": 25769803776,
                                  "nics": [{"name": "eth0", "mac": "02:fc:00:00:00:01"}]
                                }
                                """));
        assertThat(survey.document()).isEqualTo(sample);
        assertThat(survey.scrubbed()).isEmpty();
    }

    @Test
    void aListAsRootTellsTheSame() {
        Surveyed ofList = LshwSurvey.read(JsonNodeFactory.instance.arrayNode().add(sample), "intra-app-1");

        assertThat(ofList.facts()).isEqualTo(LshwSurvey.read(sample, null).facts());
        assertThat(ofList.name()).isEqualTo("intra-app-1");
    }

    @Test
    void aPartOfTheTreeTellsItsPartAndNoName() {
        Surveyed survey = read("""
                [{"id": "network", "class": "network", "logicalname": "eth0", "serial": "02:fc:00:00:00:01"}, null, 7]
                """);

        assertThat(survey.name()).isNull();
        assertThat(survey.facts()).containsOnlyKeys("nics");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "7", "\"x\"", "[1]", "[[]]", "{\"a\": 1}"})
    void anythingElseIsRefusedWithASentence(String document) {
        assertThatThrownBy(() -> read(document)).isInstanceOfSatisfying(UnreadableDocument.class, refusal -> assertThat(
                        refusal.why().sentence().in(Locale.FRENCH))
                .startsWith("Ceci n’est pas ce qu’écrit « lshw -json »"));
    }

    @Test
    void aDocumentThatTellsNothingIsRefused() {
        assertThatThrownBy(() -> read("{\"id\": \"computer\", \"class\": \"system\"}"))
                .isInstanceOfSatisfying(UnreadableDocument.class, refusal -> assertThat(
                                refusal.why().sentence().in(Locale.ENGLISH))
                        .isEqualTo("This document of \"lshw -json\" tells nothing about the machine."));
    }

    @Test
    void twoMachinesInOneDocumentAreRefused() {
        assertThatThrownBy(
                        () -> read("[{\"id\": \"a\", \"class\": \"system\"}, {\"id\": \"b\", \"class\": \"system\"}]"))
                .isInstanceOfSatisfying(UnreadableDocument.class, refusal -> {
                    assertThat(refusal.why().pointer()).isEqualTo("/1");
                    assertThat(refusal.why().sentence().in(Locale.ENGLISH)).contains("describes 2 machines");
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "two banks of memory, each with its size | 68719476736 |"
                        + " {'id':'memory:0','class':'memory','description':'System Memory','units':'bytes','size':34359738368},"
                        + " {'id':'memory:1','class':'memory','description':'System Memory','units':'bytes','size':34359738368},"
                        + " {'id':'memory:4','class':'memory'}",
                "only the modules have a size, empty slots have none | 34359738368 |"
                        + " {'id':'memory:0','class':'memory','description':'System Memory','children':["
                        + "  {'id':'bank:0','class':'memory','units':'bytes','size':17179869184},"
                        + "  {'id':'bank:1','class':'memory','description':'DIMM Synchronous [empty]','serial':'NO DIMM'},"
                        + "  {'id':'bank:2','class':'memory','units':'bytes','size':17179869184}]}",
                "firmware, caches and shared memory are none | 4143972352 |"
                        + " {'id':'firmware','class':'memory','description':'BIOS','units':'bytes','size':65536},"
                        + " {'id':'cache:0','class':'memory','description':'L1 cache','units':'bytes','size':524288},"
                        + " {'id':'memory:1','class':'memory','description':'RAM memory','units':'bytes','size':8192},"
                        + " {'id':'memory:0','class':'memory','description':'System memory','size':'4143972352'}"
            })
    void memoryIsWhatTheModulesHold(String story, long bytes, String nodes) {
        Surveyed survey = read(
                "{'id':'core','class':'bus','children':[%s]}".formatted(nodes).replace('\'', '"'));

        assertThat(survey.facts().get("memory").longValue()).as(story).isEqualTo(bytes);
    }

    @Test
    void aServerIsToldWithItsProcessorsDisksAndPorts() {
        Surveyed survey = read("""
                {"id": "M630.example.org", "class": "system", "product": "ProLiant DL380p Gen8 (665553-B21)", "vendor": "HP",
                 "serial": "CZ12345", "configuration": {"sku": "665553-B21", "family": "ProLiant"},
                 "children": [{"id": "core", "class": "bus", "vendor": "HP", "product": "Not Specified", "children": [
                   {"id": "cpu:0", "class": "processor", "product": "Intel(R) Xeon(R) CPU E5-2620 0 @ 2.00GHz",
                    "configuration": {"cores": "8", "enabledcores": "6", "threads": "12"}},
                   {"id": "cpu:1", "class": "processor", "product": "Intel(R) Xeon(R) CPU E5-2620 0 @ 2.00GHz",
                    "configuration": {"cores": "6", "enabledcores": "6", "threads": "12"},
                    "children": [{"id": "logicalcpu:0", "class": "processor"}]},
                   {"id": "cpu:2", "class": "processor", "description": "CPU [empty]"},
                   {"id": "cpu:3", "class": "processor", "product": "x", "disabled": true},
                   {"id": "sata", "class": "storage", "children": [
                     {"id": "disk:1", "class": "disk", "description": "ATA Disk", "product": "Samsung SSD 860", "serial": "S1",
                      "logicalname": "/dev/sdb", "units": "bytes", "size": 240057409536},
                     {"id": "disk:0", "class": "disk", "description": "ATA Disk", "product": "ST4000NM0035",
                      "logicalname": ["/dev/sda", "/srv"], "units": "bytes", "size": 4000787030016,
                      "capabilities": {"7200rpm": "7200 rotations per minute", "partitioned": "Partitioned disk"}},
                     {"id": "cdrom", "class": "disk", "logicalname": ["/dev/cdrom", "/dev/sr0"]},
                     {"id": "disk:2", "class": "disk", "product": "Virtual Floppy", "logicalname": "/dev/sdz",
                      "capabilities": {"removable": "support is removable"}},
                     {"id": "disk:3", "class": "disk", "product": "seen by the enclosure only"}]},
                   {"id": "nvme", "class": "storage", "product": "SAMSUNG MZVL2512", "serial": "S675",
                    "configuration": {"driver": "nvme", "state": "live"}, "logicalname": "/dev/nvme0", "children": [
                      {"id": "namespace:0", "class": "disk", "logicalname": "hwmon1"},
                      {"id": "namespace:1", "class": "disk", "logicalname": "/dev/ng0n1"},
                      {"id": "namespace:2", "class": "disk", "logicalname": "/dev/nvme0n1", "units": "bytes",
                       "size": 512110190592}]},
                   {"id": "network:1", "class": "network", "logicalname": ["eno2", "/dev/fb0"], "serial": "AA:BB:CC:00:00:02",
                    "capacity": 10000000000, "configuration": {"ip": "10.0.0.5", "link": "no"}},
                   {"id": "network:0", "class": "network", "logicalname": "eno1", "serial": "aa:bb:cc:00:00:01",
                    "units": "bit/s", "size": 1000000000, "capacity": 10000000000, "configuration": {"ip": "203.0.113.10"}},
                   {"id": "network:2", "class": "network", "description": "Network controller"}]},
                  {"id": "network:0", "class": "network", "logicalname": "docker0", "configuration": {"ip": "172.17.0.1"}},
                  {"id": "network:1", "class": "network", "logicalname": "bond0", "serial": "aa:bb:cc:00:00:01",
                   "capabilities": {"ethernet": true, "logical": "Logical interface"}}]}
                """);

        assertThat(survey.name()).isEqualTo("m630.example.org");
        assertThat(facts(survey)).isEqualTo(Samples.json("""
                                {"hostname": "m630", "fqdn": "m630.example.org", "vendor": "HP", "serial": "CZ12345",
                                 "model": "ProLiant DL380p Gen8", "board": "HP",
                                 "cpu.count": 2, "cpu.cores": 12, "cpu.threads": 24,
                                 "cpu.model": "Intel(R) Xeon(R) CPU E5-2620 0 @ 2.00GHz",
                                 "disks": [
                                   {"name": "nvme0n1", "size": 512110190592, "type": "nvme",
                                    "model": "SAMSUNG MZVL2512", "serial": "S675"},
                                   {"name": "sda", "size": 4000787030016, "type": "hdd", "model": "ST4000NM0035"},
                                   {"name": "sdb", "size": 240057409536, "type": "ssd",
                                    "model": "Samsung SSD 860", "serial": "S1"}],
                                 "nics": [{"name": "eno1", "mac": "aa:bb:cc:00:00:01", "speed": 1000000000},
                                          {"name": "eno2", "mac": "aa:bb:cc:00:00:02", "speed": 10000000000}]}
                                """));
    }

    @Test
    void aDiskThatAnOlderBuildDoesNotSeeIsNotADiskMissing() {
        Surveyed survey = read("""
                {"id": "db", "class": "system", "children": [
                  {"id": "disk", "class": "disk", "logicalname": "/dev/sda", "size": 4000787030016},
                  {"id": "storage", "class": "storage", "description": "Non-Volatile memory controller",
                   "configuration": {"driver": "nvme"}}]}
                """);

        assertThat(survey.facts()).containsOnlyKeys("hostname");
    }

    @Test
    void namelessProcessorsAreCoresAndNotSockets() {
        Surveyed survey = read("""
                {"id": "debian", "class": "system", "children": [
                  {"id": "cpu:0", "class": "processor", "businfo": "cpu@0"},
                  {"id": "cpu:1", "class": "processor", "businfo": "cpu@1"}]}
                """);

        assertThat(survey.facts()).containsOnlyKeys("hostname");
    }

    @Test
    void tenThousandDisksAreRefused() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("id", "db").put("class", "system");
        ArrayNode children = root.putArray("children");
        for (int index = 0; index < 10_000; index++) {
            children.addObject()
                    .put("class", "disk")
                    .put("logicalname", "/dev/sd" + index)
                    .put("size", 1 << 20);
        }

        assertThatThrownBy(() -> LshwSurvey.read(root, null))
                .isInstanceOfSatisfying(UnreadableDocument.class, refusal -> assertThat(
                                refusal.why().sentence().in(Locale.ENGLISH))
                        .isEqualTo("10000 disks are listed, at most 1000 can be heard at once."));
    }

    @Test
    void bridgesBehindBridgesCostNoStack() {
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("id", "db").put("class", "system");
        ObjectNode deepest = root;
        for (int depth = 0; depth < 2_000; depth++) {
            deepest = deepest.putArray("children").addObject().put("id", "pci").put("class", "bridge");
        }
        deepest.putArray("children")
                .addObject()
                .put("class", "disk")
                .put("logicalname", "/dev/sda")
                .put("size", 512);

        assertThat(LshwSurvey.read(root, null).facts()).containsKey("disks");
    }

    @Test
    void nothingThatIsWrongInADocumentBreaksTheReader() {
        Mutations.each(sample, (document, mutation) -> {
            try {
                assertThat(LshwSurvey.read(document, null).document()).isNotNull();
            } catch (UnreadableDocument refusal) {
                assertThat(refusal.why().sentence().in(Locale.FRENCH)).isNotBlank();
            } catch (RuntimeException | StackOverflowError broken) {
                fail("%s: %s", mutation, broken);
            }
        });
    }

    @Test
    void noSecretPlantedAnywhereSurvives() {
        for (Mutations.Place place : Mutations.texts(sample)) {
            String told = place.get().stringValue();
            if (!place.name().equals("class")) {
                place.set(JsonNodeFactory.instance.stringNode("https://bob:" + CANARY + "@example.org/" + told));
            }
        }
        ((ObjectNode) sample.at("/children/0")).putObject("configuration").put("admin_password", CANARY);

        Surveyed survey = LshwSurvey.read(sample, "vm");

        assertThat(survey.document().toString()).doesNotContain(CANARY);
        assertThat(survey.facts().toString()).doesNotContain(CANARY);
        assertThat(survey.scrubbed()).hasSizeGreaterThan(80).contains("/children/0/configuration/admin_password");
    }

    private static Surveyed read(String document) {
        return LshwSurvey.read(Samples.json(document), null);
    }

    private static JsonNode facts(Surveyed survey) {
        Map<String, JsonNode> facts = survey.facts();
        return Samples.json(JsonNodeFactory.instance.objectNode().setAll(facts).toString());
    }
}
