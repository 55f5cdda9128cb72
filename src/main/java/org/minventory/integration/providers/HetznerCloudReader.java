package org.minventory.integration.providers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.survey.Reading;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Hetzner Cloud: the server of {@code /v1/servers/…}, wrapped or bare; what is rented by the hour has no order. */
final class HetznerCloudReader implements PaperReader {
    private static final Set<String> AWAITED = Set.of("initializing", "starting");

    private final Provider provider;

    HetznerCloudReader(Provider provider) {
        this.provider = provider;
    }

    @Override
    public List<Paper> read(ObjectNode document) {
        ObjectNode server = Papers.part(
                document, true, "server", "server_type", "public_net", "primary_disk_size", "datacenter", "image");
        if (server == null) return List.of();
        Optional<String> number = Papers.number(server.path("id"));
        Sheet facts = new Sheet();
        tellMachine(facts, server);
        tellNetwork(facts, server);
        facts.tell("site", site(server)).tell("price.monthly", price(document, server));
        if (facts.isEmpty() && number.isEmpty()) return List.of();
        number.ifPresent(told -> facts.tell("providerRef", Optional.of(provider.reference(told))));
        facts.tell("provider", Optional.of(provider.label()));
        boolean awaited = AWAITED.contains(server.path("status").asString(""));
        Paper.Service service = new Paper.Service(
                number.orElse(null), Reading.text(server.path("name")).orElse(null), Paper.Service.VIRTUAL_MACHINE);
        return List.of(
                Papers.of(provider, awaited ? Kind.ORDER : Kind.DELIVERY_NOTICE, service, facts, null, document));
    }

    private static void tellMachine(Sheet facts, JsonNode server) {
        JsonNode type = server.path("server_type");
        JsonNode disk = server.has("primary_disk_size") ? server.path("primary_disk_size") : type.path("disk");
        facts.tell("offer", Reading.text(type.isString() ? type : type.path("name")))
                .tell("cpu.cores", Reading.positive(type.path("cores")))
                .tell("memory", Amounts.memory(Amounts.decimal(type.path("memory")), "GB"))
                .tell(
                        "disks",
                        Amounts.disks(OptionalLong.of(1), Amounts.disk(Amounts.decimal(disk), "GB"), Optional.empty()))
                .tell("architecture", architecture(type.path("architecture")))
                .tell("traffic", Reading.positive(server.path("included_traffic")));
        JsonNode image = server.path("image");
        OperatingSystem.of(image.path("os_flavor"), image.path("os_version"))
                .or(() -> OperatingSystem.ofTemplate(image.path("name")))
                .ifPresent(os -> os.tell(facts));
    }

    /** Their {@code x86} has 64 bits. */
    private static Optional<String> architecture(JsonNode told) {
        return Reading.text(told).map(word -> switch (word.toLowerCase(Locale.ROOT)) {
            case "x86" -> "x86_64";
            case "arm" -> "aarch64";
            default -> word;
        });
    }

    private static void tellNetwork(Sheet facts, JsonNode server) {
        JsonNode open = server.path("public_net");
        Reached reached = new Reached().primary(open.at("/ipv4/ip")).add(open.at("/ipv6/ip"));
        for (JsonNode net : server.path("private_net"))
            reached.add(net.path("ip")).addAll(net.path("alias_ips"));
        reached.tell(facts);
        facts.tell("reverse", Reading.text(open.at("/ipv4/dns_ptr")));
        facts.tell("nics", Nics.of(server.path("private_net").valueStream().map(net -> net.path("mac_address"))));
    }

    /** {@code location} since July 2026, the data centre and its location before. */
    private static Optional<String> site(JsonNode server) {
        return Stream.of("/location/name", "/location", "/datacenter/location/name", "/datacenter/name", "/datacenter")
                .flatMap(place -> Reading.text(server.at(place)).stream())
                .findFirst();
    }

    /** The net price at the server's own location, where the document says in which currency. */
    private static @Nullable Money price(JsonNode document, JsonNode server) {
        JsonNode currency = document.at("/pricing/currency");
        Optional<String> site = site(server);
        if (site.isEmpty()) return null;
        for (JsonNode price : server.at("/server_type/prices"))
            if (price.path("location").asString("").equals(site.get()))
                return Money.ofText(price.at("/price_monthly/net"), currency);
        return null;
    }
}
