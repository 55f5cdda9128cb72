package org.minventory.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.export.Definitions;
import org.minventory.export.Definitions.Definition;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Customers;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Etags;
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

/** Infrastructures: those that were declared, and those that elements are told to belong to. */
@Controller
public final class InfrastructureApi {
    private static final String PATH = "/api/v1/infrastructures";

    private final Tx tx;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;

    public InfrastructureApi(
            Tx tx, Intake intake, Vocabularies vocabularies, Customers customers, Replays replays, Etags etags) {
        this.tx = tx;
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
            Inventory.@Nullable Holding holding) {
        List<String> keys() {
            return List.of(name, customer.toString());
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
        return etags.unlessKnown(asked, "json", () -> {
            List<Infrastructure> all = tx.read(asked.scope(), db -> all(db, asked.scope(), Filters.orNone(customer)));
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
        List<String> named = customer == null ? List.of() : List.of(customer);
        return etags.unlessKnown(asked, "json", () -> {
            List<Infrastructure> all = tx.read(asked.scope(), db -> all(db, asked.scope(), named));
            Infrastructure one = Declaring.theOne(
                    all.stream().filter(each -> each.name().equals(name)).toList());
            return Answer.json(fields.thin(one.json()));
        });
    }

    private List<Infrastructure> all(JdbcClient db, Scope scope, List<String> named) {
        Reach reach = Reach.of(db, scope, vocabularies).only(named);
        Map<List<Object>, Inventory.Holding> holdings = new HashMap<>();
        for (Inventory.Holding holding : Inventory.infrastructures(db, reach.scope()))
            holdings.put(List.of(holding.customer(), holding.infrastructure()), holding);
        List<Infrastructure> all = new ArrayList<>();
        for (Definition one : Definitions.of(db, reach.scope(), Definitions.Sort.INFRASTRUCTURE)) {
            Inventory.Holding holding = holdings.remove(List.of(one.customer(), one.name()));
            if (isReached(reach.scope().grant(one.customer()), one.name(), holding))
                all.add(new Infrastructure(one.customer(), reach.slug(one.customer()), one.name(), one, holding));
        }
        for (Inventory.Holding told : holdings.values())
            all.add(new Infrastructure(
                    told.customer(), reach.slug(told.customer()), told.infrastructure(), null, told));
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
            return Answer.created(
                            PATH + "/" + name + "?customer=" + of,
                            new Infrastructure(of, customer.slug(), name, definition, holding).json())
                    .about(of);
        });
    }

    static void put(ObjectNode into, String member, @Nullable String text) {
        if (text != null) into.put(member, text);
    }
}
