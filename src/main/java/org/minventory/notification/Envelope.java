package org.minventory.notification;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.minventory.base.Ids;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Settings;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is the same of all messages by one subscription. */
record Envelope(Subscription subscription, Message.Customer customer, String publicUrl, String address) {
    static Envelope of(JdbcClient db, Subscription subscription, String publicUrl, Settings settings) {
        Message.Customer customer = customer(db, subscription.customer());
        String address = settings.find(Subscriptions.ADDRESS);
        return new Envelope(subscription, customer, publicUrl, address == null ? "" : address);
    }

    static Message.Customer customer(JdbcClient db, UUID customer) {
        return db.sql("select slug, name from customer where customer_id = ?")
                .param(customer)
                .query((row, n) -> new Message.Customer(customer, row.getString("slug"), row.getString("name")))
                .single();
    }

    Message message(UUID id, List<Message.News> news) {
        return message(id, news, Composer.why(subscription, customer.name(), subscription.language()));
    }

    /** What is asked of a receiver who has yet to agree; the same question bears the same identifier. */
    Message question(Composer composer, String owner, Instant now) {
        Message.News question = composer.question(this, owner, now);
        return message(
                Ids.derived(subscription.id(), "question", subscription.version()),
                List.of(question),
                Composer.whyAsked(subscription.language()));
    }

    /** Where its receiver agrees. */
    String confirmation() {
        return publicUrl + "/confirm/" + address;
    }

    private Message message(UUID id, List<Message.News> news, String why) {
        String unsubscribe = address.isEmpty() ? null : publicUrl + "/unsubscribe/" + address;
        return new Message(
                id,
                news.getLast().at(),
                subscription.language(),
                customer,
                news,
                why,
                unsubscribe == null ? publicUrl + "/ui" : unsubscribe,
                unsubscribe);
    }
}
