package org.minventory.integration.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Reading;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Scaleway Dedibox: a {@code service}, which is what was subscribed to and stands for the order, and a {@code server}, each
 * alone, or both together.
 */
final class DediboxReader implements PaperReader {
    private static final Set<String> AWAITED = Set.of("delivering", "ordered", "pending");
    private static final Set<String> MONTHLY = Set.of("", "monthly");

    private final Provider provider;

    DediboxReader(Provider provider) {
        this.provider = provider;
    }

    @Override
    public List<Paper> read(ObjectNode document) {
        List<Paper> papers = new ArrayList<>();
        boolean hasServer = document.path("server").isObject();
        ObjectNode service =
                Papers.part(document, !hasServer, "service", "provisioning_status", "delivered_at", "resource_id");
        ObjectNode server = Papers.part(
                document, service == null, "server", "interfaces", "has_bmc", "rescue_os", "hostname", "expired_at");
        if (service != null) readService(service, server, papers);
        if (server != null) {
            ObjectNode kept = papers.isEmpty() ? document : Json.object().set("server", server);
            Paper delivery = delivery(server, kept);
            if (delivery != null) papers.add(delivery);
        }
        return papers;
    }

    // ---- what was subscribed to -------------------------------------------------------------------------------------

    private void readService(ObjectNode service, @Nullable JsonNode server, List<Paper> papers) {
        Optional<String> number = Papers.number(service.path("id"));
        Optional<String> ended = Amounts.day(service.path("terminated_at"));
        Money monthly = monthly(service.path("offer"));
        if (number.isPresent()) {
            Sheet terms = new Sheet()
                    .tell("provider", Optional.of(provider.label()))
                    .tell("ordered.on", Amounts.day(service.path("created_at")))
                    .tell("expires", Amounts.day(service.path("expires_at")))
                    .tell("cancelled.on", ended)
                    .tell("offer", offer(service.path("offer")))
                    .tell("price.monthly", monthly);
            papers.add(Papers.contract(
                    provider, number.get(), Papers.instant(service.path("created_at")), terms, service));
        }
        if (ended.isPresent()) return;
        Sheet facts = new Sheet().tell("offer", offer(service.path("offer"))).tell("price.monthly", monthly);
        ServerInfo.tell(facts, service.path("offer").path("server_info"));
        Optional<String> id = Papers.number(service.path("resource_id"))
                .or(() -> server == null ? Optional.empty() : Papers.number(server.path("id")));
        if (facts.isEmpty() && id.isEmpty()) return;
        id.ifPresent(told -> facts.tell("providerRef", Optional.of(provider.reference(told))));
        facts.tell("provider", Optional.of(provider.label()));
        papers.add(Papers.line(
                provider,
                number.orElse(null),
                Papers.instant(service.path("created_at")),
                service(id.orElse(null), server == null ? Optional.empty() : hostname(server)),
                facts,
                Json.object().set("offer", service.path("offer"))));
    }

    private static Optional<String> offer(JsonNode offer) {
        return Reading.text(offer.path("name"));
    }

    private static @Nullable Money monthly(JsonNode offer) {
        boolean monthly = MONTHLY.contains(offer.path("payment_frequency").asString(""));
        return monthly ? Money.ofNanos(offer.path("pricing")) : null;
    }

    // ---- the server -------------------------------------------------------------------------------------------------

    private @Nullable Paper delivery(ObjectNode server, ObjectNode kept) {
        Optional<String> number = Papers.number(server.path("id"));
        Sheet facts = new Sheet();
        ServerInfo.tell(facts, server.path("offer").path("server_info"));
        tellNetwork(facts, server);
        facts.tell("offer", offer(server.path("offer")))
                .tell("site", Reading.text(server.at("/location/datacenter_name")))
                .tell("expires", Amounts.day(server.path("expired_at")));
        OperatingSystem.of(server.at("/os/name"), server.at("/os/version")).ifPresent(os -> os.tell(facts));
        if (facts.isEmpty() && number.isEmpty()) return null;
        number.ifPresent(told -> facts.tell("providerRef", Optional.of(provider.reference(told))));
        facts.tell("provider", Optional.of(provider.label()));
        boolean awaited = AWAITED.contains(server.path("status").asString(""));
        return Papers.of(
                provider,
                awaited ? Kind.ORDER : Kind.DELIVERY_NOTICE,
                service(number.orElse(null), hostname(server)),
                facts,
                null,
                kept);
    }

    private static Optional<String> hostname(JsonNode server) {
        return Reading.text(server.path("hostname"));
    }

    private Paper.Service service(@Nullable String id, Optional<String> hostname) {
        String name = hostname.orElseGet(() -> id == null ? "" : provider.word() + "-" + id);
        return new Paper.Service(id, name.isEmpty() ? null : name, Paper.Service.SERVER);
    }

    private static void tellNetwork(Sheet facts, JsonNode server) {
        Reached reached = new Reached();
        Optional<String> gateway = Optional.empty();
        Optional<String> reverse = Optional.empty();
        for (JsonNode port : server.path("interfaces"))
            for (JsonNode ip : port.path("ips")) {
                reached.primary(ip.path("address"));
                reached.addBlock(block(ip));
                if (gateway.isEmpty()) gateway = Amounts.address(ip.path("gateway"));
                if (reverse.isEmpty()) reverse = Reading.text(ip.path("reverse"));
            }
        reached.tell(facts);
        facts.tell("gateway", gateway)
                .tell("reverse", reverse)
                .tell("nics", Nics.of(server.path("interfaces").valueStream().map(port -> port.path("mac"))));
    }

    /** An address with a shorter prefix lies in its network; only a whole block is one. */
    private static Optional<String> block(JsonNode ip) {
        boolean whole = ip.path("semantic").asString("").contains("subnet");
        return whole
                ? Amounts.block(
                        Reading.text(ip.path("address")).orElse(""),
                        ip.path("cidr").asString(""))
                : Optional.empty();
    }
}
