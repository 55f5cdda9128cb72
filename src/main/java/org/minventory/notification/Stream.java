package org.minventory.notification;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.notification.channel.Message;
import org.minventory.party.Caller;
import org.minventory.party.Right;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Notices in their order, read on from where somebody stopped: by pairs of customer and number, so that whoever comes
 * back misses nothing and hears nothing twice.
 */
public final class Stream {
    /** Read of one customer at once. */
    private static final int CHUNK = 100;

    private final Tx tx;
    private final Composer composer;

    public Stream(Tx tx, Composer composer) {
        this.tx = tx;
        this.composer = composer;
    }

    /** Where somebody stopped: per customer, the number of the last notice that was read, whether it was heard or not. */
    public record Place(Map<UUID, Long> numbers) {
        public Place {
            numbers = Map.copyOf(numbers);
        }

        Place with(UUID customer, long no) {
            Map<UUID, Long> more = new HashMap<>(numbers);
            more.put(customer, no);
            return new Place(more);
        }
    }

    /** One piece of news of a customer, and the place after it. */
    public record Event(UUID customer, Message.News news, Place after) {}

    /**
     * What was read.
     *
     * @param place after all of it, also after what was not for this reader
     * @param hasMore whether there is more at once
     */
    public record Next(List<Event> events, Place place, boolean hasMore) {}

    /** The place of somebody who comes for the first time: what happens from now on. */
    public Place now(Caller caller) {
        return tx.read(
                caller.scope(),
                db -> new Place(db
                        .sql("select customer_id, no from customer_head where customer_id = any(?)")
                        .param(1, Arrays.of(caller.customers()))
                        .query((row, n) -> Map.entry(row.getObject(1, UUID.class), row.getLong(2)))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue))));
    }

    /**
     * What comes after that place, within what the caller reaches at this moment. Of a customer that has come into reach
     * since, it is what comes from now on.
     */
    public Next after(Caller caller, Place place, Set<Notice.Type> types, Locale language) {
        return tx.read(caller.scope(), db -> {
            Place reached = place;
            List<Event> events = new ArrayList<>();
            boolean more = false;
            for (Map.Entry<UUID, Long> head : heads(db, caller).entrySet()) {
                long from = place.numbers().getOrDefault(head.getKey(), head.getValue());
                reached = reached.with(head.getKey(), from);
                if (from >= head.getValue()) continue;
                List<Given> given = Given.after(db, head.getKey(), from, CHUNK);
                for (Message.News news : heard(db, caller, head.getKey(), given, types, language)) {
                    reached = reached.with(head.getKey(), news.no());
                    events.add(new Event(head.getKey(), news, reached));
                }
                if (!given.isEmpty())
                    reached = reached.with(head.getKey(), given.getLast().no());
                more |= given.size() == CHUNK;
            }
            return new Next(events, reached, more);
        });
    }

    private static Map<UUID, Long> heads(JdbcClient db, Caller caller) {
        return db
                .sql("select customer_id, no from customer_head where customer_id = any(?) order by customer_id")
                .param(1, Arrays.of(caller.customers()))
                .query((row, n) -> Map.entry(row.getObject(1, UUID.class), row.getLong(2)))
                .list()
                .stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, java.util.LinkedHashMap::new));
    }

    private List<Message.News> heard(
            JdbcClient db, Caller caller, UUID customer, List<Given> given, Set<Notice.Type> types, Locale language) {
        Scope.Grant grant = caller.scope().grant(customer);
        if (grant == null) return List.of();
        Listener listener = new Listener(caller.actor(), grant, caller.may(Right.FOLLOW), Filter.ALL, null);
        List<Given> wanted = given.stream()
                .filter(one -> types.isEmpty() || types.contains(one.notice().type()))
                .toList();
        Map<Long, Set<UUID>> recorded = FanOut.recorded(db, customer, wanted);
        Set<UUID> elements = new LinkedHashSet<>();
        for (Given one : wanted) elements.addAll(one.notice().elements());
        recorded.values().forEach(elements::addAll);
        Known known = Known.of(db, customer, elements);
        List<Composer.Heard> heard = new ArrayList<>();
        for (Given one : wanted) {
            List<Known.Card> cards = listener.mayHear(one.notice(), known, recorded.get(one.no()));
            if (cards != null)
                heard.add(new Composer.Heard(
                        one, cards.stream().map(Known.Card::id).toList()));
        }
        return composer.news(db, customer, grant, language, heard);
    }
}
