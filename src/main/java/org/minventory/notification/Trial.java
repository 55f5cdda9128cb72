package org.minventory.notification;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Outcome;
import org.minventory.notification.channel.Settings;
import org.minventory.party.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tries a subscription out: one message to its receiver, at once, by the way that all others go. */
public final class Trial {
    private final Tx tx;
    private final InstantSource clock;
    private final Subscriptions subscriptions;
    private final Channels channels;
    private final Composer composer;

    public Trial(Tx tx, InstantSource clock, Subscriptions subscriptions, Channels channels, Composer composer) {
        this.tx = tx;
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.channels = channels;
        this.composer = composer;
    }

    private record Letter(Subscription subscription, Channel.Sent channel, Message message, Settings settings) {}

    /**
     * Sends one, and says what came of it; while it is under way no connection is held. A receiver who has yet to agree is
     * asked again, and sent nothing else.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#CONFLICT} where its channel sends nothing, {@link
     *     Problem#ASKED_ENOUGH}
     */
    public Outcome of(Caller caller, UUID id) {
        Letter letter = tx.read(caller.scope(), db -> {
            Subscription subscription = subscriptions.get(db, caller, id);
            if (!(channels.of(subscription) instanceof Channel.Sent channel)) throw Refusal.of(Problem.CONFLICT);
            Settings settings = subscriptions.settings(subscription);
            Envelope envelope = Envelope.of(db, subscription, composer.publicUrl(), settings);
            return new Letter(subscription, channel, message(db, caller, envelope), settings);
        });
        Outcome outcome = letter.channel().send(letter.message(), letter.settings());
        boolean asks = letter.subscription().state() == Subscription.State.UNCONFIRMED;
        if (asks && outcome.verdict() != Outcome.Verdict.AWAY)
            tx.write(caller.scope(), db -> {
                subscriptions.asked(db, letter.subscription());
                return true;
            });
        return outcome;
    }

    private Message message(JdbcClient db, Caller caller, Envelope envelope) {
        Subscription subscription = envelope.subscription();
        Instant now = clock.instant();
        if (subscription.state() != Subscription.State.UNCONFIRMED)
            return envelope.message(Ids.next(now), List.of(composer.test(subscription.language(), now)));
        subscriptions.requireAskable(db, caller, subscription);
        Subscriber subscriber = subscriptions.subscriber(db, subscription, now);
        if (subscriber == null) throw Refusal.of(Problem.NOT_FOUND);
        return envelope.question(composer, subscriber.reading().name(), now);
    }
}
