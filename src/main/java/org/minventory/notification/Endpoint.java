package org.minventory.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Together;
import org.minventory.base.Tx;
import org.minventory.base.Word;
import org.minventory.notification.Errands.Errand;
import org.minventory.notification.Round.Attempt;
import org.minventory.notification.Round.Parcel;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Outcome.Verdict;
import org.minventory.notification.channel.Settings;
import org.minventory.testimony.Head;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sends what waits for one subscription, round by round: claims, commits, sends, writes what came of it. Of what is about
 * the same element the earlier goes first, and the next not before it has arrived or was set aside. While the receiver is
 * away it alone is left alone.
 */
final class Endpoint {
    /** Dispatches looked at for one round, and messages of it. */
    private static final int WINDOW = 200;

    /** What gathers goes in one message, whatever its number; no program is away for so long that it is more. */
    private static final int MOST_GATHERED = 5_000;

    private static final int AT_ONCE = 8;

    /** Whoever answers within that time keeps no other receiver waiting to speak of. */
    private static final Duration PROMPT = Duration.ofMillis(50);

    private final Tx tx;
    private final InstantSource clock;
    private final Subscriptions subscriptions;
    private final Channels channels;
    private final Composer composer;
    private final Retries retries;
    private final Bell bell;
    private final Turns turns;
    private volatile boolean stopped;

    Endpoint(
            Tx tx,
            InstantSource clock,
            Subscriptions subscriptions,
            Channels channels,
            Composer composer,
            Retries retries,
            Bell bell,
            Turns turns) {
        this.tx = tx;
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.channels = channels;
        this.composer = composer;
        this.retries = retries;
        this.bell = bell;
        this.turns = turns;
    }

    /** Begins no round any more: what is left is due at once, for whoever comes next. */
    void stop() {
        stopped = true;
    }

    /** Another node does it by now. */
    private static final class Lost extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Sends what is due, until nothing is or the receiver is away; gives the errand back with when to come again. */
    void drain(Errand errand) {
        Scope scope = Scope.whole(errand.customer());
        try {
            Instant next = sendAll(errand, scope);
            tx.write(scope, db -> {
                Errands.done(db, errand, next);
                return true;
            });
        } catch (Lost taken) {
            // whoever took it sends what is left, and what this one was sending goes again under the same id
        }
    }

    private @Nullable Instant sendAll(Errand errand, Scope scope) {
        while (!stopped) {
            try (Turns.Turn turn = turns.take()) {
                Round round = tx.write(scope, db -> claim(db, errand));
                if (round.parcels().isEmpty()) return round.next();
                Rest rest = send(errand, scope, round, turn);
                if (rest.told()) bell.ring(errand.customer());
                if (rest.over()) return rest.until();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new Lost();
            }
        }
        return clock.instant();
    }

    // ---- claiming ---------------------------------------------------------------------------------------------------

