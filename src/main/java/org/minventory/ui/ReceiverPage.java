package org.minventory.ui;

import org.jspecify.annotations.Nullable;
import org.minventory.notification.Feeds;
import org.minventory.notification.Subscription;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Public;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * Where whoever is sent messages agrees to them or ends them, by the addresses that they name, without signing in. Whoever
 * follows a link, a scanner of mails too, decides nothing by that alone.
 */
@Controller
public final class ReceiverPage {
    private static final String CONFIRM = "/confirm/{secret}";
    private static final String UNSUBSCRIBE = "/unsubscribe/{secret}";

    private final Feeds feeds;
    private final Pages pages;

    public ReceiverPage(Feeds feeds, Pages pages) {
        this.feeds = feeds;
        this.pages = pages;
    }

    /** What the page shows; without a button where there is nothing to decide any more. */
    public record Shown(
            Frame frame, String sentence, @Nullable String button) {}

    // ---- agreeing ---------------------------------------------------------------------------------------------------

    @GetMapping(CONFIRM)
    @Public
    Answer question(@PathVariable String secret) {
        Feeds.Opened opened = feeds.open(secret, null);
        String question = feeds.question(opened);
        if (question == null) return agreed(opened);
        Words words = words(opened);
        return page(words, "confirm", question, words.say("confirm.button"));
    }

    @PostMapping(CONFIRM)
    @Public
    Answer confirm(Body body, @PathVariable String secret) {
        return agreed(feeds.confirm(secret));
    }

    private Answer agreed(Feeds.Opened opened) {
        boolean waits = opened.subscription().state() == Subscription.State.UNCONFIRMED;
        Words words = words(opened);
        return page(words, "confirm", words.say(waits ? "confirm.lapsed" : "confirm.done"), null);
    }

    // ---- ending -----------------------------------------------------------------------------------------------------

    @GetMapping(UNSUBSCRIBE)
    @Public
    Answer ask(@PathVariable String secret) {
        Feeds.Opened opened = feeds.open(secret, null);
        Words words = words(opened);
        return page(words, "unsubscribe", feeds.why(opened), words.say("unsubscribe.button"));
    }

    /** One request ends it, as mail programs do (RFC 8058); also of a subscription that has ended already. */
    @PostMapping(UNSUBSCRIBE)
    @Public
    Answer end(Asked asked, Body body, @PathVariable String secret) {
        feeds.end(secret);
        Words words = new Words(asked.language());
        return page(words, "unsubscribe", words.say("unsubscribe.done"), null);
    }

    private static Words words(Feeds.Opened opened) {
        return new Words(opened.subscription().language());
    }

    private Answer page(Words words, String about, String sentence, @Nullable String button) {
        Frame frame = pages.shared(words, words.say(about + ".title"), null);
        return pages.answer(200, "receiver", new Shown(frame, sentence, button), words.language())
                .header("Referrer-Policy", "no-referrer");
    }
}
