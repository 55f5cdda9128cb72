package org.minventory.api;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.element.Reference;
import org.minventory.export.RecordReader;
import org.minventory.export.RecordSelection;
import org.minventory.export.TestimonyJson;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Format;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Thinning;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/** What was said of nobody knows whom: kept, shown, and attached by somebody who knows. */
@Controller
public final class UnattachedApi {
    private static final String PATH = "/api/v1/unattached";

    private final Tx tx;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public UnattachedApi(Tx tx, Intake intake, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    @GetMapping(PATH)
    @Allowed(Right.READ)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON);
        return etags.unlessKnown(asked, format.mediaType(), () -> {
            var page = TestimonyApi.page(
                    tx, vocabularies, asked, paging, Filters.orNone(customer), RecordSelection.WAITING);
            return format == Format.JSON
                    ? page.json(fields, TestimonyJson::writeWaiting)
                    : page.ndjson(fields, TestimonyJson::writeWaiting);
        });
    }

    @PostMapping(PATH + "/{testimony}/attachment")
    @Allowed(Right.ATTACH)
    Answer attach(Asked asked, Body body, @PathVariable String testimony) {
        Members members = body.object();
        JsonNode element = members.anyOrNull("element");
        String infrastructure = members.textOrNull("infrastructure");
        boolean create = members.flag("create", false);
        String type = members.textOrNull("type");
        String note = members.textOrNull("note");
        members.done();
        if (infrastructure != null) {
            if (element != null) throw Refusal.at(Problem.ONE_SUBJECT, "/infrastructure");
            if (create) throw Refusal.at(Problem.NOT_FOR_THIS_KIND, "/create", Kind.ATTACHMENT.word(), "create");
            return attach(asked, Told.attachment(waiting(asked, testimony), id(testimony), infrastructure, note));
        }
        if (element == null) throw Refusal.at(Problem.MISSING_MEMBER, "/element", "element");
        Reference reference = Reference.read(element, "/element");
        UUID customer = waiting(asked, testimony);
        return attach(asked, Told.attachment(customer, id(testimony), reference, create, type, note));
    }

    private Answer attach(Asked asked, Told told) {
        Intake.Manner manner = new Intake.Manner(false, null, asked.idempotencyKey());
        Receipt receipt = intake.take(asked.caller(), List.of(told), manner).getFirst();
        if (receipt.refusal() != null) throw asAsked(receipt.refusal());
        return TestimonyApi.receipt(asked, receipt);
    }

    /** The customer in whose record it waits. */
    private UUID waiting(Asked asked, String testimony) {
        return tx.read(asked.scope(), db -> {
            RecordReader.Place place = RecordReader.place(db, asked.scope(), id(testimony));
            if (place == null) throw Refusal.of(Problem.NOT_FOUND);
            return place.customer();
        });
    }

    private static UUID id(String testimony) {
        UUID id = Ids.parse(testimony);
        if (id == null) throw Refusal.of(Problem.NOT_FOUND);
        return id;
    }

    /** A refusal names the places of the testimony; here the one that waits stood in the path. */
    private static Refusal asAsked(Refusal refusal) {
        boolean inPath = refusal.places().stream()
                .anyMatch(place -> List.of("/testimony", "/kind").contains(place.pointer()));
        return inPath ? Refusal.of(refusal.problem()) : refusal;
    }
}
