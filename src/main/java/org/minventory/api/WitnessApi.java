package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.export.Attention;
import org.minventory.party.Actors;
import org.minventory.party.Actors.Actor;
import org.minventory.party.Actors.Witness;
import org.minventory.party.Caller;
import org.minventory.party.Customers;
import org.minventory.party.Right;
import org.minventory.party.Role;
import org.minventory.party.Tokens;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** People and robots: who may speak for a customer, and what each said last. */
@Controller
public final class WitnessApi {
    private static final String PATH = "/api/v1/witnesses";

    private final Tx tx;
    private final InstantSource clock;
    private final Actors actors;
    private final Tokens tokens;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;

    public WitnessApi(
            Tx tx,
            InstantSource clock,
            Actors actors,
            Tokens tokens,
            Customers customers,
            Replays replays,
            Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.actors = actors;
        this.tokens = tokens;
        this.customers = customers;
        this.replays = replays;
        this.etags = etags;
    }

    @GetMapping(PATH)
    @Allowed(Right.READ)
    Answer list(
            Asked asked, Paging paging, Thinning fields, @RequestParam(required = false) @Nullable String customer) {
        Found found = tx.read(asked.scope(), db -> {
            Scope scope = customer == null
                    ? asked.scope()
                    : asked.scope().only(customers.find(db, customer).id());
            List<Witness> witnesses = actors.witnesses(db, scope, place(paging), paging.fetch());
            List<UUID> ids = witnesses.stream().map(one -> one.actor().id()).toList();
            return new Found(witnesses, Attention.of(db, scope, ids, clock.instant()));
        });
        return etags.byContent(
                asked,
                paging.page(found.witnesses(), WitnessApi::keys)
                        .json(fields, witness -> witness(witness, found, asked.caller())));
    }

    /** Witnesses, and how they are heard. */
    private record Found(List<Witness> witnesses, List<Attention.Heard> heard) {
        ArrayNode heard(Witness witness) {
            ArrayNode json = Json.MAPPER.createArrayNode();
            for (Attention.Heard one : heard)
                if (one.witness().equals(witness.actor().id()) && one.customer().equals(witness.customer()))
                    json.add(json(one));
            return json;
        }

        private static ObjectNode json(Attention.Heard one) {
            ObjectNode json = Json.object()
                    .put("source", one.tool())
                    .put("lastHeardAt", one.lastAt().toString())
                    .put(
                            "awaitedWithin",
                            one.within() == null ? null : one.within().toSeconds())
                    .put("freshness", one.freshness().word());
            json.putObject("elements")
                    .put("fresh", one.fresh())
                    .put("late", one.late())
                    .put("stale", one.stale());
            return json;
        }
    }

    private static Actors.Place place(Paging paging) {
        UUID actor = paging.id(0);
        UUID customer = paging.id(1);
        return actor == null || customer == null ? Actors.Place.START : new Actors.Place(actor, customer);
    }

    private static List<String> keys(Witness witness) {
        return List.of(witness.actor().id().toString(), witness.customer().toString());
    }

    /** What is told of a robot's first token. */
    private record Wish(
            String label,
            List<String> scopes,
            @Nullable List<String> infrastructures,
            @Nullable List<String> elements,
            @Nullable Instant expiresAt) {}

    @PostMapping(PATH)
    @Allowed(Right.INVITE)
    Answer invite(Asked asked, Body body) {
        Members members = body.object();
        Role role = role(members.text("role"));
        String name = members.text("name");
        String email = members.textOrNull("email");
        List<String> told = told(members);
        Wish token = members.objectOrNull("token", inner -> wish(inner, name));
        members.done();
        return replays.once(asked, body, asked.scope(), db -> {
            List<UUID> reached = customers(db, asked.caller(), told);
            Actor actor = actors.invite(db, asked.caller(), new Actors.Invitation(role, name, email, reached));
            ObjectNode document = Shapes.actor(actor);
            document.set("token", firstToken(db, asked.caller(), actor, reached, token));
            return Answer.json(201, document).about(reached.getFirst());
        });
    }

    /** A person gets a token with all that its role gives; a robot the one that was wished for, or none yet. */
    private @Nullable ObjectNode firstToken(
            JdbcClient db, Caller caller, Actor actor, List<UUID> reached, @Nullable Wish wish) {
        if (actor.role() != Role.ROBOT)
            return TokenApi.minted(
                    db, customers, tokens.first(db, caller, actor, wish == null ? null : wish.expiresAt()));
        if (wish == null) return null;
        Tokens.Wanted wanted = new Tokens.Wanted(
                actor.id(),
                wish.label(),
                wish.scopes(),
                actor.customer() == null ? reached : null,
                wish.infrastructures(),
                wish.elements(),
                wish.expiresAt());
        try {
            return TokenApi.minted(db, customers, tokens.mint(db, caller, wanted));
        } catch (Refusal refusal) {
            throw refusal.under("/token");
        }
    }

    private static Wish wish(Members members, String name) {
        String label = members.textOrNull("label");
        List<String> scopes = members.textsOrNull("scopes");
        Wish wish = new Wish(
                label == null ? name : label,
                scopes == null ? List.of() : scopes,
                members.textsOrNull("infrastructures"),
                members.textsOrNull("elements"),
                members.instantOrNull("expiresAt"));
        members.done();
        return wish;
    }

    private static Role role(String told) {
        for (Role role : Role.values()) if (role.word().equals(told)) return role;
        throw Refusal.at(Problem.UNFIT_VALUE, "/role", Said.of("unfit-role"));
    }

    private static List<String> told(Members members) {
        String one = members.textOrNull("customer");
        List<String> several = members.textsOrNull("customers");
        List<String> told = new ArrayList<>();
        if (one != null) told.add(one);
        if (several != null) told.addAll(several);
        return told;
    }

    private List<UUID> customers(JdbcClient db, Caller caller, List<String> told) {
        if (told.isEmpty()) return List.of(customers.one(db, caller, null).id());
        return told.stream()
                .map(slug -> customers.find(db, slug).id())
                .distinct()
                .toList();
    }

    @DeleteMapping(PATH + "/{witness}")
    @Allowed(Right.INVITE)
    Answer end(Asked asked, @PathVariable String witness) {
        UUID id = Ids.parse(witness);
        if (id == null) throw Refusal.of(Problem.NOT_FOUND);
        return tx.write(asked.scope(), db -> {
            actors.end(db, asked.caller(), id);
            return Answer.noContent();
        });
    }

    /** Mail addresses are for those who bring people in. */
    private static ObjectNode witness(Witness witness, Found found, Caller caller) {
        ObjectNode document = Shapes.actor(witness.actor());
        if (!caller.may(Right.INVITE)) document.putNull("email");
        document.putObject("customer").put("id", witness.customer().toString()).put("slug", witness.customerSlug());
        document.put("ended", witness.ended());
        document.set("lastWords", lastWords(witness.lastWords()));
        document.set("heard", found.heard(witness));
        return document;
    }

    private static @Nullable ObjectNode lastWords(Actors.@Nullable LastWords last) {
        return last == null
                ? null
                : Json.object()
                        .put("testimony", last.testimony().toString())
                        .put("kind", last.kind())
                        .put("witnessedAt", last.witnessedAt().toString())
                        .put("recordedAt", last.recordedAt().toString());
    }
}
