package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
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
import org.minventory.export.Column;
import org.minventory.export.Diff;
import org.minventory.export.ElementJson;
import org.minventory.export.ElementTable;
import org.minventory.export.Impact;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.export.RecordReader;
import org.minventory.export.Selection;
import org.minventory.export.TestimonyJson;
import org.minventory.export.TestimonyTable;
import org.minventory.export.Then;
import org.minventory.export.Timeline;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.minventory.web.Format;
import org.minventory.web.Paging;
import org.minventory.web.Selecting;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * The inventory: which elements there are and what is known of each, side by side; now, or as it was at a moment of the
 * past.
 */
@Controller
public final class ElementApi {
    private static final String PATH = "/api/v1/elements";

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Etags etags;

    public ElementApi(Tx tx, InstantSource clock, Vocabularies vocabularies, Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.etags = etags;
    }

    /** A page of elements, each as it was judged at an instant. */
    private record Found(Reach reach, Paging.Page<Inventory.Place> page, Map<UUID, Then.Seen> seen) {
        List<Then.Seen> inOrder() {
            return page.items().stream()
                    .map(place -> seen.get(place.element()))
                    .filter(java.util.Objects::nonNull)
                    .toList();
        }
    }

    @GetMapping(PATH)
    @Allowed(Right.READ)
    @Selecting
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(required = false) @Nullable String knownAt) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        Then then = Then.read(asOf, knownAt);
        Paging bounded = then.isNow() ? paging : paging.atMost(Then.PAGE);
        return etags.unlessKnown(asked, format.mediaType(), () -> list(asked, bounded, fields, format, then), hour());
    }

    private Answer list(Asked asked, Paging paging, Thinning fields, Format format, Then then) {
        Instant now = clock.instant();
        Found found = tx.read(asked.scope(), db -> {
            Map<String, List<String>> query = asked.parameters();
            Reach reach = Reach.of(db, asked.scope(), vocabularies).only(Selection.customers(query));
            Selection selection = Selection.read(query, reach.vocabularies(), now);
            if (!then.isNow() && selection.isOfTodayOnly()) throw onlyToday(then);
            Selection listed = then.isNow() ? selection : selection.ofAllTimes();
            var places = Inventory.places(db, reach.scope(), listed, paging.key(0), paging.id(1), paging.fetch());
            var page = paging.page(
                    places, place -> List.of(place.name(), place.element().toString()));
            List<Inventory.Row> rows = Inventory.rows(db, page.items());
            List<Then.Seen> seen = then.isNow()
                    ? rows.stream().map(row -> new Then.Seen(row, now)).toList()
                    : then.see(db, reach, rows, now).stream()
                            .filter(one -> selection.fits(one.row()))
                            .toList();
            Map<UUID, Then.Seen> byId = new HashMap<>();
            seen.forEach(one -> byId.put(one.row().element(), one));
            return new Found(reach, page, byId);
        });
        return written(asked, found, fields, format, then);
    }

    private static Answer written(Asked asked, Found found, Thinning fields, Format format, Then then) {
        Paging.Page<Then.Seen> page = new Paging.Page<>(
                found.inOrder(), found.page().next(), found.page().link());
        return switch (format) {
            case JSON -> page.json(Thinning.NONE, one -> item(asked, found.reach(), one, fields, then));
            case NDJSON -> page.ndjson(Thinning.NONE, one -> item(asked, found.reach(), one, fields, then));
            case CSV -> {
                ElementTable table = new ElementTable(found.reach(), fields::wants);
                yield page.csv(table.columns(), one -> table.row(one.row(), one.judgedAt()));
            }
        };
    }

    private static ObjectNode item(Asked asked, Reach reach, Then.Seen seen, Thinning fields, Then then) {
        return then.say(fields.thin(ElementJson.of(seen, reach, asked.language())));
    }

    private static Refusal onlyToday(Then then) {
        return Refusal.at(Problem.UNFIT_PARAMETER, then.parameter(), then.parameter(), Said.of("only-today"));
    }

    @GetMapping(PATH + "/{element}")
    @Allowed(Right.READ)
    Answer get(
            Asked asked,
            Thinning fields,
            @PathVariable String element,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(required = false) @Nullable String knownAt) {
        Then then = Then.read(asOf, knownAt);
        return reading(asked, (db, now) -> {
            Reach reach = Reach.of(db, asked.scope(), vocabularies).only(named(customer));
            Inventory.Row row = one(db, reach, element);
            Then.Seen seen = then.see(db, reach.only(named(row.customer().toString())), row, now);
            return Answer.json(item(asked, reach, seen, fields, then));
        });
    }

    /** All that was said of an element, newest first by when it was true. */
    @GetMapping(PATH + "/{element}/testimonies")
    @Allowed(Right.READ)
    Answer timeline(
            Asked asked,
            Paging paging,
            Thinning fields,
            @PathVariable String element,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(required = false) @Nullable String knownAt) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        Then then = Then.read(asOf, knownAt);
        return etags.unlessKnown(asked, format.mediaType(), () -> {
            Instant now = clock.instant();
            Paging.Page<RecordReader.Row> page = tx.read(asked.scope(), db -> {
                Reach reach = Reach.of(db, asked.scope(), vocabularies).only(named(customer));
                Inventory.Row row = one(db, reach, element);
                Then.Moment moment = then.moment(db, reach.scope(), row.customer(), now);
                String at = paging.key(0);
                String seq = paging.key(1);
                var places = Timeline.places(
                        db,
                        reach.grant(row.customer()),
                        moment,
                        row,
                        at == null ? null : Instant.parse(at),
                        seq == null ? 0 : Long.parseLong(seq),
                        paging.fetch());
                var found = paging.page(
                        places, place -> List.of(place.witnessedAt().toString(), Long.toString(place.seq())));
                return new Paging.Page<>(Timeline.rows(db, moment, found.items()), found.next(), found.link());
            });
            return switch (format) {
                case JSON -> page.json(Thinning.NONE, row -> then.say(fields.thin(TestimonyJson.write(row))));
                case NDJSON -> page.ndjson(Thinning.NONE, row -> then.say(fields.thin(TestimonyJson.write(row))));
                case CSV -> {
                    var columns = Column.wanted(TestimonyTable.COLUMNS, fields::wants);
                    yield page.csv(Column.names(columns), row -> Column.cells(columns, row));
                }
            };
        });
    }

    /** What differs between two moments; {@code to} is now where it is left out. */
    @GetMapping(PATH + "/{element}/diff")
    @Allowed(Right.READ)
    Answer diff(
            Asked asked,
            @PathVariable String element,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String from,
            @RequestParam(required = false) @Nullable String to,
            @RequestParam(required = false) @Nullable String asOf,
            @RequestParam(required = false) @Nullable String knownAt) {
        if (from == null) throw Refusal.at(Problem.MISSING_PARAMETER, "from", "from");
        Then then = Then.read(asOf, knownAt);
        Then before = then.at("from", from, null);
        Then after = then.at("to", to, asOf);
        return reading(asked, (db, now) -> {
            Reach reach = Reach.of(db, asked.scope(), vocabularies).only(named(customer));
            Inventory.Row row = one(db, reach, element);
            Reach cut = reach.only(named(row.customer().toString()));
            ObjectNode said = Json.object().put("element", row.element().toString());
            said.put("from", before.asOf()).put("to", after.asOf() == null ? now.toString() : after.asOf());
            said.put("knownAt", then.knownAt()).put("rules", "today");
            Then.Seen was = before.see(db, cut, row, now);
            Then.Seen is = after.see(db, cut, row, now);
            said.setAll(Diff.json(was, is, reach.vocabulary(row.customer()), asked.language()));
            return Answer.json(said);
        });
    }

    @GetMapping(PATH + "/{element}/impact")
    @Allowed(Right.READ)
    Answer impact(
            Asked asked, @PathVariable String element, @RequestParam(required = false) @Nullable String customer) {
        return reading(asked, (db, now) -> {
            Reach reach = Reach.of(db, asked.scope(), vocabularies).only(named(customer));
            Inventory.Row row = one(db, reach, element);
            Scope.Grant grant = Objects.requireNonNull(reach.scope().grant(row.customer()));
            return Answer.json(Impact.of(db, grant, row).json(reach.slug(row.customer())));
        });
    }

    private static Inventory.Row one(JdbcClient db, Reach reach, String nameOrId) {
        Inventory.Row row = Inventory.one(db, reach.scope(), nameOrId, null);
        if (row == null) throw Refusal.of(Problem.NOT_FOUND);
        return row;
    }

    private interface Reading {
        Answer answer(JdbcClient db, Instant now);
    }

    private Answer reading(Asked asked, Reading reading) {
        return etags.unlessKnown(
                asked, "json", () -> tx.read(asked.scope(), db -> reading.answer(db, clock.instant())), hour());
    }

    private static List<String> named(@Nullable String customer) {
        return customer == null ? List.of() : List.of(customer);
    }

    /** Freshness moves with time, not with what is written: an answer is good for an hour at most. */
    private Instant hour() {
        return clock.instant().truncatedTo(ChronoUnit.HOURS);
    }
}
