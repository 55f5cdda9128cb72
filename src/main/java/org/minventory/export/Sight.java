package org.minventory.export;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.conformity.Review;
import org.minventory.conformity.Verdict;
import org.minventory.element.Attribute;
import org.minventory.element.ElementType;
import org.minventory.element.EndOfSupport;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.export.DeadlineReader.Deadline;
import org.minventory.export.DeadlineReader.Wanted;
import org.minventory.export.DeadlineReader.What;
import org.minventory.intake.Past;
import org.minventory.intake.Vocabularies;
import org.minventory.knowledge.Picture;
import org.minventory.party.Customers.Customer;
import org.minventory.project.Conversation;
import org.minventory.project.Fulfilment;
import org.minventory.project.Order;
import org.minventory.project.Orders;
import org.minventory.project.Progress;
import org.minventory.project.Project;
import org.minventory.project.Projects;
import org.minventory.testimony.AttachedFile;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * All that is seen of one customer from a horizon. Now it is what stands ready to be read; before, it is folded from the
 * record as far as it went then, with the definitions of then: nothing that came later shows through.
 */
final class Sight {
    /** Elements that are read together. */
    private static final int TOGETHER = 100;

    private static final LocalDate LAST_DAY = LocalDate.of(2200, 12, 31);
    private static final int MOST = 10_000;

    /** Nothing of these ends any more. */
    private static final List<String> OVER = List.of(Status.DECOMMISSIONED.word(), Status.CANCELLED.word());

    private final JdbcClient db;
    private final Customer customer;
    private final Horizon horizon;
    private final Reach reach;
    private final Locale language;
    private final EndOfSupport endOfSupport;
    private final Instant now;

    private Sight(
            JdbcClient db,
            Customer customer,
            Horizon horizon,
            Reach reach,
            Locale language,
            EndOfSupport endOfSupport,
            Instant now) {
        this.db = db;
        this.customer = customer;
        this.horizon = horizon;
        this.reach = reach;
        this.language = language;
        this.endOfSupport = endOfSupport;
        this.now = now;
    }

    /** Looks at all of a customer; who may is decided before. */
    static Sight of(
            JdbcClient db,
            Customer customer,
            Horizon horizon,
            Vocabularies vocabularies,
            Locale language,
            EndOfSupport endOfSupport,
            Instant now) {
        Reach reach = Reach.of(db, Scope.whole(customer.id()), vocabularies);
        Instant at = horizon.at();
        Reach then =
                at == null ? reach : reach.speaking(customer.id(), vocabulary(definitions(db, customer.id(), horizon)));
        return new Sight(db, customer, horizon, then, language, endOfSupport, at == null ? now : at);
    }

    Reach reach() {
        return reach;
    }

    Vocabulary vocabulary() {
        return reach.vocabulary(customer.id());
    }

    /** When freshness is judged, and from when deadlines count. */
    Instant judgedAt() {
        return now;
    }

