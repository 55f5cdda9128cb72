package org.minventory.knowledge;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import org.minventory.element.ElementType;
import org.minventory.element.Rhythm;
import org.minventory.element.Vocabulary;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * That a backup was made, or that what it holds was restored: when, and from what that is known.
 *
 * @param why {@link #TOLD} by a fact, {@link #NEVER} proven at all, or the number of a proof whose repetitions prove anew
 * @param at when it was so, or was first said to be; of what was never proven, since when the element is known
 * @param until the same, with the repetitions that were heard
 */
public record Proof(Of of, String why, Instant at, Instant until) {
    /** A fact tells the time. */
    public static final String TOLD = "told";

    /** Nothing proves it. */
    public static final String NEVER = "never";

    /** The attribute by which a backup tells how often it is made. */
    public static final String SCHEDULE = "schedule";

    /** The longest that a backup waits for the next one, whatever its schedule says. */
    public static final Duration LONGEST_SCHEDULE = Duration.ofDays(3660);

    /** What is proven. Types of elements that list the attribute by which it is told await it. */
    public enum Of {
        BACKUP("last.success"),
        RESTORE("restore.proven");

        private final String attribute;

        Of(String attribute) {
            this.attribute = attribute;
        }

        /** The attribute that tells when it was last so; also the name under which a type gives it a rhythm of its own. */
        public String attribute() {
            return attribute;
        }

        /** The term by which it is found; no attribute can have such a name. */
        public String term() {
            return "proof:" + Word.of(this);
        }

        private boolean isAwaited(ElementType type) {
            return type.attributes().contains(attribute);
        }

        /** How often elements of that type await it; null where nobody does. */
        public @Nullable Rhythm rhythm(ElementType type) {
            if (!isAwaited(type)) return null;
            Rhythm own = type.rhythms().get(attribute);
            return own == null ? type.rhythms().get(Kind.PROOF.word()) : own;
        }

        private @Nullable Instant read(JsonNode told) {
            String text = told.asString("");
            try {
                return switch (this) {
                    case BACKUP -> Instant.parse(text);
                    case RESTORE ->
                        LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
                };
            } catch (DateTimeException noTime) {
                return null; // told before there was such an attribute, as anything
            }
        }
    }

    /** Whether words prove by being said: a proof that tells no time of its own. */
    static boolean isBare(Kind kind, Facts facts) {
        if (kind != Kind.PROOF) return false;
        for (Of of : Of.values()) if (facts.values().containsKey(of.attribute())) return false;
        return true;
    }

    /** Everything that proves what the element's type awaits: of facts the newest, of bare proofs each. */
    public static List<Proof> all(Picture picture, Vocabulary vocabulary) {
        ElementType type = vocabulary.type(picture.type());
        if (type == null) return List.of();
        List<Proof> all = new ArrayList<>();
        for (Of of : Of.values()) if (of.isAwaited(type)) all.addAll(all(of, picture));
        return all;
    }

    private static List<Proof> all(Of of, Picture picture) {
        List<Proof> found = new ArrayList<>();
        Instant told = told(of, picture);
        if (told != null) found.add(new Proof(of, TOLD, told, told));
        if (of == Of.BACKUP)
            for (LastWords words : picture.words()) if (words.proof() != null) found.add(heard(words, words.proof()));
        if (found.isEmpty())
            picture.steps().stream()
                    .map(Step::at)
                    .min(Comparator.naturalOrder())
                    .ifPresent(since -> found.add(new Proof(of, NEVER, since, since)));
        return found;
    }

    /** The newest time told by whoever saw it; never later than we heard of it: nobody proves what is to come. */
    private static @Nullable Instant told(Of of, Picture picture) {
        Instant newest = null;
        for (LastWords words : picture.words()) {
            Stance stance = words.key().stance();
            boolean isSeen = stance == Stance.DEPLOYED || stance == Stance.MONITORED;
            Saying saying = isSeen ? words.sayings().get(of.attribute()) : null;
            Instant told = saying == null ? null : of.read(saying.value());
            if (saying == null || told == null) continue;
            Instant at = earlier(told, saying.by().recordedAt());
            if (newest == null || at.isAfter(newest)) newest = at;
        }
        return newest;
    }

    private static Proof heard(LastWords words, Utterance proof) {
        return new Proof(
                Of.BACKUP,
                Long.toString(proof.seq()),
                earlier(proof.witnessedAt(), proof.recordedAt()),
                words.asHeard(proof).countsUntil());
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isAfter(other) ? other : one;
    }

    // ---- when the next one is due -----------------------------------------------------------------------------------

    /**
     * The proof that is awaited next.
     *
     * @param proven when it was proven last; null where it never was
     * @param due the instant at which the last one runs out; of what was never proven, since when the element is known
     */
    public record Next(Of of, @Nullable Instant proven, Instant due) {}

    /** The proofs that are awaited of an element, as it is known at an instant. */
    public static List<Next> next(Picture picture, Vocabulary vocabulary, Instant now) {
        List<Next> next = new ArrayList<>();
        ElementType type = vocabulary.type(picture.type());
        if (type == null) return next;
        for (Of of : Of.values()) {
            Rhythm rhythm = of.rhythm(type);
            Proof last = all(of, picture).stream()
                    .max(Comparator.comparing(Proof::until))
                    .orElse(null);
            if (rhythm == null || last == null) continue;
            Duration awaited = of == Of.BACKUP ? schedule(picture, vocabulary, rhythm, now) : rhythm.rhythm();
            next.add(
                    last.why().equals(NEVER)
                            ? new Next(of, null, last.at())
                            : new Next(
                                    of, last.until(), last.until().plus(awaited).plus(rhythm.grace())));
        }
        return next;
    }

    /** How often a backup is made, where that is known of it; else how often its type awaits one. */
    private static Duration schedule(Picture picture, Vocabulary vocabulary, Rhythm rhythm, Instant now) {
        JsonNode told = Index.bestKnown(picture, SCHEDULE, vocabulary, now);
        if (told == null || !told.isNumber()) return rhythm.rhythm();
        double seconds = Math.clamp(told.doubleValue(), 0.0, (double) LONGEST_SCHEDULE.toSeconds());
        return Duration.ofMillis((long) (seconds * 1000));
    }
}
