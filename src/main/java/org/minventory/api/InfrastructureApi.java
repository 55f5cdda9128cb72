package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.export.Definitions;
import org.minventory.export.Definitions.Definition;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.export.RecordReader;
import org.minventory.export.Timeline;
import org.minventory.export.UpkeepJson;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Customers;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
import org.minventory.web.Format;
import org.minventory.web.Members;
import org.minventory.web.Paging;
import org.minventory.web.Replays;
import org.minventory.web.Thinning;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ObjectNode;

/**
 * Infrastructures: those that were declared, those that elements are told to belong to, and those that were spoken of as a
 * whole; with the maintenance and the incidents of all of them that are open.
 */
@Controller
public final class InfrastructureApi {
    private static final String PATH = "/api/v1/infrastructures";

    private final Tx tx;
    private final InstantSource clock;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;

    public InfrastructureApi(
            Tx tx,
            InstantSource clock,
            Intake intake,
            Vocabularies vocabularies,
            Customers customers,
            Replays replays,
            Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.customers = customers;
        this.replays = replays;
        this.etags = etags;
    }

    /** One infrastructure, as far as the reader reaches it. */
    private record Infrastructure(
            UUID customer,
            String slug,
            String name,
            @Nullable Definition declared,
            Inventory.@Nullable Holding holding,
            UpkeepJson upkeeps) {
        List<String> keys() {
            return List.of(name, customer.toString());
        }

        boolean isCalled(String nameOrId) {
            return name.equals(nameOrId)
                    || (declared != null && declared.id().toString().equals(nameOrId));
        }

        ObjectNode json() {
            ObjectNode json = Json.object();
            json.put("id", declared == null ? null : declared.id().toString());
            json.put("customer", slug);
            json.put("name", name);
            json.put(
                    "label",
                    declared == null ? name : declared.body().path("label").asString(name));
            json.set("description", declared == null ? null : declared.body().get("description"));
            json.put("declared", declared != null);
            json.put("elements", holding == null ? 0 : holding.elements());
            json.put("diverging", holding == null ? 0 : holding.diverging());
            upkeeps.write(json, new UpkeepJson.Infrastructure(customer, name));
            return json;
        }
    }

