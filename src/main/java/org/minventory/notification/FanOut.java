package org.minventory.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.notification.channel.Channel;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Spreads the notices of a customer among its subscriptions: one dispatch for each that hears of it. How far it has come
 * is kept with what it wrote, in one transaction, so that a notice is spread exactly once, whoever is killed meanwhile.
 * Numbers of notices have no gap and follow the commits: what comes after the last one is all that is new.
 */
final class FanOut {
    private static final int CHUNK = 500;

    /** What is older when a customer's notices are first spread is history, not news. */
    private static final Duration NEWS = Duration.ofDays(1);

    /** Watches look again so soon after something new; not at once, since much comes together. */
    private static final Duration SOON = Duration.ofSeconds(15);

    private final Tx tx;
    private final InstantSource clock;
    private final Subscriptions subscriptions;
    private final Channels channels;
    private final Usual usual;

    FanOut(Tx tx, InstantSource clock, Subscriptions subscriptions, Channels channels, Usual usual) {
        this.tx = tx;
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.channels = channels;
        this.usual = usual;
    }

    /** Spreads some of what is new; answers whether there is more. */
    boolean spread(UUID customer) {
        return tx.write(Scope.whole(customer), db -> spread(db, customer));
    }

    private boolean spread(JdbcClient db, UUID customer) {
        Instant now = clock.instant();
        Long after = cursor(db, customer, now);
        if (after == null) return false;
        List<Given> news = Given.after(db, customer, after, CHUNK);
        if (news.isEmpty()) return false;
        Errands.look(db, customer, now.plus(SOON));
        usual.welcome(db, customer, now);
        List<Subscriber> subscribers = subscriptions.living(db, customer, now);
        boolean listened =
                subscribers.stream().anyMatch(one -> one.subscription().asksFor(Notice.Type.TESTIMONY_RECORDED));
        Map<Long, Set<UUID>> recorded = listened ? recorded(db, customer, news) : Map.of();
        Set<UUID> elements = new LinkedHashSet<>();
        for (Given given : news) elements.addAll(given.notice().elements());
        recorded.values().forEach(elements::addAll);
        Known known = Known.of(db, customer, elements);
        write(db, customer, heard(news, subscribers, known, recorded), now);
        db.sql("update fan_out set no = ? where customer_id = ?")
                .params(news.getLast().no(), customer)
                .update();
        return news.size() == CHUNK;
    }

    /** After which notice to go on; null while another node spreads, or a watch that is behind has yet to speak. */
    private static @Nullable Long cursor(JdbcClient db, UUID customer, Instant now) {
        if (Errands.isWatchBehind(db, customer, now.minus(BEHIND))) return null;
        db.sql("""
                        insert into fan_out (customer_id, no)
                        select ?, (select coalesce(max(no), 0) from notice where customer_id = ? and created_at < ?::timestamptz)
                        where not exists (select from fan_out where customer_id = ?)
                        on conflict (customer_id) do nothing""")
                .params(customer, customer, now.minus(NEWS).toString(), customer)
                .update();
        return db.sql("select no from fan_out where customer_id = ? for update skip locked")
                .param(customer)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    /** A watch that is so late is behind: the program was away. */
    static final Duration BEHIND = Duration.ofMinutes(15);

    /** Of notices that testimonies were recorded, by number, of which elements. */
    static Map<Long, Set<UUID>> recorded(JdbcClient db, UUID customer, List<Given> news) {
        Map<Long, Set<UUID>> recorded = new HashMap<>();
        Arrays ranges = new Arrays("bigint", "bigint", "bigint");
        for (Given given : news)
            if (given.notice().type() == Notice.Type.TESTIMONY_RECORDED)
                ranges.row(
                        given.no(),
                        given.notice().body().path("from").longValue(),
                        given.notice().body().path("to").longValue());
        if (ranges.isEmpty()) return recorded;
        ranges.bind(db, """
                        select r.no, a.element_id
                        from (select ?::uuid as customer_id) as mine,
                             unnest(?::bigint[], ?::bigint[], ?::bigint[]) as r (no, first, last),
                             lateral (select element_id from assignment a where a.customer_id = mine.customer_id and a.seq between r.first and r.last) as a""", customer).query(row -> {
            recorded.computeIfAbsent(row.getLong("no"), no -> new LinkedHashSet<>())
                    .add(row.getObject("element_id", UUID.class));
        });
        return recorded;
    }

    /** What one subscription hears of one notice, and when it is to be said. */
    private record Heard(Subscription subscription, boolean isSent, long no, List<Known.Card> cards, Instant at) {
        String elements() {
            return cards.stream().map(card -> card.id().toString()).collect(Collectors.joining(",", "{", "}"));
        }
    }

    /** In the order of the notices: so their dispatches are listed, whoever of them hears what. */
    private List<Heard> heard(
            List<Given> news, List<Subscriber> subscribers, Known known, Map<Long, Set<UUID>> recorded) {
        List<Heard> all = new ArrayList<>();
        for (Given given : news)
            for (Subscriber subscriber : subscribers) {
                Subscription subscription = subscriber.subscription();
                Channel channel = channels.of(subscription);
                boolean sent = channel instanceof Channel.Sent;
                if (!sent && !(channel instanceof Channel.Kept)) continue;
                List<Known.Card> cards = subscriber.hears(given, known, recorded.get(given.no()));
                if (cards != null) all.add(new Heard(subscription, sent, given.no(), cards, due(subscription, given)));
            }
        return all;
    }

    private static void write(JdbcClient db, UUID customer, List<Heard> heard, Instant now) {
        Arrays dispatches = new Arrays("uuid", "uuid", "bigint", "text", "text", "timestamptz");
        Map<UUID, Instant> due = new HashMap<>();
        Iterator<UUID> ids = Ids.several(now, heard.size()).iterator();
        for (Heard one : heard) {
            UUID subscription = one.subscription().id();
            dispatches.row(
                    ids.next(), subscription, one.no(), one.elements(), one.isSent() ? "waiting" : "kept", one.at());
            if (one.isSent()) due.merge(subscription, one.at(), (a, b) -> a.isBefore(b) ? a : b);
        }
        dispatches.update(db, """
                insert into dispatch (customer_id, dispatch_id, subscription_id, no, elements, state, due_at, created_at)
                select customer, id, subscription, no, elements::uuid[], state, due::timestamptz, now
                from (select ?::uuid as customer, ?::timestamptz as now) as mine,
                     unnest(?::uuid[], ?::uuid[], ?::bigint[], ?::text[], ?::text[], ?::text[])
                       as new (id, subscription, no, elements, state, due)
                on conflict (customer_id, subscription_id, no) do nothing""", customer, now.toString());
        Arrays errands = new Arrays("uuid", "timestamptz");
        due.forEach(errands::row);
        Errands.due(db, customer, Errands.ENDPOINT, errands);
    }

    /** When it is to be said: what has to last for a while is looked at again after that while. */
    private static Instant due(Subscription subscription, Given given) {
        Duration lasting = subscription.condition().hasBeenFor();
        return subscription
                .schedule()
                .due(lasting == null ? given.at() : given.at().plus(lasting));
    }
}
