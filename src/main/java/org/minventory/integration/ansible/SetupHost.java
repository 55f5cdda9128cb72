package org.minventory.integration.ansible;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.minventory.survey.Addresses;
import org.minventory.survey.Devices;
import org.minventory.survey.Findings;
import org.minventory.survey.HostKeys;
import org.minventory.survey.Reading;
import org.minventory.survey.UnreadableDocument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;

/**
 * The facts that {@code setup} gathered on one host, in our vocabulary. What changes by itself (clock, uptime,
 * load, free memory, loop devices) is not told, and every list is sorted: the same machine surveyed twice
 * tells the same.
 */
final class SetupHost {

    private static final long MEBIBYTE = 1L << 20;
    private static final long MEGABIT = 1_000_000;

    /** The kernel counts sectors of 512 bytes whatever the disk's own are. */
    private static final OptionalLong KERNEL_SECTOR = OptionalLong.of(512);

    private static final Pattern HUMAN_SIZE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([KMGTPE])i?B");
    private static final String UNITS = "KMGTPE";

    private static final Pattern VENDOR_OF_PROCESSOR = Pattern.compile(
            "(?i)\\d+|GenuineIntel|AuthenticAMD|HygonGenuine|CentaurHauls|GenuineTMx86|VIA VIA VIA|Shanghai|IBM/S390");

    private static final List<String> HOST_KEYS = List.of("dsa", "ecdsa", "ed25519", "rsa");

    private final JsonNode facts;
    private final String pointer;

    /** @param pointer where these facts stand in the document that was posted */
    SetupHost(JsonNode facts, String pointer) {
        this.facts = facts;
        this.pointer = pointer;
    }

    /** What the machine calls itself, where nobody else named it. */
    Optional<String> name() {
        return fqdn().or(() -> hostname("nodename")).or(() -> hostname("hostname"));
    }

    /** @throws UnreadableDocument where a list is longer than any machine's */
    SortedMap<String, JsonNode> facts() {
        Findings findings = new Findings()
                .tell("memory", Reading.product(Reading.positive(fact("memtotal_mb")), OptionalLong.of(MEBIBYTE)))
                .tell("cpu.model", processorModel())
                .tell("cpu.count", Reading.positive(fact("processor_count")))
                .tell("cpu.cores", cores())
                .tell("cpu.threads", Reading.positive(fact("processor_vcpus")))
                .tell("fqdn", fqdn())
                .tell("hostname", hostname("hostname").or(() -> hostname("nodename")))
                .tell("os.name", text("distribution"))
                .tell("os.version", text("distribution_version"))
                .tell("kernel", text("kernel"))
                .tell("architecture", text("architecture").or(() -> text("machine")))
                .tell("virtualization", isGuest() ? text("virtualization_type") : Optional.empty())
                .tell("serial", text("product_serial"))
                .tell("vendor", text("system_vendor"))
                .tell("model", text("product_name"))
                .tell("board", board())
                .tell("address", defaultRoute("address").flatMap(Addresses::reachable))
                .tell("gateway", gateway());
        return findings.tell("disks", disks(), at("devices"))
                .tell("nics", ports(), at("interfaces"))
                .tell("addresses", addresses(), at("interfaces"))
                .tell("hostkeys", hostKeys(), pointer)
                .facts();
    }

    // ------------------------------------------------------------------ single facts

    /** Facts are named {@code ansible_…}, save where somebody printed the variable {@code ansible_facts}. */
    private JsonNode fact(String name) {
        JsonNode prefixed = facts.path("ansible_" + name);
        return prefixed.isMissingNode() ? facts.path(name) : prefixed;
    }

    private String at(String name) {
        return pointer + "/" + (facts.has("ansible_" + name) ? "ansible_" + name : name);
    }

    private Optional<String> text(String name) {
        return Reading.text(fact(name));
    }

    private Optional<String> fqdn() {
        return text("fqdn").flatMap(Addresses::fqdn);
    }

    /** The machine's own name without its domain, under whichever fact tells it. */
    private Optional<String> hostname(String name) {
        return text(name).flatMap(Addresses::hostname).map(whole -> whole.split("\\.", 2)[0]);
    }

