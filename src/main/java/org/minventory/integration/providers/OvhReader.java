package org.minventory.integration.providers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Reading;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * OVHcloud: the answers of {@code /me/order/…} (order, status, details, followUp) and of {@code /dedicated/server/…} (server,
 * specifications/hardware, specifications/network, ips, serviceInfos), each alone or together under these names. An order
 * and a server are joined by the service's name alone: {@code domain} in the one, {@code name} in the other.
 */
final class OvhReader implements PaperReader {
    private static final Set<String> OF_SERVER = Set.of("server", "hardware", "network", "ips", "serviceInfos");
    private static final Set<String> CANCELLED = Set.of("cancelled", "cancelling", "canceled");

    private final Provider provider;

    OvhReader(Provider provider) {
        this.provider = provider;
    }

    @Override
    public List<Paper> read(ObjectNode document) {
        List<Paper> papers = new ArrayList<>(orderPapers(document));
        Paper delivery = delivery(document, papers.isEmpty());
        if (delivery != null) papers.add(delivery);
        return papers;
    }

    // ---- the order --------------------------------------------------------------------------------------------------

    private List<Paper> orderPapers(ObjectNode document) {
        JsonNode order = document.path("order").isObject() ? document.path("order") : document;
        Optional<String> number = Papers.number(order.path("orderId"));
        Map<String, List<JsonNode>> byService = byService(details(document, order));
        List<OvhLine> lines = byService.entrySet().stream()
                .map(entry -> new OvhLine(provider, entry.getKey(), entry.getValue()))
                .toList();
        boolean cancelled = CANCELLED.contains(document.path("status").asString(""));
        List<Paper> papers = new ArrayList<>();
        if (number.isPresent()) papers.add(contract(document, order, number.get(), lines, cancelled));
        if (cancelled) return papers;
        for (OvhLine line : lines) {
            Paper paper = line.paper(number.orElse(null), Papers.instant(order.path("date")));
            if (paper != null) papers.add(paper);
        }
        return papers;
    }

    private static List<JsonNode> details(ObjectNode document, JsonNode order) {
        if (document.has("orderDetailId")) return List.of(document);
        JsonNode details = document.path("details").isArray() ? document.path("details") : order.path("details");
        return details.valueStream().filter(JsonNode::isObject).toList();
    }

    /** What was cancelled is not ordered any more; what has no service yet ({@code *001}) is kept apart. */
    private static Map<String, List<JsonNode>> byService(List<JsonNode> details) {
        Map<String, List<JsonNode>> byService = new LinkedHashMap<>();
        for (JsonNode detail : details)
            if (!detail.path("cancelled").asBoolean(false))
                byService
                        .computeIfAbsent(Reading.text(detail.path("domain")).orElse(""), d -> new ArrayList<>())
                        .add(detail);
        return byService;
    }

    private Paper contract(ObjectNode document, JsonNode order, String number, List<OvhLine> lines, boolean cancelled) {
        Sheet terms = new Sheet()
                .tell("provider", Optional.of(provider.label()))
                .tell("ordered.on", Amounts.day(order.path("date")));
        tellPrices(terms, order, lines);
        if (lines.size() == 1) Renewal.of(document.path("serviceInfos")).tell(terms);
        if (cancelled) terms.tell("cancelled.on", lastDay(document, order));
        ObjectNode kept = document.deepCopy();
        kept.remove("details");
        if (kept.path("order") instanceof ObjectNode inner) inner.remove("details");
        kept.remove(OF_SERVER);
        return Papers.contract(provider, number, Papers.instant(order.path("date")), terms, kept);
    }

    /** Prices of the whole, where its lines account for all of what is to be paid. */
    private static void tellPrices(Sheet terms, JsonNode order, List<OvhLine> lines) {
        if (!lines.stream().allMatch(OvhLine::isPriced)) return;
        Money monthly = Money.sum(lines.stream()
                .flatMap(line -> Stream.ofNullable(line.monthly()))
                .toList());
        Money yearly = Money.sum(
                lines.stream().flatMap(line -> Stream.ofNullable(line.yearly())).toList());
        Money setup = Money.sum(
                lines.stream().flatMap(line -> Stream.ofNullable(line.setup())).toList());
        Money all = Money.sum(
                Stream.of(monthly, yearly, setup).flatMap(Stream::ofNullable).toList());
        Money total = Money.ofValue(order.path("priceWithoutTax"));
        if (all == null || (total != null && !total.isSameAs(all))) return;
        terms.tell("price.monthly", monthly).tell("price.yearly", yearly).tell("price.setup", setup);
    }

    /** The last day on which anything happened to it. */
    private static Optional<String> lastDay(JsonNode document, JsonNode order) {
        return Stream.concat(
                        document.path("followUp")
                                .valueStream()
                                .flatMap(step -> step.path("history").valueStream())
                                .flatMap(event -> Amounts.day(event.path("date")).stream()),
                        Amounts.day(order.path("date")).stream())
                .max(String::compareTo);
    }

    // ---- the server -------------------------------------------------------------------------------------------------

