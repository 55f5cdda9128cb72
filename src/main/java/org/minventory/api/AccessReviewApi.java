package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.element.Status;
import org.minventory.export.AccessReview;
import org.minventory.export.AccessTable;
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
import org.minventory.web.Format;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Access review: who holds and can enter what, since when, last proven; and the revocation of all of one person. */
@Controller
public final class AccessReviewApi {
    private static final String PATH = "/api/v1/access-review";
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

    /**
     * Whatever has a holder, by name: secure accesses, domains, certificates, hostings. Beside them who can enter the
     * inventory itself, for who reaches all of the customer.
     */
    @GetMapping(PATH)
    @Allowed(Right.FOLLOW)
    Answer review(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable List<String> type,
            @RequestParam(required = false) @Nullable String holder) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        return etags.unlessKnown(
                asked,
                format.mediaType(),
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Filters.orNone(customer));
                    Instant now = clock.instant();
                    AccessReview review = new AccessReview(db, reach, now);
                    Selection selection = held(holder, types(reach, Filters.orNone(type)), reach, now);
                    Paging.Page<ObjectNode> page = page(db, reach, selection, paging, review);
                    return format == Format.JSON
                            ? whole(page, fields, accounts(db, reach, holder, review))
                            : Listed.of(page, Function.identity(), AccessTable.COLUMNS, fields, format);
                }),
                clock.instant().truncatedTo(ChronoUnit.HOURS));
    }

    private static Paging.Page<ObjectNode> page(
            JdbcClient db, Reach reach, Selection selection, Paging paging, AccessReview review) {
        var page = paging.page(
                Inventory.places(db, reach.scope(), selection, paging.key(0), paging.id(1), paging.fetch()),
                place -> List.of(place.name(), place.element().toString()));
        List<ObjectNode> accesses =
                Inventory.rows(db, page.items()).stream().map(review::access).toList();
        return new Paging.Page<>(accesses, page.next(), page.link());
    }

    private ArrayNode accounts(JdbcClient db, Reach reach, @Nullable String holder, AccessReview review) {
        ArrayNode accounts = Json.MAPPER.createArrayNode();
        Scope whole = new Scope(
                reach.scope().grants().stream().filter(Scope.Grant::isWhole).toList());
        actors.entering(db, whole, ACCOUNTS).stream()
                .filter(one -> holder == null || one.actor().name().equalsIgnoreCase(holder))
                .forEach(one -> accounts.add(review.account(one)));
        return accounts;
    }

    private static Answer whole(Paging.Page<ObjectNode> page, Thinning fields, ArrayNode accounts) {
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        page.items().forEach(access -> items.add(fields.thin(access)));
        json.set("accounts", accounts);
        Answer answer = Answer.json(json.put("next", page.next()));
        return page.link() == null ? answer : answer.header("Link", page.link());
    }

    /** Those asked for, of the types that are reviewed; all of these where none is asked for. */
    private static List<String> types(Reach reach, List<String> asked) {
        List<String> reviewed = AccessReview.types(reach);
        if (asked.isEmpty()) return reviewed;
        List<String> wanted =
                asked.stream().flatMap(some -> Stream.of(some.split(",", -1))).toList();
        if (!reviewed.containsAll(wanted)) throw Filters.unfit("type", String.join(", ", reviewed));
        return wanted;
    }

    private static Selection held(@Nullable String holder, List<String> types, Reach reach, Instant now) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        query.put("type", types);
        query.put("status", LIVING);
        if (holder != null) query.put("fact.holder", List.of("eq:" + holder));
        return Selection.read(query, reach.vocabularies(), now);
    }

    /**
     * Revokes all that one person holds, of whatever type: it is wished of each that it be revoked by a day, and it stays in
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
        Inventory.each(db, reach.scope(), held(holder, AccessReview.types(reach), reach, now), row -> {
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