    private boolean isGuest() {
        return text("virtualization_role").filter("guest"::equals).isPresent();
    }

    private OptionalLong cores() {
        return Reading.product(Reading.positive(fact("processor_cores")), Reading.positive(fact("processor_count")));
    }

    /** The list repeats index, vendor and model for each thread; on some processors only part of these. */
    private Optional<String> processorModel() {
        NavigableSet<String> models = new TreeSet<>();
        for (JsonNode entry : list(fact("processor"))) {
            Reading.text(entry)
                    .filter(text -> !VENDOR_OF_PROCESSOR.matcher(text).matches())
                    .ifPresent(models::add);
        }
        return Reading.joined(models);
    }

    private Optional<String> board() {
        return Devices.board(text("board_vendor"), text("board_name"));
    }

    /** Of the route that packets to the world take: IPv4 where there is one. */
    private Optional<String> defaultRoute(String member) {
        return Reading.text(fact("default_ipv4").path(member))
                .or(() -> Reading.text(fact("default_ipv6").path(member)));
    }

    /** A gateway may well be link-local: routers often are. */
    private Optional<String> gateway() {
        return defaultRoute("gateway").flatMap(Addresses::literal);
    }

    private List<JsonNode> hostKeys() {
        return HostKeys.told(
                HOST_KEYS.stream().flatMap(algorithm -> text("ssh_host_key_" + algorithm + "_public").stream()));
    }

    // ------------------------------------------------------------------ disks

