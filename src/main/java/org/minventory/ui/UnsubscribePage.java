package org.minventory.ui;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.Feeds;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Public;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/** Ends a subscription by the address that its messages name, without signing in. */
@Controller
public final class UnsubscribePage {
    private static final String PATH = "/unsubscribe/{secret}";

    private final Feeds feeds;
    private final Pages pages;

    public UnsubscribePage(Feeds feeds, Pages pages) {
        this.feeds = feeds;
        this.pages = pages;
    }

    /** What the page shows; without a button where there is nothing to end any more. */
    public record Shown(
            Frame frame, String sentence, @Nullable String button) {}

    /** Whoever follows a link, a scanner of mails too, ends nothing by that alone. */
    @GetMapping(PATH)
    @Public
    Answer ask(@PathVariable String secret) {
        Feeds.Opened opened = feeds.open(secret, null);
        Words words = new Words(opened.subscription().language());
        return page(
                words,
                feeds.why(opened),
                words.say("unsubscribe.button"),
                opened.subscription().language());
    }

    /** One request ends it, as mail programs do (RFC 8058); also of a subscription that has ended already. */
    @PostMapping(PATH)
    @Public
    Answer end(Asked asked, Body body, @PathVariable String secret) {
        feeds.end(secret);
        Words words = new Words(asked.language());
        return page(words, words.say("unsubscribe.done"), null, asked.language());
    }

    private Answer page(Words words, String sentence, @Nullable String button, Locale language) {
        Frame frame = pages.shared(words, words.say("unsubscribe.title"), null);
        return pages.answer(200, "unsubscribe", new Shown(frame, sentence, button), language)
                .header("Referrer-Policy", "no-referrer");
    }
}
