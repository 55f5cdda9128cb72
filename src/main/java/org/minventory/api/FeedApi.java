package org.minventory.api;

import org.minventory.notification.Feeds;
import org.minventory.notification.channel.atom.AtomChannel;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Etags;
import org.minventory.web.Public;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** What is read by the address of a subscription, without signing in. */
@Controller
public final class FeedApi {
    private static final String ATOM = "application/atom+xml; charset=utf-8";

    private final Feeds feeds;
    private final Etags etags;

    public FeedApi(Feeds feeds, Etags etags) {
        this.feeds = feeds;
        this.etags = etags;
    }

    @GetMapping("/feeds/{secret}.atom")
    @Public
    Answer atom(Asked asked, @PathVariable String secret) {
        Feeds.Opened opened = feeds.open(secret, AtomChannel.WORD);
        byte[] feed = AtomChannel.document(
                opened.subscription().id(),
                opened.customer() + " – " + opened.subscription().label(),
                feeds.since(opened),
                opened.subscription().language(),
                feeds.home() + "/ui",
                feeds.latest(opened).stream()
                        .map(item -> new AtomChannel.Entry(item.id(), item.news()))
                        .toList());
        return etags.ofEverybody(asked, Answer.of(200, ATOM, feed).header("Cache-Control", "private, no-cache"));
    }
}
