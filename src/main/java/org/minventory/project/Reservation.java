package org.minventory.project;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import org.minventory.conformity.Review;
import org.minventory.conformity.Verdict;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * Something that is still to be put right, of what was accepted all the same.
 *
 * @param attribute of which it is said; null where words alone say it
 * @param until the day by which it is to be put right
 * @param closedBy the later testimony that shows it put right; null while it stands
 */
public record Reservation(
        @Nullable String attribute,
        @Nullable String text,
        LocalDate until,
        State state,
        @Nullable UUID closedBy) {
    /** How it stands. */
    public enum State {
        OPEN,
        LATE,
        CLOSED;

        /** The word of the API. */
        public String word() {
            return Word.of(this);
        }
    }

    /** The reservations of a decision as they stand: one of an attribute closes by a later survey that agrees. */
    public static List<Reservation> of(Entry decision, Picture picture, Vocabulary vocabulary, Instant now) {
        List<Reservation> reservations = new ArrayList<>();
        for (JsonNode one : decision.act().path("reservations")) {
            String attribute = text(one, "attribute");
            LocalDate until = LocalDate.parse(one.get("until").stringValue());
            UUID closedBy = attribute == null ? null : mended(attribute, decision, picture, vocabulary, now);
            boolean late = until.isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC));
            State state = closedBy != null ? State.CLOSED : late ? State.LATE : State.OPEN;
            reservations.add(new Reservation(attribute, text(one, "text"), until, state, closedBy));
        }
        return reservations;
    }

    private static @Nullable String text(JsonNode one, String member) {
        JsonNode told = one.get(member);
        return told == null ? null : told.stringValue();
    }

    private static @Nullable UUID mended(
            String attribute, Entry decision, Picture picture, Vocabulary vocabulary, Instant now) {
        Review.Look look = (name, stance) -> picture.best(name, stance, vocabulary, now);
        for (Review.Compared compared :
                Review.judge(picture, attribute, vocabulary, look).pairs()) {
            Picture.Spoken seen = compared.seen();
            boolean found = compared.stance() == Stance.DELIVERED || compared.stance() == Stance.DEPLOYED;
            boolean agrees = compared.outcome().verdict() == Verdict.AGREES;
            if (found && agrees && seen != null && seen.heard().seq() > decision.seq())
                return seen.heard().id();
        }
        return null;
    }

    /** Whether it is still to be put right. */
    public boolean stands() {
        return state != State.CLOSED;
    }
}
