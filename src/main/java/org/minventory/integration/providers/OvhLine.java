package org.minventory.integration.providers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What an order of OVHcloud says of one service: its rent, its options, its installation. */
final class OvhLine {
    private static final Set<String> RENT = Set.of("DURATION", "RENEW", "ACCESSORY", "LICENSE");
    private static final Set<String> SETUP = Set.of("INSTALLATION", "CREATION");
    private static final String MUTE = "MUTE";

    private static final Pattern MONTHS = Pattern.compile("(?i)(?<!\\d)(\\d{1,2})\\s{0,2}(?:mois|months?|Monate?)\\b");

    private final Provider provider;
    private final String domain;
    private final List<JsonNode> details;
    private final List<Money> rents = new ArrayList<>();
    private final List<Money> setups = new ArrayList<>();
    private boolean priced = true;

    OvhLine(Provider provider, String domain, List<JsonNode> details) {
        this.provider = provider;
        this.domain = domain;
        this.details = details;
        details.forEach(this::price);
    }

    private void price(JsonNode detail) {
        String type = type(detail);
        Money price = price(detail, quantity(detail));
        if (price != null && RENT.contains(type)) rents.add(price);
        else if (price != null && SETUP.contains(type)) setups.add(price);
        else priced &= type.equals(MUTE);
    }

    private static String type(JsonNode detail) {
        return detail.path("detailType").asString("").toUpperCase(Locale.ROOT);
    }

    /** A text in their answers, a number in their examples. */
    private static OptionalLong quantity(JsonNode detail) {
        return detail.has("quantity") ? Reading.positive(detail.path("quantity")) : OptionalLong.of(1);
    }

    private static @Nullable Money price(JsonNode detail, OptionalLong quantity) {
        Money total = Money.ofValue(detail.path("totalPrice"));
        Money unit = Money.ofValue(detail.path("unitPrice"));
        return total != null || unit == null || quantity.isEmpty() ? total : unit.times(quantity.getAsLong());
    }

    /** Whether every detail has a price, and says for what. */
    boolean isPriced() {
        return priced && (rents.isEmpty() || months().isPresent());
    }

    @Nullable
    Money monthly() {
        return isPriced() && months().equals(Optional.of(1L)) ? Money.sum(rents) : null;
    }

    @Nullable
    Money yearly() {
        return isPriced() && months().equals(Optional.of(12L)) ? Money.sum(rents) : null;
    }

    @Nullable
    Money setup() {
        return isPriced() ? Money.sum(setups) : null;
    }

    /** For how many months the rent is; absent where it is not said, or is said in two ways. */
    private Optional<Long> months() {
        List<Long> months = details.stream()
                .filter(detail -> RENT.contains(type(detail)))
                .map(detail -> MONTHS.matcher(description(detail)))
                .filter(Matcher::find)
                .map(matcher -> Long.parseLong(matcher.group(1)))
                .distinct()
                .toList();
        boolean usual = months.size() == 1 && (months.getFirst() == 1 || months.getFirst() == 12);
        return usual ? Optional.of(months.getFirst()) : Optional.empty();
    }

    private static String description(JsonNode detail) {
        return Reading.text(detail.path("description")).orElse("");
    }

    /** The paper of this line, or null where it says nothing of a service. */
    @Nullable
    Paper paper(@Nullable String number, @Nullable Instant at) {
        Sheet facts = new Sheet();
        Prose prose = new Prose();
        for (JsonNode detail : details)
            if (!SETUP.contains(type(detail)))
                prose.read(description(detail), quantity(detail).orElse(0) == 1);
        prose.tell(facts);
        facts.tell("offer", offer())
                .tell("price.monthly", monthly())
                .tell("price.yearly", yearly())
                .tell("price.setup", setup());
        boolean named = !domain.isEmpty() && !domain.startsWith("*");
        if (!named && facts.isEmpty()) return null;
        if (named) facts.tell("providerRef", Optional.of(provider.reference(domain)));
        facts.tell("provider", Optional.of(provider.label()));
        String service = named ? domain : null;
        ObjectNode kept = Json.object();
        details.forEach(kept.putArray("details")::add);
        return Papers.line(
                provider, number, at, new Paper.Service(service, service, Paper.Service.SERVER), facts, kept);
    }

    /** The rent names the offer. */
    private Optional<String> offer() {
        List<String> rented = details.stream()
                .filter(detail -> type(detail).equals("DURATION"))
                .map(OvhLine::description)
                .filter(description -> !description.isEmpty())
                .toList();
        return rented.size() == 1 ? Reading.text(OvhReader.offer(rented.getFirst())) : Optional.empty();
    }
}
