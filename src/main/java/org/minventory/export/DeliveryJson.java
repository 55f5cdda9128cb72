package org.minventory.export;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.conformity.Verdict;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Delivery;
import org.minventory.knowledge.LastWords;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Reception;
import org.minventory.project.Deliveries;
import org.minventory.project.Order;
import org.minventory.project.Reservation;
import org.minventory.project.Specification;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A delivery as the API shows it: what came, what was found of each specification, what was decided and what is reserved. */
public final class DeliveryJson {
    private final Reach reach;
    private final Locale language;
    private final Instant now;

    public DeliveryJson(Reach reach, Locale language, Instant now) {
        this.reach = reach;
        this.language = language;
        this.now = now;
    }

    /** What stands in a list: the last delivery of an element. */
    public ObjectNode brief(Inventory.Row row) {
        List<Delivery> all = row.picture().deliveries();
        return brief(row, all.getLast());
    }

    private ObjectNode brief(Inventory.Row row, Delivery delivery) {
        Picture picture = row.picture();
        ObjectNode json = Json.object()
                .put("id", delivery.id().toString())
                .put("customer", reach.slug(row.customer()))
                .put("state", delivery.state().word());
        json.putObject("element")
                .put("id", row.element().toString())
                .put("name", row.name())
                .put("type", row.type())
                .put("status", row.status());
        json.put("arrivedAt", delivery.arrived().at().toString());
        json.set("arrivedBy", witness(picture, delivery.arrived().witness()));
        Reception decision = delivery.decision();
        json.put("decidedAt", decision == null ? null : decision.at().toString());
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        specifications(row).forEach(one -> verdicts.merge(one.verdict(), 1, Integer::sum));
        ObjectNode counts = json.putObject("verdicts");
        for (Verdict verdict : Verdict.values()) counts.put(verdict.word(), verdicts.getOrDefault(verdict, 0));
        return json;
    }

    private List<Specification> specifications(Inventory.Row row) {
        return Specification.of(row.picture(), vocabulary(row), now);
    }

    private Vocabulary vocabulary(Inventory.Row row) {
        return reach.vocabulary(row.customer());
    }

    private static ObjectNode witness(Picture picture, UUID witness) {
        return ElementJson.witness(picture.witness(witness));
    }

    /**
     * All of it.
     *
     * @param order under which it was ordered, or null where it was not, or is none of the reader's business
     * @param lines of that order
     */
    public ObjectNode whole(DeliveryReader.Found found, @Nullable Order order, List<Picture> lines) {
        Inventory.Row row = found.row();
        ObjectNode json = brief(row, found.delivery());
        if (order != null) {
            json.put("order", order.number());
            json.set("quantity", Deliveries.quantity(lines));
        }
        ArrayNode specifications = json.putArray("specifications");
        for (Specification one : specifications(row)) specifications.add(specification(row, one));
        json.set("acceptance", found.decision() == null ? null : acceptance(found, found.decision()));
        ArrayNode surveys = json.putArray("surveys");
        for (LastWords words : row.picture().words())
            if (words.key().stance() == Stance.DELIVERED && words.latest() != null) surveys.add(survey(row, words));
        ArrayNode earlier = json.putArray("earlier");
        for (Delivery one : row.picture().deliveries())
            if (one.arrived().at().isBefore(found.delivery().arrived().at()))
                earlier.addObject()
                        .put("id", one.id().toString())
                        .put("state", one.state().word())
                        .put("arrivedAt", one.arrived().at().toString());
        return json.put("certificate", "/api/v1/deliveries/" + found.delivery().id() + "/certificate");
    }

    private ObjectNode survey(Inventory.Row row, LastWords words) {
        var latest = java.util.Objects.requireNonNull(words.latest());
        ObjectNode json = Json.object()
                .put("testimony", latest.id().toString())
                .put("kind", latest.kind().word())
                .put("source", words.key().source())
                .put("witnessedAt", latest.witnessedAt().toString());
        json.set("witness", witness(row.picture(), words.key().witness()));
        return json;
    }

