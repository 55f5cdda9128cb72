package org.minventory.api;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.notification.Dispatch;
import org.minventory.notification.Dispatches;
import org.minventory.notification.Reading;
import org.minventory.notification.channel.Message;
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
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The journal of what was said to the caller and each attempt; and the inbox, which is what is kept for it to read. */
@Controller
public final class DispatchApi {
    private static final String PATH = "/api/v1/dispatches";
    private static final String INBOX = "/api/v1/inbox";
    private static final int MOST_READ = 1_000;
    private static final String HIDDEN = "…";

    private final Tx tx;
    private final Dispatches dispatches;
    private final Reading reading;
    private final Replays replays;
    private final Etags etags;

    public DispatchApi(Tx tx, Dispatches dispatches, Reading reading, Replays replays, Etags etags) {
        this.tx = tx;
        this.dispatches = dispatches;
        this.reading = reading;
        this.replays = replays;
        this.etags = etags;
    }

    @GetMapping(PATH)
    @Allowed(Right.SUBSCRIBE)
    Answer list(
            Asked asked,
            Paging paging,
            Thinning fields,
            @RequestParam(required = false) @Nullable String subscription,
            @RequestParam(required = false) @Nullable List<String> state) {
        UUID of = subscription == null ? null : Ids.parse(subscription);
        if (subscription != null && of == null) throw Refusal.of(Problem.NOT_FOUND);
        Dispatches.Wanted wanted = new Dispatches.Wanted(of, null, states(state));
        return etags.byContent(asked, page(asked, paging, fields, wanted));
    }

    @GetMapping(INBOX)
    @Allowed(Right.SUBSCRIBE)
    Answer inbox(Asked asked, Paging paging, Thinning fields, @RequestParam(defaultValue = "false") boolean all) {
        List<Dispatch.State> states =
                all ? List.of(Dispatch.State.KEPT, Dispatch.State.READ) : List.of(Dispatch.State.KEPT);
        return etags.byContent(asked, page(asked, paging, fields, new Dispatches.Wanted(null, "inbox", states)));
    }

    private Answer page(Asked asked, Paging paging, Thinning fields, Dispatches.Wanted wanted) {
        return tx.read(asked.scope(), db -> {
            List<Dispatch> found = dispatches.list(db, asked.caller(), wanted, paging.id(0), paging.fetch());
            Map<UUID, Message.News> news = new HashMap<>(reading.of(db, found, asked.language()));
            return paging.page(found, one -> List.of(one.id().toString()))
                    .json(fields, one -> json(one, news.get(one.id())));
        });
    }

    @GetMapping(PATH + "/{dispatch}")
    @Allowed(Right.SUBSCRIBE)
    Answer get(Asked asked, Thinning fields, @PathVariable String dispatch) {
        Answer answer = tx.read(asked.scope(), db -> Answer.json(fields.thin(whole(db, asked, dispatch))));
        return etags.byContent(asked, answer);
    }

    private ObjectNode whole(JdbcClient db, Asked asked, String dispatch) {
        Dispatch one = dispatches.get(db, asked.caller(), SubscriptionApi.id(dispatch));
        List<Dispatch> together = dispatches.together(db, one);
        Map<UUID, Message.News> news = reading.of(db, together, asked.language());
        boolean readable = together.stream().allMatch(part -> isHeardWhole(part, news.get(part.id())));
        ObjectNode json = json(one, news.get(one.id()));
        ArrayNode attempts = json.putArray("tries");
        for (Dispatches.Attempt attempt : dispatches.attempts(db, one))
            attempts.addObject()
                    .put("attempt", attempt.number())
                    .put("at", attempt.at().toString())
                    .put("durationMs", attempt.millis())
                    .put("outcome", attempt.outcome())
                    .put("code", attempt.code())
                    .put("told", attempt.told())
                    .put("request", readable ? attempt.request() : HIDDEN);
        return json;
    }

    /** Whether all that was said then may be read now: what was sent is shown as it was, or not at all. */
    private static boolean isHeardWhole(Dispatch dispatch, Message.@Nullable News news) {
        return news != null && news.elements().size() >= dispatch.elements().size();
    }

    @PostMapping(PATH + "/{dispatch}/replay")
    @Allowed(Right.SUBSCRIBE)
    Answer replay(Asked asked, Body body, @PathVariable String dispatch) {
        return replays.once(asked, body, asked.scope(), db -> {
            Dispatch one = dispatches.get(db, asked.caller(), SubscriptionApi.id(dispatch));
            return Answer.json(Json.object().put("replayed", dispatches.replay(db, asked.caller(), one.id())))
                    .about(one.customer());
        });
    }

    @PostMapping(INBOX + "/read")
    @Allowed(Right.SUBSCRIBE)
    Answer read(Asked asked, Body body) {
        Members members = body.object();
        List<String> told = members.textsOrNull("dispatches");
        members.done();
        if (told == null) throw Refusal.at(Problem.MISSING_MEMBER, "/dispatches", "dispatches");
        if (told.size() > MOST_READ) throw Refusal.at(Problem.WRONG_TYPE, "/dispatches", "≤ " + MOST_READ);
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < told.size(); i++) {
            UUID id = Ids.parse(told.get(i));
            if (id == null) throw Refusal.at(Problem.NOT_FOUND, "/dispatches/" + i);
            ids.add(id);
        }
        return tx.write(
                asked.scope(), db -> Answer.json(Json.object().put("read", dispatches.read(db, asked.caller(), ids))));
    }

    private static @Nullable List<Dispatch.State> states(@Nullable List<String> told) {
        if (told == null) return null;
        List<Dispatch.State> states = new ArrayList<>();
        for (String word : told) {
            Dispatch.State state = null;
            for (Dispatch.State one : Dispatch.State.values()) if (one.word().equals(word)) state = one;
            if (state == null)
                throw Filters.unfit("state", "waiting, sending, delivered, kept, read, parked, withheld, lapsed");
            states.add(state);
        }
        return states;
    }

    private static ObjectNode json(Dispatch dispatch, Message.@Nullable News news) {
        ObjectNode json = Json.object()
                .put("id", dispatch.id().toString())
                .put(
                        "message",
                        dispatch.message() == null ? null : dispatch.message().toString())
                .put("subscription", dispatch.subscription().toString())
                .put("state", dispatch.state().word())
                .put("attempts", dispatch.attempts())
                .put("dueAt", dispatch.dueAt().toString())
                .put("createdAt", dispatch.createdAt().toString())
                .put("settledAt", Shapes.at(dispatch.settledAt()));
        json.set("notice", news == null ? null : NewsJson.of(news));
        return json;
    }
}
