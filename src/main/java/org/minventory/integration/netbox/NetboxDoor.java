package org.minventory.integration.netbox;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Importing;
import org.minventory.web.Parameters;
import org.minventory.web.Spool;
import org.minventory.web.Surveying;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What NetBox holds comes in, as its REST API answers it. Nothing here asks NetBox: whoever may read there pipes it. */
@Controller
public final class NetboxDoor {
    private static final String TENANT = "tenant";
    private static final List<String> MEDIA_TYPES = List.of(Answer.JSON, "application/x-ndjson");

    private final Tx tx;
    private final Vocabularies vocabularies;
    private final Intake intake;

    public NetboxDoor(Tx tx, Vocabularies vocabularies, Intake intake) {
        this.tx = tx;
        this.vocabularies = vocabularies;
        this.intake = intake;
    }

    /**
     * Besides, {@code tenant} names whose objects are taken, by their slugs.
     *
     * @param kind of all testimonies; by the status of each object where it is left out
     */
    @PostMapping("/api/v1/imports/netbox")
    @Allowed(Right.TESTIFY)
    @Parameters(TENANT)
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(required = false) @Nullable String kind,
            @RequestParam(defaultValue = "server") String type,
            @RequestParam(defaultValue = "true") boolean create,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String witnessedAt,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Importing.Whose whose = Importing.Whose.of(tx, vocabularies, asked, customer);
        if (Stream.of(Kind.SURVEY, Kind.DELIVERY_SURVEY, Kind.WISH)
                .noneMatch(one -> Importing.says(asked.caller(), one))) throw Refusal.of(Problem.NOT_ALLOWED);
        Inventory.Manner manner = new Inventory.Manner(
                kind == null ? null : Importing.kind(asked, kind),
                whose.type(type),
                create,
                Surveying.instant(witnessedAt),
                asked.parameters().getOrDefault(TENANT, List.of()),
                asked.language());
        Spool sent = body.whole(MEDIA_TYPES);
        return Importing.answer(
                intake, asked, whose, dryRun, sent, new Inventory(new Pages(sent), whose.vocabulary(), manner));
    }
}
