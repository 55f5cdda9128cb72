package org.minventory.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A testimony as the API shows it: what was told, by whom, when it was true, when we learnt it, and what became of it. */
public final class TestimonyJson {
    private TestimonyJson() {}

    /** All of it, but the tool's own document. */
    public static ObjectNode write(RecordReader.Row row) {
        Entry entry = row.entry();
        ObjectNode json = Json.object();
        json.put("id", entry.id().toString());
        json.put("customer", row.customer());
        json.put("seq", entry.seq());
        json.put("kind", entry.kind().word());
        json.put(
                "stance",
                entry.kind().stance() == null ? null : entry.kind().stance().word());
        json.set("element", row.element() == null ? null : mention(row.element()));
        json.put("infrastructure", row.infrastructure());
        json.set("subject", orNull(entry.subject()));
        json.set("creates", creates(entry.creates()));
        json.set("witness", ElementJson.witness(row.witness()));
        json.put("source", entry.source());
        json.put("witnessedAt", entry.witnessedAt().toString());
        json.put("recordedAt", entry.recordedAt().toString());
        json.put("complete", entry.complete());
        json.set("facts", entry.facts());
        json.put("note", entry.note());
        json.set("context", orNothing(entry.context()));
        json.set("act", act(entry));
        json.set("confirmed", confirmed(row.confirmed()));
        json.put(
                "withdrawnBy",
                row.withdrawnBy() == null ? null : row.withdrawnBy().toString());
        json.put("unattached", row.unattached());
        json.put("documented", row.documented());
        flags(entry).forEach(json.putArray("flags")::add);
        return json;
    }

    /** What was decided; how far a whole order has come is told by the delivery, to who may see the order. */
    private static JsonNode act(Entry entry) {
        if (entry.kind() != Kind.ACCEPTANCE || !(entry.act() instanceof ObjectNode act)) return orNothing(entry.act());
        return act.deepCopy().remove(List.of("order", "quantity"));
    }

    /** The same of one that waits to be attached, with the elements among which it could not be decided. */
    public static ObjectNode writeWaiting(RecordReader.Row row) {
        ObjectNode json = write(row);
        ArrayNode candidates = json.putArray("candidates");
        row.candidates().forEach(candidate -> candidates.add(mention(candidate)));
        return json;
    }

    static ObjectNode mention(RecordReader.Mention element) {
        return Json.object()
                .put("id", element.id().toString())
                .put("name", element.name())
                .put("type", element.type());
    }

    private static @Nullable JsonNode creates(Entry.@Nullable Birth birth) {
        return birth == null ? null : Json.object().put("name", birth.name()).put("type", birth.type());
    }

    private static ObjectNode confirmed(RecordReader.@Nullable Confirmed confirmed) {
        return Json.object()
                .put("count", confirmed == null ? 0 : confirmed.count())
                .put("lastAt", confirmed == null ? null : confirmed.lastAt().toString());
    }

    static List<String> flags(Entry entry) {
        return entry.isFromTheFuture() ? List.of("future") : List.of();
    }

    private static @Nullable JsonNode orNull(JsonNode told) {
        return told.isMissingNode() || told.isNull() ? null : told;
    }

    private static JsonNode orNothing(JsonNode told) {
        return told.isMissingNode() || told.isNull() ? Json.object() : told;
    }
}