    private ObjectNode specification(Inventory.Row row, Specification one) {
        ObjectNode json = Json.object()
                .put("attribute", one.attribute())
                .put("label", label(row, one.attribute()))
                .put("verdict", one.verdict().word())
                .put("sentence", one.compared().outcome().sentence().in(language));
        side(json, "ordered", row, one.attribute(), one.compared().measure());
        side(json, "delivered", row, one.attribute(), one.compared().seen());
        return json;
    }

    private void side(
            ObjectNode json, String name, Inventory.Row row, String attribute, Picture.@Nullable Spoken spoken) {
        if (spoken == null) {
            json.putNull(name);
            return;
        }
        ObjectNode said = json.putObject(name);
        said.set("value", spoken.saying().value());
        said.put("display", display(row, attribute, spoken.saying().value()))
                .put("testimony", spoken.heard().id().toString())
                .set("witness", ElementJson.witness(spoken.witness()));
    }

    private String label(Inventory.Row row, String attribute) {
        var declared = vocabulary(row).attribute(attribute);
        return declared == null ? attribute : declared.labels().in(language);
    }

    private String display(Inventory.Row row, String attribute, JsonNode value) {
        return vocabulary(row).display(attribute, value, language);
    }

    /** What was decided, on what it was decided, and what is still to be put right. */
    private ObjectNode acceptance(DeliveryReader.Found found, Entry decision) {
        Inventory.Row row = found.row();
        JsonNode act = decision.act();
        ObjectNode json = Json.object()
                .put("testimony", decision.id().toString())
                .put("decision", act.get("decision").stringValue())
                .put("at", decision.witnessedAt().toString())
                .put("recordedAt", decision.recordedAt().toString())
                .put("text", decision.note())
                .put("until", act.path("until").asString(null));
        json.set("witness", witness(row.picture(), decision.witness()));
        Scope.Grant grant = reach.scope().grant(row.customer());
        boolean whole = grant != null && grant.isWhole(); // the order is nobody's business who sees a part of it
        json.put("order", whole ? act.path("order").asString(null) : null);
        json.set("quantity", whole ? act.get("quantity") : null);
        ArrayNode reservations = json.putArray("reservations");
        Reception decided = java.util.Objects.requireNonNull(found.delivery().decision());
        for (Reservation one : Reservation.of(decided, row.picture(), vocabulary(row), now))
            reservations.add(reservation(row, one));
        ArrayNode specifications = json.putArray("specifications");
        for (JsonNode one : act.path("specifications")) specifications.add(asDecided(row, one));
        Entry customers = found.customersWord();
        json.set("countersign", customers == null ? null : countersign(row, customers));
        return json;
    }

    private ObjectNode reservation(Inventory.Row row, Reservation one) {
        return Json.object()
                .put("attribute", one.attribute())
                .put("label", one.attribute() == null ? null : label(row, one.attribute()))
                .put("text", one.text())
                .put("until", one.until().toString())
                .put("state", one.state().word())
                .put("closedBy", one.closedBy() == null ? null : one.closedBy().toString());
    }

    private ObjectNode asDecided(Inventory.Row row, JsonNode one) {
        String attribute = one.get("attribute").stringValue();
        ObjectNode json = Json.object()
                .put("attribute", attribute)
                .put("label", label(row, attribute))
                .put("verdict", one.get("verdict").stringValue())
                .put(
                        "sentence",
                        one.get(language.getLanguage().equals("fr") ? "fr" : "en")
                                .stringValue());
        for (String side : List.of("ordered", "delivered"))
            json.set(side, sideAsDecided(row, attribute, one.get(side)));
        return json;
    }

    private @Nullable ObjectNode sideAsDecided(Inventory.Row row, String attribute, @Nullable JsonNode side) {
        if (side == null) return null;
        ObjectNode json = Json.object();
        json.set("value", side.get("value"));
        json.put("display", display(row, attribute, side.get("value")));
        json.set("testimony", side.get("testimony"));
        UUID witness = UUID.fromString(side.get("witness").stringValue());
        return json.set("witness", witness(row.picture(), witness)).asObject();
    }

    private static ObjectNode countersign(Inventory.Row row, Entry said) {
        ObjectNode json = Json.object()
                .put("testimony", said.id().toString())
                .put("decision", said.act().get("decision").stringValue())
                .put("at", said.witnessedAt().toString())
                .put("text", said.note());
        json.set("witness", witness(row.picture(), said.witness()));
        return json;
    }
}
