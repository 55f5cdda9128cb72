package org.minventory.notification.channel.mail;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Message.Customer;
import org.minventory.notification.channel.Message.News;
import org.minventory.notification.channel.Message.Subject;

/** What tests have to say by mail. */
final class Letters {
    static final UUID ACME = UUID.fromString("018f0000-0000-7000-8000-00000000ac3e");
    static final UUID DB = UUID.fromString("018f0000-0000-7000-8000-0000000000db");
    static final UUID WEB = UUID.fromString("018f0000-0000-7000-8000-00000000003b");
    static final Instant AT = Instant.parse("2026-11-24T09:05:30Z");

    private static final String HOME = "https://minventory.example.org";
    private static final String UNSUBSCRIBE = HOME + "/unsubscribe/mnvu_Zm9vYmFy";

    private Letters() {}

    static Subject db() {
        return new Subject(DB, "shop-db-1");
    }

    static Subject web() {
        return new Subject(WEB, "shop-web-1");
    }

    /** A divergence of a server. */
    static Message divergence(Locale language) {
        String sentence = language.equals(Locale.FRENCH)
                ? "Écart : 32 Gio de mémoire ont été livrés, 64 Gio commandés."
                : "Divergence: 32 GiB of memory were delivered, 64 GiB ordered.";
        return message(language, news(3, "critical", sentence, db()));
    }

    static Message message(Locale language, News... news) {
        return message(UUID.fromString("019ab000-0000-7000-8000-000000000001"), language, List.of(news), UNSUBSCRIBE);
    }

    static Message message(UUID id, Locale language, List<News> news, String unsubscribe) {
        String why = language.equals(Locale.FRENCH)
                ? "Vous recevez ceci à cause de l’abonnement « Écarts » à Épicerie Acmé : divergence.opened."
                : "You get this because of the subscription “Divergences” to Épicerie Acmé: divergence.opened.";
        Customer acme = new Customer(ACME, "acme", "Épicerie Acmé");
        return new Message(id, AT, language, acme, news, why, HOME + "/ui/subscriptions", unsubscribe);
    }

    static News news(long no, String severity, String sentence, Subject... elements) {
        return news(no, severity, sentence, List.of(), elements);
    }

    static News news(long no, String severity, String sentence, List<String> details, Subject... elements) {
        return new News(
                no,
                "divergence.opened",
                severity,
                AT.minusSeconds(30),
                sentence,
                details,
                List.of(elements),
                HOME + "/ui/elements/" + DB,
                UUID.fromString("018f0000-0000-7000-8000-0000000000aa"),
                "ansible");
    }
}