    private @Nullable Paper delivery(ObjectNode document, boolean alone) {
        JsonNode server = part(document, "server", "serverId", "commercialRange", "powerState", "bootId", "rack");
        JsonNode hardware = part(document, "hardware", "memorySize", "diskGroups", "processorName", "motherboard");
        JsonNode network = part(document, "network", "routing", "OvhToInternet", "vmac");
        JsonNode infos = part(document, "serviceInfos", "renew", "engagedUpTo", "renewalType", "possibleRenewPeriod");
        Optional<String> name = Reading.text(server.path("name")).or(() -> Reading.text(infos.path("domain")));
        Sheet facts = new Sheet();
        tellServer(facts, server);
        tellNetwork(facts, document, server, network);
        tellHardware(facts, hardware);
        Renewal.of(infos).tell(facts);
        facts.tell("account", Reading.text(infos.path("contactAdmin")));
        if (facts.isEmpty() && (name.isEmpty() || (server.isMissingNode() && infos.isMissingNode()))) return null;
        name.ifPresent(told -> facts.tell("providerRef", Optional.of(provider.reference(told))));
        facts.tell("provider", Optional.of(provider.label()));
        Kind kind = infos.path("status").asString("").equals("inCreation") ? Kind.ORDER : Kind.DELIVERY_NOTICE;
        Paper.Service service = new Paper.Service(name.orElse(null), name.orElse(null), Paper.Service.SERVER);
        return Papers.of(provider, kind, service, facts, null, alone ? document : Papers.only(document, OF_SERVER));
    }

    /** A part under its name, or the document itself where one of its own fields tells that it is this part. */
    private static JsonNode part(ObjectNode document, String name, String... fields) {
        if (document.path(name).isObject()) return document.path(name);
        boolean isOrder = document.has("orderId") || document.has("orderDetailId");
        return !isOrder && Stream.of(fields).anyMatch(document::has) ? document : MissingNode.getInstance();
    }

    private static void tellServer(Sheet facts, JsonNode server) {
        facts.tell("site", Reading.text(server.path("datacenter")));
        facts.tell("reverse", Reading.text(server.path("reverse")));
        OperatingSystem.ofTemplate(server.path("os")).ifPresent(os -> os.tell(facts));
    }

    private static void tellNetwork(Sheet facts, JsonNode document, JsonNode server, JsonNode network) {
        JsonNode ipv4 = network.at("/routing/ipv4");
        JsonNode ipv6 = network.at("/routing/ipv6");
        new Reached()
                .primary(server.path("ip"))
                .add(ipv4.path("ip"))
                .add(ipv6.path("ip"))
                .addAll(document.path("ips"))
                .tell(facts);
        facts.tell("gateway", Amounts.address(ipv4.path("gateway")));
        JsonNode outward = network.at("/bandwidth/OvhToInternet");
        if (outward.path("unit").asString("Mbps").equals("Mbps"))
            facts.tell("bandwidth", Amounts.megabits(outward.path("value")));
    }

    private static void tellHardware(Sheet facts, JsonNode hardware) {
        OptionalLong sockets = Reading.positive(hardware.path("numberOfProcessors"));
        JsonNode memory = hardware.path("memorySize");
        facts.tell("memory", Amounts.memory(Amounts.decimal(memory.path("value")), unit(memory)))
                .tell("cpu.model", Reading.text(hardware.path("processorName")))
                .tell("cpu.count", sockets)
                .tell("cpu.cores", Reading.product(sockets, Reading.positive(hardware.path("coresPerProcessor"))))
                .tell("cpu.threads", Reading.product(sockets, Reading.positive(hardware.path("threadsPerProcessor"))))
                .tell("architecture", Reading.text(hardware.path("processorArchitecture")))
                .tell("board", Reading.text(hardware.path("motherboard")))
                .tell("offer", Reading.text(hardware.path("description")).map(OvhReader::offer))
                .tell("disks", disks(hardware.path("diskGroups")))
                .tell("raid", raid(hardware.path("diskGroups")));
    }

    /** {@code RISE-3 - Intel Xeon-E 2386G}: the offer comes first. */
    static String offer(String description) {
        return description.split("\\s[-|\u2013]\\s", 2)[0].strip();
    }

    private static String unit(JsonNode size) {
        return size.path("unit").asString("-");
    }

    /** All groups; none where one of them cannot be read, for the others would look like all. */
    private static List<JsonNode> disks(JsonNode groups) {
        List<JsonNode> disks = new ArrayList<>();
        for (JsonNode group : groups) {
            JsonNode size = group.path("diskSize");
            List<JsonNode> ofGroup = Amounts.disks(
                    Reading.positive(group.path("numberOfDisks")),
                    Amounts.disk(Amounts.decimal(size.path("value")), unit(size)),
                    Reading.text(group.path("diskType")).flatMap(Amounts::diskType));
            if (ofGroup.isEmpty() || disks.size() > Amounts.MOST_DISKS) return List.of();
            disks.addAll(ofGroup);
        }
        return disks;
    }

    /** Only a group behind a controller is bound by it. */
    private static List<JsonNode> raid(JsonNode groups) {
        ArrayNode raid = Json.MAPPER.createArrayNode();
        for (JsonNode group : groups) {
            boolean bound = Reading.text(group.path("raidController")).isPresent();
            Reading.text(group.path("defaultHardwareRaidType"))
                    .filter(level -> bound)
                    .ifPresent(level -> raid.addObject().put("level", level));
        }
        return raid.valueStream().limit(Amounts.MOST_DISKS).toList();
    }
}
