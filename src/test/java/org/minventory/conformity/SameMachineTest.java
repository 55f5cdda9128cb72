package org.minventory.conformity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.minventory.element.Quoted.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.minventory.element.Attribute;
import org.minventory.element.Vocabulary;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The figures that real tools gave of one machine, and real providers' documents: what is the same must agree. */
class SameMachineTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode ANSIBLE =
            JSON.readTree(sample("ansible/ansible-setup-local.json")).get("ansible_facts");
    private static final JsonNode LSHW = JSON.readTree(sample("lshw/lshw-object-root.json"));
    private static final JsonNode LSBLK = JSON.readTree(sample("survey/lsblk-J-b-O.json"));
    private static final JsonNode LSCPU = JSON.readTree(sample("survey/lscpu-J.json"));
    private static final JsonNode IP = JSON.readTree(sample("survey/ip-j-addr.json"));
    private static final JsonNode OVH_DELIVERY = JSON.readTree(sample("providers/ovh-delivery.json"));
    private static final JsonNode OVH_ORDER = JSON.readTree(sample("providers/ovh-order.json"));
    private static final JsonNode SCALE7 = JSON.readTree(sample("providers/ovh-hardware-scale7.json"));
    private static final JsonNode HETZNER = JSON.readTree(sample("providers/hetzner-robot-order-transaction.json"));

    private final Vocabulary vocabulary = Vocabulary.builtIn();

    static Stream<Arguments> one_machine() {
        return Stream.of(
                Arguments.of("memory", List.of(lshwMemory(), meminfo(), ansibleMemory(), text("24 GB"))),
                Arguments.of("disks", List.of(lsblkDisks(), ansibleDisks(), json("[{'size':'256 GB'}]"))),
                Arguments.of("addresses", List.of(ansibleAddresses(), ipAddresses(), lshwAddresses())),
                Arguments.of("cpu.model", List.of(lscpuModel(), ansibleModel(), lshwModel())),
                Arguments.of(
                        "cpu.cores", List.of(ANSIBLE.get("ansible_processor_cores"), lscpu("Core(s) per socket:"))),
                Arguments.of("os.name", List.of(ANSIBLE.get("ansible_distribution"), osRelease("NAME"))),
                Arguments.of(
                        "os.version",
                        List.of(
                                ANSIBLE.get("ansible_distribution_version"),
                                osRelease("VERSION_ID"),
                                osRelease("VERSION"))),
                Arguments.of("architecture", List.of(ANSIBLE.get("ansible_architecture"), text("amd64"))));
    }

    @ParameterizedTest
    @MethodSource("one_machine")
    void every_tool_tells_the_same_of_one_machine(String name, List<JsonNode> told) {
        Attribute attribute = vocabulary.attribute(name);
        for (JsonNode first : told) {
            for (JsonNode second : told) {
                Outcome outcome =
                        Comparison.compareWitnesses(attribute, side(name, first), "one", side(name, second), "another");
                assertThat(outcome.verdict())
                        .as(outcome.sentence().in(Locale.ENGLISH))
                        .isEqualTo(Verdict.AGREES);
            }
        }
    }

    @Test
    void the_order_of_64_gb_was_delivered_with_half_of_it() {
        JsonNode ordered = text(firstWord(OVH_ORDER.at("/details/1/description").stringValue()));
        JsonNode delivered = OVH_DELIVERY.at("/hardware/memorySize");
        Outcome outcome = compare("memory", ordered, delivered);
        assertThat(outcome.verdict()).isEqualTo(Verdict.DIVERGES);
        assertThat(outcome.sentence().in(Locale.ENGLISH)).isEqualTo("32 GiB delivered where 64 GiB were ordered");
    }

    @Test
    void the_rest_of_the_delivery_is_what_was_ordered() {
        String offer = OVH_ORDER.at("/details/0/description").stringValue();
        String model = offer.substring(offer.indexOf('|') + 1, offer.lastIndexOf(" - "));
        JsonNode delivered = OVH_DELIVERY.at("/hardware/processorName");
        assertThat(compare("cpu.model", text(model), delivered).verdict()).isEqualTo(Verdict.AGREES);
        assertThat(compare("bandwidth", text("1 Gbit/s"), OVH_DELIVERY.at("/network/connection"))
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(compare("addresses", OVH_DELIVERY.get("ips"), json("['192.0.2.117/24','2001:db8:302:8a75::1/64']"))
                        .verdict())
                .isEqualTo(Verdict.AGREES);
        assertThat(compare(
                                "disks",
                                json("[{'size':'512 GB','type':'nvme'},{'size':'512 GB','type':'nvme'}]"),
                                ovhDisks(OVH_DELIVERY.get("hardware")))
                        .verdict())
                .isEqualTo(Verdict.AGREES);
    }

    @Test
    void a_provider_tells_disks_in_gb_and_memory_in_mib() {
        assertThat(show("memory", SCALE7.get("memorySize"))).isEqualTo("512 GiB");
        assertThat(show("disks", ovhDisks(SCALE7))).isEqualTo("2 × 480 GB SSD, 2 × 1.92 TB NVMe");
    }

    @Test
    void another_provider_tells_them_in_prose() {
        JsonNode lines = HETZNER.at("/transaction/product/description");
        String memory = lines.get(1).stringValue().replace(" DDR4 RAM", "");
        assertThat(show("memory", text(memory))).isEqualTo("64 GiB");
        assertThat(show("bandwidth", lines.get(3))).isEqualTo("1 Gbit/s");
        assertThat(compare("cpu.model", lines.get(0), text("AMD Ryzen 5 3600 6-Core Processor"))
                        .verdict())
                .isEqualTo(Verdict.AGREES);
    }

    @Test
    void a_disk_sold_as_1024_gb_is_the_one_that_nvme_measures() {
        JsonNode device =
                JSON.readTree(sample("hardware/netbox-agent_nvme.json")).at("/Devices/0");
        ArrayNode seen = JSON.createArrayNode();
        seen.addObject()
                .put("size", device.get("PhysicalSize").longValue())
                .put("type", "nvme")
                .set("model", device.get("ModelNumber"));
        assertThat(compare("disks", json("[{'size':'1024GB','type':'NVME','model':'Toshiba KXG60ZNV1T02'}]"), seen)
                        .verdict())
                .isEqualTo(Verdict.AGREES);
    }

    @Test
    void mdadm_and_an_order_name_one_raid() {
        ArrayNode seen = JSON.createArrayNode();
        seen.addObject().put("level", afterColon(sample("hardware/jc_mdadm-query-detail.txt"), "Raid Level"));
        assertThat(compare("raid", json("[{'level':'RAID 1'}]"), seen).verdict())
                .isEqualTo(Verdict.AGREES);
    }

    @Test
    void nothing_of_a_virtual_machine_identifies_another_one() {
        JsonNode addresses = vocabulary.normalise("addresses", ipAddresses()).value();
        assertThat(vocabulary.identifiers("addresses", addresses))
                .extracting(identifier -> identifier.value())
                .containsExactly("192.0.2.2", "fd00::2");
        assertThat(vocabulary.identifiers("serial", ANSIBLE.get("ansible_product_serial")))
                .isEmpty();
    }

    // ---- what the tools say

    private static JsonNode lshwMemory() {
        return LSHW.at("/children/0/children/0/size");
    }

    private static JsonNode lshwModel() {
        return LSHW.at("/children/0/children/1/product");
    }

    private static JsonNode lshwAddresses() {
        ArrayNode addresses = JSON.createArrayNode();
        LSHW.findValues("ip").forEach(addresses::add);
        assertThat(addresses).isNotEmpty();
        return addresses;
    }

    private static JsonNode meminfo() {
        return text(afterColon(sample("survey/proc-meminfo.txt"), "MemTotal"));
    }

    private static JsonNode ansibleMemory() {
        return text(ANSIBLE.get("ansible_memtotal_mb").asString() + " MB");
    }

    private static JsonNode ansibleModel() {
        return ANSIBLE.get("ansible_processor").get(2);
    }

    private static JsonNode ansibleAddresses() {
        ArrayNode addresses = JSON.createArrayNode();
        ANSIBLE.get("ansible_all_ipv4_addresses").forEach(addresses::add);
        ANSIBLE.get("ansible_all_ipv6_addresses").forEach(addresses::add);
        return addresses;
    }

    private static JsonNode ansibleDisks() {
        ArrayNode disks = JSON.createArrayNode();
        disks.addObject().set("size", ANSIBLE.at("/ansible_devices/vda/size"));
        return disks;
    }

    private static JsonNode lsblkDisks() {
        ArrayNode disks = JSON.createArrayNode();
        for (JsonNode device : LSBLK.get("blockdevices")) {
            if (device.get("size").longValue() > 0) {
                disks.addObject().setAll(Map.of("size", device.get("size"), "model", device.get("model")));
            }
        }
        return disks;
    }

    private static JsonNode lscpuModel() {
        return lscpu("Model name:");
    }

    private static JsonNode lscpu(String field) {
        for (JsonNode line : LSCPU.get("lscpu")) {
            if (line.get("field").stringValue().equals(field)) {
                return line.get("data");
            }
        }
        throw new AssertionError(field);
    }

    private static JsonNode ipAddresses() {
        List<JsonNode> links = new ArrayList<>();
        IP.forEach(links::add);
        ArrayNode addresses = JSON.createArrayNode();
        for (JsonNode link : links) {
            for (JsonNode address : link.get("addr_info")) {
                addresses.add(address.get("local").stringValue() + "/"
                        + address.get("prefixlen").asString());
            }
        }
        return addresses;
    }

    private static JsonNode osRelease(String variable) {
        return sample("survey/os-release.txt")
                .lines()
                .filter(line -> line.startsWith(variable + "="))
                .map(line -> text(line.substring(line.indexOf('=') + 1).replace("\"", "")))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode ovhDisks(JsonNode hardware) {
        ArrayNode disks = JSON.createArrayNode();
        for (JsonNode group : hardware.get("diskGroups")) {
            for (int count = 0; count < group.get("numberOfDisks").intValue(); count++) {
                disks.addObject()
                        .put("type", group.get("diskType").stringValue())
                        .set("size", group.get("diskSize"));
            }
        }
        return disks;
    }

    // ---- small things

    private Outcome compare(String name, JsonNode ordered, JsonNode delivered) {
        return Comparison.compare(
                vocabulary.attribute(name), Pair.DELIVERED_ORDERED, side(name, ordered), side(name, delivered));
    }

    private Side side(String name, JsonNode told) {
        return new Side(vocabulary.normalise(name, told).value(), told);
    }

    private String show(String name, JsonNode told) {
        return vocabulary.display(name, vocabulary.normalise(name, told).value(), Locale.ENGLISH);
    }

    private static JsonNode text(String text) {
        return JSON.getNodeFactory().stringNode(text);
    }

    private static String firstWord(String text) {
        return text.substring(0, text.indexOf(' '));
    }

    private static String afterColon(String text, String label) {
        return text.lines()
                .filter(line -> line.strip().startsWith(label))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow();
    }

    private static String sample(String path) {
        try (InputStream stream = SameMachineTest.class.getResourceAsStream("/samples/" + path)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new AssertionError(path, unreadable);
        }
    }
}