    private Round claim(JdbcClient db, Errand errand) {
        if (!Errands.holds(db, errand)) throw new Lost();
        Instant now = clock.instant();
        Subscription subscription = subscriptions.find(db, errand.customer(), errand.id());
        if (subscription.state() != Subscription.State.ACTIVE && !subscription.isToBeAsked())
            return Round.nothing(null);
        Instant askedAgain = subscription.askedAgainAt();
        if (askedAgain != null && askedAgain.isAfter(now)) return Round.nothing(askedAgain);
        Subscriber subscriber = subscriptions.subscriber(db, subscription, now);
        if (subscriber == null) {
            subscriptions.end(db, subscription);
            return Round.nothing(null);
        }
        if (!(channels.of(subscription) instanceof Channel.Sent channel)) return Round.nothing(null);
        if (subscription.isToBeAsked()) return question(db, subscriber, channel, now);
        boolean gathers = channel.isForPeople() || subscription.schedule().digest() != null;
        // where the program was away, a message to people waits for what the watches have to say, which is looked at by
        // turns
        if (gathers && Errands.isWatchBehind(db, subscription.customer(), now.minus(FanOut.BEHIND)))
            return Round.nothing(now);
        List<Dispatch> open = open(db, subscription, gathers ? MOST_GATHERED : WINDOW);
        Map<Long, Given> given = given(db, subscription, open);
        Known known = Known.of(
                db,
                subscription.customer(),
                open.stream().flatMap(one -> one.elements().stream()).distinct().toList());
        List<Dispatch> living = dropped(db, subscriber, open, given, known, now);
        Choice choice = gathers ? gather(living, now) : pick(living, now);
        int most = subscription.failures() > 0 || gathers ? 1 : AT_ONCE;
        List<List<Dispatch>> chosen = choice.together().stream().limit(most).toList();
        if (chosen.isEmpty()) return Round.nothing(choice.next());
        Settings settings = subscriptions.settingsToSend(db, subscription);
        List<Parcel> parcels = parcels(db, subscriber, settings, chosen, given, known);
        markSending(db, parcels);
        return new Round(parcels, channel, settings, null);
    }

    /** The one message to a receiver who has yet to agree. */
    private Round question(JdbcClient db, Subscriber subscriber, Channel.Sent channel, Instant now) {
        Subscription subscription = subscriber.subscription();
        Settings settings = subscriptions.settings(subscription);
        Message question = Envelope.of(db, subscription, composer.publicUrl(), settings)
                .question(composer, subscriber.reading().name(), now);
        return new Round(List.of(new Parcel(question, List.of())), channel, settings, null);
    }

    private static List<Dispatch> open(JdbcClient db, Subscription subscription, int most) {
        return db.sql("""
                        select * from dispatch
                        where customer_id = ? and subscription_id = ? and state in ('waiting', 'sending')
                        order by no limit ?""")
                .params(subscription.customer(), subscription.id(), most)
                .query(Dispatch::read)
                .list();
    }

    private static Map<Long, Given> given(JdbcClient db, Subscription subscription, List<Dispatch> open) {
        if (open.isEmpty()) return Map.of();
        return Given.of(
                        db,
                        subscription.customer(),
                        open.stream().map(Dispatch::no).toList())
                .stream()
                .collect(Collectors.toMap(Given::no, one -> one));
    }

    /** Without what may not be heard any more, and what was over before it was due. */
    private List<Dispatch> dropped(
            JdbcClient db,
            Subscriber subscriber,
            List<Dispatch> open,
            Map<Long, Given> given,
            Known known,
            Instant now) {
        Set<Long> undone = Undone.of(
                db,
                subscriber.subscription().customer(),
                subscriber.subscription().condition(),
                List.copyOf(given.values()));
        List<Dispatch> living = new ArrayList<>();
        Map<Dispatch.State, List<UUID>> dropped = new HashMap<>();
        for (Dispatch one : open) {
            Notice notice = Objects.requireNonNull(given.get(one.no())).notice();
            boolean heard = subscriber.mayHear(notice, known, one.elements().isEmpty() ? null : one.elements()) != null;
            if (!heard)
                dropped.computeIfAbsent(Dispatch.State.WITHHELD, s -> new ArrayList<>())
                        .add(one.id());
            else if (undone.contains(one.no()))
                dropped.computeIfAbsent(Dispatch.State.LAPSED, s -> new ArrayList<>())
                        .add(one.id());
            else living.add(one);
        }
        dropped.forEach((state, ids) -> db.sql("""
                        update dispatch set state = ?, settled_at = ?::timestamptz
                        where customer_id = ? and dispatch_id = any(?)""")
                .param(1, state.word())
                .param(2, now.toString())
                .param(3, subscriber.subscription().customer())
                .param(4, Arrays.of(ids))
                .update());
        return living;
    }

    /** Dispatches that go together in one message each, and when the next is due where none is. */
    private record Choice(
            List<List<Dispatch>> together, @Nullable Instant next) {}

