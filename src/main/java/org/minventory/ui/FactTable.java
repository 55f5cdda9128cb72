package org.minventory.ui;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.conformity.Review;
import org.minventory.conformity.Verdict;
import org.minventory.element.Attribute;
import org.minventory.element.Display;
import org.minventory.element.ElementType;
import org.minventory.knowledge.Freshness;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;

/**
 * What is known side by side. What departs comes first, then what is stale, unknown or was never witnessed; what agrees
 * is one line, and so is what there is nothing to compare with.
 */
final class FactTable {
    /** Nobody witnesses a wish or an order: there a missing word is nothing said. */
    private static final Set<Stance> WITNESSED = Set.of(Stance.DELIVERED, Stance.DEPLOYED, Stance.MONITORED);

    private static final int EXAMPLES = 5;

    private final ElementReader.Looked looked;
    private final Map<String, Review.Judgement> judgements;
    private final List<ElementPage.Fact> divergent = new ArrayList<>();
    private final List<ElementPage.Fact> doubtful = new ArrayList<>();
    private final List<ElementPage.Fact> agreeing = new ArrayList<>();
    private final List<ElementPage.Fact> alone = new ArrayList<>();
    private final List<ElementPage.Fact> undeclared = new ArrayList<>();
    private int witnessedAndFresh;

    FactTable(ElementReader.Looked looked) {
        this.looked = looked;
        this.judgements = Review.judge(looked.picture(), looked.vocabulary(), looked.now());
        for (String attribute : inOrder()) sort(attribute);
    }

    /** As the type of the element lists them, then the others by name. */
    private Set<String> inOrder() {
        Set<String> known = looked.picture().attributes();
        Set<String> ordered = new LinkedHashSet<>();
        ElementType type = looked.vocabulary().type(looked.row().type());
        if (type != null) type.attributes().stream().filter(known::contains).forEach(ordered::add);
        ordered.addAll(known);
        return ordered;
    }

    private void sort(String name) {
        Attribute declared = looked.vocabulary().attribute(name);
        Review.Judgement judgement = judgements.getOrDefault(name, new Review.Judgement(List.of(), List.of()));
        Verdict verdict = judgement.verdict();
        boolean diverges = verdict == Verdict.DIVERGES || !judgement.witnesses().isEmpty();
        Picture.Spoken stale = stale(name);
        if (isWitnessed(name) && stale == null) witnessedAndFresh++;
        ElementPage.Fact fact = fact(name, declared, judgement, diverges, stale);
        if (diverges) divergent.add(fact);
        else if (stale != null || verdict == Verdict.UNKNOWN) doubtful.add(fact);
        else if (verdict == Verdict.AGREES) agreeing.add(fact);
        else if (declared == null) undeclared.add(fact);
        else alone.add(fact);
    }

    private boolean isWitnessed(String name) {
        return WITNESSED.stream().anyMatch(stance -> best(name, stance) != null);
    }

    /** The word that is stale, or null. */
    private Picture.@Nullable Spoken stale(String name) {
        for (Stance stance : Stance.values()) {
            Picture.Best best = best(name, stance);
            if (best != null && best.counting().freshness() == Freshness.STALE) return best.counting();
        }
        return null;
    }

    private Picture.@Nullable Best best(String name, Stance stance) {
        return looked.picture().best(name, stance, looked.vocabulary(), looked.now());
    }

    private ElementPage.Fact fact(
            String name,
            @Nullable Attribute declared,
            Review.Judgement judgement,
            boolean diverges,
            Picture.@Nullable Spoken stale) {
        List<ElementPage.Cell> cells = new ArrayList<>();
        for (Stance stance : Stance.values()) cells.add(cell(name, declared, stance, judgement));
        Review.Compared telling = telling(judgement);
        return new ElementPage.Fact(
                "fact-" + name,
                looked.label(name),
                declared == null ? "" : name,
                cells,
                mark(judgement, telling, stale != null),
                why(telling, diverges, stale),
                telling == null ? "" : looked.words().said(telling.outcome().sentence()),
                diverges || stale != null);
    }

    /** The comparison that makes the verdict: the first of the worst. */
    private static Review.@Nullable Compared telling(Review.Judgement judgement) {
        Verdict worst = judgement.verdict();
        if (worst != Verdict.DIVERGES && !judgement.witnesses().isEmpty())
            return judgement.witnesses().getFirst();
        for (Review.Compared pair : judgement.pairs()) if (pair.outcome().verdict() == worst) return pair;
        return null;
    }

