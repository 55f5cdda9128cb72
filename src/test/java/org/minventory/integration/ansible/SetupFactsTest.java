package org.minventory.integration.ansible;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.integration.Mutations;
import org.minventory.integration.Samples;
import org.minventory.survey.Survey;
import org.minventory.survey.Surveyed;
import org.minventory.survey.Unreadable;
import org.minventory.survey.UnreadableDocument;
import org.minventory.survey.Unsurveyed;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SetupFactsTest {

    private static final String CANARY = "hunter2canary";

    private final JsonNode sample = Samples.read(Samples.ANSIBLE);

    @Test
    void theRealFileOfTheToolTellsTheMachine() {
        Surveyed survey = one(sample, null);

        assertThat(survey.name()).isEqualTo("vm");
        assertThat(json(survey.facts())).isEqualTo(Samples.json("""
                                {
                                  "address": "192.0.2.2",
                                  "addresses": ["192.0.2.2/24", "fd00::2/64"],
                                  "architecture": "x86_64",
                                  "cpu.cores": 2,
                                  "cpu.count": 1,
                                  "cpu.model": "Intel(R) Xeon(R) Processor",
                                  "cpu.threads": 2,
                                  "disks": [{"name": "vda", "size": 274877906944}],
                                  "gateway": "192.0.2.1",
                                  "hostname": "vm",
                                  "kernel": "6.18.44-cloud-amd64",
                                  "memory": 25275924480,
                                  "nics": [{"name": "eth0", "mac": "02:fc:00:00:00:01"}],
                                  "os.name": "Debian",
                                  "os.version": "12.11",
                                  "virtualization": "docker"
                                }
                                """));
        assertThat(survey.scrubbed())
                .containsExactlyInAnyOrder(
                        "/ansible_facts/ansible_env",
                        "/ansible_facts/ansible_cmdline",
                        "/ansible_facts/ansible_proc_cmdline");
        assertThat(survey.document().at("/ansible_facts/ansible_env/scrubbed").stringValue())
                .isEqualTo("environment");
    }

    @Test
    void everyShapeInWhichPeopleKeepItIsUnderstood() {
        JsonNode inner = sample.get("ansible_facts");
        JsonNodeFactory make = JsonNodeFactory.instance;
        ObjectNode printed = make.objectNode();
        inner.properties().forEach(fact -> printed.set(fact.getKey().replaceFirst("^ansible_", ""), fact.getValue()));

        assertThat(one(inner, null).facts()).isEqualTo(one(sample, null).facts());
        assertThat(one(printed, null).facts()).isEqualTo(one(sample, null).facts());
        assertThat(one(printed, null).document().toString()).doesNotContain("/home/alice/.pyenv");
        assertThat(one(make.arrayNode().add(sample), "web-1")).isEqualTo(one(sample, "web-1"));
        assertThat(one(make.objectNode().set("web-1", sample), null)).isEqualTo(one(sample, "web-1"));
        assertThat(one(make.objectNode().set("web-1", inner), null)).isEqualTo(one(inner, "web-1"));
        assertThat(one(make.objectNode().set("ansible_controller", inner), null).name())
                .isEqualTo("ansible_controller");
        assertThat(one(make.objectNode().set("hosts", make.objectNode().set("web-1", sample)), null))
                .isEqualTo(one(sample, "web-1"));
    }

    @Test
    void aHostThatDidNotAnswerLosesNoneOfTheOthers() {
        ObjectNode told = (ObjectNode) Samples.json("""
                {
                  "db/1": {"changed": false, "unreachable": true,
                           "msg": "Failed to connect to the host via ssh: port 22: Connection refused"},
                  "db-2": {"changed": false, "failed": true, "msg": "no token=hunter2hunter2 for you",
                           "ansible_facts": {"discovered_interpreter_python": "/usr/bin/python3"}},
                  "db-3": {"changed": false, "failed": true, "module_stderr": "sudo: a password is required\\n"},
                  "db-4": {"ansible_facts": {}, "changed": false},
                  "db-5": {"ansible_facts": [1, 2]},
                  "db-6": 7
                }
                """);
        told.set("web-1", sample);

        List<Survey> surveys = SetupFacts.read(told, null);

        assertThat(surveys)
                .extracting(Survey::name)
                .containsExactly("db/1", "db-2", "db-3", "db-4", "db-5", "db-6", "web-1");
        assertThat(surveys.subList(0, 6))
                .allSatisfy(survey -> assertThat(survey).isInstanceOf(Unsurveyed.class));
        assertThat(why(surveys.get(0)).reason()).isEqualTo(Unreadable.Reason.UNREACHABLE);
        assertThat(why(surveys.get(0)).pointer()).isEqualTo("/db~11");
        assertThat(why(surveys.get(0)).sentence().in(Locale.FRENCH))
                .isEqualTo("« ansible » n’a pas pu joindre cette machine : Failed to connect to the host via ssh:"
                        + " port 22: Connection refused");
        assertThat(why(surveys.get(1)).reason()).isEqualTo(Unreadable.Reason.FAILED);
        assertThat(why(surveys.get(1)).sentence().in(Locale.ENGLISH)).doesNotContain("hunter2");
        assertThat(surveys.get(1).scrubbed()).containsExactly("/msg");
        assertThat(why(surveys.get(2)).sentence().in(Locale.ENGLISH))
                .isEqualTo("\"ansible\" failed on this machine: sudo: a password is required");
        assertThat(why(surveys.get(3)).reason()).isEqualTo(Unreadable.Reason.NOTHING_TOLD);
        assertThat(why(surveys.get(4)).reason()).isEqualTo(Unreadable.Reason.NOTHING_TOLD);
        assertThat(why(surveys.get(5)).reason()).isEqualTo(Unreadable.Reason.NOT_FROM_THIS_TOOL);
        assertThat(surveys.get(6)).isEqualTo(one(sample, "web-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "null",
                "7",
                "\"x\"",
                "[1]",
                "{\"a\": 1}",
                "{\"hosts\": {}}",
                "{\"web\": {\"memory\": 1}}"
            })
    void anythingElseIsRefusedWithASentence(String document) {
        assertThatThrownBy(() -> SetupFacts.read(json(document), null))
                .isInstanceOfSatisfying(UnreadableDocument.class, refusal -> {
                    assertThat(refusal.why().pointer()).isEmpty();
                    assertThat(refusal.why().sentence().in(Locale.ENGLISH))
                            .isEqualTo("This is not what \"ansible -m setup\" writes: {\"ansible_facts\": {…}}"
                                    + " was expected here.");
                    assertThat(refusal.why().sentence().in(Locale.FRENCH)).startsWith("Ceci n’est pas");
                });
    }

    @Test
    void theDocumentsOfOtherDoorsAreRefused() {
        assertThatThrownBy(() -> SetupFacts.read(Samples.read(Samples.ANSIBLE_RUN), null))
                .isInstanceOf(UnreadableDocument.class);
        assertThatThrownBy(() -> SetupFacts.read(Samples.read(Samples.LSHW), null))
                .isInstanceOf(UnreadableDocument.class);
    }

    @Test
    void theSameMachineAnHourLaterTellsTheSame() {
        JsonNode later = Samples.read(Samples.ANSIBLE);
        ObjectNode facts = (ObjectNode) later.get("ansible_facts");
        facts.put("ansible_uptime_seconds", 4384)
                .put("ansible_memfree_mb", 20000)
                .put("ansible_swapfree_mb", 7);
        ((ObjectNode) facts.get("ansible_date_time")).put("epoch", "1795357447");
        ((ObjectNode) facts.at("/ansible_memory_mb/real")).put("free", 20000).put("used", 4105);
        ((ObjectNode) facts.get("ansible_loadavg")).put("1m", 7.5);
        ((ObjectNode) facts.at("/ansible_mounts/0")).put("block_available", 1);
        ((ObjectNode) facts.at("/ansible_devices/zram0"))
                .put("sectors", "2097152")
                .put("size", "1.00 GB");
        ((ObjectNode) facts.at("/ansible_devices/loop0"))
                .put("sectors", "130960")
                .put("size", "63.95 MB");
        ObjectNode container = facts.putObject("ansible_veth12ab");
        container
                .put("device", "veth12ab")
                .put("macaddress", "aa:bb:cc:dd:ee:ff")
                .put("type", "ether");
        facts.putObject("ansible_docker0")
                .put("device", "docker0")
                .putObject("ipv4")
                .put("address", "172.17.0.1")
                .put("prefix", "16");
        facts.putArray("ansible_interfaces")
                .add("veth12ab")
                .add("docker0")
                .add("lo")
                .add("eth0")
                .add("ifb0");

        assertThat(one(later, null).facts()).isEqualTo(one(sample, null).facts());
    }

    @Test
    void disksAreToldAsThereAreAndInTheOrderInWhichPeopleCount() {
        Surveyed survey = one(json("""
                        {"ansible_virtualization_role": "host", "ansible_devices": {
                          "nvme10n1": {"sectors": "1000215216", "sectorsize": "512", "rotational": "0",
                                       "model": "SAMSUNG MZVL2512HCJQ-00B00", "serial": "S675NX0T", "size": "476.94 GB"},
                          "nvme2n1": {"sectors": "1000215216", "sectorsize": "512", "model": "Not Specified"},
                          "nvme2c2n1": {"sectors": "1000215216", "sectorsize": "512"},
                          "sda": {"sectors": "7814037168", "sectorsize": "512", "rotational": "1", "wwn": "0x5000c500a",
                                  "model": "ST4000NM0035-1V4", "removable": "0"},
                          "sdb": {"sectors": "7814037168", "sectorsize": "512", "rotational": "1", "wwn": "0x5000c500a",
                                  "model": "ST4000NM0035-1V4", "removable": "0"},
                          "sdc": {"sectors": "468862128", "sectorsize": "512", "rotational": "0", "model": "SSDSC2BB24"},
                          "sdd": {"sectors": "468862128", "sectorsize": "512", "rotational": "0", "model": "PERC H730 Mini"},
                          "sde": {"sectors": "60062500", "sectorsize": "512", "removable": "1"},
                          "sdf": {"sectors": "0", "sectorsize": "512", "size": "0.00 Bytes"},
                          "sr0": {"sectors": "2097151", "sectorsize": "512"},
                          "md0": {"sectors": "2097151", "sectorsize": "512"},
                          "dm-0": {"sectors": "2097151", "sectorsize": "512"}}}
                        """), null);

        assertThat(survey.facts().get("disks")).isEqualTo(json("""
                                [{"name": "nvme2n1", "size": 512110190592, "type": "nvme"},
                                 {"name": "nvme10n1", "size": 512110190592, "type": "nvme",
                                  "model": "SAMSUNG MZVL2512HCJQ-00B00", "serial": "S675NX0T"},
                                 {"name": "sda", "size": 4000787030016, "type": "hdd", "model": "ST4000NM0035-1V4"},
                                 {"name": "sdc", "size": 240057409536, "type": "ssd", "model": "SSDSC2BB24"},
                                 {"name": "sdd", "size": 240057409536, "model": "PERC H730 Mini"}]
                                """));
    }

    @ParameterizedTest(name = "{0} sectors of {1}, in words {2}: {3} bytes")
    @CsvSource({
        "536870912, 512, 256.00 GB, 274877906944",
        // a disk of 4 KiB sectors, told by a tool that counts the kernel's sectors, and by a newer one
        "7814037168, 4096, 3.64 TB, 4000787030016",
        "976754646, 4096, 3.64 TB, 4000787030016",
        "976754646, 4096, , 4000787030016",
        "536870912, , , 274877906944",
        ", , 256.00 GB, 274877906944"
    })
    void aSizeIsTheOneThatIsRight(String sectors, String sectorSize, String words, long bytes) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        ObjectNode disk = facts.putObject("ansible_devices").putObject("sda");
        disk.put("sectors", sectors).put("sectorsize", sectorSize).put("size", words);

        assertThat(one(facts, null).facts().get("disks").get(0).get("size").longValue())
                .isEqualTo(bytes);
    }

    @Test
    void aDiskWhoseSizeIsUnknownIsNotADiskMissing() {
        ((ObjectNode) sample.at("/ansible_facts/ansible_devices"))
                .putObject("vdb")
                .put("model", "x");

        assertThat(one(sample, null).facts()).doesNotContainKey("disks").containsKey("memory");
    }

    @Test
    void networkIsToldWithoutWhatContainersMakeOfIt() {
        Surveyed survey = one(json("""
                        {"ansible_interfaces": ["lo", "bond0", "eno1", "eno2", "vmbr0", "br-12ab", "eno1.100", "wg0", "cali1"],
                         "ansible_lo": {"device": "lo", "type": "loopback", "ipv4": {"address": "203.0.113.9", "prefix": "32"}},
                         "ansible_eno1": {"device": "eno1", "pciid": "0000:01:00.0", "type": "ether", "speed": 10000,
                                          "macaddress": "AA:BB:CC:00:00:01", "perm_macaddress": "aa:bb:cc:00:00:01"},
                         "ansible_eno2": {"device": "eno2", "pciid": "0000:01:00.1", "type": "ether", "speed": -1,
                                          "macaddress": "aa:bb:cc:00:00:01", "perm_macaddress": "aa:bb:cc:00:00:02"},
                         "ansible_bond0": {"device": "bond0", "type": "bonding", "macaddress": "aa:bb:cc:00:00:01"},
                         "ansible_eno1.100": {"device": "eno1.100", "type": "ether", "macaddress": "aa:bb:cc:00:00:01",
                                              "ipv4": {"address": "10.0.0.5", "netmask": "255.255.255.0"}},
                         "ansible_vmbr0": {"device": "vmbr0", "type": "bridge", "macaddress": "aa:bb:cc:00:00:01",
                                           "ipv4": {"address": "203.0.113.10", "netmask": "255.255.255.128"},
                                           "ipv4_secondaries": [{"address": "203.0.113.2", "prefix": "32"},
                                                                {"address": "169.254.7.7", "prefix": "16"},
                                                                {"address": "localhost", "prefix": "16"}],
                                           "ipv6": [{"address": "2001:DB8::10", "prefix": "64", "scope": "global"},
                                                    {"address": "fe80::1", "prefix": "64", "scope": "link"}]},
                         "ansible_br_12ab": {"device": "br-12ab", "ipv4": {"address": "172.18.0.1", "prefix": "16"}},
                         "ansible_wg0": {"device": "wg0", "ipv4": {"address": "10.9.0.1", "prefix": "24"}},
                         "ansible_cali1": {"device": "cali1", "macaddress": "ee:ee:ee:ee:ee:ee"},
                         "ansible_default_ipv4": {},
                         "ansible_default_ipv6": {"address": "2001:db8::10", "gateway": "fe80::1"}}
                        """), null);

        assertThat(json(survey.facts())).isEqualTo(json("""
                                {"address": "2001:db8::10", "gateway": "fe80::1",
                                 "addresses": ["10.0.0.5/24", "10.9.0.1/24", "203.0.113.2/32", "203.0.113.10/25",
                                               "2001:db8::10/64"],
                                 "nics": [{"name": "eno1", "mac": "aa:bb:cc:00:00:01", "speed": 10000000000},
                                          {"name": "eno2", "mac": "aa:bb:cc:00:00:02"}]}
                                """));
    }

    @Test
    void theMachineItselfIsToldWhereItsFirmwareSaysMoreThanNothing() {
        Surveyed survey = one(json("""
                        {"ansible_system_vendor": "Dell Inc.", "ansible_product_name": "PowerEdge  M630 ",
                         "ansible_product_serial": "7XYZ123", "ansible_board_vendor": "Dell Inc.",
                         "ansible_board_name": "0PHY8D", "ansible_board_serial": "To Be Filled By O.E.M.",
                         "ansible_virtualization_role": "host", "ansible_virtualization_type": "kvm",
                         "ansible_processor_cores": "8", "ansible_processor_count": 2, "ansible_processor_vcpus": 32,
                         "ansible_processor": ["0", "GenuineIntel", "Intel(R) Xeon(R) CPU   E5-2620", "1",
                                               "GenuineIntel", "Intel(R) Xeon(R) CPU   E5-2620"],
                         "ansible_fqdn": "M630.example.org.", "ansible_nodename": "m630", "ansible_hostname": "m630"}
                        """), null);

        assertThat(survey.name()).isEqualTo("m630.example.org");
        assertThat(json(survey.facts())).isEqualTo(json("""
                                {"vendor": "Dell Inc.", "model": "PowerEdge M630", "serial": "7XYZ123",
                                 "board": "Dell Inc. 0PHY8D", "cpu.cores": 16, "cpu.count": 2, "cpu.threads": 32,
                                 "cpu.model": "Intel(R) Xeon(R) CPU E5-2620",
                                 "fqdn": "m630.example.org", "hostname": "m630"}
                                """));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NA",
                "N/A",
                "",
                "  ",
                "Not Specified",
                "To Be Filled By O.E.M.",
                "Default string",
                "0",
                "None",
                "00000000",
                "0123456789",
                ".......",
                "System Serial Number"
            })
    void aFillerIsNotASerialNumber(String filler) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("ansible_product_serial", filler).put("ansible_memtotal_mb", 1024);

        assertThat(one(facts, null).facts()).containsOnlyKeys("memory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "localhost.localdomain", "vm", "192.0.2.2", "2.2.0.192.in-addr.arpa", "a b.c"})
    void aNameWithoutAPlaceInTheWorldIsNotQualified(String name) {
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("ansible_fqdn", name).put("ansible_memtotal_mb", 1024);

        assertThat(one(facts, null).facts()).containsOnlyKeys("memory");
    }

    @Test
    void hostKeysAreToldAsKnownHostsWriteThem() {
        String ed25519 = "AAAAC3NzaC1lZDI1NTE5AAAAIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
        ObjectNode facts = JsonNodeFactory.instance.objectNode();
        facts.put("ansible_ssh_host_key_ed25519_public", ed25519)
                .put("ansible_ssh_host_key_ed25519_public_keytype", "ssh-ed25519")
                .put("ansible_ssh_host_key_rsa_public", "not a key");

        Surveyed survey = one(facts, null);

        assertThat(survey.facts().get("hostkeys")).isEqualTo(json("[\"ssh-ed25519 " + ed25519 + "\"]"));
        assertThat(survey.scrubbed()).isEmpty();
    }

    @Test
    void tenThousandDisksAreRefusedForThatHostOnly() {
        ObjectNode told = JsonNodeFactory.instance.objectNode();
        ObjectNode devices = told.putObject("web-1").putObject("ansible_facts").putObject("ansible_devices");
        for (int index = 0; index < 10_000; index++) {
            devices.putObject("nvme" + index + "n1").put("sectors", 2048).put("sectorsize", 512);
        }
        told.set("web-2", sample);

        List<Survey> surveys = SetupFacts.read(told, null);

        assertThat(why(surveys.get(0)).pointer()).isEqualTo("/web-1/ansible_facts/ansible_devices");
        assertThat(why(surveys.get(0)).sentence().in(Locale.ENGLISH))
                .isEqualTo("10000 disks are listed, at most 1000 can be heard at once.");
        assertThat(surveys.get(1)).isInstanceOf(Surveyed.class);
    }

    @Test
    void nothingThatIsWrongInADocumentBreaksTheReader() {
        Mutations.each(sample, (document, mutation) -> {
            try {
                SetupFacts.read(document, null)
                        .forEach(survey -> assertThat(survey.document()).isNotNull());
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
            place.set(JsonNodeFactory.instance.stringNode(
                    "https://bob:" + CANARY + "@example.org/" + place.get().stringValue()));
        }
        ((ObjectNode) sample.at("/ansible_facts/ansible_local"))
                .putObject("shop")
                .put("db_password", CANARY);

        Surveyed survey = one(sample, "vm");

        assertThat(survey.document().toString()).doesNotContain(CANARY);
        assertThat(survey.facts().toString()).doesNotContain(CANARY);
        assertThat(survey.scrubbed()).hasSizeGreaterThan(100);
    }

    @Test
    void theEnvironmentAndTheCommandLineGoWhole() {
        ObjectNode facts = (ObjectNode) sample.get("ansible_facts");
        ((ObjectNode) facts.get("ansible_env")).put("INNOCENT", CANARY).put(CANARY, "x");
        ((ObjectNode) facts.get("ansible_cmdline")).put("init", CANARY).put(CANARY, true);
        ((ObjectNode) facts.get("ansible_proc_cmdline")).putArray("init").add(CANARY);

        assertThat(one(sample, null).document().toString()).doesNotContain(CANARY);
        assertThat(one(facts, null).document().toString()).doesNotContain(CANARY);
    }

    private static Surveyed one(JsonNode document, String name) {
        List<Survey> surveys = SetupFacts.read(document, name);
        assertThat(surveys).hasSize(1).first().isInstanceOf(Surveyed.class);
        return (Surveyed) surveys.getFirst();
    }

    private static Unreadable why(Survey survey) {
        return ((Unsurveyed) survey).why();
    }

    private static JsonNode json(Map<String, JsonNode> facts) {
        return Samples.json(JsonNodeFactory.instance.objectNode().setAll(facts).toString());
    }

    private static JsonNode json(String text) {
        return Samples.json(text);
    }
}
