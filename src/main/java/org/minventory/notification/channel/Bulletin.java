package org.minventory.notification.channel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.minventory.notification.channel.Message.News;
import org.minventory.notification.channel.Message.Subject;

/**
 * A message as chats say it, in words that call nobody and lead nowhere; whoever writes them into a format neutralises
 * what that format takes for markup.
 *
 * @param title whose, and which element or how much there is to say
 * @param omitted how many pieces of news there was no room for
 * @param manage the address where the subscription is changed
 */
public record Bulletin(Locale language, String title, List<Item> items, int omitted, String why, String manage) {
    /** How many pieces of news a chat says at once. */
    public static final int MOST = 20;

    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_WHY = 300;
    private static final int MOST_NAMED = 3;

    public Bulletin {
        items = List.copyOf(items);
    }

    /**
     * One piece of news, in lines.
     *
     * @param link where to read more
     */
    public record Item(List<String> lines, String link) {
        public Item {
            lines = List.copyOf(lines);
        }

        /** Its lines, each as the format takes it. */
        public String text(UnaryOperator<String> neutral) {
            return lines.stream().map(neutral).collect(Collectors.joining("\n"));
        }
    }

    /** The first so many pieces of news of a message. */
    public static Bulletin of(Message message, Fullness fullness, int news) {
        List<Item> items = message.news().stream()
                .limit(news)
                .map(one -> item(message, one, fullness))
                .toList();
        return new Bulletin(
                message.language(),
                title(message),
                items,
                message.news().size() - items.size(),
                Plain.quiet(message.why(), LONGEST_WHY),
                message.manage());
    }

    /** What of it there was no room for, in words; empty where all of it is said. */
    public String more() {
        return omitted == 0 ? "" : Said.in(language, "more", omitted);
    }

    /** The label of the link to more. */
    public String read() {
        return Said.in(language, "read");
    }

    /** The label of the link to the subscription. */
    public String change() {
        return Said.in(language, "manage");
    }

    /**
     * The whole as a chat's Markdown; the only markup and the only links in it are ours.
     *
     * @param neutral escapes whatever that chat takes for markup
     */
    public String markdown(UnaryOperator<String> neutral) {
        StringBuilder text = new StringBuilder("**" + neutral.apply(title) + "**");
        for (Item item : items)
            text.append("\n\n").append(item.text(neutral)).append('\n').append(markdownLink(item.link(), read()));
        if (omitted > 0) text.append("\n\n").append(neutral.apply(more()));
        return text.append("\n\n")
                .append(neutral.apply(why))
                .append('\n')
                .append(markdownLink(manage, change()))
                .toString();
    }

    private static String markdownLink(String url, String label) {
        return "[" + label + "](" + url.replace("(", "%28").replace(")", "%29") + ")";
    }

    private static String title(Message message) {
        String customer = name(message.customer().name());
        Subject element = message.element();
        String about = element == null ? customer : customer + " · " + name(element.name());
        String shape = shape(message.severity());
        if (!message.isDigest()) return shape + about;
        return shape
                + Said.in(message.language(), "several", about, message.news().size());
    }

    private static Item item(Message message, News news, Fullness fullness) {
        Locale language = message.language();
        boolean named = message.element() != null || news.elements().isEmpty();
        String sentence = Plain.quiet(news.sentence(), fullness.sentence());
        String said = named ? sentence : Said.in(language, "about", names(news.elements()), sentence);
        List<String> lines = new ArrayList<>();
        lines.add(message.isDigest() ? shape(news.severity()) + said : said);
        news.details().stream()
                .limit(fullness.details())
                .map(detail -> "• " + Plain.quiet(detail, fullness.detail()))
                .forEach(lines::add);
        int hidden = news.details().size() - lines.size() + 1;
        if (hidden > 0) lines.add("• +" + hidden);
        if (news.witness() != null) lines.add(Said.in(language, "witness", name(news.witness())));
        return new Item(lines, news.link());
    }

    private static String names(List<Subject> elements) {
        String names = elements.stream()
                .limit(MOST_NAMED)
                .map(element -> name(element.name()))
                .collect(Collectors.joining(", "));
        return elements.size() > MOST_NAMED ? names + " (+" + (elements.size() - MOST_NAMED) + ")" : names;
    }

    private static String name(String name) {
        return Plain.quiet(name, LONGEST_NAME);
    }

    /** Never colour alone. */
    private static String shape(String severity) {
        return switch (severity) {
            case "critical" -> "✕ ";
            case "warning" -> "▲ ";
            default -> "→ ";
        };
    }
}
