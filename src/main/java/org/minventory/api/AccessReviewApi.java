package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.element.Status;
import org.minventory.export.AccessReview;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.export.Selection;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Actors;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Access review: who can enter what, since when, last proven; and the revocation of all that one person holds. */
@Controller
public final class AccessReviewApi {
    private static final String PATH = "/api/v1/access-review";
    private static final String TYPE = "secure-access";
    private static final int ACCOUNTS = 1_000;

    /** Whatever is not closed: an access that was only wished may work already. */
    private static final List<String> LIVING = java.util.Arrays.stream(Status.values())
            .filter(status -> !status.isOver())
            .map(Status::word)
            .toList();

    private final Tx tx;
    private final InstantSource clock;
    private final Intake intake;
    private final Actors actors;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public AccessReviewApi(
            Tx tx, InstantSource clock, Intake intake, Actors actors, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.intake = intake;
        this.actors = actors;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    /** Secure accesses by name; beside them who can enter the inventory itself, for who reaches all of the customer. */
    @GetMapping(PATH)
    @Allowed(Right.FOLLOW)
    Answer review(
            Asked asked,
            Paging paging,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable String holder) {
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Filters.orNone(customer));
                    Instant now = clock.instant();
                    var page = paging.page(
                            Inventory.places(
                                    db,
                                    reach.scope(),
                                    held(holder, reach, now),
                                    paging.key(0),
                                    paging.id(1),
                                    paging.fetch()),
                            place -> List.of(place.name(), place.element().toString()));
                    AccessReview review = new AccessReview(db, reach, now);
                    ObjectNode json = Json.object();
                    ArrayNode items = json.putArray("items");
                    Inventory.rows(db, page.items()).forEach(row -> items.add(review.access(row)));
                    ArrayNode accounts = json.putArray("accounts");
                    Scope whole = new Scope(reach.scope().grants().stream()
                            .filter(Scope.Grant::isWhole)
                            .toList());
                    actors.entering(db, whole, ACCOUNTS).stream()
                            .filter(one -> holder == null || one.actor().name().equalsIgnoreCase(holder))
                            .forEach(one -> accounts.add(review.account(one)));
                    Answer answer = Answer.json(json.put("next", page.next()));
                    return page.link() == null ? answer : answer.header("Link", page.link());
                }),
                clock.instant().truncatedTo(ChronoUnit.HOURS));
    }

    private static Selection held(@Nullable String holder, Reach reach, Instant now) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("type", List.of(TYPE));
        query.put("status", LIVING);
        if (holder != null) query.put("fact.holder", List.of("eq:" + holder));
        return Selection.read(query, reach.vocabularies(), now);
    }

    /**
     * Revokes all that one person holds: it is wished of each access that it be revoked by a day, and the access stays in
     * the review until somebody witnesses that it is closed.
     */
    @PostMapping(PATH + "/revocations")
    @Allowed(Right.TESTIFY)
    Answer revoke(Asked asked, Body body, @RequestParam(defaultValue = "false") boolean dryRun) {
        asked.caller().require(Right.FOLLOW); // who may not look must not count either
        Members members = body.object();
        String customer = members.textOrNull("customer");
        String holder = members.text("holder");
        String by = members.textOrNull("by");
        String text = members.textOrNull("text");
        members.done();
        List<Told> told = tx.read(asked.scope(), db -> revocations(db, asked, customer, holder, by, text));
        ObjectNode document = Json.object();
        ArrayNode receipts = document.putArray("receipts");
        intake.take(asked.caller(), told, new Intake.Manner(dryRun, null, asked.idempotencyKey()))
                .forEach(receipt -> receipts.add(TestimonyApi.receipts(asked).write(receipt)));
        return Answer.json(document);
    }

    private List<Told> revocations(
            JdbcClient db,
            Asked asked,
            @Nullable String customer,
            String holder,
            @Nullable String by,
            @Nullable String text) {
        Reach reach = Reach.of(db, asked.scope(), vocabularies).only(customer == null ? List.of() : List.of(customer));
        Instant now = clock.instant();
        String day = by == null ? now.toString().substring(0, 10) : by;
        List<Told> told = new ArrayList<>();
        Inventory.each(db, reach.scope(), held(holder.toLowerCase(Locale.ROOT), reach, now), row -> {
            ObjectNode wish = Json.object()
                    .put("kind", Kind.WISH.word())
                    .put("customer", row.customer().toString())
                    .put("element", row.element().toString())
                    .put("source", "access-review");
            wish.putObject("facts").put("revoke.by", day);
            if (text != null) wish.put("note", text);
            told.add(ToldReader.read(wish, now));
        });
        return told;
    }
}
