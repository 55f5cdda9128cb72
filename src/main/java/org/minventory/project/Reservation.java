package org.minventory.project;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import org.minventory.conformity.Review;
import org.minventory.conformity.Verdict;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Delivery;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Reception;
import org.minventory.testimony.Stance;

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
    public static List<Reservation> of(Reception decision, Picture picture, Vocabulary vocabulary, Instant now) {
        return decision.reserved().stream()
                .map(one -> of(one, decision, picture, vocabulary, now))
                .toList();
    }

    private static Reservation of(
            Reception.Reserved one, Reception decision, Picture picture, Vocabulary vocabulary, Instant now) {
        UUID closedBy = one.attribute() == null ? null : mended(one.attribute(), decision, picture, vocabulary, now);
        boolean late = one.until().isBefore(LocalDate.ofInstant(now, ZoneOffset.UTC));
        State state = closedBy != null ? State.CLOSED : late ? State.LATE : State.OPEN;
        return new Reservation(one.attribute(), one.text(), one.until(), state, closedBy);
    }

    private static @Nullable UUID mended(
            String attribute, Reception decision, Picture picture, Vocabulary vocabulary, Instant now) {
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

    /** Those of the delivery that counts which are still to be put right. */
    public static List<Reservation> standing(Picture picture, Vocabulary vocabulary, Instant now) {
        Delivery delivery = picture.delivery();
        Reception decision = delivery == null ? null : delivery.decision();
        return decision == null
                ? List.of()
                : of(decision, picture, vocabulary, now).stream()
                        .filter(Reservation::stands)
                        .toList();
    }

    /** Whether it is still to be put right. */
    public boolean stands() {
        return state != State.CLOSED;
    }
}
