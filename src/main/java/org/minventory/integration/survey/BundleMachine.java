package org.minventory.integration.survey;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.minventory.survey.Addresses;
import org.minventory.survey.Devices;
import org.minventory.survey.Findings;
import org.minventory.survey.HostKeys;
import org.minventory.survey.Reading;
import org.minventory.survey.Unreadable;
import org.minventory.survey.UnreadableDocument;
import tools.jackson.databind.JsonNode;

/** The facts of one machine in the parts of a bundle, in our vocabulary. */
final class BundleMachine {

    private static final OptionalLong KIBIBYTE = OptionalLong.of(1024);

    private static final Pattern MEM_TOTAL = Pattern.compile("MemTotal:\\s+(\\d{1,15}) kB\\s*");
    private static final Pattern VARIABLE = Pattern.compile("([A-Z_]+)=(.*)");
    private static final Pattern KERNELS_DMI = Pattern.compile("/sys/class/dmi/id/([a-z_]+):(.*)");

    /** Part → the tool as a person knows it, and whether it prints JSON. A machine without IPv6 has no way out by it. */
    private static final SequencedMap<String, Tool> TOOLS = tools();

    private record Tool(String name, boolean printsJson) {}

    private final JsonNode parts;
    private final Processors processors;
    private final DmiTables dmi;
    private final Map<String, String> kernelsDmi;
    private final NetworkPorts network;

    BundleMachine(JsonNode parts) {
        this.parts = parts;
        this.processors = Processors.read(part("lscpu").document());
        this.dmi = DmiTables.read(part("dmidecode").text());
        this.kernelsDmi = pairs(part("dmi"), KERNELS_DMI);
        this.network =
                NetworkPorts.read(part("addresses").document(), part("ports").lines());
    }

    private static SequencedMap<String, Tool> tools() {
        SequencedMap<String, Tool> tools = new LinkedHashMap<>();
        tools.put("hostname", new Tool("uname -n", false));
        tools.put("fqdn", new Tool("hostname -f", false));
        tools.put("kernel", new Tool("uname -r", false));
        tools.put("machine", new Tool("uname -m", false));
        tools.put("os-release", new Tool("/etc/os-release", false));
        tools.put("lscpu", new Tool("lscpu -J", true));
        tools.put("meminfo", new Tool("/proc/meminfo", false));
        tools.put("dmi", new Tool("/sys/class/dmi", false));
        tools.put("dmidecode", new Tool("dmidecode", false));
        tools.put("lsblk", new Tool("lsblk -J", true));
        tools.put("mdstat", new Tool("/proc/mdstat", false));
        tools.put("mdadm", new Tool("mdadm", false));
        tools.put("addresses", new Tool("ip -j addr", true));
        tools.put("route", new Tool("ip -j route get", true));
        tools.put("ports", new Tool("/sys/class/net", false));
        tools.put("hostkeys", new Tool("/etc/ssh/ssh_host_*_key.pub", false));
        return tools;
    }

    /** Which parts told nothing, or not all, and why. */
    List<Unreadable> unread() {
        return TOOLS.entrySet().stream()
                .flatMap(tool ->
                        part(tool.getKey())
                                .unread(tool.getValue().name(), tool.getValue().printsJson())
                                .stream())
                .toList();
    }

    /** What the machine calls itself, where nobody else named it. */
    Optional<String> name() {
        return fqdn().or(this::hostname);
    }

