package org.minventory.integration.providers;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import org.minventory.base.Json;
import org.minventory.survey.Addresses;
import org.minventory.survey.Findings;
import tools.jackson.databind.JsonNode;

/** Under which addresses a machine is reached, and which blocks are routed to it. */
final class Reached {
    private final SequencedSet<String> addresses = new LinkedHashSet<>();
    private final SequencedSet<String> blocks = new LinkedHashSet<>();
    private Optional<String> primary = Optional.empty();

    Reached primary(JsonNode told) {
        if (primary.isEmpty()) primary = Amounts.address(told);
        return add(told);
    }

    Reached add(JsonNode told) {
        Amounts.address(told).ifPresent(addresses::add);
        return addBlock(Amounts.block(told));
    }

    Reached addAll(JsonNode told) {
        told.valueStream().limit(Findings.LONGEST_LIST).forEach(this::add);
        return this;
    }

    Reached addBlock(Optional<String> block) {
        block.ifPresent(blocks::add);
        return this;
    }

    void tell(Sheet sheet) {
        sheet.tell("address", primary).tell("addresses", inOrder(addresses)).tell("blocks", inOrder(blocks));
    }

    /** In an order of their own: providers list them in any. */
    private static List<JsonNode> inOrder(SequencedSet<String> told) {
        return told.stream()
                .sorted(Addresses.IN_ORDER)
                .limit(Findings.LONGEST_LIST)
                .map(Json::text)
                .toList();
    }
}
