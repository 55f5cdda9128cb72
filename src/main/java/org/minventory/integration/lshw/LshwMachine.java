package org.minventory.integration.lshw;

import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.minventory.survey.Addresses;
import org.minventory.survey.Devices;
import org.minventory.survey.Findings;
import org.minventory.survey.Reading;
import org.minventory.survey.UnreadableDocument;
import tools.jackson.databind.JsonNode;

/**
 * The facts of one machine in lshw's tree, in our vocabulary.
 *
 * <p>Of a port's addresses lshw tells one, without its prefix. So it tells which address the machine has where
 * it has only one, and never the list: a part of it would read as addresses taken away.
 */
final class LshwMachine {

    private static final Pattern MEMORY = Pattern.compile("memory(?::\\d+)?");
    private static final Pattern TURNS = Pattern.compile("\\d{3,6}rpm");
    private static final Pattern NAMED_SSD = Pattern.compile("(?i).*\\bssd\\b.*");
    private static final Pattern NVME_DISK = Pattern.compile("nvme\\d+n\\d+");

    private final LshwTree tree;
    private final Optional<LshwNode> system;

    LshwMachine(LshwTree tree) {
        this.tree = tree;
        this.system = tree.systems().stream().findFirst();
    }

    /** The root is named after the host; with {@code -sanitize} it is only "computer". */
    Optional<String> name() {
        return system.flatMap(root -> root.text("id"))
                .flatMap(Addresses::hostname)
                .filter(name -> !name.equals("computer"));
    }

    /** @throws UnreadableDocument where a list is longer than any machine's */
    SortedMap<String, JsonNode> facts() {
        List<LshwNode> processors = processors();
        return new Findings()
                .tell("memory", memory())
                .tell("cpu.model", processorModel(processors))
                .tell(
                        "cpu.count",
                        !processors.isEmpty() && isOneForEachSocket(processors)
                                ? OptionalLong.of(processors.size())
                                : OptionalLong.empty())
                .tell("cpu.cores", ofEach(processors, LshwMachine::cores))
                .tell("cpu.threads", ofEach(processors, LshwMachine::threads))
                .tell("hostname", name().map(whole -> whole.split("\\.", 2)[0]))
                .tell("fqdn", name().flatMap(Addresses::fqdn))
                .tell("serial", system.flatMap(root -> root.text("serial")))
                .tell("vendor", system.flatMap(root -> root.text("vendor")))
                .tell("model", system.flatMap(LshwMachine::model))
                .tell("board", board())
                .tell("address", onlyAddress())
                .tell("disks", disks(), "")
                .tell("nics", ports(), "")
                .facts();
    }

    // ------------------------------------------------------------------ memory

    /** What the modules hold; a controller, a cache or the firmware is of class memory too, and is none. */
    private OptionalLong memory() {
        List<LshwNode> memories = tree.ofClass("memory");
        List<LshwNode> described = memories.stream()
                .filter(node -> node.text("description")
                        .filter("system memory"::equalsIgnoreCase)
                        .isPresent())
                .toList();
        List<LshwNode> systemMemories = described.isEmpty()
                ? memories.stream()
                        .filter(node -> MEMORY.matcher(node.id()).matches())
                        .toList()
                : described;
        return Reading.sum(numbers(systemMemories, memory -> {
            OptionalLong size = sizeOf(memory);
            return size.isPresent() ? size : Reading.sum(numbers(banksOf(memory), LshwMachine::sizeOf));
        }));
    }

    /** Some firmware tells only the modules; an empty slot has no size. */
    private static List<LshwNode> banksOf(LshwNode memory) {
        return memory.children().stream()
                .filter(node -> node.isOfClass("memory") && node.id().startsWith("bank"))
                .toList();
    }

    /** Bytes. */
    private static OptionalLong sizeOf(LshwNode node) {
        boolean isInBytes = node.text("units").map("bytes"::equals).orElse(true);
        return isInBytes ? Reading.positive(node.path("size")) : OptionalLong.empty();
    }

    // ------------------------------------------------------------------ processors

    private List<LshwNode> processors() {
        return tree.ofClass("processor").stream()
                .filter(node -> !node.id().startsWith("logicalcpu"))
                .filter(node -> !node.text("description").orElse("").contains("[empty]"))
                .filter(node -> !node.path("disabled").asBoolean(false))
                .toList();
    }

    /** Without firmware to tell sockets apart, lshw lists nameless processors: one for each core. */
    private static boolean isOneForEachSocket(List<LshwNode> processors) {
        return processors.size() == 1
                || processors.stream().allMatch(node -> node.text("product").isPresent());
    }

    private static Optional<String> processorModel(List<LshwNode> processors) {
        return Reading.joined(processors.stream()
                .flatMap(processor -> processor.text("product").stream())
                .toList());
    }

    /** Those that the firmware left switched on, which are those that a kernel will count. */
    private static OptionalLong cores(LshwNode processor) {
        JsonNode configuration = processor.path("configuration");
        OptionalLong enabled = Reading.positive(configuration.path("enabledcores"));
        return enabled.isPresent() ? enabled : Reading.positive(configuration.path("cores"));
    }

    private static OptionalLong threads(LshwNode processor) {
        return Reading.positive(processor.path("configuration").path("threads"));
    }

    /** The sum over all processors, absent where one of them does not say. */
    private static OptionalLong ofEach(List<LshwNode> processors, Function<LshwNode, OptionalLong> number) {
        List<Long> told = numbers(processors, number);
        return told.size() == processors.size() ? Reading.sum(told) : OptionalLong.empty();
    }

