package org.minventory.notification.channel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is said to one subscriber in its language: one piece of news, or several that have gathered. Its texts are plain
 * and hold words of witnesses: whoever writes them into a format neutralises them there.
 *
 * @param id the same for every attempt, and for whoever replays it
 * @param at when it came to be said, the same for every attempt
 * @param customer whose infrastructures it is about
 * @param news at least one, in the order of their numbers
 * @param why why the subscriber gets this, one sentence
 * @param manage where the subscription is changed or ended
 * @param unsubscribe an address that ends the subscription by one POST and shows a page to a GET, or null
 */
public record Message(
        UUID id,
        Instant at,
        Locale language,
        Customer customer,
        List<News> news,
        String why,
        String manage,
        @Nullable String unsubscribe) {
    public Message {
        news = List.copyOf(news);
    }

    /** Whose infrastructures it is about. */
    public record Customer(UUID id, String slug, String name) {}

    /** What it is about. */
    public record Subject(UUID id, String name) {}

    /**
     * One piece of news.
     *
     * @param no its number among the customer's notices
     * @param type {@code divergence.opened} and the like, one word of the contract
     * @param severity {@code info}, {@code warning} or {@code critical}
     * @param sentence one sentence, without its element's name in front
     * @param details more sentences of the same cause
     * @param elements what it is about: none, one, or all that one cause touched
     * @param link where to read more
     * @param testimony the testimony behind it, or null where time alone speaks
     * @param witness who testified, or null
     */
    public record News(
            long no,
            String type,
            String severity,
            Instant at,
            String sentence,
            List<String> details,
            List<Subject> elements,
            String link,
            @Nullable UUID testimony,
            @Nullable String witness) {
        public News {
            details = List.copyOf(details);
            elements = List.copyOf(elements);
        }
    }

    /** The gravest of its severities. */
    public String severity() {
        for (String word : List.of("critical", "warning"))
            if (news.stream().anyMatch(one -> one.severity().equals(word))) return word;
        return "info";
    }

    /** What is written of it, as the journal may show it: whoever reads that ends no subscription. */
    public String shown(byte[] written) {
        String shown = new String(written, StandardCharsets.UTF_8);
        if (unsubscribe == null) return shown;
        return shown.replace(unsubscribe, unsubscribe.substring(0, unsubscribe.lastIndexOf('/') + 1) + "…");
    }

    /** Whether several pieces of news have gathered in it. */
    public boolean isDigest() {
        return news.size() > 1;
    }

    /** The one element that all of it is about, or null. */
    public @Nullable Subject element() {
        Subject first = news.getFirst().elements().isEmpty()
                ? null
                : news.getFirst().elements().getFirst();
        boolean alone = first != null
                && news.stream()
                        .allMatch(one -> one.elements().size() == 1
                                && one.elements().getFirst().equals(first));
        return alone ? first : null;
    }
}
