package org.minventory.integration.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.minventory.survey.Reading;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Scaleway: the server of an Instance ({@code commercial_type}) or of Elastic Metal ({@code offer_name}), wrapped or bare,
 * with the {@code offer} beside it where somebody put it there. Neither has an order.
 */
final class ScalewayReader implements PaperReader {
    private static final Set<String> AWAITED = Set.of("delivering", "ordered", "undelivered", "starting");
    private static final Set<String> MONTHLY = Set.of("", "monthly");

    private final Provider provider;

    ScalewayReader(Provider provider) {
        this.provider = provider;
    }

    @Override
    public List<Paper> read(ObjectNode document) {
        ObjectNode server = Papers.part(
                document,
                true,
                "server",
                "commercial_type",
                "offer_name",
                "offer_id",
                "public_ips",
                "public_ip",
                "zone",
                "ping_status");
        if (server == null) return List.of();
        boolean isMetal =
                Stream.of("offer_name", "offer_id", "ping_status", "ips").anyMatch(server::has);
        Optional<String> number = Papers.number(server.path("id"));
        Sheet facts = new Sheet();
        tellMachine(facts, server);
        tellOffer(facts, document.path("offer"));
        tellNetwork(facts, server);
        if (facts.isEmpty() && number.isEmpty()) return List.of();
        number.ifPresent(told -> facts.tell("providerRef", Optional.of(provider.reference(told))));
        facts.tell("provider", Optional.of(provider.label()));
        boolean awaited = Stream.of("status", "state")
                .anyMatch(name -> AWAITED.contains(server.path(name).asString("")));
        Paper.Service service = new Paper.Service(
                number.orElse(null),
                Reading.text(server.path("name")).orElse(null),
                isMetal ? Paper.Service.SERVER : Paper.Service.VIRTUAL_MACHINE);
        return List.of(
                Papers.of(provider, awaited ? Kind.ORDER : Kind.DELIVERY_NOTICE, service, facts, null, document));
    }

    private static void tellMachine(Sheet facts, JsonNode server) {
        facts.tell(
                        "offer",
                        Reading.text(server.path("commercial_type")).or(() -> Reading.text(server.path("offer_name"))))
                .tell("site", Reading.text(server.path("zone")).or(() -> Reading.text(server.at("/location/zone_id"))))
                .tell("architecture", Reading.text(server.path("arch")))
                .tell("disks", volumes(server.path("volumes")));
        OperatingSystem.ofTemplate(server.at("/image/name")).ifPresent(os -> os.tell(facts));
    }

    /** By number: all of them, or none. */
    private static List<JsonNode> volumes(JsonNode volumes) {
        List<JsonNode> disks = new ArrayList<>();
        for (var volume : volumes.properties()) {
            if (!volume.getKey().matches("\\d{1,3}")) continue;
            OptionalLong size = Reading.positive(volume.getValue().path("size"));
            List<JsonNode> disk = Amounts.disks(OptionalLong.of(1), size, Optional.empty());
            if (disk.isEmpty() || disks.size() >= Amounts.MOST_DISKS) return List.of();
            disks.addAll(disk);
        }
        return disks;
    }

    private static void tellOffer(Sheet facts, JsonNode offer) {
        ServerInfo.tell(facts, offer);
        facts.tell("offer", Reading.text(offer.path("name")));
        boolean monthly = MONTHLY.contains(offer.path("subscription_period").asString(""));
        if (monthly) facts.tell("price.monthly", Money.ofNanos(offer.path("price_per_month")));
    }

    private static void tellNetwork(Sheet facts, JsonNode server) {
        JsonNode ips = server.path("ips");
        JsonNode open = server.path("public_ips");
        JsonNode first = open.isArray() && !open.isEmpty() ? open.get(0) : server.path("public_ip");
        Reached reached =
                new Reached().primary(first.path("address")).primary(ips.path(0).path("address"));
        for (JsonNode ip : open) reached.add(ip.path("address"));
        for (JsonNode ip : ips) reached.add(ip.path("address"));
        reached.add(server.path("private_ip")).tell(facts);
        facts.tell("gateway", Amounts.address(first.path("gateway")))
                .tell("reverse", Reading.text(ips.path(0).path("reverse")))
                .tell("nics", Nics.of(server.path("private_nics").valueStream().map(nic -> nic.path("mac_address"))));
    }
}
