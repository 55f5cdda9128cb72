package org.minventory.integration.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Reading;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hetzner Robot: the transaction of an order ({@code /order/server/transaction}, likewise of the market) and the server
 * ({@code /server/…}, with its {@code cancellation} beside it), each in the one member that Robot wraps it in, or bare.
 */
final class HetznerReader implements PaperReader {
    private static final String CANCELLED = "cancelled";
    private static final String IN_PROCESS = "in process";
    /** Robot names no currency: its prices are in euros, net. */
    private static final JsonNode EURO = Json.text("EUR");

    private static final Set<String> OF_SERVER = Set.of("server", "cancellation");

    private final Provider provider;

    HetznerReader(Provider provider) {
        this.provider = provider;
    }

    @Override
    public List<Paper> read(ObjectNode document) {
        List<Paper> papers = new ArrayList<>();
        boolean hasServer = document.path("server").isObject();
        boolean mayBeBare = !hasServer && !document.path("product").isString(); // which is how a server has it
        ObjectNode transaction =
                Papers.part(document, mayBeBare, "transaction", "product", "addons", "authorized_key", "host_key");
        ObjectNode server = Papers.part(
                document, transaction == null, "server", "server_name", "server_ipv6_net", "paid_until", "dc");
        if (transaction != null) readTransaction(transaction, papers);
        if (server != null) {
            ObjectNode kept = papers.isEmpty() ? document : Papers.only(document, OF_SERVER);
            Paper delivery = delivery(server, document.path("cancellation"), kept);
            if (delivery != null) papers.add(delivery);
        }
        return papers;
    }

    // ---- the transaction --------------------------------------------------------------------------------------------

    private void readTransaction(ObjectNode transaction, List<Paper> papers) {
        Optional<String> number = Papers.number(transaction.path("id"));
        boolean cancelled = transaction.path("status").asString("").equals(CANCELLED);
        if (number.isPresent()) papers.add(contract(transaction, number.get(), cancelled));
        if (cancelled) return;
        Sheet facts = ordered(transaction);
        Optional<String> server = Papers.number(transaction.path("server_number"));
        if (server.isEmpty() && facts.isEmpty()) return;
        server.ifPresent(told -> facts.tell("providerRef", Optional.of(provider.reference(told))));
        facts.tell("provider", Optional.of(provider.label()));
        papers.add(Papers.line(
                provider,
                number.orElse(null),
                Papers.instant(transaction.path("date")),
                service(server.orElse(null), Optional.empty()),
                facts,
                Json.object().set("product", transaction.path("product"))));
    }

    private Paper contract(ObjectNode transaction, String number, boolean cancelled) {
        Optional<String> day = Amounts.day(transaction.path("date"));
        JsonNode product = transaction.path("product");
        Sheet terms = new Sheet()
                .tell("provider", Optional.of(provider.label()))
                .tell("ordered.on", day)
                .tell("price.monthly", price(product, "price"))
                .tell("price.setup", price(product, "price_setup"));
        if (cancelled) terms.tell("cancelled.on", day);
        return Papers.contract(provider, number, Papers.instant(transaction.path("date")), terms, transaction);
    }

    private static Sheet ordered(JsonNode transaction) {
        JsonNode product = transaction.path("product");
        Sheet facts = new Sheet();
        Prose prose = new Prose();
        for (JsonNode line : product.path("description")) Reading.text(line).ifPresent(told -> prose.read(told, true));
        Reading.text(product.path("description")).ifPresent(told -> prose.read(told, true));
        prose.tell(facts);
        tellMarket(facts, product);
        return facts.tell("offer", offer(product))
                .tell("site", Reading.text(product.path("location")).or(() -> Reading.text(product.path("datacenter"))))
                .tell("price.monthly", price(product, "price"))
                .tell("price.setup", price(product, "price_setup"));
    }

    private static Optional<String> offer(JsonNode product) {
        return Reading.text(product.path("name")).or(() -> Papers.number(product.path("id")));
    }

    /** A server of the market has its memory and disks in fields, in which there is nothing to doubt. */
    private static void tellMarket(Sheet facts, JsonNode product) {
        facts.tell("cpu.model", Reading.text(product.path("cpu")));
        facts.tell("memory", Amounts.memory(Amounts.decimal(product.path("memory_size")), "GB"));
        facts.tell(
                "disks",
                Amounts.disks(
                        Reading.positive(product.path("hdd_count")),
                        Amounts.disk(Amounts.decimal(product.path("hdd_size")), "GB"),
                        Amounts.diskType(product.path("hdd_text").asString(""))));
    }

    /** A text with four decimals, or an object with a net price in it. */
    private static @Nullable Money price(JsonNode product, String name) {
        JsonNode told = product.path(name);
        JsonNode price = told.isObject() ? told.path("net") : told;
        JsonNode currency = product.has("currency") ? product.path("currency") : EURO;
        Money money = Money.ofText(price, currency);
        boolean free = money != null && money.amount().signum() == 0;
        return free && name.equals("price_setup") ? null : money;
    }

    // ---- the server -------------------------------------------------------------------------------------------------

    private @Nullable Paper delivery(ObjectNode server, JsonNode cancellation, ObjectNode kept) {
        Optional<String> number = Papers.number(server.path("server_number"));
        Sheet facts = new Sheet();
        tellAddresses(facts, server);
        facts.tell("offer", Reading.text(server.path("product")))
                .tell("site", Reading.text(server.path("dc")))
                .tell("traffic", traffic(server.path("traffic")));
        renewal(server, cancellation).tell(facts);
        if (facts.isEmpty() && number.isEmpty()) return null;
        number.ifPresent(told -> facts.tell("providerRef", Optional.of(provider.reference(told))));
        facts.tell("provider", Optional.of(provider.label()));
        boolean awaited = server.path("status").asString("").equals(IN_PROCESS);
        return Papers.of(
                provider,
                awaited ? Kind.ORDER : Kind.DELIVERY_NOTICE,
                service(number.orElse(null), Reading.text(server.path("server_name"))),
                facts,
                null,
                kept);
    }

    private Paper.Service service(@Nullable String number, Optional<String> name) {
        String called = name.orElseGet(() -> number == null ? "" : provider.word() + "-" + number);
        return new Paper.Service(number, called.isEmpty() ? null : called, Paper.Service.SERVER);
    }

    private static void tellAddresses(Sheet facts, JsonNode server) {
        Reached reached = new Reached().primary(server.path("server_ip")).addAll(server.path("ip"));
        for (JsonNode subnet : server.path("subnet"))
            reached.addBlock(Amounts.block(
                    Reading.text(subnet.path("ip")).orElse(""),
                    subnet.path("mask").asString("")));
        Reading.text(server.path("server_ipv6_net"))
                .ifPresent(net -> reached.addBlock(Amounts.block(net, "64"))); // Robot's word for the /64 of a server
        reached.tell(facts);
    }

    private static Optional<String> traffic(JsonNode told) {
        return Reading.text(told)
                .filter(text -> text.toLowerCase(Locale.ROOT).matches("\\d{1,5}(?:[.,]\\d{1,2})? ?[gt]i?b"));
    }

    private static Renewal renewal(JsonNode server, JsonNode cancellation) {
        boolean ends = cancellation.path("cancelled").asBoolean(false);
        return ends
                ? Renewal.of(cancellation.path("cancellation_date"), cancellation.path("cancelled"))
                : Renewal.of(server.path("paid_until"), server.path("cancelled"));
    }
}
