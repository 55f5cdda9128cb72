package org.minventory.notification;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.minventory.notification.channel.Message;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Reads what was, is and will be said, in the reader's language and within what its subscriber reads at this moment: what
 * the reader may not hear any more is left out.
 */
public final class Reading {
    private final InstantSource clock;
    private final Subscriptions subscriptions;
    private final Composer composer;

    public Reading(InstantSource clock, Subscriptions subscriptions, Composer composer) {
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.composer = composer;
    }

    /** What these dispatches say, each under its identifier. */
    public Map<UUID, Message.News> of(JdbcClient db, List<Dispatch> dispatches, Locale language) {
        Map<UUID, Message.News> news = new HashMap<>();
        dispatches.stream()
                .collect(Collectors.groupingBy(Dispatch::subscription))
                .forEach((subscription, its) -> news.putAll(
                        ofOne(db, subscriptions.find(db, its.getFirst().customer(), subscription), its, language)));
        return news;
    }

    private Map<UUID, Message.News> ofOne(
            JdbcClient db, Subscription subscription, List<Dispatch> dispatches, Locale language) {
        Subscriber subscriber = subscriptions.subscriber(db, subscription, clock.instant());
        if (subscriber == null) return Map.of();
        UUID customer = subscription.customer();
        Map<Long, Dispatch> byNumber = dispatches.stream().collect(Collectors.toMap(Dispatch::no, Function.identity()));
        Set<UUID> elements = new HashSet<>();
        dispatches.forEach(one -> elements.addAll(one.elements()));
        Known known = Known.of(db, customer, elements);
        List<Composer.Heard> heard = new ArrayList<>();
        for (Given given : Given.of(db, customer, byNumber.keySet())) {
            List<UUID> about = Objects.requireNonNull(byNumber.get(given.no())).elements();
            List<Known.Card> cards = subscriber.mayHear(given.notice(), known, about.isEmpty() ? null : about);
            if (cards != null)
                heard.add(new Composer.Heard(
                        given, cards.stream().map(Known.Card::id).toList()));
        }
        return composer.news(db, customer, subscriber.grant(), language, heard).stream()
                .collect(Collectors.toMap(
                        one -> Objects.requireNonNull(byNumber.get(one.no())).id(), Function.identity()));
    }
}
