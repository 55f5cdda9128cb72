package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.conformity.Divergence;
import org.minventory.export.Column;
import org.minventory.export.DivergenceJson;
import org.minventory.export.DivergenceReader;
import org.minventory.export.DivergenceSelection;
import org.minventory.export.DivergenceSelection.Which;
import org.minventory.export.DivergenceTable;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.testimony.Told;
import org.minventory.testimony.Told.Decision.Verb;
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
import tools.jackson.databind.node.ObjectNode;

/** What disagrees, and what is decided about it. Every decision is a testimony like any other. */
@Controller
public final class DivergenceApi {
    private static final String PATH = "/api/v1/divergences";

    private final Tx tx;
    private final InstantSource clock;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public DivergenceApi(Tx tx, InstantSource clock, Intake intake, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    @GetMapping(PATH)
    @Allowed(Right.READ)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(defaultValue = "living") String state,
            @RequestParam(required = false) @Nullable List<String> nature,
            @RequestParam(required = false) @Nullable String attribute,
            @RequestParam(required = false) @Nullable String element,
            @RequestParam(required = false) @Nullable List<String> infrastructure) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        DivergenceSelection selection = new DivergenceSelection(
                which(state), natures(nature), attribute, element, Filters.orNone(infrastructure));
        Instant now = clock.instant();
        return etags.unlessKnown(
                asked,
                format.mediaType(),
                () -> page(asked, paging, Filters.orNone(customer), selection, now, fields, format),
                now.truncatedTo(ChronoUnit.HOURS)); // acceptances lapse, and ages grow, without anybody writing
    }

    private Answer page(
            Asked asked,
            Paging paging,
            List<String> customers,
            DivergenceSelection selection,
            Instant now,
            Thinning fields,
            Format format) {
        return tx.read(asked.scope(), db -> {
            Reach reach = Reach.of(db, asked.scope(), vocabularies).only(customers);
            String afterOpenedAt = paging.key(0);
            List<DivergenceReader.Place> places = DivergenceReader.places(
                    db,
                    reach.scope(),
                    selection,
                    now,
                    afterOpenedAt == null ? null : Instant.parse(afterOpenedAt),
                    paging.id(1),
                    paging.fetch());
            var page = paging.page(places, DivergenceApi::keys);
            DivergenceJson json = new DivergenceJson(reach, asked.language(), now);
            List<ObjectNode> documents = DivergenceReader.rows(db, page.items()).stream()
                    .map(json::write)
                    .toList();
            return written(new Paging.Page<>(documents, page.next(), page.link()), fields, format);
        });
    }

    private static List<String> keys(DivergenceReader.Place place) {
        return List.of(place.openedAt().toString(), place.divergence().toString());
    }

    private static Answer written(Paging.Page<ObjectNode> page, Thinning fields, Format format) {
        List<Column<JsonNode>> columns = DivergenceTable.columns(fields::wants);
        return switch (format) {
            case JSON -> page.json(fields, document -> document);
            case NDJSON -> page.ndjson(fields, document -> document);
            case CSV -> page.csv(Column.names(columns), document -> DivergenceTable.cells(columns, document));
        };
    }

    private static Which which(String state) {
        for (Which which : Which.values()) if (which.word().equals(state)) return which;
        throw Filters.unfit(
                "state", Arrays.stream(Which.values()).map(Which::word).collect(Collectors.joining(", ")));
    }

    private static List<String> natures(@Nullable List<String> told) {
        for (String nature : Filters.orNone(told))
            if (!Divergence.NATURES.contains(nature))
                throw Filters.unfit("nature", String.join(", ", Divergence.NATURES));
        return Filters.orNone(told);
    }

    /** Its tag says what a decision is decided on, and is the same however old it has become. */
    @GetMapping(PATH + "/{divergence}")
    @Allowed(Right.READ)
    Answer get(Asked asked, Thinning fields, @PathVariable String divergence) {
        return tx.read(asked.scope(), db -> {
            DivergenceReader.Row row = row(db, asked, divergence);
            String tag = tag(asked, asked.language(), row.divergence());
            return etags.unlessHeld(asked, tag, () -> Answer.json(fields.thin(document(db, asked, row))));
        });
    }

    private static DivergenceReader.Row row(JdbcClient db, Asked asked, String divergence) {
        UUID id = Ids.parse(divergence);
        DivergenceReader.Row row = id == null ? null : DivergenceReader.one(db, asked.scope(), id);
        if (row == null) throw Refusal.of(Problem.NOT_FOUND);
        return row;
    }

    private ObjectNode document(JdbcClient db, Asked asked, DivergenceReader.Row row) {
        Scope its = asked.scope().only(row.divergence().customer());
        return new DivergenceJson(Reach.of(db, its, vocabularies), asked.language(), clock.instant()).write(row);
    }

    private String tag(Asked asked, Locale language, Divergence divergence) {
        return etags.ofContent(asked, language, DivergenceJson.basis(divergence, clock.instant()));
    }

    // ---- deciding ---------------------------------------------------------------------------------------------------

    @PostMapping(PATH + "/{divergence}/acknowledgement")
    @Allowed(Right.DECIDE)
    Answer acknowledge(Asked asked, Body body, @PathVariable String divergence) {
        return decide(asked, divergence, Verb.ACKNOWLEDGE, null, note(body.objectOrNothing()), "/note");
    }

    @PostMapping(PATH + "/{divergence}/acceptance")
    @Allowed(Right.DECIDE)
    Answer accept(Asked asked, Body body, @PathVariable String divergence) {
        Members members = body.object();
        Instant until = members.instantOrNull("until");
        String reason = members.textOrNull("reason");
        members.done();
        if (until == null) throw Refusal.at(Problem.MISSING_MEMBER, "/until", "until");
        if (reason == null || reason.isBlank()) throw Refusal.at(Problem.REASON_NEEDED, "/reason");
        return decide(asked, divergence, Verb.ACCEPT, until, fit(reason, "/reason"), "/reason");
    }

    @PostMapping(PATH + "/{divergence}/reopening")
    @Allowed(Right.DECIDE)
    Answer reopen(Asked asked, Body body, @PathVariable String divergence) {
        return decide(asked, divergence, Verb.REOPEN, null, note(body.objectOrNothing()), "/note");
    }

    private static @Nullable String note(Members members) {
        String note = members.textOrNull("note");
        members.done();
        return note == null ? null : fit(note, "/note");
    }

    private static String fit(String note, String pointer) {
        if (note.length() > ToldReader.MAX_NOTE)
            throw Refusal.at(Problem.WRONG_TYPE, pointer, "text ≤ " + ToldReader.MAX_NOTE);
        return note;
    }

    /** What it was decided on is checked where the decision is taken, so that nobody decides in between. */
    private Answer decide(
            Asked asked,
            String divergence,
            Verb verb,
            @Nullable Instant until,
            @Nullable String reason,
            String reasonPlace) {
        Divergence found =
                tx.read(asked.scope(), db -> row(db, asked, divergence).divergence());
        etags.requireBasis(asked);
        Told told = Told.decision(found.customer(), new Told.Decision(found.id(), verb, until), reason);
        Intake.Manner manner =
                new Intake.Manner(false, null, asked.idempotencyKey(), now -> isWhatWasDecidedOn(asked, now));
        Receipt receipt = intake.take(asked.caller(), List.of(told), manner).getFirst();
        if (receipt.refusal() != null) throw asAsked(receipt.refusal(), reasonPlace);
        return tx.read(asked.scope(), db -> {
            DivergenceReader.Row row = row(db, asked, divergence);
            ObjectNode document = TestimonyApi.receipts(asked).write(receipt);
            document.set("divergence", document(db, asked, row));
            return Answer.json(receipt.status(), document)
                    .header("Location", TestimonyApi.PATH + "/" + receipt.id())
                    .etag(tag(asked, asked.language(), row.divergence()));
        });
    }

    /** It may have been read in the other language. */
    private boolean isWhatWasDecidedOn(Asked asked, Divergence now) {
        return etags.isBasis(asked, List.of(tag(asked, Locale.ENGLISH, now), tag(asked, Locale.FRENCH, now)));
    }

    /** A refusal names the places of the testimony; here the divergence stood in the path, and the note has its own name. */
    private static Refusal asAsked(Refusal refusal, String reasonPlace) {
        if (refusal.places().isEmpty()) return refusal;
        return switch (refusal.places().getFirst().pointer()) {
            case "/note" -> Refusal.at(refusal.problem(), reasonPlace, refusal.sentence());
            case "/divergence", "/kind" -> Refusal.of(refusal.problem());
            default -> refusal;
        };
    }
}
