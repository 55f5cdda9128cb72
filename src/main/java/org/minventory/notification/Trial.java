package org.minventory.notification;

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

    private record Letter(Channel.Sent channel, Message message, Settings settings) {}

    /**
     * Sends one, and says what came of it; while it is under way no connection is held.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#CONFLICT} where its channel sends nothing
     */
    public Outcome of(Caller caller, UUID id) {
        Letter letter = tx.read(caller.scope(), db -> {
            Subscription subscription = subscriptions.get(db, caller, id);
            if (!(channels.of(subscription) instanceof Channel.Sent channel)) throw Refusal.of(Problem.CONFLICT);
            Settings settings = subscriptions.settings(subscription);
            Message message = Envelope.of(db, subscription, composer.publicUrl(), settings)
                    .message(
                            Ids.next(clock.instant()),
                            List.of(composer.test(subscription.language(), clock.instant())));
            return new Letter(channel, message, settings);
        });
        return letter.channel().send(letter.message(), letter.settings());
    }
}
