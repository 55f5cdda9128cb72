package org.minventory.integration.survey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.base.Json;
import org.minventory.integration.Mutations;
import org.minventory.integration.Samples;
import org.minventory.survey.Surveyed;
import org.minventory.survey.Unreadable;
import org.minventory.survey.UnreadableDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class SurveyBundleTest {

    private static final String CANARY = "hunter2canary";
    private static final String HARDWARE = "/samples/hardware/netbox-agent_dmidecode_";

    private final ObjectNode sample = Samples.bundle();
    private final ObjectNode parts = (ObjectNode) sample.get("parts");

    @Test
    void theRealPartsTellTheMachine() {
        Surveyed survey = read();

        assertThat(survey.name()).isEqualTo("vm");
        assertThat(facts(survey)).isEqualTo(Samples.json("""
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
                  "memory": 25276502016,
                  "nics": [{"name": "eth0", "mac": "02:fc:00:00:00:01"}],
                  "os.name": "Debian GNU/Linux",
                  "os.version": "12",
                  "virtualization": "kvm"
                }
                """));
        assertThat(survey.document()).isEqualTo(sample);
        assertThat(survey.scrubbed()).isEmpty();
        assertThat(said(survey))
                .isEqualTo(
                        "/parts/dmidecode \"dmidecode\" failed on this machine: /dev/mem: No such file or directory\n");
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
                "{\"parts\": {}}",
                "{\"survey.sh\": 1}",
                "{\"survey.sh\": 1, \"parts\": []}"
            })
    void anythingElseIsRefusedWithASentence(String document) {
        assertThatThrownBy(() -> SurveyBundle.read(Samples.json(document), null))
                .isInstanceOfSatisfying(UnreadableDocument.class, refusal -> assertThat(
                                refusal.why().sentence().in(Locale.FRENCH))
                        .startsWith("Ceci n’est pas ce qu’écrit « survey.sh »"));
    }

    @Test
    void aBundleThatTellsNothingIsRefused() {
        parts.removeAll();
        Samples.part(parts, "something-else", "kept, and not read");

        assertThatThrownBy(this::read).isInstanceOfSatisfying(UnreadableDocument.class, refusal -> assertThat(
                        refusal.why().reason())
                .isEqualTo(Unreadable.Reason.NOTHING_TOLD));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "HP_DL380p_Gen8 | 68719476736 | 4242 | HP | ProLiant DL380p Gen8 | ",
                "SM_SYS-6018R | 68719476736 | A177950X7709591 | Supermicro | SYS-6018R-TDTPR | Supermicro X10DRD-LTP",
                "Dell_PowerEdge_M630 | 68719476736 | 4242 | Dell Inc. | PowerEdge M630 | Dell Inc. 0PHY8D"
            })
    void theTablesOfRealServersAreRead(
            String server, long memory, String serial, String vendor, String model, String board) {
        parts.remove("meminfo");
        Samples.part(parts, "dmidecode", Samples.text(HARDWARE + server + ".txt"));

        Map<String, JsonNode> facts = read().facts();

        assertThat(facts.get("memory").longValue()).isEqualTo(memory);
        assertThat(facts.get("serial").stringValue()).isEqualTo(serial);
        assertThat(facts.get("vendor").stringValue()).isEqualTo(vendor);
        assertThat(facts.get("model").stringValue()).isEqualTo(model);
        assertThat(facts.containsKey("board") ? facts.get("board").stringValue() : null)
                .isEqualTo(board);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "modules count what the kernel only uses | 34359738368 | Size: 16 GB;Size: 16384 MB;Size: No Module Installed",
                "newer versions say GiB | 34359738368 | Size: 32 GiB",
                "one that does not say its size hides the sum | 25276502016 | Size: 32 GB;Size: Unknown",
                "less than the kernel uses is wrong | 25276502016 | Size: 16 GB",
                "too large to be true | 25276502016 | Size: 999999999999 TB",
                "chips of the firmware are none | 34359738368 | Size: 32 GB;Size: 16 MB,Type: Flash;Size: 16 MB,Array Handle: 0x2",
                "memory that lasts is storage | 34359738368 | Size: 32 GB;Size: 128 GB,Memory Technology: Intel Optane DC persistent memory"
            })
    void memoryIsWhatTheModulesHoldWhereTheyAreSeen(String story, long bytes, String modules) {
        StringBuilder tables =
                new StringBuilder("Handle 0x2, DMI type 16, 23 bytes\nPhysical Memory Array\n\tUse: Flash Memory\n\n");
        for (String module : modules.split(";", -1))
            tables.append("Handle 0x11, DMI type 17, 40 bytes\nMemory Device\n\t")
                    .append(module.replace(",", "\n\t"))
                    .append("\n\n");
        Samples.part(parts, "dmidecode", tables.toString());

        assertThat(read().facts().get("memory").longValue()).as(story).isEqualTo(bytes);
    }

    @Test
    void whatTheKernelShowsOfTheFirmwareNeedsNoDmidecode() {
        Samples.part(parts, "dmi", """
                /sys/class/dmi/id/sys_vendor:HP
                /sys/class/dmi/id/product_name:ProLiant DL380p Gen8
                /sys/class/dmi/id/board_vendor:To be filled by O.E.M.
                /sys/class/dmi/id/product_serial:CZ12345:6
                """);

        assertThat(read().facts())
                .containsEntry("vendor", text("HP"))
                .containsEntry("model", text("ProLiant DL380p Gen8"))
                .containsEntry("serial", text("CZ12345:6"))
                .doesNotContainKey("board");
    }

    @Test
    void aServerIsToldWithItsProcessorsDisksAndPorts() {
        Samples.part(parts, "lscpu", """
                {"lscpu": [{"field": "Architecture:", "data": "x86_64", "children": [{"field": "Byte Order:", "data": "x"}]},
                  {"field": "CPU(s):", "data": "48", "children": [{"field": "On-line CPU(s) list:", "data": "0-11,24-35"}]},
                  {"field": "Vendor ID:", "data": "GenuineIntel", "children": [
                    {"field": "Model name:", "data": "Intel(R) Xeon(R) Gold 6246", "children": [
                      {"field": "Core(s) per socket:", "data": "12"}, {"field": "Socket(s):", "data": "2"}]}]}]}
                """);
        Samples.part(parts, "lsblk", """
                {"blockdevices": [
                  {"name": "sda", "type": "disk", "size": "480103981056", "rm": "0", "rota": "0", "model": "INTEL_SSDSC2KB48",
                   "wwn": "0x55cd", "children": [{"name": "md0", "type": "raid1", "size": 1}]},
                  {"name": "sdb", "type": "disk", "size": 480103981056, "rm": false, "rota": false, "model": "again",
                   "wwn": "0x55cd"},
                  {"name": "sdc", "type": "disk", "size": 4000787030016, "rm": false, "rota": true, "model": "ST4000NM0035",
                   "serial": "ZC1"},
                  {"name": "sdd", "type": "disk", "size": 999653638144, "rm": false, "rota": true, "model": "PERC H730 Mini"},
                  {"name": "sde", "type": "disk", "size": 8000000000, "rm": true, "model": "USB stick"},
                  {"name": "sdf", "type": "disk", "size": 0, "rm": false},
                  {"name": "nvme0n1", "type": "disk", "size": 512110190592, "model": "SAMSUNG MZVL2512", "serial": "S675"},
                  {"name": "sr0", "type": "rom", "size": 1073741312}, {"name": "loop0", "type": "loop", "size": 4096},
                  {"name": "zram0", "type": "disk", "size": 4096}, {}, 7]}
                """);
        Samples.part(parts, "addresses", """
                [{}, {"ifname": "eno1", "link_type": "ether", "address": "aa:bb:cc:00:00:01", "addr_info": []},
                 {"ifname": "eno2", "link_type": "ether", "address": "aa:bb:cc:00:00:01", "permaddr": "aa:bb:cc:00:00:02"},
                 {"ifname": "bond0", "link_type": "ether", "address": "aa:bb:cc:00:00:01", "addr_info": [
                   {"family": "inet", "local": "203.0.113.10", "prefixlen": 24},
                   {"family": "inet6", "local": "2001:db8::1", "prefixlen": 64},
                   {"family": "inet6", "local": "2001:db8::7a5f:1", "prefixlen": 64, "temporary": true},
                   {"family": "inet6", "local": "fe80::1", "prefixlen": 64}]},
                 {"ifname": "docker0", "link_type": "ether", "address": "02:42:00:00:00:01", "addr_info": [
                   {"family": "inet", "local": "172.17.0.1", "prefixlen": 16}]}]
                """);
        Samples.part(
                parts,
                "ports",
                "eno1 hardware=yes speed=1000\neno2 hardware=yes speed=-1\nbond0 hardware=no speed=1000\n");
        Samples.part(parts, "mdstat", """
                Personalities : [raid1] [raid10]
                md3 : active raid1 sdb3[1] sda3[0]
                      497875968 blocks super 1.2 [2/2] [UU]
                md2 : active (auto-read-only) raid1 sda2[0] sdb2[1](F)
                md4 : active raid10 nvme0n1p1[0] nvme1n1p1[1]
                md127 : inactive sdz[0](S)
                unused devices: <none>
                """);
        Samples.part(parts, "hostkeys", """
                ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTEx root@db
                no key at all
                """);
        parts.remove("dmidecode");

        assertThat(facts(read())).isEqualTo(Samples.json("""
                {"hostname": "vm", "os.name": "Debian GNU/Linux", "os.version": "12", "kernel": "6.18.44-cloud-amd64",
                 "architecture": "x86_64", "memory": 25276502016, "address": "192.0.2.2", "gateway": "192.0.2.1",
                 "cpu.model": "Intel(R) Xeon(R) Gold 6246", "cpu.count": 2, "cpu.cores": 24, "cpu.threads": 24,
                 "disks": [
                   {"name": "nvme0n1", "size": 512110190592, "type": "nvme", "model": "SAMSUNG MZVL2512", "serial": "S675"},
                   {"name": "sda", "size": 480103981056, "type": "ssd", "model": "INTEL_SSDSC2KB48"},
                   {"name": "sdc", "size": 4000787030016, "type": "hdd", "model": "ST4000NM0035", "serial": "ZC1"},
                   {"name": "sdd", "size": 999653638144, "model": "PERC H730 Mini"}],
                 "raid": [{"level": "raid1"}, {"level": "raid10"}],
                 "nics": [{"name": "eno1", "mac": "aa:bb:cc:00:00:01", "speed": 1000000000},
                          {"name": "eno2", "mac": "aa:bb:cc:00:00:02"}],
                 "addresses": ["203.0.113.10/24", "2001:db8::1/64"],
                 "hostkeys": ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTExMTEx"]}
                """));
    }

    @Test
    void aDiskWithoutASizeIsNotADiskMissing() {
        Samples.part(parts, "lsblk", "{\"blockdevices\": [{\"name\": \"sda\", \"size\": 512}, {\"name\": \"sdb\"}]}");

        assertThat(read().facts()).doesNotContainKey("disks");
    }

    @Test
    void aToolThatIsMissingFailsOrPrintsNonsenseLosesNoneOfTheOthers() {
        parts.putObject("dmidecode").put("command", "dmidecode -t 1").put("status", 127);
        Samples.part(parts, "lsblk", "{\"blockdevices\": [");
        Samples.part(parts, "lscpu", "").put("status", 1).put("error", "lscpu: \u001b[31mno such option\u001b[0m\n");
        parts.put("addresses", "text");
        parts.putObject("route6").put("status", 2).put("error", "RTNETLINK answers: Network is unreachable");

        Surveyed survey = read();

        assertThat(survey.facts()).containsKeys("memory", "kernel", "address").doesNotContainKeys("disks", "nics");
        assertThat(said(survey)).isEqualTo("""
                /parts/lscpu "lscpu -J" failed on this machine: lscpu: [31mno such option [0m
                /parts/dmidecode "dmidecode" is not on this machine.
                /parts/lsblk This is not what "lsblk -J" writes: JSON was expected here.
                /parts/addresses This is not what "ip -j addr" writes: {"output": …} was expected here.
                """);
        assertThat(survey.unread().get(1).sentence().in(Locale.FRENCH))
                .isEqualTo("« dmidecode » n’est pas sur cette machine.");
        assertThat(survey.document()).isEqualTo(sample);
    }

    @Test
    void whoPutsABundleTogetherByOtherMeansMayLeaveJsonAsItIs() {
        Map<String, JsonNode> facts = read().facts();
        for (String part : new String[] {"lsblk", "lscpu", "addresses", "route"}) {
            ObjectNode told = (ObjectNode) parts.get(part);
            told.set("output", Samples.json(told.get("output").stringValue()));
        }

        assertThat(read().facts()).isEqualTo(facts);
    }

    @Test
    void whatAStrangerWroteIsDataAndNothingElse() {
        String template = "{{ lookup('pipe', 'id') }}";
        Samples.part(
                parts,
                "dmi",
                "/sys/class/dmi/id/product_name:" + template + "\n/sys/class/dmi/id/sys_vendor:\u001b]0;x\u0007\n");
        Samples.part(parts, "hostname", "\u001b[2J\";rm -rf /\n" + template + "\n");
        Samples.part(parts, "fqdn", template + ".example\n");
        Samples.part(parts, "os-release", "NAME=\"it's \\\"quoted\\\" \uFFFD\"\nVERSION_ID=$(id)\n");

        Surveyed survey = read();

        assertThat(survey.name()).isNull();
        assertThat(survey.facts())
                .doesNotContainKeys("hostname", "fqdn")
                .containsEntry("model", text(template))
                .containsEntry("vendor", text("]0;x"))
                .containsEntry("os.name", text("it's \"quoted\" \uFFFD"))
                .containsEntry("os.version", text("$(id)"));
        assertThat(survey.document()).isEqualTo(sample);
    }

    @Test
    void aSecretTakesItsLineAlongAndNotAllThatTheToolSaid() {
        Samples.part(parts, "dmidecode", """
                Handle 0x0100, DMI type 1, 27 bytes
                System Information
                \tProduct Name: PowerEdge
                \tSerial Number: https://bob:%s@example.org/
                \tSKU Number: SKU=1
                """.formatted(CANARY));
        Samples.part(parts, "hostkeys", "-----BEGIN OPENSSH PRIVATE KEY-----\n" + CANARY + "\n");

        Surveyed survey = read();

        assertThat(survey.facts()).containsEntry("model", text("PowerEdge")).doesNotContainKey("serial");
        assertThat(survey.scrubbed()).containsExactlyInAnyOrder("/parts/dmidecode/output", "/parts/hostkeys/output");
        assertThat(survey.document().toString()).doesNotContain(CANARY).contains("SKU=1");
    }

    @Test
    void noSecretPlantedAnywhereSurvives() {
        for (Mutations.Place place : Mutations.texts(sample)) {
            String told = place.get().stringValue();
            place.set(text(told + "\nhttps://bob:" + CANARY + "@example.org/\n"));
        }

        Surveyed survey = read();

        assertThat(survey.document().toString()).doesNotContain(CANARY);
        assertThat(survey.facts().toString()).doesNotContain(CANARY);
        assertThat(said(survey)).doesNotContain(CANARY);
        assertThat(survey.facts()).containsKeys("memory", "os.name");
        assertThat(survey.scrubbed()).hasSizeGreaterThan(30);
    }

    @Test
    void nothingThatIsWrongInABundleBreaksTheReader() {
        Mutations.each(sample, (document, mutation) -> readUnharmed(document, mutation));
        for (String part : new String[] {"lsblk", "lscpu", "addresses", "route"}) {
            ObjectNode told = (ObjectNode) parts.get(part);
            JsonNode inside = Samples.json(told.get("output").stringValue());
            told.set("output", inside);
            ObjectNode alone = Json.object().put("survey.sh", 1);
            alone.putObject("parts").set(part, told);
            Mutations.each(inside, (document, mutation) -> readUnharmed(alone, part + " " + mutation));
        }
    }

    private static void readUnharmed(JsonNode document, String mutation) {
        try {
            Surveyed survey = SurveyBundle.read(document, null);
            survey.unread().forEach(part -> assertThat(part.sentence().in(Locale.FRENCH))
                    .isNotBlank());
        } catch (UnreadableDocument refusal) {
            assertThat(refusal.why().sentence().in(Locale.FRENCH)).isNotBlank();
        } catch (RuntimeException | StackOverflowError broken) {
            fail("%s: %s", mutation, broken);
        }
    }

    @Test
    void tenThousandDisksAreRefused() {
        StringBuilder disks = new StringBuilder("{\"blockdevices\": [{}");
        for (int index = 0; index < 10_000; index++)
            disks.append(",{\"name\": \"sd").append(index).append("\", \"size\": 512}");
        Samples.part(parts, "lsblk", disks.append("]}").toString());

        assertThatThrownBy(this::read).isInstanceOfSatisfying(UnreadableDocument.class, refusal -> {
            assertThat(refusal.why().pointer()).isEqualTo("/parts/lsblk");
            assertThat(refusal.why().sentence().in(Locale.ENGLISH))
                    .isEqualTo("10000 disks are listed, at most 1000 can be heard at once.");
        });
    }

    private Surveyed read() {
        return SurveyBundle.read(sample, null);
    }

    private static String said(Surveyed survey) {
        StringBuilder said = new StringBuilder();
        for (Unreadable part : survey.unread())
            said.append(part.pointer())
                    .append(' ')
                    .append(part.sentence().in(Locale.ENGLISH))
                    .append('\n');
        return said.toString();
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    private static JsonNode facts(Surveyed survey) {
        Map<String, JsonNode> facts = survey.facts();
        return Samples.json(JsonNodeFactory.instance.objectNode().setAll(facts).toString());
    }
}