    /** One message each, the first of every element; what is not due yet keeps those behind it waiting. */
    private static Choice pick(List<Dispatch> open, Instant now) {
        Set<UUID> busy = new HashSet<>();
        List<List<Dispatch>> chosen = new ArrayList<>();
        Instant next = null;
        for (Dispatch one : open) {
            Set<UUID> about = one.elements().isEmpty() ? Set.of(NONE) : Set.copyOf(one.elements());
            boolean first = about.stream().noneMatch(busy::contains);
            busy.addAll(about);
            if (first && isDue(one, now)) chosen.add(List.of(one));
            else if (first) next = earlier(next, one.dueAt());
        }
        return new Choice(chosen, next);
    }

    /** All that is due in one message; what failed together goes together again, before anything new. */
    private static Choice gather(List<Dispatch> open, Instant now) {
        Map<UUID, List<Dispatch>> again = new LinkedHashMap<>();
        List<Dispatch> fresh = new ArrayList<>();
        Instant next = null;
        for (Dispatch one : open) {
            if (!isDue(one, now)) next = earlier(next, one.dueAt());
            else if (one.message() == null) fresh.add(one);
            else again.computeIfAbsent(one.message(), m -> new ArrayList<>()).add(one);
        }
        List<List<Dispatch>> chosen = new ArrayList<>(again.values());
        if (!fresh.isEmpty()) chosen.add(fresh);
        return new Choice(chosen, next);
    }

    /** What is about no element stands in a line of its own. */
    private static final UUID NONE = new UUID(0, 0);