    private static List<Long> numbers(List<LshwNode> nodes, Function<LshwNode, OptionalLong> number) {
        return nodes.stream()
                .map(number)
                .flatMapToLong(OptionalLong::stream)
                .boxed()
                .toList();
    }

    // ------------------------------------------------------------------ the machine itself

    /** lshw writes the stock number behind the model; other tools do not. */
    private static Optional<String> model(LshwNode root) {
        Optional<String> product = root.text("product");
        Optional<String> stockNumber = root.configuration("sku").map(sku -> " (" + sku + ")");
        if (product.isPresent() && stockNumber.isPresent() && product.get().endsWith(stockNumber.get())) {
            String whole = product.get();
            return Reading.text(
                    whole.substring(0, whole.length() - stockNumber.get().length()));
        }
        return product;
    }

    private Optional<String> board() {
        return tree.nodes().stream()
                .filter(node -> node.isOfClass("bus") && node.id().equals("core"))
                .findFirst()
                .flatMap(core -> Devices.board(core.text("vendor"), core.text("product")));
    }

    // ------------------------------------------------------------------ disks

    /**
     * All disks with their sizes, or none: a list without one of its disks would read as a machine that was
     * delivered with a disk too few.
     */
    private List<JsonNode> disks() {
        SortedMap<String, JsonNode> disks = new TreeMap<>(Devices.AS_PEOPLE_COUNT);
        for (LshwNode disk : tree.ofClass("disk")) {
            Optional<String> name = diskName(disk);
            if (name.isEmpty() || isRemovable(disk)) {
                continue;
            }
            OptionalLong size = sizeOf(disk);
            if (size.isEmpty()) {
                return List.of();
            }
            disks.put(name.get(), told(name.get(), size.getAsLong(), disk));
        }
        return isDiskUnseen() ? List.of() : List.copyOf(disks.values());
    }

    private static JsonNode told(String name, long size, LshwNode disk) {
        Optional<LshwNode> controller = Optional.ofNullable(disk.parent()).filter(LshwMachine::isNvme);
        return Devices.disk(
                name,
                size,
                typeOf(name, disk),
                disk.text("product").or(() -> controller.flatMap(node -> node.text("product"))),
                disk.text("serial").or(() -> controller.flatMap(node -> node.text("serial"))));
    }

    /** An NVMe controller has more children of class disk than disks: sensors and character devices. */
    private static Optional<String> diskName(LshwNode disk) {
        boolean isBehindNvme = disk.parent() != null && isNvme(disk.parent());
        return disk.logicalNames().stream()
                .filter(Devices::isDisk)
                .filter(name -> !isBehindNvme || NVME_DISK.matcher(name).matches())
                .findFirst();
    }

    private static boolean isRemovable(LshwNode disk) {
        return disk.isCapableOf("removable")
                || disk.id().startsWith("cdrom")
                || disk.id().startsWith("floppy");
    }

    private static boolean isNvme(LshwNode node) {
        return node.configuration("driver").filter("nvme"::equals).isPresent()
                || (node.isOfClass("storage") && node.id().startsWith("nvme"));
    }

    /** Older builds see the controller of an NVMe disk and not the disk. */
    private boolean isDiskUnseen() {
        Set<LshwNode> unseen = LshwNode.noneYet();
        tree.ofClass("storage").stream().filter(LshwMachine::isNvme).forEach(unseen::add);
        tree.ofClass("disk").stream()
                .filter(disk -> diskName(disk).isPresent())
                .flatMap(LshwNode::ancestors)
                .forEach(unseen::remove);
        return !unseen.isEmpty();
    }

    /** Only where certain. */
    private static Optional<String> typeOf(String name, LshwNode disk) {
        if (NVME_DISK.matcher(name).matches()) {
            return Optional.of("nvme");
        }
        if (disk.path("capabilities").propertyNames().stream()
                .anyMatch(capability -> TURNS.matcher(capability).matches())) {
            return Optional.of("hdd");
        }
        return disk.text("product")
                .filter(product -> NAMED_SSD.matcher(product).matches())
                .map(product -> "ssd");
    }

    // ------------------------------------------------------------------ network

    private List<JsonNode> ports() {
        SortedMap<String, JsonNode> ports = new TreeMap<>(Devices.AS_PEOPLE_COUNT);
        for (LshwNode node : tree.ofClass("network")) {
            if (!node.isCapableOf("logical")) {
                portName(node)
                        .ifPresent(name -> ports.put(
                                name, Devices.port(name, node.text("serial").flatMap(Devices::mac), speedOf(node))));
            }
        }
        return List.copyOf(ports.values());
    }

    private static Optional<String> portName(LshwNode node) {
        return node.logicalNames().stream().filter(Devices::isPort).findFirst();
    }

    /** In bit/s: as linked, else as capable. */
    private static OptionalLong speedOf(LshwNode node) {
        OptionalLong linked = Reading.positive(node.path("size"));
        return linked.isPresent() ? linked : Reading.positive(node.path("capacity"));
    }

    private Optional<String> onlyAddress() {
        NavigableSet<String> addresses = new TreeSet<>(Addresses.IN_ORDER);
        for (LshwNode node : tree.ofClass("network")) {
            if (portName(node).isPresent()) {
                node.configuration("ip").flatMap(Addresses::reachable).ifPresent(addresses::add);
            }
        }
        return addresses.size() == 1 ? Optional.of(addresses.first()) : Optional.empty();
    }
}
