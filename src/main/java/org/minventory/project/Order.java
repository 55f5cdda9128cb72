package org.minventory.project;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An order as its testimonies tell it: what was agreed with the provider, renewed, invoiced. Its lines are the elements of
 * which an {@code order} was testified under its number; they are looked up when it is read, because their lives go on.
 *
 * @param story {@code terms} (what holds now), {@code renewals}, {@code invoices}
 */
public record Order(UUID customer, UUID id, String number, Instant changedAt, long seq, ObjectNode story) {
    /** The prices that an order or an invoice may name. */
    public static final List<String> PRICES = List.of("price.setup", "price.monthly", "price.yearly");

    /** The id of an order, the same wherever its number is named: nobody has to have opened it before. */
    public static UUID id(UUID customer, String number) {
        return Ids.derived("order", customer, number);
    }

    /** What was agreed of that name, or null. */
    public @Nullable JsonNode term(String name) {
        return story.get("terms").get(name);
    }

    /** The day that was agreed under that name, or null. */
    public @Nullable LocalDate day(String name) {
        JsonNode day = term(name);
        return day == null ? null : LocalDate.parse(day.stringValue());
    }

    /** The order that entries in its course tell, in the order of the record; null where none is left. */
    static @Nullable Order fold(List<Entry> entries) {
        if (entries.isEmpty()) return null;
        ObjectNode terms = Json.object();
        ArrayNode renewals = Json.MAPPER.createArrayNode();
        ArrayNode invoices = Json.MAPPER.createArrayNode();
        for (Entry entry : entries) {
            if (entry.kind() == Kind.CONTRACT || entry.kind() == Kind.RENEWAL) agreed(entry, terms);
            if (entry.kind() == Kind.RENEWAL) renewals.add(said(entry));
            if (entry.kind() == Kind.INVOICE) invoices.add(said(entry));
        }
        ObjectNode story = Json.object();
        story.set("terms", terms);
        story.set("renewals", renewals);
        story.set("invoices", invoices);
        Entry last = entries.getLast();
        String number = last.context().get("order").stringValue();
        return new Order(last.customer(), id(last.customer(), number), number, last.recordedAt(), last.seq(), story);
    }

    private static void agreed(Entry entry, ObjectNode terms) {
        entry.act().get("terms").forEachEntry(terms::set);
    }

    private static ObjectNode said(Entry entry) {
        ObjectNode said = Json.object()
                .put("testimony", entry.id().toString())
                .put("witness", entry.witness().toString())
                .put("at", entry.effectiveAt().toString());
        if (entry.note() != null) said.put("text", entry.note());
        said.set("terms", entry.act().get("terms"));
        return said;
    }
}