    private static boolean isDue(Dispatch dispatch, Instant now) {
        return dispatch.state() == Dispatch.State.SENDING || !dispatch.dueAt().isAfter(now);
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    private List<Parcel> parcels(
            JdbcClient db,
            Subscriber subscriber,
            Settings settings,
            List<List<Dispatch>> chosen,
            Map<Long, Given> given,
            Known known) {
        Subscription subscription = subscriber.subscription();
        List<Composer.Heard> heard = chosen.stream()
                .flatMap(List::stream)
                .map(one -> {
                    Given notice = Objects.requireNonNull(given.get(one.no()));
                    List<Known.Card> cards = Objects.requireNonNull(subscriber.mayHear(
                            notice.notice(), known, one.elements().isEmpty() ? null : one.elements()));
                    return new Composer.Heard(
                            notice, cards.stream().map(Known.Card::id).toList());
                })
                .toList();
        Map<Long, Message.News> news =
                composer.news(db, subscription.customer(), subscriber.grant(), subscription.language(), heard).stream()
                        .collect(Collectors.toMap(Message.News::no, one -> one));
        Envelope envelope = Envelope.of(db, subscription, composer.publicUrl(), settings);
        List<Parcel> parcels = new ArrayList<>();
        for (List<Dispatch> together : chosen) {
            UUID id = Objects.requireNonNullElse(
                    together.getFirst().message(), together.getFirst().id());
            parcels.add(new Parcel(
                    envelope.message(
                            id,
                            together.stream()
                                    .map(one -> Objects.requireNonNull(news.get(one.no())))
                                    .toList()),
                    together));
        }
        return parcels;
    }

    private static void markSending(JdbcClient db, List<Parcel> parcels) {
        Arrays rows = new Arrays("uuid", "uuid", "uuid");
        for (Parcel parcel : parcels)
            for (Dispatch one : parcel.dispatches())
                rows.row(one.customer(), one.id(), parcel.message().id());
        rows.update(db, """
                update dispatch set state = 'sending', message_id = now.message
                from unnest(?::uuid[], ?::uuid[], ?::uuid[]) as now (customer, id, message)
                where dispatch.customer_id = now.customer and dispatch.dispatch_id = now.id""");
    }

    // ---- sending ----------------------------------------------------------------------------------------------------

    /**
     * What arrived is written at once: one that is slow must neither let the others go again where this program is
     * killed, nor keep those of other receivers waiting.
     */
    private Rest send(Errand errand, Scope scope, Round round, Turns.Turn turn) throws InterruptedException {
        List<Attempt> made = new ArrayList<>();
        try (Sending sending = new Sending(round)) {
            while (true) {
                if (!sending.comesWithin(PROMPT)) turn.close();
                List<Attempt> come = sending.come();
                made.addAll(come);
                if (!sending.goesOn())
                    return tx.write(scope, db -> {
                        settle(db, errand, come);
                        return rest(db, errand, made);
                    });
                tx.write(scope, db -> settle(db, errand, come));
            }
        }
    }

    // ---- writing what came of it ------------------------------------------------------------------------------------

    /**
     * How it goes on after a round.
     *
     * @param until when the receiver is asked again, or null
     * @param told whether a notice was given
     */
    private record Rest(boolean over, @Nullable Instant until, boolean told) {}

    private boolean settle(JdbcClient db, Errand errand, List<Attempt> made) {
        if (!Errands.holds(db, errand)) throw new Lost();
        Instant now = clock.instant();
        Arrays states = new Arrays("uuid", "text", "timestamptz", "integer", "boolean");
        Arrays attempts = new Arrays("uuid", "integer", "integer", "text", "integer", "text", "text");
        Map<UUID, Integer> refused = refused(db, errand, made);
        for (Attempt one : made)
            note(one, refused.getOrDefault(one.parcel().message().id(), 0), now, states, attempts);
        write(db, errand, states, attempts, now);
        return true;
    }

    /** How often each was refused before: while the receiver was away nobody refused anything. */
    private static Map<UUID, Integer> refused(JdbcClient db, Errand errand, List<Attempt> made) {
        Map<UUID, Integer> refused = new HashMap<>();
        db.sql("""
                        select message_id, count(*) from attempt
                        where customer_id = ? and message_id = any(?) and outcome = 'refused' group by message_id""")
                .param(1, errand.customer())
                .param(
                        2,
                        Arrays.of(made.stream()
                                .map(one -> one.parcel().message().id())
                                .toList()))
                .query(row -> {
                    refused.put(row.getObject("message_id", UUID.class), row.getInt("count"));
                });
        return refused;
    }

    private void note(Attempt made, int refusedBefore, Instant now, Arrays states, Arrays attempts) {
        Outcome outcome = made.outcome();
        attempts.row(
                made.parcel().message().id(),
                made.number(),
                (int) made.millis(),
                Word.of(outcome.verdict()),
                outcome.code(),
                outcome.told(),
                outcome.request());
        Instant again = outcome.verdict() == Verdict.REFUSED ? retries.afterRefusal(refusedBefore + 1, now) : now;
        boolean settled = outcome.verdict() == Verdict.DELIVERED || again == null;
        String state = outcome.verdict() == Verdict.DELIVERED ? "delivered" : again == null ? "parked" : "waiting";
        for (Dispatch one : made.parcel().dispatches())
            states.row(one.id(), state, Objects.requireNonNullElse(again, one.dueAt()), made.number(), settled);
    }

    private static void write(JdbcClient db, Errand errand, Arrays states, Arrays attempts, Instant now) {
        Together writes = new Together();
        states.add(writes, """
                update dispatch set state = now.state, due_at = case now.state when 'waiting' then now.due::timestamptz else due_at end,
                    attempts = now.attempts, settled_at = case when now.settled then mine.at end
                from (select ?::uuid as customer, ?::timestamptz as at) as mine,
                     unnest(?::uuid[], ?::text[], ?::text[], ?::integer[], ?::boolean[]) as now (id, state, due, attempts, settled)
                where dispatch.customer_id = mine.customer and dispatch.dispatch_id = now.id""", errand.customer(), now.toString());
        attempts.add(writes, """
                insert into attempt (customer_id, subscription_id, at, message_id, attempt, duration_ms, outcome, code, told, request)
                select mine.*, new.* from (select ?::uuid, ?::uuid, ?::timestamptz) as mine,
                     unnest(?::uuid[], ?::integer[], ?::integer[], ?::text[], ?::integer[], ?::text[], ?::text[]) as new
                on conflict (customer_id, message_id, attempt) do nothing""", errand.customer(), errand.id(), now.toString());
        writes.send(db);
    }

    private Rest rest(JdbcClient db, Errand errand, List<Attempt> made) {
        Instant now = clock.instant();
        List<Outcome> outcomes = made.stream().map(Attempt::outcome).toList();
        Subscription subscription = subscriptions.find(db, errand.customer(), errand.id());
        boolean any = outcomes.stream().anyMatch(one -> one.verdict() == Verdict.DELIVERED);
        boolean gone = outcomes.stream().anyMatch(one -> one.verdict() == Verdict.GONE);
        Outcome away = outcomes.stream()
                .filter(one -> one.verdict() == Verdict.AWAY)
                .findFirst()
                .orElse(null);
        Instant failingSince = any ? null : Objects.requireNonNullElse(subscription.failingSince(), now);
        int failures = away == null ? (any ? 0 : subscription.failures()) : subscription.failures() + 1;
        boolean tooLong = failingSince != null
                && !Duration.between(failingSince, now).minus(Retries.PATIENCE).isNegative()
                && (away == null || failures >= Retries.LEAST);
        if (gone || tooLong) return disable(db, subscription, now);
        Instant askedAgain = away == null ? null : retries.afterFailure(failures, away.retryAfter(), now);
        remember(db, subscription, failures, failingSince, askedAgain);
        if (away == null && subscription.isToBeAsked()) subscriptions.asked(db, subscription);
        return new Rest(askedAgain != null, askedAgain, false);
    }

    private static void remember(
            JdbcClient db,
            Subscription subscription,
            int failures,
            @Nullable Instant failingSince,
            @Nullable Instant askedAgain) {
        boolean changed = failures != subscription.failures()
                || !Objects.equals(failingSince, subscription.failingSince())
                || !Objects.equals(askedAgain, subscription.askedAgainAt());
        if (!changed) return;
        db.sql("""
                        update subscription set failures = ?, failing_since = ?::timestamptz, asked_again_at = ?::timestamptz
                        where customer_id = ? and subscription_id = ?""")
                .param(1, failures)
                .param(2, failingSince == null ? null : failingSince.toString())
                .param(3, askedAgain == null ? null : askedAgain.toString())
                .param(4, subscription.customer())
                .param(5, subscription.id())
                .update();
    }

    /** What waits goes on waiting: it is sent when the owner has put the receiver right. Who could not be asked is not. */
    private Rest disable(JdbcClient db, Subscription subscription, Instant now) {
        if (subscription.state() == Subscription.State.UNCONFIRMED) subscriptions.end(db, subscription);
        else db.sql("""
                            update subscription set state = 'disabled', failing_since = null, failures = 0,
                                asked_again_at = null, version = version + 1
                            where customer_id = ? and subscription_id = ?""").params(subscription.customer(), subscription.id()).update();
        Head head = Head.take(db, subscription.customer(), now);
        Together writes = new Together();
        Outbox.put(
                writes,
                head,
                List.of(new Notice(
                        Notice.Type.DISPATCH_ENDPOINT_DISABLED,
                        Notice.Severity.WARNING,
                        null,
                        head.seq(),
                        Json.object()
                                .put("actor", subscription.actor().toString())
                                .put("subscription", subscription.id().toString())
                                .put("label", subscription.label())
                                .put("channel", subscription.channel()))));
        head.keep(writes);
        writes.send(db);
        return new Rest(true, null, true);
    }
}