    private @Nullable Mark mark(Review.Judgement judgement, Review.@Nullable Compared telling, boolean stale) {
        Words words = looked.words();
        Verdict verdict = judgement.verdict();
        if (telling != null
                && (verdict == Verdict.DIVERGES || !judgement.witnesses().isEmpty()))
            return words.nature(telling.pair());
        if (stale) return words.freshness(Freshness.STALE);
        return verdict == null ? null : words.verdict(verdict);
    }

    /** Beside the verdict, in a few words: which side departs, or how long there was silence. */
    private String why(Review.@Nullable Compared telling, boolean diverges, Picture.@Nullable Spoken stale) {
        Words words = looked.words();
        if (telling != null && diverges) return words.pair(telling.pair());
        if (stale == null) return "";
        return words.say(
                "facts.stale-for", words.age(Duration.between(stale.heard().lastAt(), looked.now())));
    }

    private ElementPage.Cell cell(
            String name, @Nullable Attribute declared, Stance stance, Review.Judgement judgement) {
        Words words = looked.words();
        String column = words.stance(stance);
        Picture.Best best = best(name, stance);
        if (best == null) {
            boolean awaited = WITNESSED.contains(stance)
                    && judgement.pairs().stream().anyMatch(pair -> pair.stance() == stance && pair.seen() == null);
            return new ElementPage.Cell(
                    column,
                    "",
                    null,
                    "",
                    null,
                    false,
                    null,
                    List.of(),
                    awaited ? words.freshness(Freshness.NEVER) : null);
        }
        Picture.Spoken spoken = best.counting();
        boolean departs = judgement.pairs().stream()
                        .anyMatch(pair ->
                                pair.stance() == stance && pair.outcome().verdict() == Verdict.DIVERGES)
                || judgement.witnesses().stream().anyMatch(pair -> pair.stance() == stance);
        List<String> others = best.others().stream()
                .filter(other -> !other.saying().value().equals(spoken.saying().value()))
                .map(other -> words.say(
                        "fact.other",
                        other.witness().name(),
                        Display.of(declared, other.saying().value(), words.language())))
                .toList();
        return new ElementPage.Cell(
                column,
                Display.of(declared, spoken.saying().value(), words.language()),
                ElementReader.testimony(spoken.heard().id()),
                spoken.witness().name(),
                words.ago(spoken.heard().lastAt(), looked.now()),
                departs,
                spoken.freshness() == Freshness.FRESH || spoken.freshness() == Freshness.NEVER
                        ? null
                        : words.freshness(spoken.freshness()).word(),
                others,
                null);
    }

    /** What is always seen. */
    List<ElementPage.Group> groups() {
        List<ElementPage.Group> groups = new ArrayList<>();
        if (!divergent.isEmpty())
            groups.add(new ElementPage.Group(looked.words().say("facts.divergent"), divergent));
        if (!doubtful.isEmpty()) groups.add(new ElementPage.Group(looked.words().say("facts.doubtful"), doubtful));
        return groups;
    }

    /** What is folded. */
    List<ElementPage.Fold> folds() {
        List<ElementPage.Fold> folds = new ArrayList<>();
        fold(folds, "agreeing", "ok", "facts.agree", agreeing);
        fold(folds, "alone", "unk", "facts.alone", alone);
        fold(folds, "undeclared", "unk", "facts.undeclared", undeclared);
        return folds;
    }

    private void fold(List<ElementPage.Fold> folds, String id, String tone, String key, List<ElementPage.Fact> facts) {
        if (facts.isEmpty()) return;
        String examples =
                facts.stream().limit(EXAMPLES).map(ElementPage.Fact::label).collect(Collectors.joining(", "));
        folds.add(new ElementPage.Fold(
                id,
                tone,
                looked.words().count(key, facts.size()),
                facts.size() > EXAMPLES ? examples + "…" : examples,
                facts));
    }

    /** How many attributes are known. */
    int size() {
        return divergent.size() + doubtful.size() + agreeing.size() + alone.size() + undeclared.size();
    }

    /** How many of them somebody witnessed, and not too long ago. */
    int witnessedAndFresh() {
        return witnessedAndFresh;
    }
}