    /**
     * All disks with their sizes, or none: a list without one of its disks would read as a machine that was
     * delivered with a disk too few.
     */
    private List<JsonNode> disks() {
        SortedMap<String, JsonNode> devices = new TreeMap<>(Devices.AS_PEOPLE_COUNT);
        members(fact("devices")).forEach(device -> devices.put(device.getKey(), device.getValue()));
        List<JsonNode> disks = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Map.Entry<String, JsonNode> entry : devices.entrySet()) {
            JsonNode device = entry.getValue();
            OptionalLong size = sizeOf(device);
            boolean isEmptySlot = size.isPresent() && size.getAsLong() == 0;
            boolean isOtherPath = Reading.text(device.path("wwn"))
                    .filter(wwn -> !seen.add(wwn))
                    .isPresent();
            if (!Devices.isDisk(entry.getKey()) || isRemovable(device) || isEmptySlot || isOtherPath) {
                continue;
            }
            if (size.isEmpty()) {
                return List.of();
            }
            Optional<String> model = Reading.text(device.path("model"));
            disks.add(Devices.disk(
                    entry.getKey(),
                    size.getAsLong(),
                    Devices.typeOfDisk(entry.getKey(), model, isGuest(), Reading.count(device.path("rotational"))),
                    model,
                    Reading.text(device.path("serial"))));
        }
        return disks;
    }

    private static boolean isRemovable(JsonNode device) {
        return Reading.positive(device.path("removable")).isPresent();
    }

    /**
     * Sectors times their size, in bytes. Before ansible-core 2.18 the sectors are the kernel's (512 bytes)
     * although {@code sectorsize} says 4096: the size in words, which was right all along, decides. It says
     * "GB" and means GiB.
     */
    private static OptionalLong sizeOf(JsonNode device) {
        OptionalLong sectors = Reading.count(device.path("sectors"));
        OptionalLong asTold = Reading.product(sectors, Reading.positive(device.path("sectorsize")));
        OptionalLong asKernel = Reading.product(sectors, KERNEL_SECTOR);
        OptionalLong inWords = inWords(device.path("size"));
        if (asTold.isEmpty()) {
            return asKernel.isPresent() ? asKernel : inWords;
        }
        if (inWords.isEmpty() || asKernel.isEmpty()) {
            return asTold;
        }
        long words = inWords.getAsLong();
        boolean isKernelNearer = Math.abs(asKernel.getAsLong() - words) < Math.abs(asTold.getAsLong() - words);
        return isKernelNearer ? asKernel : asTold;
    }

    private static OptionalLong inWords(JsonNode size) {
        Matcher matcher = HUMAN_SIZE.matcher(Reading.text(size).orElse(""));
        if (!matcher.matches()) {
            return OptionalLong.empty();
        }
        double unit = Math.pow(1024, UNITS.indexOf(matcher.group(2)) + 1.0);
        double bytes = Double.parseDouble(matcher.group(1)) * unit;
        return bytes <= Reading.LARGEST ? OptionalLong.of(Math.round(bytes)) : OptionalLong.empty();
    }

    // ------------------------------------------------------------------ network

    /** The interfaces by their own name. Their facts stand under it with dashes and colons replaced. */
    private SortedMap<String, JsonNode> interfaces() {
        SortedMap<String, JsonNode> interfaces = new TreeMap<>(Devices.AS_PEOPLE_COUNT);
        for (JsonNode listed : list(fact("interfaces"))) {
            Reading.text(listed).ifPresent(name -> {
                JsonNode told = Stream.of(name, name.replaceAll("[-:]", "_"), name.replaceAll("[-:.]", "_"))
                        .map(this::fact)
                        .filter(JsonNode::isObject)
                        .findFirst()
                        .orElse(MissingNode.getInstance());
                String itself = Reading.text(told.path("device")).orElse(name);
                if (told.isObject() && Devices.isPort(itself) && Devices.isPort(name) && !isLoopback(told)) {
                    interfaces.put(itself, told);
                }
            });
        }
        return interfaces;
    }

    private static boolean isLoopback(JsonNode port) {
        return Reading.text(port.path("type")).filter("loopback"::equals).isPresent();
    }

    /** The ports made of hardware; where the kernel shows none (a container), every port that has a MAC. */
    private List<JsonNode> ports() {
        SortedMap<String, JsonNode> interfaces = interfaces();
        boolean isHardwareShown =
                interfaces.values().stream().anyMatch(port -> port.path("pciid").isString());
        List<JsonNode> ports = new ArrayList<>();
        interfaces.forEach((name, port) -> {
            Optional<String> mac = Reading.text(port.path("perm_macaddress"))
                    .or(() -> Reading.text(port.path("macaddress")))
                    .flatMap(Devices::mac);
            if (isHardwareShown ? port.path("pciid").isString() : mac.isPresent()) {
                ports.add(Devices.port(name, mac, speedOf(port)));
            }
        });
        return ports;
    }

    /** The kernel says -1 where it does not know, which is no count. */
    private static OptionalLong speedOf(JsonNode port) {
        return Reading.product(Reading.positive(port.path("speed")), OptionalLong.of(MEGABIT));
    }

    private List<JsonNode> addresses() {
        NavigableSet<String> addresses = new TreeSet<>(Addresses.IN_ORDER);
        for (JsonNode port : interfaces().values()) {
            Stream.of(port.path("ipv4"), port.path("ipv4_secondaries"), port.path("ipv6"))
                    .flatMap(SetupHost::oneOrMany)
                    .flatMap(told -> withPrefix(told).stream())
                    .forEach(addresses::add);
        }
        return addresses.stream()
                .<JsonNode>map(JsonNodeFactory.instance::stringNode)
                .toList();
    }

    private static Optional<String> withPrefix(JsonNode told) {
        OptionalInt prefix = Reading.count(told.path("prefix")).stream()
                .filter(bits -> bits <= 128)
                .mapToInt(bits -> (int) bits)
                .findFirst();
        OptionalInt known = prefix.isPresent()
                ? prefix
                : Reading.text(told.path("netmask"))
                        .map(Addresses::prefixOfNetmask)
                        .orElse(OptionalInt.empty());
        return Reading.text(told.path("address")).flatMap(address -> Addresses.withPrefix(address, known));
    }

    // ------------------------------------------------------------------ shapes

    private static Stream<JsonNode> oneOrMany(JsonNode value) {
        return value.isArray() ? value.valueStream() : Stream.of(value).filter(JsonNode::isObject);
    }

    private static List<JsonNode> list(JsonNode value) {
        return value.isArray() ? value.valueStream().toList() : List.of();
    }

    private static List<Map.Entry<String, JsonNode>> members(JsonNode value) {
        return value.isObject() ? List.copyOf(value.properties()) : List.of();
    }
}
