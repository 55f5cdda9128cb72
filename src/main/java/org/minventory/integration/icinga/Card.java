package org.minventory.integration.icinga;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.export.Inventory;
import org.minventory.export.Watched;
import org.minventory.notification.channel.Plain;

/**
 * Who an element is, as Icinga shows it: what identifies and what sorts it. Nothing else that is known of it gets there.
 *
 * @param vars custom variables, all of which begin with {@code minventory_}
 * @param groups name of a group of hosts → what it is called
 */
record Card(
        String displayName,
        String notes,
        String page,
        SequencedMap<String, Object> vars,
        SequencedMap<String, String> groups) {
    private static final String PREFIX = "minventory_";
    private static final int LONGEST_GROUP = 100;
    private static final List<String> IDENTITY = List.of("fqdn", "hostname", "serial", "providerRef");

    /** @param home where people reach this instance */
    static Card of(Watched one, String home) {
        Inventory.Row row = one.row();
        Card card = new Card(
                Objects.requireNonNullElse(one.word("label"), row.name()),
                notes(one),
                home + "/ui/elements/" + row.element(),
                new LinkedHashMap<>(),
                new LinkedHashMap<>());
        card.vars.put(PREFIX + "id", row.element().toString());
        card.vars.put(PREFIX + "name", row.name());
        card.sort("customer", one.customer());
        card.sort("type", row.type());
        card.sort("status", row.status());
        card.sort("infrastructure", row.infrastructure());
        card.sort("project", row.project());
        card.sort("provider", row.provider());
        card.sort("site", row.site());
        card.vars.put(PREFIX + "tags", row.tags());
        for (String tag : row.tags()) card.group("tag", tag);
        return card;
    }

    private static String notes(Watched one) {
        List<String> lines = new ArrayList<>();
        for (String attribute : IDENTITY) {
            String told = one.word(attribute);
            if (told != null) lines.add(attribute + ": " + told);
        }
        return String.join(", ", lines);
    }

    private void sort(String dimension, @Nullable String value) {
        if (value == null) return;
        vars.put(PREFIX + dimension, value);
        group(dimension, value);
    }

    /** No name of an object may hold an exclamation mark; and two that look alike are one. */
    private void group(String dimension, String value) {
        groups.put(dimension + ":" + Plain.line(value.replace('!', '.'), LONGEST_GROUP), value);
    }

    boolean isWorkedOn() {
        return "maintenance".equals(vars.get(PREFIX + "status"));
    }
}
