package org.minventory.api;

import java.time.InstantSource;
import java.util.List;
import org.minventory.base.Tx;
import org.minventory.element.EndOfSupport;
import org.minventory.export.CalendarReader;
import org.minventory.export.Reach;
import org.minventory.intake.Vocabularies;
import org.minventory.notification.Feeds;
import org.minventory.notification.Subscription;
import org.minventory.notification.channel.atom.AtomChannel;
import org.minventory.notification.channel.calendar.CalendarChannel;
import org.minventory.notification.channel.calendar.CalendarDocument;
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
    private static final String CALENDAR = "text/calendar; charset=utf-8";

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final EndOfSupport endOfSupport;
    private final Feeds feeds;
    private final Etags etags;

    public FeedApi(
            Tx tx,
            InstantSource clock,
            Vocabularies vocabularies,
            EndOfSupport endOfSupport,
            Feeds feeds,
            Etags etags) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.endOfSupport = endOfSupport;
        this.feeds = feeds;
        this.etags = etags;
    }

    @GetMapping("/feeds/{secret}.atom")
    @Public
    Answer atom(Asked asked, @PathVariable String secret) {
        Feeds.Opened opened = feeds.open(secret, AtomChannel.WORD);
        byte[] feed = AtomChannel.document(
                opened.subscription().id(),
                title(opened),
                feeds.since(opened),
                opened.subscription().language(),
                feeds.home() + "/ui",
                feeds.latest(opened).stream()
                        .map(item -> new AtomChannel.Entry(item.id(), item.news()))
                        .toList());
        return answer(asked, ATOM, feed);
    }

    /** What is ahead, worked out anew each time; the tag of the same days is the same. */
    @GetMapping("/calendar/{secret}.ics")
    @Public
    Answer calendar(Asked asked, @PathVariable String secret) {
        Feeds.Opened opened = feeds.open(secret, CalendarChannel.WORD);
        Subscription subscription = opened.subscription();
        List<CalendarDocument.Event> events = tx.read(opened.scope(), db -> new CalendarReader(
                        db,
                        Reach.of(db, opened.scope(), vocabularies),
                        opened.listener(),
                        subscription.language(),
                        endOfSupport,
                        clock.instant(),
                        feeds.home())
                .read());
        byte[] calendar = CalendarDocument.of(
                title(opened), feeds.since(opened), subscription.condition().expiresIn(), events);
        return answer(asked, CALENDAR, calendar);
    }

    private static String title(Feeds.Opened opened) {
        return opened.customer() + " – " + opened.subscription().label();
    }

    private Answer answer(Asked asked, String mediaType, byte[] document) {
        return etags.ofEverybody(
                asked, Answer.of(200, mediaType, document).header("Cache-Control", "private, no-cache"));
    }
}
