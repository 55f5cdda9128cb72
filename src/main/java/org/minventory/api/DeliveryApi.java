package org.minventory.api;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.export.Certificate;
import org.minventory.export.DeliveryJson;
import org.minventory.export.DeliveryReader;
import org.minventory.export.DeliveryTable;
import org.minventory.export.Inventory;
import org.minventory.export.Pdf;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.intake.Vocabularies;
import org.minventory.knowledge.Delivery;
import org.minventory.party.Right;
import org.minventory.project.Order;
import org.minventory.project.Orders;
import org.minventory.testimony.Kind;
import org.minventory.web.Accepted;
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
import tools.jackson.databind.node.ObjectNode;

/** Deliveries: what came, what was found of each specification, and what was decided at their reception. */
@Controller
public final class DeliveryApi {
    private static final String PATH = "/api/v1/deliveries";
    private static final String HTML = "text/html";
    private static final List<String> STATES =
            Arrays.stream(Delivery.State.values()).map(Delivery.State::word).toList();

    private final Tx tx;
    private final InstantSource clock;
    private final Acts acts;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public DeliveryApi(Tx tx, InstantSource clock, Intake intake, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.acts = new Acts(intake, clock);
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    /** The last delivery of each element, by the element's name. */
    @GetMapping(PATH)
    @Allowed(Right.FOLLOW)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable List<String> state) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        List<String> states = Filters.orNone(state);
        if (!STATES.containsAll(states)) throw Filters.unfit("state", String.join(", ", STATES));
        return etags.unlessKnown(
                asked,
                format.mediaType(),
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Filters.orNone(customer));
                    var page = paging.page(
                            DeliveryReader.places(
                                    db, reach.scope(), states, paging.key(0), paging.id(1), paging.fetch()),
                            place -> List.of(place.name(), place.element().toString()));
                    List<Inventory.Row> rows = Inventory.rows(db, page.items());
                    DeliveryJson json = new DeliveryJson(reach, asked.language(), clock.instant());
                    return Listed.of(
                            new Paging.Page<>(rows, page.next(), page.link()),
                            json::brief,
                            DeliveryTable.COLUMNS,
                            fields,
                            format);
                }),
                today()); // what nobody looks at goes stale with the clock
    }

    private java.time.Instant today() {
        return clock.instant().truncatedTo(java.time.temporal.ChronoUnit.HOURS);
    }

    @GetMapping(PATH + "/{delivery}")
    @Allowed(Right.FOLLOW)
    Answer get(
            Asked asked,
            Thinning fields,
            @PathVariable String delivery,
            @RequestParam(required = false) @Nullable String customer) {
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(asked.scope(), db -> Answer.json(fields.thin(whole(db, asked, customer, delivery)))),
                today());
    }

    /** The certificate of acceptance: a page to print, or a PDF, in the reader's language or in the one asked for. */
    @GetMapping(PATH + "/{delivery}/certificate")
    @Allowed(Right.FOLLOW)
    Answer certificate(
            Asked asked,
            @PathVariable String delivery,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String format) {
        String type = format == null ? Accepted.of(asked, List.of(HTML, Pdf.MEDIA_TYPE)) : type(format);
        Locale in = language == null ? asked.language() : language(language);
        return etags.unlessKnown(
                asked,
                type + in,
                () -> {
                    Certificate certificate =
                            tx.read(asked.scope(), db -> certificate(db, asked, customer, delivery, in));
                    String page = certificate.page();
                    Answer answer = type.equals(Pdf.MEDIA_TYPE)
                            ? Answer.of(200, Pdf.MEDIA_TYPE, Pdf.of(page))
                                    .header(
                                            "Content-Disposition",
                                            "inline; filename=\"" + certificate.fileName() + "\"")
                            : Answer.of(200, HTML + ";charset=UTF-8", page.getBytes(StandardCharsets.UTF_8))
                                    .header("Content-Security-Policy", Certificate.policy(page));
                    return answer.header("Content-Language", in.getLanguage());
                },
                today());
    }

    private static String type(String format) {
        return switch (format) {
            case "html" -> HTML;
            case "pdf" -> Pdf.MEDIA_TYPE;
            default -> throw Filters.unfit("format", "html, pdf");
        };
    }

    private static Locale language(String told) {
        return switch (told) {
            case "fr" -> Locale.FRENCH;
            case "en" -> Locale.ENGLISH;
            default -> throw Filters.unfit("language", "fr, en");
        };
    }

    private Certificate certificate(
            JdbcClient db, Asked asked, @Nullable String customer, String delivery, Locale language) {
        DeliveryReader.Found found = found(db, asked, customer, delivery);
        Reach reach = Reach.of(db, asked.scope().only(found.row().customer()), vocabularies);
        ObjectNode json = new DeliveryJson(reach, language, clock.instant()).whole(found, null, List.of());
        return Certificate.of(db, found, json, language);
    }

    private DeliveryReader.Found found(JdbcClient db, Asked asked, @Nullable String customer, String told) {
        Reach reach = Reach.of(db, asked.scope(), vocabularies).only(customer == null ? List.of() : List.of(customer));
        DeliveryReader.Found found = DeliveryReader.find(db, reach.scope(), told);
        if (found == null) throw Refusal.of(Problem.NOT_FOUND);
        return found;
    }

    private ObjectNode whole(JdbcClient db, Asked asked, @Nullable String customer, String told) {
        DeliveryReader.Found found = found(db, asked, customer, told);
        Scope scope = asked.scope().only(found.row().customer());
        Scope.Grant grant = scope.grant(found.row().customer());
        Order order = grant != null && grant.isWhole()
                ? Orders.ofElement(db, found.row().customer(), found.row().element())
                : null;
        return new DeliveryJson(Reach.of(db, scope, vocabularies), asked.language(), clock.instant())
                .whole(found, order, order == null ? List.of() : Orders.lines(db, order));
    }

    // ---- deciding ---------------------------------------------------------------------------------------------------

    /** The ops accepts, with or without reservations, postpones or refuses; the customer's CIO countersigns or objects. */
    @PostMapping(PATH + "/{delivery}/acceptance")
    @Allowed(Right.TESTIFY)
    Answer accept(
            Asked asked,
            Body body,
            @PathVariable String delivery,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Members members = body.object();
        SequencedMap<String, JsonNode> facts = Acts.facts(members, "decision", "reservations", "until", "acceptance");
        String text = members.textOrNull("text");
        members.done();
        DeliveryReader.Found found = tx.read(asked.scope(), db -> found(db, asked, customer, delivery));
        Inventory.Row row = found.row();
        if (!found.delivery().id().equals(row.picture().deliveries().getLast().id()))
            throw Refusal.of(Problem.CONFLICT); // a later delivery counts by now
        Receipt receipt = acts.tell(
                asked,
                dryRun,
                new Acts.Act(
                        Kind.ACCEPTANCE,
                        row.customer().toString(),
                        "element",
                        row.element().toString(),
                        facts,
                        text),
                DeliveryApi::place);
        ObjectNode document = TestimonyApi.receipts(asked).write(receipt);
        if (!dryRun && asked.caller().may(Right.FOLLOW))
            document.set(
                    "delivery",
                    tx.read(
                            asked.scope(),
                            db -> whole(db, asked, null, found.delivery().id().toString())));
        return Answer.json(receipt.status(), document);
    }

    private static String place(String pointer) {
        if (pointer.equals("/note")) return "/text";
        return pointer.startsWith("/facts/") ? pointer.substring("/facts".length()) : pointer;
    }
}
