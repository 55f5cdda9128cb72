package org.minventory.integration.ansible;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.knowledge.Index;
import tools.jackson.databind.JsonNode;

/**
 * By what hosts are put together: by where they belong, or, where that is asked for, by that and by the best known values of
 * attributes.
 */
final class Grouping {
    static final String PARAMETER = "group_by";

    private static final String CUSTOMER = "customer";
    private static final int LONGEST_DIMENSION = 100;

    private static final SequencedMap<String, Function<Inventory.Row, Stream<String>>> BELONGING = belonging();

    private final Reach reach;
    private final Instant now;
    private final List<String> wanted;

    private Grouping(Reach reach, Instant now, List<String> wanted) {
        this.reach = reach;
        this.now = now;
        this.wanted = wanted;
    }

    private static SequencedMap<String, Function<Inventory.Row, Stream<String>>> belonging() {
        SequencedMap<String, Function<Inventory.Row, Stream<String>>> all = new LinkedHashMap<>();
        all.put("type", row -> Stream.of(row.type()));
        all.put("status", row -> Stream.ofNullable(row.status()));
        all.put("infrastructure", row -> Stream.ofNullable(row.infrastructure()));
        all.put("provider", row -> Stream.ofNullable(row.provider()));
        all.put("site", row -> Stream.ofNullable(row.site()));
        all.put("project", row -> Stream.ofNullable(row.project()));
        all.put("tag", row -> row.tags().stream());
        return all;
    }

    /**
     * Reads what is asked for.
     *
     * @param told names between commas; null for where hosts belong
     * @throws Refusal {@link Problem#UNFIT_PARAMETER} for what is neither that nor an attribute of a customer in reach
     */
    static Grouping read(@Nullable String told, Reach reach, Instant now) {
        List<String> all =
                Stream.concat(Stream.of(CUSTOMER), BELONGING.keySet().stream()).toList();
        if (told == null) return new Grouping(reach, now, all);
        List<String> wanted = Arrays.stream(told.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        for (String name : wanted)
            if (!all.contains(name) && !isAttribute(name, reach))
                throw Refusal.at(
                        Problem.UNFIT_PARAMETER, PARAMETER, PARAMETER, String.join(", ", all) + ", os.name, …");
        return new Grouping(reach, now, wanted);
    }

    private static boolean isAttribute(String name, Reach reach) {
        return reach.vocabularies().stream().anyMatch(vocabulary -> vocabulary.attribute(name) != null);
    }

    /** Puts a host into its groups. */
    void group(Inventory.Row row, String host, Groups groups) {
        for (String name : wanted) {
            if (name.equals(CUSTOMER)) {
                groups.add(name, reach.slug(row.customer()), row.customer().toString(), host);
                continue;
            }
            String dimension = Harmless.word(name, LONGEST_DIMENSION);
            values(row, name).forEach(value -> groups.add(dimension, value, value, host));
        }
    }

    private Stream<String> values(Inventory.Row row, String name) {
        Function<Inventory.Row, Stream<String>> belonging = BELONGING.get(name);
        if (belonging != null) return belonging.apply(row);
        JsonNode known = Index.bestKnown(row.picture(), name, reach.vocabulary(row.customer()), now);
        if (known == null) return Stream.of();
        return (known.isArray() ? known.valueStream() : Stream.of(known))
                .filter(value -> value.isValueNode() && !value.isNull())
                .map(JsonNode::asString);
    }
}
