package org.minventory.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sayable;
import org.minventory.base.Sentence;
import org.minventory.element.Labels;
import org.minventory.element.Status;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Receipts as they are kept for the day when the same request comes again, refusals with their reasons included. */
final class ReceiptJson {
    private ReceiptJson() {}

    static byte[] writeAll(List<Receipt> receipts) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        receipts.forEach(receipt -> all.add(write(receipt)));
        return Json.write(all);
    }

    private static ObjectNode write(Receipt receipt) {
        ObjectNode json = Json.object().put("status", receipt.status());
        if (receipt.id() != null) json.put("id", receipt.id().toString());
        if (receipt.confirmed()) json.put("confirmed", true);
        if (receipt.seq() != null) json.put("seq", receipt.seq());
        Receipt.Spoken element = receipt.element();
        if (element != null)
            json.putArray("element")
                    .add(element.id().toString())
                    .add(element.name())
                    .add(element.type())
                    .add(element.status().word());
        Receipt.Whole infrastructure = receipt.infrastructure();
        if (infrastructure != null)
            json.putArray("infrastructure")
                    .add(infrastructure.name())
                    .add(infrastructure.elements())
                    .add(infrastructure.moved());
        ArrayNode changes = json.putArray("changes");
        for (Receipt.Change change : receipt.changes())
            changes.addArray()
                    .add(change.attribute())
                    .add(change.stance().word())
                    .add(change.before())
                    .add(change.now());
        ArrayNode divergences = json.putArray("divergences");
        for (Receipt.Disagreement one : receipt.divergences())
            divergences
                    .addArray()
                    .add(one.id().toString())
                    .add(one.attribute())
                    .add(one.between())
                    .add(one.nature())
                    .add(one.change())
                    .add(one.en())
                    .add(one.fr());
        if (receipt.unattached() != null)
            json.put("unattached", receipt.unattached().name());
        receipt.flags().forEach(json.putArray("flags")::add);
        if (receipt.refusal() != null) json.set("refusal", write(receipt.refusal()));
        return json;
    }

    private static ObjectNode write(Refusal refusal) {
        ObjectNode json = Json.object().put("problem", refusal.problem().name());
        if (!refusal.places().isEmpty())
            json.put("pointer", refusal.places().getFirst().pointer());
        Sentence sentence = refusal.sentence();
        json.put("bundle", sentence.bundle()).put("key", sentence.key());
        ArrayNode arguments = json.putArray("arguments");
        for (Object argument : sentence.arguments())
            if (argument instanceof Sayable sayable)
                arguments.addArray().add(sayable.in(Locale.ENGLISH)).add(sayable.in(Locale.FRENCH));
            else arguments.add(argument.toString());
        return json;
    }

    private static Refusal readRefusal(JsonNode json) {
        List<Object> arguments = new ArrayList<>();
        for (JsonNode argument : json.get("arguments"))
            arguments.add(
                    argument.isArray()
                            ? new Labels(
                                    argument.get(0).stringValue(),
                                    argument.get(1).stringValue())
                            : argument.stringValue());
        Problem problem = Problem.valueOf(json.get("problem").stringValue());
        if (!json.has("pointer")) return Refusal.of(problem, arguments.toArray());
        Sentence sentence =
                new Sentence(json.get("bundle").stringValue(), json.get("key").stringValue(), arguments);
        return Refusal.at(problem, json.get("pointer").stringValue(), sentence);
    }

    static List<Receipt> readAll(byte[] bytes) {
        List<Receipt> receipts = new ArrayList<>();
        Json.ours(bytes).forEach(json -> receipts.add(read(json)));
        return receipts;
    }

    private static Receipt read(JsonNode json) {
        List<Receipt.Change> changes = new ArrayList<>();
        for (JsonNode c : json.get("changes"))
            changes.add(new Receipt.Change(
                    c.get(0).stringValue(), Stance.of(c.get(1).stringValue()), orNull(c.get(2)), orNull(c.get(3))));
        List<Receipt.Disagreement> divergences = new ArrayList<>();
        for (JsonNode d : json.get("divergences"))
            divergences.add(new Receipt.Disagreement(
                    UUID.fromString(d.get(0).stringValue()),
                    d.get(1).stringValue(),
                    d.get(2).stringValue(),
                    d.get(3).stringValue(),
                    d.get(4).stringValue(),
                    d.get(5).stringValue(),
                    d.get(6).stringValue()));
        List<String> flags = new ArrayList<>();
        json.get("flags").forEach(flag -> flags.add(flag.stringValue()));
        return new Receipt(
                json.get("status").intValue(),
                Ids.parse(json.path("id").asString("")),
                json.has("confirmed"),
                json.has("seq") ? json.get("seq").longValue() : null,
                element(json.get("element")),
                infrastructure(json.get("infrastructure")),
                changes,
                divergences,
                json.has("unattached")
                        ? Receipt.Unattached.valueOf(json.get("unattached").stringValue())
                        : null,
                flags,
                json.has("refusal") ? readRefusal(json.get("refusal")) : null);
    }

    private static Receipt.@Nullable Spoken element(@Nullable JsonNode json) {
        return json == null
                ? null
                : new Receipt.Spoken(
                        UUID.fromString(json.get(0).stringValue()),
                        json.get(1).stringValue(),
                        json.get(2).stringValue(),
                        Status.of(json.get(3).stringValue()));
    }

    private static Receipt.@Nullable Whole infrastructure(@Nullable JsonNode json) {
        return json == null
                ? null
                : new Receipt.Whole(
                        json.get(0).stringValue(),
                        json.get(1).intValue(),
                        json.get(2).intValue());
    }

    private static @Nullable JsonNode orNull(JsonNode node) {
        return node.isNull() ? null : node;
    }
}
