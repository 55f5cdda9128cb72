package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.minventory.element.Reference;
import org.minventory.export.Inventory;
import org.minventory.export.RangeDocument;
import org.minventory.export.Ranges;
import org.minventory.export.Reach;
import org.minventory.export.Reverse;
import org.minventory.export.Selection;
import org.minventory.intake.Claim;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Parameters;
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

/**
 * Ranges of addresses: what lies in what, who holds which address, and the next that is free. Whatever is given is a wish
 * of whoever asked, recorded like any other.
 */
@Controller
public final class RangeApi {
    private static final String ELEMENT = "/api/v1/elements/{element}";

    private final Tx tx;
    private final InstantSource clock;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public RangeApi(Tx tx, InstantSource clock, Intake intake, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    /** One storey of the tree: the ranges that lie in no other, or those that lie in this one. */
    @GetMapping("/api/v1/ranges")
    @Allowed(Right.READ)
    @Parameters({"customer", "infrastructure"})
    Answer list(Asked asked, Paging paging, Thinning fields, @RequestParam(required = false) @Nullable String inside) {
        IpRange within = inside == null ? null : range(inside);
        Instant now = clock.instant();
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(asked.scope(), db -> {
                    Map<String, List<String>> query = asked.parameters();
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Selection.customers(query));
                    Selection selection = Selection.read(query, reach.vocabularies(), now);
                    List<Ranges.Holder> fetched =
                            Ranges.storey(db, reach.scope(), selection, within, after(paging), paging.fetch());
                    var page = paging.page(fetched, RangeApi::keys);
                    Map<UUID, Ranges.Use> use = Ranges.use(db, reach.scope(), page.items());
                    return page.json(fields, holder -> Ranges.json(holder, reach, use));
                }));
    }

    private static IpRange range(String told) {
        IpRange range = IpRange.parse(told);
        if (range == null) throw Refusal.at(Problem.UNFIT_PARAMETER, "inside", "inside", Said.of("a-range"));
        return range;
    }

    private static List<String> keys(Ranges.Holder holder) {
        return List.of(
                holder.range().first().text(),
                holder.range().last().text(),
                holder.element().toString());
    }

    private static Ranges.@Nullable Place after(Paging paging) {
        UUID element = paging.id(2);
        if (element == null) return null;
        IpRange range = Objects.requireNonNull(IpRange.parse(paging.key(0) + "-" + paging.key(1)));
        return new Ranges.Place(range, element);
    }

    /** The range of an element, what stands around and in it, and a page of the addresses that are held. */
    @GetMapping(ELEMENT + "/range")
    @Allowed(Right.READ)
    Answer get(
            Asked asked,
            Paging paging,
            @PathVariable String element,
            @RequestParam(required = false) @Nullable String customer) {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS); // whose word counts moves with time
        return etags.unlessKnown(
                asked,
                "json",
                () -> tx.read(asked.scope(), db -> {
                    Reach reach = Reach.of(db, asked.scope(), vocabularies).only(named(customer));
                    return written(db, reach, one(db, reach, element), paging);
                }),
                hour);
    }

    private Answer written(JdbcClient db, Reach reach, Inventory.Row row, Paging paging) {
        Scope.Grant grant = Objects.requireNonNull(reach.scope().grant(row.customer()));
        RangeDocument range = RangeDocument.of(db, grant, row.element());
        if (range == null) throw Refusal.of(Problem.NOT_FOUND);
        String after = paging.key(0);
        var page = paging.page(
                range.holdings(after == null ? null : IpAddress.parse(after), paging.fetch()),
                holding -> List.of(holding.address().text()));
        List<Inventory.Row> holders = range.holders(page.items());
        Reverse reverse = new Reverse(reach.vocabulary(row.customer()), clock.instant());
        ObjectNode json = range.json(row, reach);
        ArrayNode items = json.putArray("items");
        page.items().forEach(holding -> items.add(RangeDocument.json(holding, holders, reverse)));
        json.put("next", page.next());
        Answer answer = Answer.json(json);
        return page.link() == null ? answer : answer.header("Link", page.link());
    }

    private static Inventory.Row one(JdbcClient db, Reach reach, String nameOrId) {
        Inventory.Row row = Inventory.one(db, reach.scope(), nameOrId, null);
        if (row == null) throw Refusal.of(Problem.NOT_FOUND);
        return row;
    }

    private static List<String> named(@Nullable String customer) {
        return customer == null ? List.of() : List.of(customer);
    }

    // ---- giving -----------------------------------------------------------------------------------------------------

    @PostMapping(ELEMENT + "/next-address")
    @Allowed(Right.TESTIFY)
    Answer nextAddress(
            Asked asked,
            Body body,
            @PathVariable String element,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Members members = body.objectOrNothing();
        Claim claim = new Claim(null, name(members));
        return give(asked, place(asked, element, customer), claim, members, dryRun);
    }

    @PostMapping(ELEMENT + "/next-range")
    @Allowed(Right.TESTIFY)
    Answer nextRange(
            Asked asked,
            Body body,
            @PathVariable String element,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Members members = body.objectOrNothing();
        Claim claim = new Claim(prefixLength(members), name(members));
        return give(asked, place(asked, element, customer), claim, members, dryRun);
    }

    private static int prefixLength(Members members) {
        JsonNode told = members.anyOrNull("prefixLength");
        if (told == null) throw Refusal.at(Problem.MISSING_MEMBER, "/prefixLength", "prefixLength");
        if (!told.isIntegralNumber() || !told.canConvertToInt())
            throw Refusal.at(Problem.WRONG_TYPE, "/prefixLength", "0–128");
        return told.intValue();
    }

    private static @Nullable String name(Members members) {
        String told = members.textOrNull("element");
        if (told == null) return null;
        String name = Reference.read(Json.text(told), "/element").name();
        if (name == null) throw Refusal.at(Problem.UNFIT_NAME, "/element", told);
        return name;
    }

    private Inventory.Place place(Asked asked, String element, @Nullable String customer) {
        return tx.read(asked.scope(), db -> {
            Reach reach = Reach.of(db, asked.scope(), vocabularies).only(named(customer));
            Inventory.Row row = one(db, reach, element);
            return new Inventory.Place(row.customer(), row.element(), row.name());
        });
    }

    private Answer give(Asked asked, Inventory.Place range, Claim claim, Members members, boolean dryRun) {
        Told wish = ToldReader.read(wish(range, claim, members), clock.instant());
        Intake.Manner manner = new Intake.Manner(dryRun, null, asked.idempotencyKey());
        Receipt receipt = taken(asked, wish, claim, manner);
        ObjectNode json = Json.object().put(claim.attribute(), claim.given(receipt));
        json.set("receipt", TestimonyApi.receipts(asked).write(receipt));
        Answer answer = Answer.json(receipt.status(), json);
        return receipt.id() == null || receipt.element() == null
                ? answer
                : answer.header(
                        "Location", "/api/v1/elements/" + receipt.element().id());
    }

    /** A refusal names the places of the testimony; here the range stood in the path, and nobody told a kind. */
    private Receipt taken(Asked asked, Told wish, Claim claim, Intake.Manner manner) {
        try {
            return intake.take(asked.caller(), wish, claim, manner);
        } catch (Refusal refusal) {
            boolean ofTheKind =
                    refusal.places().stream().anyMatch(place -> place.pointer().equals("/kind"));
            throw ofTheKind ? Refusal.of(refusal.problem()) : refusal;
        }
    }

    /** The wish as it would be sent, spoken to the element that holds the range. */
    private static ObjectNode wish(Inventory.Place range, Claim claim, Members members) {
        JsonNode facts = members.anyOrNull("facts");
        JsonNode assignedTo = members.anyOrNull("assignedTo");
        String note = members.textOrNull("note");
        members.done();
        ObjectNode wish = Json.object()
                .put("kind", "wish")
                .put("customer", range.customer().toString())
                .put("element", range.element().toString())
                .put("type", claim.type())
                .put("note", note);
        if (facts != null && !facts.isObject()) throw Refusal.at(Problem.WRONG_TYPE, "/facts", "{…}");
        ObjectNode told = wish.putObject("facts");
        if (facts != null) told.setAll((ObjectNode) facts);
        for (String given : List.of(claim.attribute(), "part-of"))
            if (told.has(given))
                throw Refusal.at(Problem.UNFIT_VALUE, "/facts/" + given, Said.of("given-by-the-range"));
        if (assignedTo != null) told.set("assigned-to", assignedTo);
        return wish;
    }
}
