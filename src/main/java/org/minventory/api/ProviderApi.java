package org.minventory.api;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.export.Definitions;
import org.minventory.export.Definitions.Definition;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.minventory.intake.Intake;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Customers;
import org.minventory.party.Provider;
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

/** Providers: the shipped catalogue, and what customers declared besides it or in its place. */
@Controller
public final class ProviderApi {
    private static final String PATH = "/api/v1/providers";

    private final Tx tx;
    private final Intake intake;
    private final Vocabularies vocabularies;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;

    public ProviderApi(
            Tx tx, Intake intake, Vocabularies vocabularies, Customers customers, Replays replays, Etags etags) {
        this.tx = tx;
        this.intake = intake;
        this.vocabularies = vocabularies;
        this.customers = customers;
        this.replays = replays;
        this.etags = etags;
    }

    /** A provider of the catalogue, or one that a customer declared. */
    private record Listed(
            Provider provider,
            @Nullable String slug,
            @Nullable Definition declared) {
        List<String> keys() {
            return List.of(
                    provider.name(), declared == null ? "" : declared.customer().toString());
        }

        ObjectNode json() {
            ObjectNode json = Json.object();
            json.put("id", declared == null ? null : declared.id().toString());
            json.put("customer", slug);
            json.put("name", provider.name());
            json.put("kind", provider.kind());
            json.put("label", provider.label());
            json.put("website", provider.website());
            json.put("builtIn", declared == null);
            return json;
        }
    }

    @GetMapping(PATH)
    @Allowed(Right.READ)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable List<String> customer,
            @RequestParam(required = false) @Nullable List<String> kind) {
        for (String told : Filters.orNone(kind))
            if (!Provider.KINDS.contains(told)) throw Filters.unfit("kind", String.join(", ", Provider.KINDS));
        return etags.unlessKnown(asked, "json", () -> {
            List<Listed> all = tx.read(asked.scope(), db -> all(db, asked.scope(), Filters.orNone(customer))).stream()
                    .filter(one -> kind == null || kind.contains(one.provider().kind()))
                    .toList();
            return paging.page(Declaring.after(paging, all, Listed::keys), Listed::keys)
                    .json(fields, Listed::json);
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
            List<Listed> found = tx.read(asked.scope(), db -> all(db, asked.scope(), named)).stream()
                    .filter(one -> one.provider().name().equals(name))
                    .toList();
            List<Listed> own =
                    found.stream().filter(one -> one.declared() != null).toList();
            return Answer.json(
                    fields.thin(Declaring.theOne(own.isEmpty() ? found : own).json()));
        });
    }

    private List<Listed> all(JdbcClient db, Scope scope, List<String> named) {
        Reach reach = Reach.of(db, scope, vocabularies).only(named);
        List<Listed> all = new ArrayList<>();
        for (Provider provider : Provider.catalogue()) all.add(new Listed(provider, null, null));
        List<Definition> declared = Definitions.of(db, reach.scope(), Definitions.Sort.PROVIDER);
        for (Definition one : declared)
            if (isReached(db, reach.scope(), one)) all.add(listed(one, reach.slug(one.customer())));
        return all;
    }

    /** Of a part of a customer one learns the providers of that part alone. */
    private static boolean isReached(JdbcClient db, Scope scope, Definition declared) {
        Scope.Grant grant = scope.grant(declared.customer());
        return grant != null
                && (grant.isWhole()
                        || Inventory.values(db, scope.only(declared.customer()), Inventory.Column.PROVIDER)
                                .contains(declared.name()));
    }

    private static Listed listed(Definition declared, String slug) {
        Provider provider = new Provider(
                declared.name(),
                declared.body().path("kind").asString("other"),
                declared.body().path("label").asString(declared.name()),
                declared.body().path("website").stringValue(null));
        return new Listed(provider, slug, declared);
    }

    @PostMapping(PATH)
    @Allowed(Right.DEFINE)
    Answer declare(Asked asked, Body body) {
        Members members = body.object();
        String told = members.textOrNull("customer");
        String name = Declaring.name(members);
        String kind = members.text("kind");
        if (!Provider.KINDS.contains(kind))
            throw Refusal.at(Problem.UNFIT_VALUE, "/kind", Said.of("one-of", String.join(", ", Provider.KINDS)));
        ObjectNode declared = Json.object().put("name", name).put("kind", kind);
        InfrastructureApi.put(declared, "label", Declaring.label(members, "label"));
        InfrastructureApi.put(declared, "website", website(members));
        members.done();
        return replays.once(asked, body, asked.scope(), db -> {
            Customers.Customer customer = customers.one(db, asked.caller(), told);
            UUID of = Declaring.requireWhole(asked.caller(), customer.id());
            UUID id = intake.define(db, asked.caller(), of, Definitions.Sort.PROVIDER.word(), name, declared);
            Definition definition = new Definition(of, id, name, declared);
            return Answer.created(
                            PATH + "/" + name + "?customer=" + of,
                            listed(definition, customer.slug()).json())
                    .about(of);
        });
    }

    /** Pages will make a link of it: nothing but a plain web address. */
    private static @Nullable String website(Members members) {
        String website = Declaring.label(members, "website");
        if (website != null && !website.matches("https?://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[!-~&&[^\"'<>\\\\]]*)?"))
            throw Refusal.at(Problem.UNFIT_VALUE, "/website", Said.of("a-website"));
        return website;
    }
}
