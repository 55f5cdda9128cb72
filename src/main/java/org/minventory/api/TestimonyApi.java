package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.JsonItems;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.export.Column;
import org.minventory.export.Reach;
import org.minventory.export.ReceiptDocument;
import org.minventory.export.RecordReader;
import org.minventory.export.RecordSelection;
import org.minventory.export.TestimonyJson;
import org.minventory.export.TestimonyTable;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Formers;
import org.minventory.party.Formers.Former;
import org.minventory.party.Right;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Testimonies;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Format;
import org.minventory.web.Paging;
import org.minventory.web.Problems;
import org.minventory.web.Receiving;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The record: what is told enters here, and what was told is read here. */
@Controller
public final class TestimonyApi {
    static final String PATH = "/api/v1/testimonies";

    private final Tx tx;
    private final InstantSource clock;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Etags etags;
    private final Formers formers;

    public TestimonyApi(
            Tx tx, InstantSource clock, Intake intake, Vocabularies vocabularies, Etags etags, Formers formers) {
        this.tx = tx;
        this.clock = clock;
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.etags = etags;
        this.formers = formers;
    }

    /** One testimony is answered with its receipt or its problem; an array or a stream always with one receipt each. */
    @PostMapping(PATH)
    @Allowed({Right.TESTIFY, Right.DECIDE, Right.ATTACH})
    Answer tell(
            Asked asked,
            Body body,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Intake.Manner manner = new Intake.Manner(dryRun, customer, asked.idempotencyKey());
        if (body.isStream()) {
            Receiving receiving = Receiving.testimonies(intake, asked, manner);
            body.lines(new Telling(clock, receiving));
            return Answer.of(Answer.JSON, receiving.end());
        }
        byte[] document = body.documentBytes();
        JsonItems items = JsonItems.of(document);
        return items == null ? tellOne(asked, document, manner) : tellAll(asked, items, manner);
    }

    private Answer tellOne(Asked asked, byte[] document, Intake.Manner manner) {
        var told = ToldReader.read(Json.read(document), clock.instant());
        return receipt(asked, intake.take(asked.caller(), List.of(told), manner).getFirst());
    }

    private Answer tellAll(Asked asked, JsonItems items, Intake.Manner manner) {
        Receiving receiving = Receiving.testimonies(intake, asked, manner);
        items.forEach(new Telling(clock, receiving)::tell);
        return Answer.of(Answer.JSON, receiving.end());
    }

    /** The answer to one testimony: its receipt, or the refusal itself. */
    static Answer receipt(Asked asked, Receipt receipt) {
        if (receipt.refusal() != null) throw receipt.refusal();
        Answer answer = Answer.json(receipt.status(), receipts(asked).write(receipt));
        return receipt.id() == null ? answer : answer.header("Location", PATH + "/" + receipt.id());
    }

