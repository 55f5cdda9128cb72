package org.minventory.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.base.Word;
import org.minventory.notification.Channels;
import org.minventory.notification.Dispatches;
import org.minventory.notification.Notice;
import org.minventory.notification.Subscription;
import org.minventory.notification.Subscriptions;
import org.minventory.notification.Trial;
import org.minventory.notification.channel.Outcome;
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
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.node.ObjectNode;

/** Subscriptions: what the caller wants to hear, and by which way. */
@Controller
public final class SubscriptionApi {
    private static final String PATH = "/api/v1/subscriptions";

    private final Tx tx;
    private final Subscriptions subscriptions;
    private final Dispatches dispatches;
    private final Trial trial;
    private final Customers customers;
    private final Replays replays;
    private final Etags etags;
    private final SubscriptionReader reader;

    public SubscriptionApi(
            Tx tx,
            Subscriptions subscriptions,
            Dispatches dispatches,
            Channels channels,
            Trial trial,
            Customers customers,
            Replays replays,
            Etags etags) {
        this.tx = tx;
        this.subscriptions = subscriptions;
        this.dispatches = dispatches;
        this.trial = trial;
        this.customers = customers;
        this.replays = replays;
        this.etags = etags;
        this.reader = new SubscriptionReader(channels);
    }

    @GetMapping(PATH)
    @Allowed(Right.SUBSCRIBE)
    Answer list(Asked asked, Paging paging, Thinning fields) {
        Answer answer = tx.read(asked.scope(), db -> {
            List<Subscription> found = subscriptions.list(db, asked.caller(), paging.id(0), paging.fetch());
            Map<UUID, Customers.Customer> named = customers.named(
                    db, found.stream().map(Subscription::customer).toList());
            return paging.page(found, one -> List.of(one.id().toString())).json(fields, one -> json(one, named));
        });
        return etags.byContent(asked, answer);
    }

    @GetMapping(PATH + "/{subscription}")
    @Allowed(Right.SUBSCRIBE)
    Answer get(Asked asked, Thinning fields, @PathVariable String subscription) {
        ObjectNode json =
                tx.read(asked.scope(), db -> json(db, subscriptions.get(db, asked.caller(), id(subscription))));
        return etags.unlessHeld(asked, tag(asked, json), () -> Answer.json(fields.thin(json)));
    }

    private String tag(Asked asked, ObjectNode json) {
        return etags.ofContent(asked, asked.language(), Json.canonical(json));
    }

    @PostMapping(PATH)
    @Allowed(Right.SUBSCRIBE)
    Answer subscribe(Asked asked, Body body) {
        Members members = body.object();
        String customer = members.textOrNull("customer");
        Subscriptions.Wanted wanted = reader.wanted(members, asked.language());
        members.done();
        return replays.once(asked, body, asked.scope(), db -> {
            UUID to = customer(db, asked, customer);
            Subscriptions.Made made = subscriptions.make(db, asked.caller(), to, wanted);
            ObjectNode json = json(db, made.subscription());
            made.made().forEach(((ObjectNode) json.get("channel"))::put);
            String address = wanted.channel()
                    .address(Objects.requireNonNull(made.address()).text());
            json.put("address", address);
            return Answer.created(PATH + "/" + made.subscription().id(), json).about(to);
        });
    }

    private UUID customer(JdbcClient db, Asked asked, @Nullable String told) {
        try {
            return customers.one(db, asked.caller(), told).id();
        } catch (Refusal refusal) {
            throw Refusal.at(refusal.problem(), "/customer");
        }
    }

    @PatchMapping(PATH + "/{subscription}")
    @Allowed(Right.SUBSCRIBE)
    Answer change(Asked asked, Body body, @PathVariable String subscription) {
        Subscriptions.Change change = reader.change(body.object());
        return tx.write(asked.scope(), db -> {
            Subscription before = subscriptions.get(db, asked.caller(), id(subscription));
            etags.requireMatch(asked, tag(asked, json(db, before)));
            ObjectNode json = json(db, subscriptions.change(db, asked.caller(), before.id(), change));
            return Answer.json(json).etag(tag(asked, json));
        });
    }

    @DeleteMapping(PATH + "/{subscription}")
    @Allowed(Right.SUBSCRIBE)
    Answer end(Asked asked, @PathVariable String subscription) {
        return tx.write(asked.scope(), db -> {
            subscriptions.end(db, asked.caller(), id(subscription));
            return Answer.noContent();
        });
    }

    /** A message to try it out, and what came of it. What the receiver wrote is not shown. */
    @PostMapping(PATH + "/{subscription}/test")
    @Allowed(Right.SUBSCRIBE)
    Answer test(Asked asked, @PathVariable String subscription) {
        Outcome outcome = trial.of(asked.caller(), id(subscription));
        return Answer.json(Json.object()
                .put("outcome", Word.of(outcome.verdict()))
                .put("code", outcome.code())
                .put("told", outcome.told()));
    }

    @PostMapping(PATH + "/{subscription}/secret")
    @Allowed(Right.SUBSCRIBE)
    Answer rotate(Asked asked, Body body, @PathVariable String subscription) {
        return replays.once(asked, body, asked.scope(), db -> {
            Subscriptions.Made made = subscriptions.rotate(db, asked.caller(), id(subscription));
            ObjectNode json = Json.object();
            made.made().forEach(json::put);
            return Answer.json(json).about(made.subscription().customer());
        });
    }

    @PostMapping(PATH + "/{subscription}/replay")
    @Allowed(Right.SUBSCRIBE)
    Answer replay(Asked asked, Body body, @PathVariable String subscription) {
        Members members = body.object();
        Instant since = members.instantOrNull("since");
        members.done();
        if (since == null) throw Refusal.at(Problem.MISSING_MEMBER, "/since", "since");
        return replays.once(asked, body, asked.scope(), db -> {
            Subscription one = subscriptions.get(db, asked.caller(), id(subscription));
            return Answer.json(Json.object().put("replayed", dispatches.replay(db, one, since)))
                    .about(one.customer());
        });
    }

    static UUID id(String told) {
        UUID id = Ids.parse(told);
        if (id == null) throw Refusal.of(Problem.NOT_FOUND);
        return id;
    }

    private ObjectNode json(JdbcClient db, Subscription subscription) {
        return json(subscription, customers.named(db, List.of(subscription.customer())));
    }

    private ObjectNode json(Subscription subscription, Map<UUID, Customers.Customer> named) {
        ObjectNode json = Json.object().put("id", subscription.id().toString());
        json.set("customer", Shapes.mention(subscription.customer(), named));
        json.put("label", subscription.label());
        json.put("usual", subscription.usual());
        ObjectNode channel = json.putObject("channel").put("type", subscription.channel());
        channel.setAll(subscription.settings());
        var notices = json.putArray("notices");
        subscription.notices().stream().map(Notice.Type::word).sorted().forEach(notices::add);
        json.set("filter", subscription.filter().json());
        json.set("conditions", subscription.condition().json());
        json.set("when", subscription.schedule().json());
        json.put("language", subscription.language().getLanguage());
        json.put("state", subscription.state().word());
        json.put("failures", subscription.failures());
        json.put("failingSince", Shapes.at(subscription.failingSince()));
        return json.put("createdAt", subscription.createdAt().toString());
    }
}
