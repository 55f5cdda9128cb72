package org.minventory.api;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.export.OrderJson;
import org.minventory.export.OrderTable;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.project.Fulfilment;
import org.minventory.project.Order;
import org.minventory.project.Orders;
import org.minventory.project.Place;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Format;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Orders: what was agreed with a provider, which elements were ordered so, what was renewed and invoiced. */
@Controller
public final class OrderApi {
    private static final String PATH = "/api/v1/orders";

    private final Tx tx;
    private final InstantSource clock;
    private final Intake intake;
    private final Acts acts;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public OrderApi(Tx tx, InstantSource clock, Intake intake, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.intake = intake;
        this.acts = new Acts(intake, clock);
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    @GetMapping(PATH)
    @Allowed(Right.FOLLOW)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable String provider) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        return etags.unlessKnown(
                asked,
                format.mediaType(),
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Filters.orNone(customer));
                    List<Order> found = Orders.list(db, reach.scope(), provider, after(paging), paging.fetch());
                    OrderJson json = new OrderJson(reach, asked.language());
                    return Listed.of(
                            paging.page(found, OrderApi::keys), json::brief, OrderTable.COLUMNS, fields, format);
                }));
    }

    private static List<String> keys(Order order) {
        return List.of(order.changedAt().toString(), order.id().toString());
    }

    private static @Nullable Place after(Paging paging) {
        UUID id = paging.id(1);
        return id == null ? null : new Place(java.time.Instant.parse(Objects.requireNonNull(paging.key(0))), id);
    }

    @GetMapping(PATH + "/{order}")
    @Allowed(Right.FOLLOW)
    Answer get(Asked asked, Thinning fields, @PathVariable String order) {
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(asked.scope(), db -> Answer.json(fields.thin(whole(db, asked, found(db, asked, order))))),
                clock.instant().truncatedTo(java.time.temporal.ChronoUnit.DAYS)); // promised days pass with the clock
    }

    /** Its lines alone: the elements that were ordered, with what was ordered of each. */
    @GetMapping(PATH + "/{order}/lines")
    @Allowed(Right.FOLLOW)
    Answer lines(Asked asked, @PathVariable String order) {
        return etags.unlessKnown(
                asked,
                "lines",
                () -> tx.read(asked.scope(), db -> {
                    ObjectNode lines = Json.object();
                    lines.set("items", whole(db, asked, found(db, asked, order)).get("lines"));
                    lines.putNull("next");
                    return Answer.json(lines);
                }));
    }

    private static Order found(JdbcClient db, Asked asked, String told) {
        Order order = Orders.find(db, asked.scope(), told);
        if (order == null) throw Refusal.of(Problem.NOT_FOUND);
        return order;
    }

    private ObjectNode whole(JdbcClient db, Asked asked, Order order) {
        Reach reach = Reach.of(db, asked.scope().only(order.customer()), vocabularies);
        Fulfilment fulfilment =
                Fulfilment.of(order, Orders.lines(db, order), reach.vocabulary(order.customer()), clock.instant());
        return new OrderJson(reach, asked.language()).whole(order, fulfilment);
    }

    // ---- acting -----------------------------------------------------------------------------------------------------

    /** What is agreed with a provider; agreed again under the same number, what is told now holds. */
    @PostMapping(PATH)
    @Allowed(Right.TESTIFY)
    Answer agree(Asked asked, Body body, @RequestParam(defaultValue = "false") boolean dryRun) {
        Members members = body.object();
        String customer = members.textOrNull("customer");
        String number = members.text("number");
        return act(asked, dryRun, act(Kind.CONTRACT, customer, number, members));
    }

    @PostMapping(PATH + "/{order}/renewals")
    @Allowed(Right.TESTIFY)
    Answer renew(
            Asked asked, Body body, @PathVariable String order, @RequestParam(defaultValue = "false") boolean dryRun) {
        Order found = tx.read(asked.scope(), db -> found(db, asked, order));
        return act(asked, dryRun, act(Kind.RENEWAL, found.customer().toString(), found.number(), body.object()));
    }

    @PostMapping(PATH + "/{order}/invoices")
    @Allowed(Right.TESTIFY)
    Answer invoice(
            Asked asked, Body body, @PathVariable String order, @RequestParam(defaultValue = "false") boolean dryRun) {
        Order found = tx.read(asked.scope(), db -> found(db, asked, order));
        return act(asked, dryRun, act(Kind.INVOICE, found.customer().toString(), found.number(), body.object()));
    }

    private static Acts.Act act(Kind kind, @Nullable String customer, String number, Members members) {
        SequencedMap<String, JsonNode> terms = new LinkedHashMap<>();
        JsonNode told = members.anyOrNull("terms");
        if (told != null) {
            Members.of(told, "/terms");
            told.properties().forEach(term -> terms.put(term.getKey(), term.getValue()));
        }
        String text = members.textOrNull("text");
        members.done();
        return new Acts.Act(kind, customer, "order", number, terms, text);
    }

    private Answer act(Asked asked, boolean dryRun, Acts.Act act) {
        return acts.answer(
                asked,
                dryRun,
                act,
                OrderApi::place,
                testimony -> tx.read(asked.scope(), db -> {
                    Order order = Orders.ofTestimony(db, asked.scope(), testimony);
                    return Optional.ofNullable(order)
                            .map(one -> new Acts.Became(whole(db, asked, one), PATH + "/" + one.id()));
                }));
    }

    /** A refusal names the places of the testimony; here they have other names. */
    private static String place(String pointer) {
        if (pointer.equals("/note")) return "/text";
        if (pointer.equals("/order")) return "/number";
        return pointer.startsWith("/facts/") ? "/terms" + pointer.substring("/facts".length()) : pointer;
    }

    /** Lines: an {@code order} testified of each element, which may be born of it; one that is refused never costs the others. */
    @PostMapping(PATH + "/{order}/lines")
    @Allowed(Right.TESTIFY)
    Answer order(
            Asked asked, Body body, @PathVariable String order, @RequestParam(defaultValue = "false") boolean dryRun) {
        Members members = body.object();
        JsonNode lines = members.anyOrNull("lines");
        members.done();
        if (lines == null || !lines.isArray() || lines.size() > Intake.CHUNK)
            throw Refusal.at(Problem.WRONG_TYPE, "/lines", "[{\"element\": …, \"facts\": …}] ≤ " + Intake.CHUNK);
        Order found = tx.read(asked.scope(), db -> found(db, asked, order));
        List<Line> read = new ArrayList<>();
        for (JsonNode line : lines) read.add(line(line, found));
        List<Told> told = read.stream().map(Line::told).filter(Objects::nonNull).toList();
        var receipts = intake.take(asked.caller(), told, new Intake.Manner(dryRun, null, asked.idempotencyKey()))
                .iterator();
        ObjectNode document = Json.object();
        ArrayNode shown = document.putArray("receipts");
        for (Line line : read)
            shown.add(TestimonyApi.receipts(asked)
                    .write(line.refusal() == null ? receipts.next() : Receipt.refused(line.refusal())));
        if (!dryRun && asked.caller().may(Right.FOLLOW))
            document.set(
                    "order",
                    tx.read(
                            asked.scope(),
                            db -> whole(db, asked, found(db, asked, found.id().toString()))));
        return Answer.json(document);
    }

    /** A line, read or refused. */
    private record Line(@Nullable Told told, @Nullable Refusal refusal) {}

    private Line line(JsonNode line, Order order) {
        try {
            ObjectNode told = Json.object()
                    .put("kind", Kind.ORDER.word())
                    .put("customer", order.customer().toString())
                    .put("order", order.number());
            Members members = Members.of(line, "");
            for (String name : List.of("element", "type", "facts", "create", "witnessedAt", "project")) {
                JsonNode member = members.anyOrNull(name);
                if (member != null) told.set(name, member);
            }
            JsonNode text = members.anyOrNull("text");
            if (text != null) told.set("note", text);
            members.done();
            return new Line(ToldReader.read(told, clock.instant()), null);
        } catch (Refusal refusal) {
            return new Line(null, refusal);
        }
    }
}