    @GetMapping(PATH)
    @Allowed(Right.READ)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer) {
        return reading(asked, "json", db -> {
            List<Infrastructure> all = all(db, asked.scope(), Filters.orNone(customer));
            return paging.page(Declaring.after(paging, all, Infrastructure::keys), Infrastructure::keys)
                    .json(fields, Infrastructure::json);
        });
    }

    @GetMapping(PATH + "/{name}")
    @Allowed(Right.READ)
    Answer get(
            Asked asked,
            Thinning fields,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String customer) {
        return reading(
                asked,
                "json",
                db -> Answer.json(
                        fields.thin(one(db, asked.scope(), name, customer).json())));
    }

    /** All that was said of it as a whole, newest first by when it was true. */
    @GetMapping(PATH + "/{name}/testimonies")
    @Allowed(Right.READ)
    Answer timeline(
            Asked asked,
            Paging paging,
            Thinning fields,
            @PathVariable String name,
            @RequestParam(required = false) @Nullable String customer) {
        Format format = Format.of(asked, Format.JSON, Format.NDJSON, Format.CSV);
        return reading(asked, format.mediaType(), db -> {
            Infrastructure one = one(db, asked.scope(), name, customer);
            String at = paging.key(0);
            String seq = paging.key(1);
            List<Timeline.Place> places = Timeline.places(
                    db,
                    Objects.requireNonNull(asked.scope().grant(one.customer())),
                    one.name(),
                    at == null ? null : Instant.parse(at),
                    seq == null ? 0 : Long.parseLong(seq),
                    paging.fetch());
            Paging.Page<Timeline.Place> found =
                    paging.page(places, place -> List.of(place.witnessedAt().toString(), Long.toString(place.seq())));
            List<RecordReader.Row> rows = Timeline.rows(db, found.items());
            return TestimonyApi.written(new Paging.Page<>(rows, found.next(), found.link()), fields, format);
        });
    }

    private interface Reading {
        Answer answer(JdbcClient db);
    }

    /** What is planned passes with time, not with what is written: an answer is good for an hour at most. */
    private Answer reading(Asked asked, String format, Reading reading) {
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return etags.unlessKnown(asked, format, () -> tx.read(asked.scope(), reading::answer), hour);
    }

    private Infrastructure one(JdbcClient db, Scope scope, String nameOrId, @Nullable String customer) {
        List<Infrastructure> all = all(db, scope, customer == null ? List.of() : List.of(customer));
        return Declaring.theOne(
                all.stream().filter(each -> each.isCalled(nameOrId)).toList());
    }

    private List<Infrastructure> all(JdbcClient db, Scope scope, List<String> named) {
        Reach reach = Reach.of(db, scope, vocabularies).only(named);
        Map<List<Object>, Inventory.Holding> holdings = new HashMap<>();
        for (Inventory.Holding holding : Inventory.infrastructures(db, reach.scope()))
            holdings.put(List.of(holding.customer(), holding.infrastructure()), holding);
        UpkeepJson upkeeps = UpkeepJson.of(db, reach.scope(), clock.instant());
        Set<UpkeepJson.Infrastructure> spokenOf = new HashSet<>(upkeeps.infrastructures());
        List<Infrastructure> all = new ArrayList<>();
        for (Definition one : Definitions.of(db, reach.scope(), Definitions.Sort.INFRASTRUCTURE)) {
            Inventory.Holding holding = holdings.remove(List.of(one.customer(), one.name()));
            spokenOf.remove(new UpkeepJson.Infrastructure(one.customer(), one.name()));
            if (isReached(reach.scope().grant(one.customer()), one.name(), holding))
                all.add(new Infrastructure(
                        one.customer(), reach.slug(one.customer()), one.name(), one, holding, upkeeps));
        }
        for (Inventory.Holding told : holdings.values()) {
            spokenOf.remove(new UpkeepJson.Infrastructure(told.customer(), told.infrastructure()));
            all.add(new Infrastructure(
                    told.customer(), reach.slug(told.customer()), told.infrastructure(), null, told, upkeeps));
        }
        for (UpkeepJson.Infrastructure empty : spokenOf)
            if (isReached(reach.scope().grant(empty.customer()), empty.name(), null))
                all.add(new Infrastructure(
                        empty.customer(), reach.slug(empty.customer()), empty.name(), null, null, upkeeps));
        return all;
    }

    /** Who is limited to infrastructures sees these; who is limited to elements sees those where one of them stands. */
    private static boolean isReached(Scope.@Nullable Grant grant, String name, Inventory.@Nullable Holding holding) {
        if (grant == null) return false;
        boolean inLimits =
                grant.infrastructures() == null || grant.infrastructures().contains(name);
        return inLimits && (grant.elements() == null || holding != null);
    }

    @PostMapping(PATH)
    @Allowed(Right.DEFINE)
    Answer declare(Asked asked, Body body) {
        Members members = body.object();
        String told = members.textOrNull("customer");
        String name = Declaring.name(members);
        ObjectNode declared = Json.object().put("name", name);
        put(declared, "label", Declaring.label(members, "label"));
        put(declared, "description", Declaring.description(members, "description"));
        members.done();
        return replays.once(asked, body, asked.scope(), db -> {
            Customers.Customer customer = customers.one(db, asked.caller(), told);
            UUID of = Declaring.requireWhole(asked.caller(), customer.id());
            UUID id = intake.define(db, asked.caller(), of, Definitions.Sort.INFRASTRUCTURE.word(), name, declared);
            Inventory.Holding holding = Inventory.infrastructures(
                            db, asked.scope().only(of))
                    .stream()
                    .filter(each -> each.infrastructure().equals(name))
                    .findFirst()
                    .orElse(null);
            Definition definition = new Definition(of, id, name, declared);
            UpkeepJson upkeeps = UpkeepJson.of(db, asked.scope().only(of), clock.instant());
            return Answer.created(
                            PATH + "/" + name + "?customer=" + of,
                            new Infrastructure(of, customer.slug(), name, definition, holding, upkeeps).json())
                    .about(of);
        });
    }

    static void put(ObjectNode into, String member, @Nullable String text) {
        if (text != null) into.put(member, text);
    }
}