    private LocalDate today() {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    // ---- elements ---------------------------------------------------------------------------------------------------

    /** Calls back with every element, by name. */
    void elements(Consumer<Then.Seen> reader) {
        if (horizon.isNow())
            Inventory.each(db, reach.scope(), Selection.EVERYTHING, row -> reader.accept(new Then.Seen(row, now)));
        else eachThen(reader);
    }

    private void eachThen(Consumer<Then.Seen> reader) {
        String name = "";
        UUID id = new UUID(0, 0);
        for (int read = TOGETHER; read == TOGETHER; ) {
            List<Past.Subject> born = born(name, id);
            for (Picture picture : Past.folds(db, customer.id(), born, vocabulary(), horizon.moment()))
                if (picture.lastSeq() > 0) reader.accept(new Then.Seen(Then.row(picture, vocabulary(), now), now));
            read = born.size();
            if (read == 0) return;
            name = born.getLast().name();
            id = born.getLast().id();
        }
    }

    private List<Past.Subject> born(String afterName, UUID afterId) {
        return db.sql("""
                        select element_id, name, type from element
                        where customer_id = ? and created_seq <= ? and (name, element_id) > (?, ?)
                        order by name, element_id limit ?""")
                .params(customer.id(), horizon.seq(), afterName, afterId, TOGETHER)
                .query((row, n) -> new Past.Subject(
                        row.getObject("element_id", UUID.class), row.getString("name"), row.getString("type")))
                .list();
    }

    /** An element with all that is known of it. */
    ObjectNode element(Then.Seen seen) {
        return ElementJson.of(seen, reach, language);
    }

    // ---- what disagrees ---------------------------------------------------------------------------------------------

    /** Calls back with every divergence that is not resolved: with its history now, before with its sentence alone. */
    void divergences(Consumer<ObjectNode> reader) {
        if (!horizon.isNow()) {
            elements(seen -> judged(seen, reader));
            return;
        }
        DivergenceJson json = new DivergenceJson(reach, language, now);
        Instant openedAt = null;
        UUID id = null;
        for (int read = TOGETHER; read == TOGETHER; ) {
            List<DivergenceReader.Place> places =
                    DivergenceReader.places(db, reach.scope(), DivergenceSelection.INBOX, now, openedAt, id, TOGETHER);
            DivergenceReader.rows(db, places).forEach(row -> reader.accept(json.write(row)));
            read = places.size();
            if (read == 0) return;
            openedAt = places.getLast().openedAt();
            id = places.getLast().divergence();
        }
    }

    private void judged(Then.Seen seen, Consumer<ObjectNode> reader) {
        Review.judge(seen.row().picture(), vocabulary(), now).forEach((attribute, judgement) -> {
            for (Review.Compared compared : judgement.pairs())
                if (compared.outcome().verdict() == Verdict.DIVERGES) reader.accept(judged(seen, attribute, compared));
            for (Review.Compared compared : judgement.witnesses()) reader.accept(judged(seen, attribute, compared));
        });
    }

    private ObjectNode judged(Then.Seen seen, String attribute, Review.Compared compared) {
        ObjectNode json = Json.object();
        json.putObject("element")
                .put("id", seen.row().element().toString())
                .put("name", seen.row().name())
                .put("type", seen.row().type());
        return json.put("attribute", attribute)
                .put("between", compared.between())
                .put("sentence", compared.outcome().sentence().in(language));
    }

    /** Calls back with the last delivery of every element that has one: what came, and what was decided about it. */
    void deliveries(Consumer<ObjectNode> reader) {
        DeliveryJson json = new DeliveryJson(reach, language, now);
        elements(seen -> {
            if (seen.row().picture().delivery() != null) reader.accept(json.brief(seen.row()));
        });
    }

    // ---- what was agreed --------------------------------------------------------------------------------------------

    /** Every project, by name; how far it has come is told of now. */
    List<ObjectNode> projects() {
        ProjectJson json = new ProjectJson(reach, language);
        return Projects.asKnown(db, customer.id(), horizon.seq()).stream()
                .map(project -> horizon.isNow()
                        ? json.whole(project, Progress.of(db, project, vocabulary(), now), files(project))
                        : json.agreed(project, files(project)))
                .toList();
    }

    private Map<UUID, List<AttachedFile>> files(Project project) {
        return Conversation.files(db, project, horizon.seq());
    }

    /** Every order, by number; its lines, and how far they have come, are told of now. */
    List<ObjectNode> orders() {
        OrderJson json = new OrderJson(reach, language);
        return known().stream()
                .map(order -> horizon.isNow()
                        ? json.whole(order, Fulfilment.of(order, Orders.lines(db, order), vocabulary(), now))
                        : json.brief(order))
                .toList();
    }

    private List<Order> known() {
        return Orders.asKnown(db, customer.id(), horizon.seq());
    }

    /** What ends from that day on, the soonest first. */
    List<ObjectNode> deadlines() {
        DeadlineJson json = new DeadlineJson(reach, language, today());
        List<Deadline> found = horizon.isNow()
                ? new DeadlineReader(db, reach, endOfSupport, now)
                        .list(new Wanted(What.EVERY, today(), LAST_DAY), null, MOST)
                : deadlinesThen();
        return found.stream().map(json::write).toList();
    }

    private List<Deadline> deadlinesThen() {
        List<Deadline> found = new ArrayList<>();
        elements(seen -> {
            if (OVER.contains(String.valueOf(seen.row().status()))) return;
            found.addAll(new ElementDeadlines(seen.row(), vocabulary(), endOfSupport, now).all());
        });
        for (Order order : known()) {
            if (order.day("cancelled.on") != null) continue;
            ends(found, order, "expires", What.ORDER);
            ends(found, order, "notice.until", What.NOTICE);
        }
        return found.stream()
                .filter(one -> !one.on().isBefore(today()))
                .sorted(Comparator.comparing(Deadline::place, DeadlineReader.Place.SOONEST_FIRST))
                .limit(MOST)
                .toList();
    }

    private void ends(List<Deadline> found, Order order, String term, What what) {
        LocalDate day = order.day(term);
        if (day == null) return;
        Map<String, String> told = new LinkedHashMap<>();
        for (String asked : ElementDeadlines.ASKED) {
            JsonNode value = order.term(asked);
            if (value != null && value.isString()) told.put(asked, value.stringValue());
        }
        found.add(new Deadline(customer.id(), day, what, order.id(), order.number(), null, null, null, told));
    }

    // ---- what was declared, who spoke, who was mandated -------------------------------------------------------------

    /** All that the customer declared of its own, by sort and name. */
    List<ObjectNode> definitions() {
        return definitions(db, customer.id(), horizon);
    }

    private static List<ObjectNode> definitions(JdbcClient db, UUID customer, Horizon horizon) {
        Map<String, ObjectNode> last = new LinkedHashMap<>();
        for (Entry entry : Testimonies.ofKind(db, customer, Kind.DEFINITION, horizon.seq())) {
            ObjectNode said = Json.object();
            for (String member : List.of("sort", "name", "id", "body"))
                said.set(member, entry.act().get(member));
            last.put(said.get("sort").stringValue() + " " + said.get("name").stringValue(), said);
        }
        return List.copyOf(last.values());
    }

    private static Vocabulary vocabulary(List<ObjectNode> definitions) {
        List<Attribute> attributes = new ArrayList<>();
        List<ElementType> types = new ArrayList<>();
        for (ObjectNode one : definitions) {
            String sort = one.get("sort").stringValue();
            if (sort.equals(Definitions.Sort.ATTRIBUTE.word()))
                attributes.add(Vocabulary.parseAttribute(one.get("body")));
            if (sort.equals(Definitions.Sort.ELEMENT_TYPE.word())) types.add(Vocabulary.parseType(one.get("body")));
        }
        return Vocabulary.builtIn().with(attributes, types);
    }

    /** Who spoke, in the order in which they came. */
    List<ObjectNode> witnesses() {
        return db.sql("""
                        select w.actor_id, w.role, w.name, w.first_at from witness w
                        where w.customer_id = ?
                          and exists (select from testimony t where t.customer_id = w.customer_id
                                        and t.witness_id = w.actor_id and t.seq <= ?)
                        order by w.first_at, w.actor_id""")
                .params(customer.id(), horizon.seq())
                .query((row, n) -> Json.object()
                        .put("id", row.getString("actor_id"))
                        .put("role", row.getString("role"))
                        .put("name", row.getString("name"))
                        .put("firstAt", row.getTimestamp("first_at").toInstant().toString()))
                .list();
    }

    /** What became of mandates, in the order of the record. */
    List<ObjectNode> mandates() {
        Map<String, String> teams = new LinkedHashMap<>();
        db.sql("""
                        select distinct t.ops_team_id::text, t.name from mandate m
                        join ops_team t on t.ops_team_id = m.ops_team_id where m.customer_id = ?""").param(customer.id()).query(row -> {
            teams.put(row.getString(1), row.getString(2));
        });
        return Testimonies.ofKind(db, customer.id(), Kind.MANDATE, horizon.seq()).stream()
                .map(entry -> mandate(entry, teams))
                .toList();
    }

    private static ObjectNode mandate(Entry entry, Map<String, String> teams) {
        String team = entry.act().path("opsTeam").asString("");
        ObjectNode json = Json.object()
                .put("seq", entry.seq())
                .put("recordedAt", entry.recordedAt().toString());
        json.set("mandate", entry.act().path("mandate"));
        json.putObject("opsTeam").put("id", team).put("name", teams.get(team));
        json.set("state", entry.act().path("state"));
        json.set("until", entry.act().path("until"));
        json.set("infrastructures", entry.act().path("infrastructures"));
        return json;
    }
}
