package org.minventory.notification;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.notification.channel.Message;
import org.minventory.party.Secret;

/**
 * What is read, or ended, by whoever holds the address of a subscription. It shows what its owner reads at that moment;
 * whatever is wrong with an address, the answer is the same.
 */
public final class Feeds {
    private static final int LATEST = 100;

    private final Tx tx;
    private final InstantSource clock;
    private final Subscriptions subscriptions;
    private final Reading reading;
    private final Composer composer;

    public Feeds(Tx tx, InstantSource clock, Subscriptions subscriptions, Reading reading, Composer composer) {
        this.tx = tx;
        this.clock = clock;
        this.subscriptions = subscriptions;
        this.reading = reading;
        this.composer = composer;
    }

    /**
     * A subscription that an address opens.
     *
     * @param listener its owner, who reads at this moment no more than the token reached that made it
     */
    public record Opened(Subscription subscription, String customer, Listener listener) {
        /** What is read for it is read in this scope. */
        public Scope scope() {
            return new Scope(List.of(listener.grant()));
        }
    }

    /** One piece of news under the identifier of its dispatch. */
    public record Item(UUID id, Message.News news) {}

    /**
     * Opens one.
     *
     * @param channel whose addresses are read there; null for any
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public Opened open(String secret, @Nullable String channel) {
        UUID customer = Secret.customer(Secret.FEED, secret);
        byte[] hash = Secret.hashOfCustomers(Secret.FEED, secret);
        if (customer == null || hash == null) throw Refusal.of(Problem.NOT_FOUND);
        return tx.read(Scope.whole(customer), db -> {
            Subscription subscription = subscriptions.behind(db, customer, hash);
            if (subscription == null || (channel != null && !channel.equals(subscription.channel())))
                throw Refusal.of(Problem.NOT_FOUND);
            Subscriber subscriber = subscriptions.subscriber(db, subscription, clock.instant());
            if (subscriber == null) throw Refusal.of(Problem.NOT_FOUND);
            return new Opened(subscription, Envelope.customer(db, customer).name(), subscriber.listener());
        });
    }

    /** The latest that is kept for it, the newest first. */
    public List<Item> latest(Opened opened) {
        Subscription subscription = opened.subscription();
        return tx.read(opened.scope(), db -> {
            List<Dispatch> kept = db.sql("""
                            select * from dispatch where customer_id = ? and subscription_id = ? and state in ('kept', 'read')
                            order by no desc limit ?""")
                    .params(subscription.customer(), subscription.id(), LATEST)
                    .query(Dispatch::read)
                    .list();
            Map<UUID, Message.News> news = reading.of(db, kept, subscription.language());
            List<Item> items = new ArrayList<>();
            for (Dispatch one : kept) {
                Message.News its = news.get(one.id());
                if (its != null) items.add(new Item(one.id(), its));
            }
            return items;
        });
    }

    /** Why its reader gets it. */
    public String why(Opened opened) {
        return Composer.why(
                opened.subscription(), opened.customer(), opened.subscription().language());
    }

    /** Where people reach this instance. */
    public String home() {
        return composer.publicUrl();
    }

    /** Since when it is there. */
    public Instant since(Opened opened) {
        return opened.subscription().createdAt();
    }

    /**
     * Agrees to it, in the name of whoever holds its address: its receiver.
     *
     * @return it as it stands then
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public Opened confirm(String secret) {
        Opened opened = open(secret, null);
        tx.write(Scope.whole(opened.subscription().customer()), db -> {
            subscriptions.confirm(db, opened.subscription());
            return true;
        });
        return open(secret, null);
    }

    /** What its receiver is asked to agree to; null where it has agreed, or was asked too long ago. */
    public @Nullable String question(Opened opened) {
        Subscription subscription = opened.subscription();
        return subscription.isOpen(clock.instant()) ? why(opened) : null;
    }

    /**
     * Ends it, in the name of whoever holds its address; ended already, that is no harm.
     *
     * @throws Refusal {@link Problem#NOT_FOUND} for what never was an address
     */
    public void end(String secret) {
        UUID customer = Secret.customer(Secret.FEED, secret);
        byte[] hash = Secret.hashOfCustomers(Secret.FEED, secret);
        if (customer == null || hash == null) throw Refusal.of(Problem.NOT_FOUND);
        tx.write(Scope.whole(customer), db -> {
            Subscription subscription = subscriptions.behind(db, customer, hash);
            if (subscription != null) subscriptions.end(db, subscription);
            return true;
        });
    }
}
