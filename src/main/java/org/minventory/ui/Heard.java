package org.minventory.ui;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Freshness;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Utterance;
import org.minventory.testimony.Stance;

/**
 * When an element was last witnessed, in a word: an age where all is in time, else what is wrong with it. Wishes and
 * orders are no witness of what is there.
 */
public record Heard(@Nullable Mark mark, @Nullable Moment moment) {
    private static final List<Stance> WITNESSING = List.of(Stance.DELIVERED, Stance.DEPLOYED, Stance.MONITORED);

    static Heard of(Picture picture, Vocabulary vocabulary, Words words, Instant now) {
        if (picture.status().isOver()) return new Heard(new Mark("dont", words.say("heard.closed")), null);
        Utterance newest = null;
        Utterance worst = null;
        Freshness freshness = Freshness.FRESH;
        for (Stance stance : WITNESSING) {
            Utterance heard = picture.lastHeard(stance);
            if (heard == null) continue;
            if (newest == null || heard.lastAt().isAfter(newest.lastAt())) newest = heard;
            Freshness one = Freshness.of(picture.rhythm(heard, vocabulary), heard.lastAt(), now);
            if (worst == null || one.compareTo(freshness) > 0) {
                worst = heard;
                freshness = one;
            }
        }
        if (newest == null || worst == null) return new Heard(words.freshness(Freshness.NEVER), null);
        Moment moment = words.ago(newest.lastAt(), now);
        if (freshness == Freshness.FRESH) return new Heard(null, moment);
        Mark mark = words.freshness(freshness);
        String age = words.age(Duration.between(worst.lastAt(), now));
        return new Heard(new Mark(mark.tone(), words.say("heard.aged", mark.word(), age)), null);
    }

    /** The same as plain text. */
    String text() {
        if (mark != null) return mark.word();
        return moment == null ? "" : moment.title();
    }
}
