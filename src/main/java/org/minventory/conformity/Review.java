package org.minventory.conformity;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.Attribute;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Freshness;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;

/**
 * Holds a picture against itself: what was ordered against what was wished, delivered against ordered, deployed against
 * wished, monitored against expected, and the witnesses of one stance against one another.
 */
public final class Review {
    /** The attribute that monitoring speaks of. */
    public static final String STATE = "state";

    private static final List<Pair> PAIRS =
            List.of(Pair.ORDERED_INTENDED, Pair.DELIVERED_ORDERED, Pair.DEPLOYED_INTENDED, Pair.MONITORED_EXPECTED);
    private static final Side EXPECTED_OK = new Side(Json.text("ok"));

    private Review() {}

    /** One comparison of an attribute, with both sides; {@code seen} is null where nothing was said. */
    public record Compared(
            Pair pair,
            Stance stance,
            Outcome outcome,
            Side expected,
            Picture.@Nullable Spoken measure,
            Picture.@Nullable Spoken seen) {
        /** How a divergence of this comparison is keyed: the pair, or the stance on which witnesses disagree. */
        public String between() {
            return pair == Pair.WITNESSES ? pair.word() + "-" + stance.word() : pair.word();
        }
    }

    /** What the review says of one attribute. */
    public record Judgement(List<Compared> pairs, List<Compared> witnesses) {
        /** The worst of its pairs: diverges, then unknown, then agrees; null where no pair counts. */
        public @Nullable Verdict verdict() {
            return pairs.stream()
                    .map(c -> c.outcome().verdict())
                    .reduce(Verdict::worse)
                    .orElse(null);
        }
    }

    /** How the reviewer looks up the word that counts: as of now for a reader, as recorded for the record. */
    public interface Look {
        Picture.@Nullable Best best(String attribute, Stance stance);
    }

    /** The judgement of every attribute of which something is known, as it stands now. */
    public static Map<String, Judgement> judge(Picture picture, Vocabulary vocabulary, Instant now) {
        Map<String, Judgement> judgements = new LinkedHashMap<>();
        Look look = (attribute, stance) -> picture.best(attribute, stance, vocabulary, now);
        for (String attribute : picture.attributes())
            judgements.put(attribute, judge(picture, attribute, vocabulary, look));
        return judgements;
    }

    /** The judgement of one attribute. */
    public static Judgement judge(Picture picture, String name, Vocabulary vocabulary, Look look) {
        Attribute attribute = vocabulary.attribute(name);
        if (attribute == null || !Comparison.compares(attribute)) return new Judgement(List.of(), List.of());
        List<Compared> pairs = new ArrayList<>();
        for (Pair pair : PAIRS) {
            Compared compared = compare(picture, attribute, pair, look);
            if (compared != null) pairs.add(compared);
        }
        List<Compared> witnesses = new ArrayList<>();
        for (Stance stance : Stance.values()) compareWitnesses(attribute, stance, look, witnesses);
        return new Judgement(pairs, witnesses);
    }

    /** A pair counts once the element has any testimony on its later stance; what is missing there is unknown. */
    private static @Nullable Compared compare(Picture picture, Attribute attribute, Pair pair, Look look) {
        Stance later = Stance.of(pair.seen());
        if (!picture.isSpokenOn(later)) return null;
        Stance earlier = pair == Pair.MONITORED_EXPECTED ? Stance.INTENDED : Stance.of(pair.expected());
        Picture.Best measure = look.best(attribute.name(), earlier);
        Side expected = measure != null ? side(measure.counting()) : implied(picture, attribute, pair);
        if (expected == null || (pair == Pair.MONITORED_EXPECTED && !isMonitored(attribute))) return null;
        Picture.Best seen = look.best(attribute.name(), later);
        Picture.Spoken measured = measure == null ? null : measure.counting();
        Picture.Spoken said = seen == null ? null : seen.counting();
        Side counts = said == null || isStale(said) || (measured != null && isStale(measured)) ? null : side(said);
        Outcome outcome = Comparison.compare(attribute, pair, expected, counts);
        return new Compared(pair, later, outcome, expected, measured, said);
    }

    /** Only what monitoring is asked about is held against it; that it says nothing of the memory is no gap. */
    private static boolean isMonitored(Attribute attribute) {
        return attribute.family() == org.minventory.element.Family.MONITORING;
    }

    /** An element in service is expected OK, without anybody having to wish so. */
    private static @Nullable Side implied(Picture picture, Attribute attribute, Pair pair) {
        boolean expected = pair == Pair.MONITORED_EXPECTED
                && attribute.name().equals(STATE)
                && picture.status() == Status.IN_SERVICE;
        return expected ? EXPECTED_OK : null;
    }

    /** A stale side contradicts nobody. */
    private static void compareWitnesses(Attribute attribute, Stance stance, Look look, List<Compared> into) {
        Picture.Best best = look.best(attribute.name(), stance);
        if (best == null || best.others().isEmpty() || isStale(best.counting())) return;
        Picture.Spoken counting = best.counting();
        for (Picture.Spoken other : best.others()) {
            if (isStale(other)) continue;
            Outcome outcome = Comparison.compareWitnesses(
                    attribute,
                    side(counting),
                    counting.witness().name(),
                    side(other),
                    other.witness().name());
            if (outcome.verdict() == Verdict.DIVERGES)
                into.add(new Compared(Pair.WITNESSES, stance, outcome, side(counting), counting, other));
        }
    }

    private static boolean isStale(Picture.Spoken spoken) {
        return spoken.freshness() == Freshness.STALE;
    }

    static Side side(Picture.Spoken spoken) {
        return new Side(spoken.saying().value(), spoken.saying().told());
    }

    /** What disagrees among these attributes, as it was when something was recorded: the first per key. */
    static Map<String, Map<String, Compared>> disagreements(
            Picture picture, Set<String> attributes, Vocabulary vocabulary, Instant recordedAt) {
        Look look = (attribute, stance) -> picture.bestAsRecorded(attribute, stance, vocabulary, recordedAt);
        Map<String, Map<String, Compared>> found = new LinkedHashMap<>();
        for (String attribute : attributes) {
            Judgement judgement = judge(picture, attribute, vocabulary, look);
            Map<String, Compared> ofAttribute = new LinkedHashMap<>();
            for (Compared pair : judgement.pairs())
                if (pair.outcome().verdict() == Verdict.DIVERGES) ofAttribute.put(pair.between(), pair);
            for (Compared witnesses : judgement.witnesses()) ofAttribute.putIfAbsent(witnesses.between(), witnesses);
            found.put(attribute, ofAttribute);
        }
        return found;
    }
}
