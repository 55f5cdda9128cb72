package org.minventory.notification.channel;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.IntStream;
import org.minventory.notification.channel.Message.Customer;
import org.minventory.notification.channel.Message.News;
import org.minventory.notification.channel.Message.Subject;

/** Messages to send. */
public final class Messages {
    public static final String MANAGE = "https://minventory.example/subscriptions/1";

    private static final Instant AT = Instant.parse("2026-11-29T10:00:00Z");
    private static final UUID ID = new UUID(0x0199_0000_0000_7000L, 0x8000_0000_0000_0001L);

    private Messages() {}

    /** A divergence of one element. */
    public static Message one(Locale language) {
        return message(language, "Acme", "You follow all of Acme.", List.of(news(1, "shop-db-1", "warning")));
    }

    /** Several pieces of news about as many elements. */
    public static Message several(Locale language, int count) {
        List<News> news = IntStream.rangeClosed(1, count)
                .mapToObj(no -> news(no, "shop-web-" + no, no == 2 ? "critical" : "info"))
                .toList();
        return message(language, "Acme", "You follow all of Acme.", news);
    }

    /** Pieces of news in which every word that is not ours is that one. */
    public static Message of(String words, int count) {
        List<News> news = IntStream.rangeClosed(1, count)
                .mapToObj(no -> new News(
                        no,
                        "divergence.opened",
                        "warning",
                        AT,
                        "memory " + words,
                        IntStream.range(0, 20).mapToObj(i -> i + " " + words).toList(),
                        IntStream.range(0, 60)
                                .mapToObj(i -> new Subject(new UUID(7, i), words))
                                .toList(),
                        link(no),
                        new UUID(8, no),
                        words))
                .toList();
        return message(Locale.ENGLISH, words, "You follow " + words, news);
    }

    public static String link(long no) {
        return "https://minventory.example/elements/" + no + "?x=1&y=2";
    }

    private static News news(long no, String element, String severity) {
        return new News(
                no,
                "divergence.opened",
                severity,
                AT.plusSeconds(no),
                "memory number " + no + " is 32 GiB instead of 64 GiB.",
                List.of("raid is missing too"),
                List.of(new Subject(new UUID(7, no), element)),
                link(no),
                new UUID(8, no),
                "Ada");
    }

    private static Message message(Locale language, String customer, String why, List<News> news) {
        return new Message(
                ID,
                AT,
                language,
                new Customer(new UUID(6, 1), "acme", customer),
                news,
                why,
                MANAGE,
                "https://minventory.example/unsubscribe/only-for-mail");
    }
}
