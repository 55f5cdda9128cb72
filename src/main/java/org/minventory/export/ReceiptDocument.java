package org.minventory.export;

import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Refusal;
import org.minventory.intake.Receipt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a witness is told in return, as every door answers it. */
public final class ReceiptDocument {
    private final Locale language;
    private final Function<Refusal, ObjectNode> problem;

    /** @param problem says a refusal as the document of RFC 9457 */
    public ReceiptDocument(Locale language, Function<Refusal, ObjectNode> problem) {
        this.language = language;
        this.problem = problem;
    }

    /** One receipt. {@code problem} stands only in that of a refusal, with pointers from the testimony's own root. */
    public ObjectNode write(Receipt receipt) {
        ObjectNode json = Json.object();
        json.put("status", receipt.status());
        json.put("id", receipt.id() == null ? null : receipt.id().toString());
        json.put("confirmed", receipt.confirmed());
        json.put("seq", receipt.seq());
        json.set("element", element(receipt.element()));
        Receipt.Whole infrastructure = receipt.infrastructure();
        if (infrastructure != null)
            json.putObject("infrastructure")
                    .put("name", infrastructure.name())
                    .put("elements", infrastructure.elements())
                    .put("moved", infrastructure.moved());
        ArrayNode changes = json.putArray("changes");
        for (Receipt.Change change : receipt.changes()) changes.add(change(change));
        ArrayNode divergences = json.putArray("divergences");
        for (Receipt.Disagreement one : receipt.divergences()) divergences.add(divergence(one));
        Receipt.Unattached unattached = receipt.unattached();
        json.put("unattached", unattached == null ? null : unattached.word());
        receipt.flags().forEach(json.putArray("flags")::add);
        if (receipt.refusal() != null) json.set("problem", problem.apply(receipt.refusal()));
        return json;
    }

    private static @Nullable JsonNode element(Receipt.@Nullable Spoken element) {
        if (element == null) return null;
        return Json.object()
                .put("id", element.id().toString())
                .put("name", element.name())
                .put("type", element.type())
                .put("status", element.status().word());
    }

    private static ObjectNode change(Receipt.Change change) {
        ObjectNode json = Json.object()
                .put("attribute", change.attribute())
                .put("stance", change.stance().word());
        json.set("before", change.before());
        json.set("now", change.now());
        return json;
    }

    private ObjectNode divergence(Receipt.Disagreement one) {
        return Json.object()
                .put("id", one.id().toString())
                .put("attribute", one.attribute())
                .put("between", one.between())
                .put("nature", one.nature())
                .put("change", one.change())
                .put("sentence", one.sentence(language));
    }
}