    /** @throws UnreadableDocument where a list is longer than any machine's */
    SortedMap<String, JsonNode> facts() {
        Map<String, String> release = pairs(part("os-release"), VARIABLE);
        return new Findings()
                .tell("memory", memory())
                .tell("cpu.model", processors.model())
                .tell("cpu.count", processors.sockets())
                .tell("cpu.cores", processors.cores())
                .tell("cpu.threads", processors.threads())
                .tell("fqdn", fqdn())
                .tell("hostname", hostname())
                .tell("os.name", unquoted(release, "NAME"))
                .tell("os.version", unquoted(release, "VERSION_ID"))
                .tell("kernel", part("kernel").word())
                .tell("architecture", part("machine").word().or(processors::architecture))
                .tell("virtualization", processors.hypervisor())
                .tell("serial", firmware("product_serial").or(() -> dmi.system("Serial Number")))
                .tell("vendor", firmware("sys_vendor").or(() -> dmi.system("Manufacturer")))
                .tell("model", firmware("product_name").or(() -> dmi.system("Product Name")))
                .tell("board", board())
                .tell("address", wayOut("prefsrc").flatMap(Addresses::reachable))
                .tell("gateway", wayOut("gateway").flatMap(Addresses::literal))
                .tell("disks", disks(), "/parts/lsblk")
                .tell("raid", SoftRaid.told(part("mdstat").lines()), "/parts/mdstat")
                .tell("nics", network.ports(), "/parts/addresses")
                .tell("addresses", network.addresses(), "/parts/addresses")
                .tell("hostkeys", hostKeys(), "/parts/hostkeys")
                .facts();
    }

    private BundlePart part(String name) {
        return new BundlePart(parts.path(name), "/parts/" + name);
    }

    /**
     * What the modules hold, else what the kernel may use of it. Tables that tell of less than the kernel uses are
     * wrong: some hypervisors describe one module of many.
     */
    private OptionalLong memory() {
        OptionalLong installed = dmi.memory();
        OptionalLong used = Reading.product(memTotal(), KIBIBYTE);
        boolean isBelieved = installed.isPresent() && (used.isEmpty() || installed.getAsLong() >= used.getAsLong());
        return isBelieved ? installed : used;
    }

    private OptionalLong memTotal() {
        return part("meminfo")
                .lines()
                .map(MEM_TOTAL::matcher)
                .filter(Matcher::matches)
                .mapToLong(line -> Long.parseLong(line.group(1)))
                .filter(kibibytes -> kibibytes > 0)
                .findFirst();
    }

    private Optional<String> hostname() {
        return part("hostname").word().flatMap(Addresses::hostname).map(whole -> whole.split("\\.", 2)[0]);
    }

    private Optional<String> fqdn() {
        return Stream.of(part("fqdn"), part("hostname"))
                .flatMap(part -> part.word().flatMap(Addresses::fqdn).stream())
                .findFirst();
    }

    private Optional<String> firmware(String name) {
        return Reading.text(kernelsDmi.getOrDefault(name, ""));
    }

    private Optional<String> board() {
        return Devices.board(firmware("board_vendor"), firmware("board_name"))
                .or(() -> Devices.board(dmi.board("Manufacturer"), dmi.board("Product Name")));
    }

    /** Of the route that packets to the world take: IPv4 where there is one. */
    private Optional<String> wayOut(String member) {
        return Stream.of(part("route"), part("route6"))
                .flatMap(route -> Reading.text(route.document().path(0).path(member)).stream())
                .findFirst();
    }

    private List<JsonNode> disks() {
        return BlockDevices.disks(part("lsblk").document().path("blockdevices"), processors.isGuest());
    }

    private List<JsonNode> hostKeys() {
        return HostKeys.told(part("hostkeys")
                .lines()
                .map(line -> line.strip().split("\\s+", 3))
                .filter(words -> words.length > 1)
                .map(words -> words[1]));
    }

    /** What os-release says, which a shell would read. */
    private static Optional<String> unquoted(Map<String, String> release, String variable) {
        String told = release.getOrDefault(variable, "").strip();
        boolean isQuoted = told.length() > 1
                && (told.charAt(0) == '"' || told.charAt(0) == '\'')
                && told.charAt(told.length() - 1) == told.charAt(0);
        return Reading.text(isQuoted ? told.substring(1, told.length() - 1).replaceAll("\\\\(.)", "$1") : told);
    }

    /** The first value of each name, of lines that look so. */
    private static SortedMap<String, String> pairs(BundlePart part, Pattern pattern) {
        SortedMap<String, String> pairs = new TreeMap<>();
        part.lines()
                .map(pattern::matcher)
                .filter(Matcher::matches)
                .forEach(line -> pairs.putIfAbsent(line.group(1), line.group(2)));
        return pairs;
    }
}
