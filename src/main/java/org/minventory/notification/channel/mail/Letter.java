package org.minventory.notification.channel.mail;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Languages;
import org.minventory.base.Sentence;
import org.minventory.base.Typography;
import org.minventory.notification.channel.Message;
import org.minventory.notification.channel.Message.News;
import org.minventory.notification.channel.Plain;

/** What a mail says: its subject, and the same words twice, as plain text and as a page. Public for its template alone. */
public final class Letter {
    static final String SAID = "org.minventory.notification.channel.mail.said";

    /** More than that, and mail programs cut the page off at a place of their own. */
    private static final int MOST_NEWS = 50;

    private static final int MOST_DETAILS = 10;
    private static final int MOST_DETAILS_IN_DIGEST = 3;
    private static final int MOST_NAMED = 5;
    private static final int LONGEST = 600;
    private static final int LONGEST_IN_DIGEST = 300;
    private static final int LONGEST_NAME = 120;
    private static final int LONGEST_NAME_IN_SUBJECT = 80;
    private static final int LONGEST_SUBJECT = 180;
    private static final List<String> GRAVEST_FIRST = List.of("critical", "warning", "info");
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\\p{Cntrl}<>\"]{1,2000}");
    private static final String MINUTES = "d MMM yyyy, HH:mm\u00a0'UTC'";

    private final Message message;
    private final Locale language;
    private final List<Item> items;

    /**
     * One piece of news, ready to be set.
     *
     * @param severity the word of the contract, by which a page chooses its colour
     * @param shape what repeats the severity to whoever sees no colours
     * @param name of what it is about, empty where it is about nothing in particular
     * @param about whose, when, by whom
     */
    public record Item(
            String severity,
            String shape,
            String grave,
            String name,
            String sentence,
            List<String> details,
            String about,
            @Nullable String link) {}

    /** The letter of a message, in its language. */
    Letter(Message message) {
        this.message = message;
        this.language = Languages.nearest(message.language());
        this.items = message.news().stream()
                .sorted(Comparator.comparingInt(one -> GRAVEST_FIRST.indexOf(one.severity())))
                .limit(MOST_NEWS)
                .map(this::item)
                .toList();
    }

    private Item item(News news) {
        String shape =
                switch (news.severity()) {
                    case "critical" -> "✕";
                    case "warning" -> "▲";
                    default -> "→";
                };
        return new Item(
                news.severity(),
                shape,
                say("severity." + news.severity()),
                names(news, MOST_NAMED, LONGEST_NAME),
                line(news.sentence()),
                details(news),
                about(news),
                address(news.link()));
    }

    private String about(News news) {
        List<String> about = new ArrayList<>();
        if (!isDigest()) about.add(customer());
        about.add(moment(news.at()));
        if (news.witness() != null) about.add(say("by", Plain.line(news.witness(), LONGEST_NAME)));
        return String.join(" · ", about);
    }

    private List<String> details(News news) {
        List<String> details = new ArrayList<>();
        news.details().stream()
                .limit(isDigest() ? MOST_DETAILS_IN_DIGEST : MOST_DETAILS)
                .map(this::line)
                .forEach(details::add);
        int more = news.details().size() - details.size();
        if (more > 0) details.add(say("more", more));
        return details;
    }

    private String names(News news, int most, int longest) {
        List<String> named = news.elements().stream()
                .limit(most)
                .map(element -> Plain.line(element.name(), longest))
                .toList();
        String names = String.join(", ", named);
        int more = news.elements().size() - named.size();
        if (more == 0) return names;
        return say(more == 1 ? "more-elements.one" : "more-elements.many", names, more);
    }

    // ---- what it says

    /** The element, then what there is to say of it; or how much there is to say. */
    public String subject() {
        News first = message.news().getFirst();
        String about = message.isDigest() ? "" : names(first, 1, LONGEST_NAME_IN_SUBJECT);
        String sentence = line(first.sentence()).replaceFirst("\\.$", "");
        String subject = message.isDigest() ? title() : about.isEmpty() ? sentence : say("pair", about, sentence);
        return Plain.line(subject.replace("=?", "= ?"), LONGEST_SUBJECT); // what is plain is never read as encoded
    }

    /** The language tag. */
    public String tag() {
        return language.getLanguage();
    }

    /** Whether several pieces of news have gathered. */
    public boolean isDigest() {
        return message.isDigest();
    }

    /** What stands over it, empty where the sentence says it all. */
    public String title() {
        return isDigest()
                ? say("digest", customer(), message.news().size())
                : items.getFirst().name();
    }

    /** Whose infrastructures it is about. */
    public String customer() {
        return Plain.line(message.customer().name(), LONGEST_NAME);
    }

    /** The gravest first. */
    public List<Item> items() {
        return items;
    }

    /** How many are not shown here, in words; empty where all are. */
    public String hidden() {
        int hidden = message.news().size() - items.size();
        return hidden == 0 ? "" : say("hidden", hidden);
    }

    /** Why the reader gets this. */
    public String why() {
        return line(message.why());
    }

    /** Where the subscription is changed. */
    public @Nullable String manage() {
        return address(message.manage());
    }

    /** Where the subscription is ended at once. */
    public @Nullable String unsubscribe() {
        return message.unsubscribe() == null ? null : address(message.unsubscribe());
    }

    /** A text of the letter. */
    public String say(String key, Object... arguments) {
        return Typography.set(Sentence.of(SAID, key, arguments).in(language), language);
    }

    private String line(String words) {
        return Typography.set(Plain.line(words, isDigest() ? LONGEST_IN_DIGEST : LONGEST), language);
    }

    private String moment(Instant at) {
        return DateTimeFormatter.ofPattern(MINUTES, language).format(at.atZone(ZoneOffset.UTC));
    }

    /** Only what leads to a page is made a link. */
    private static @Nullable String address(String link) {
        return ADDRESS.matcher(link).matches() ? link : null;
    }

    // ---- how it is set

    /** The page: no script, no picture, nothing fetched from anywhere. */
    String page() {
        StringOutput page = new StringOutput();
        Templates.ENGINE.render("org/minventory/notification/channel/mail/letter.jte", this, page);
        return page.toString();
    }

    /** Loaded when the first letter is written. */
    private static final class Templates {
        private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);
    }

    /** The plain text. What witnesses said is indented, so that none of it passes for a line of ours. */
    String text() {
        Lines lines = new Lines();
        if (isDigest()) lines.add("", title()).blank();
        items.forEach(item -> set(item, lines));
        if (!hidden().isEmpty()) lines.add("", hidden()).blank();
        lines.whole("-- ").add("", why());
        String manage = manage();
        String unsubscribe = unsubscribe();
        if (manage != null) lines.whole(say("pair", say("manage"), manage));
        if (unsubscribe != null) lines.whole(say("pair", say("unsubscribe"), unsubscribe));
        return lines.text();
    }

    private static void set(Item item, Lines lines) {
        if (!item.name().isEmpty()) lines.add("* ", item.name());
        lines.add("  ", item.sentence());
        item.details().forEach(detail -> lines.add("  - ", detail));
        lines.add("  ", item.grave() + " · " + item.about());
        if (item.link() != null) lines.whole("  " + item.link());
        lines.blank();
    }
}