    static ReceiptDocument receipts(Asked asked) {
        return new ReceiptDocument(asked.language(), refusal -> Problems.document(refusal, asked.language()));
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    @GetMapping(PATH)
    @Allowed(Right.READ)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable String element,
            @RequestParam(required = false) @Nullable List<String> infrastructure,
            @RequestParam(required = false) @Nullable List<String> kind,
            @RequestParam(required = false) @Nullable String witness,
            @RequestParam(required = false) @Nullable List<String> source,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable String recordedSince,
            @RequestParam(required = false) @Nullable Boolean withdrawn,
            @RequestParam(required = false) @Nullable Boolean unattached) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        RecordSelection selection = new RecordSelection(
                element,
                Filters.orNone(infrastructure),
                Filters.kinds(kind),
                witness,
                Filters.orNone(source),
                Filters.instant("since", since),
                Filters.instant("until", until),
                Filters.instant("recordedSince", recordedSince),
                withdrawn,
                unattached,
                asked.caller().may(Right.FOLLOW));
        try {
            return etags.unlessKnown(
                    asked,
                    format.mediaType(),
                    () -> written(
                            page(tx, vocabularies, asked, paging, Filters.orNone(customer), selection),
                            fields,
                            format));
        } catch (Refusal hidden) {
            return written(ownPage(asked, paging, Filters.orNone(customer), selection, hidden), fields, format);
        }
    }

    /** A customer that is out of reach is still there for a team that it mandated once, with the team's own words. */
    private Paging.Page<RecordReader.Row> ownPage(
            Asked asked, Paging paging, List<String> customers, RecordSelection selection, Refusal hidden) {
        boolean mayBe = hidden.problem() == Problem.NOT_FOUND && customers.size() == 1 && !selection.asksWhatBecame();
        Former former = mayBe ? formers.of(asked.caller(), customers.getFirst()) : null;
        if (former == null) throw hidden;
        return tx.read(former.scope(), db -> {
            List<RecordReader.Place> places = RecordReader.own(db, former, selection, after(paging), paging.fetch());
            Paging.Page<RecordReader.Place> page = paging.page(places, TestimonyApi::keys);
            return new Paging.Page<>(RecordReader.own(db, former, page.items()), page.next(), page.link());
        });
    }

    /** A page of the record: places first, then what stands there. */
    static Paging.Page<RecordReader.Row> page(
            Tx tx,
            Vocabularies vocabularies,
            Asked asked,
            Paging paging,
            List<String> customers,
            RecordSelection selection) {
        return tx.read(asked.scope(), db -> {
            Scope scope =
                    Reach.of(db, asked.scope(), vocabularies).only(customers).scope();
            List<RecordReader.Place> places = RecordReader.places(db, scope, selection, after(paging), paging.fetch());
            Paging.Page<RecordReader.Place> page = paging.page(places, TestimonyApi::keys);
            return new Paging.Page<>(RecordReader.rows(db, page.items()), page.next(), page.link());
        });
    }

    private static RecordReader.@Nullable Place after(Paging paging) {
        UUID customer = paging.id(1);
        return customer == null
                ? null
                : new RecordReader.Place(
                        customer,
                        Long.parseLong(Objects.requireNonNull(paging.key(2))),
                        Instant.parse(Objects.requireNonNull(paging.key(0))));
    }

    private static List<String> keys(RecordReader.Place place) {
        return List.of(place.recordedAt().toString(), place.customer().toString(), Long.toString(place.seq()));
    }

    static Answer written(Paging.Page<RecordReader.Row> page, Thinning fields, Format format) {
        List<Column<RecordReader.Row>> columns = Column.wanted(TestimonyTable.COLUMNS, fields::wants);
        return switch (format) {
            case JSON -> page.json(fields, TestimonyJson::write);
            case NDJSON -> page.ndjson(fields, TestimonyJson::write);
            case CSV -> page.csv(Column.names(columns), row -> Column.cells(columns, row));
        };
    }

    @GetMapping(PATH + "/{testimony}")
    @Allowed(Right.READ)
    Answer get(Asked asked, Thinning fields, @PathVariable String testimony) {
        try {
            return etags.unlessKnown(
                    asked,
                    "json",
                    () -> tx.read(
                            asked.scope(),
                            db -> Answer.json(fields.thin(TestimonyJson.write(shown(db, asked, testimony))))));
        } catch (Refusal hidden) {
            return own(
                    asked,
                    testimony,
                    hidden,
                    (db, former, place) -> Answer.json(fields.thin(TestimonyJson.write(
                            RecordReader.own(db, former, List.of(place)).getFirst()))));
        }
    }

    /** How one of the words is shown that a former team keeps. */
    private interface Own {
        Answer shown(JdbcClient db, Former former, RecordReader.Place place);
    }

    private Answer own(Asked asked, String testimony, Refusal hidden, Own own) {
        UUID id = Ids.parse(testimony);
        if (hidden.problem() != Problem.NOT_FOUND || id == null) throw hidden;
        for (Former former : formers.of(asked.caller())) {
            Optional<Answer> answer =
                    tx.read(former.scope(), db -> Optional.ofNullable(RecordReader.own(db, former, id))
                            .map(place -> own.shown(db, former, place)));
            if (answer.isPresent()) return etags.byContent(asked, answer.get());
        }
        throw hidden;
    }

    /** What was agreed about projects and orders is for people. */
    private static RecordReader.Row shown(JdbcClient db, Asked asked, String testimony) {
        RecordReader.Row row =
                RecordReader.rows(db, List.of(place(db, asked, testimony))).getFirst();
        if (row.entry().kind().isAgreed() && !asked.caller().may(Right.FOLLOW)) throw Refusal.of(Problem.NOT_FOUND);
        return row;
    }

    /** The document kept beside it: the tool's own, or the files that somebody attached. */
    @GetMapping(PATH + "/{testimony}/source")
    @Allowed(Right.READ)
    Answer source(Asked asked, @PathVariable String testimony) {
        try {
            return etags.unlessKnown(
                    asked, "source", () -> tx.read(asked.scope(), db -> document(db, shown(db, asked, testimony))));
        } catch (Refusal hidden) {
            return own(
                    asked,
                    testimony,
                    hidden,
                    (db, former, place) -> document(
                            db, RecordReader.own(db, former, List.of(place)).getFirst()));
        }
    }

    /** Files that were taken back stand in the record and its exports alone. */
    private static Answer document(JdbcClient db, RecordReader.Row row) {
        Entry entry = row.entry();
        boolean takenBack = entry.kind().mayCarryFiles() && row.withdrawnBy() != null;
        byte[] document = takenBack ? null : Testimonies.document(db, entry.customer(), entry.seq());
        if (document == null) throw Refusal.of(Problem.NOT_FOUND);
        return Answer.of(200, Answer.JSON, document);
    }

    private static RecordReader.Place place(JdbcClient db, Asked asked, String testimony) {
        UUID id = Ids.parse(testimony);
        RecordReader.Place place = id == null ? null : RecordReader.place(db, asked.scope(), id);
        if (place == null) throw Refusal.of(Problem.NOT_FOUND);
        return place;
    }
}
