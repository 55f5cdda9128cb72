package org.minventory.project;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.intake.Consequence;
import org.minventory.knowledge.Delivery;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Reception;
import org.minventory.party.Caller;
import org.minventory.party.Role;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is decided at the reception of a delivery: quantity first, then each specification. The decision carries all that
 * it was decided on, so that the certificate of acceptance says for ever what was accepted. Deliveries themselves are part
 * of what is known of an element: nothing is kept here.
 */
public final class Deliveries implements Consequence {
    private static final Set<String> IN_ACCEPTANCE = Set.of("decision", "reservations", "until", "acceptance");
    private static final Set<String> IN_RESERVATION = Set.of("attribute", "text", "until");
    private static final int MOST_RESERVATIONS = 100;

    @Override
    public Set<Kind.Subject> subjects() {
        return Set.of(Kind.Subject.DELIVERY);
    }

    @Override
    public ObjectNode decide(JdbcClient db, Act act) {
        ActFacts facts = new ActFacts(act.told());
        facts.only(IN_ACCEPTANCE);
        Reception.What decision = decision(facts);
        boolean fromCustomer = act.caller().role() == Role.CIO;
        if (decision.isTheCustomers() != fromCustomer) throw Refusal.at(Problem.NOT_ALLOWED, "/facts/decision");
        Picture picture = Objects.requireNonNull(act.picture(), "of an element");
        Delivery delivery = picture.delivery();
        if (delivery == null) throw ActFacts.refused(Problem.CONFLICT, "/element", "nothing-delivered");
        boolean reason = decision == Reception.What.REFUSE
                || decision == Reception.What.POSTPONE
                || decision == Reception.What.OBJECT;
        if (reason && !facts.hasNote()) throw Refusal.at(Problem.REASON_NEEDED, "/note");
        ObjectNode says = Json.object()
                .put("delivery", delivery.id().toString())
                .put("decision", decision.word())
                .put("role", act.caller().role().word());
        if (decision.isTheCustomers()) return says.put("acceptance", countersigned(delivery, facts));
        reservations(act, decision, says);
        LocalDate until = day(act.told().facts().get("until"), "/facts/until");
        if (until != null) says.put("until", until.toString());
        quantity(db, act, picture, says);
        ArrayNode specifications = says.putArray("specifications");
        Specification.of(picture, act.vocabulary(), act.recordedAt())
                .forEach(one -> specifications.add(one.asDecided()));
        return says;
    }

    private static Reception.What decision(ActFacts facts) {
        return facts.word(
                "decision",
                java.util.Arrays.stream(Reception.What.values())
                        .filter(what -> what != Reception.What.ARRIVED)
                        .toArray(Reception.What[]::new),
                Reception.What::word,
                null);
    }

    /** The customer says it to the decision that it has seen: another one in between is no longer that. */
    private static String countersigned(Delivery delivery, ActFacts facts) {
        Reception decision = delivery.decision();
        if (decision == null) throw ActFacts.refused(Problem.CONFLICT, "/element", "nothing-decided");
        String seen = facts.text("acceptance");
        if (seen == null) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/acceptance", "acceptance");
        if (!seen.equals(decision.testimony().toString())) throw Refusal.of(Problem.CHANGED_MEANWHILE);
        return seen;
    }

    // ---- reservations -----------------------------------------------------------------------------------------------

    private static void reservations(Act act, Reception.What decision, ObjectNode says) {
        JsonNode told = act.told().facts().get("reservations");
        boolean reserves = decision == Reception.What.ACCEPT_WITH_RESERVATIONS;
        boolean none = told == null || told.isNull();
        if (!reserves && !none)
            throw ActFacts.refused(Problem.UNFIT_VALUE, "/facts/reservations", "no-reservations-here");
        if (!reserves) return;
        if (told == null || none) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/reservations", "reservations");
        if (!told.isArray() || told.isEmpty() || told.size() > MOST_RESERVATIONS)
            throw Refusal.at(
                    Problem.WRONG_TYPE,
                    "/facts/reservations",
                    "[{\"attribute\": …, \"text\": …, \"until\": \"YYYY-MM-DD\"}] ≤ " + MOST_RESERVATIONS);
        ArrayNode reservations = says.putArray("reservations");
        for (int i = 0; i < told.size(); i++)
            reservations.add(reservation(act, told.get(i), "/facts/reservations/" + i));
    }

    private static ObjectNode reservation(Act act, JsonNode told, String pointer) {
        if (!told.isObject()) throw Refusal.at(Problem.WRONG_TYPE, pointer, "{\"attribute\": …, \"until\": …}");
        for (String member : told.propertyNames())
            if (!IN_RESERVATION.contains(member))
                throw Refusal.at(
                        Problem.UNKNOWN_MEMBER, pointer + "/" + Json.escape(member), member, "attribute, text, until");
        String attribute = ActFacts.text(told.get("attribute"), pointer + "/attribute");
        String text = ActFacts.text(told.get("text"), pointer + "/text");
        boolean known = attribute != null
                && (act.vocabulary().attribute(attribute) != null
                        || Objects.requireNonNull(act.picture()).attributes().contains(attribute));
        if (attribute != null && !known) throw Refusal.at(Problem.NOT_FOUND, pointer + "/attribute");
        if (attribute == null && text == null) throw Refusal.at(Problem.MISSING_MEMBER, pointer + "/text", "text");
        LocalDate until = day(told.get("until"), pointer + "/until");
        if (until == null) throw Refusal.at(Problem.MISSING_MEMBER, pointer + "/until", "until");
        ObjectNode reservation = Json.object();
        if (attribute != null) reservation.put("attribute", attribute);
        if (text != null) reservation.put("text", text);
        return reservation.put("until", until.toString());
    }

    private static @Nullable LocalDate day(@Nullable JsonNode told, String pointer) {
        String text = ActFacts.text(told, pointer);
        if (text == null) return null;
        try {
            LocalDate day = LocalDate.parse(text);
            if (day.getYear() >= 1970 && day.getYear() <= 2200) return day;
        } catch (DateTimeException noDay) {
            throw Refusal.at(Problem.WRONG_TYPE, pointer, "YYYY-MM-DD");
        }
        throw Refusal.at(Problem.UNFIT_DATE, pointer, text);
    }

    // ---- quantity ---------------------------------------------------------------------------------------------------

    /** Of all that was ordered together, how much has come. */
    private static void quantity(JdbcClient db, Act act, Picture picture, ObjectNode says) {
        Order order = Orders.ofElement(db, act.customer(), picture.id());
        if (order == null) return;
        List<Picture> lines = Orders.lines(db, order);
        says.put("order", order.number());
        says.set("quantity", quantity(lines));
    }

    /** How many of these elements have come. */
    public static ObjectNode quantity(List<Picture> lines) {
        long delivered =
                lines.stream().filter(line -> line.status().isDelivered()).count();
        return Json.object().put("ordered", lines.size()).put("delivered", delivered);
    }

    // ---- the record -------------------------------------------------------------------------------------------------

    @Override
    public boolean reaches(JdbcClient db, Caller caller, Entry entry) {
        throw new IllegalStateException("what is said of a delivery is said of its element");
    }

    @Override
    public void follow(JdbcClient db, UUID customer, List<Entry> entries) {}

    @Override
    public List<String> tables() {
        return List.of();
    }
}
