package org.minventory.knowledge;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.testimony.Stance;

/**
 * What one witness last said of one element, from one source, on one stance. The order in which testimonies arrive does
 * not matter: late ones find their place by the time they speak of.
 */
public final class LastWords {
    /** Whose words these are. */
    public record Key(Stance stance, UUID witness, String source) {}

    private final Key key;
    private final Map<Long, Hearing> hearings;
    private final Map<String, Saying> sayings = new TreeMap<>();
    /** Per family of attributes, the last complete word: what is older and of that family was withdrawn by it. */
    private final Map<String, Utterance> completeWords = new TreeMap<>();

    private @Nullable Utterance latest;
    private @Nullable Utterance proof;

    /** @param hearings runs of repetitions of this element's testimonies, by seq */
    LastWords(Key key, Map<Long, Hearing> hearings) {
        this.key = key;
        this.hearings = hearings;
    }

    public Key key() {
        return key;
    }

    /** Attribute → what was last said of it. */
    public Map<String, Saying> sayings() {
        return sayings;
    }

    Map<String, Utterance> completeWords() {
        return completeWords;
    }

    /** The newest testimony of these; what a repetition would confirm. Null before the first. */
    public @Nullable Utterance latest() {
        return latest;
    }

    void latest(Utterance utterance) {
        latest = utterance;
    }

    /** The newest proof among these that proves by being said, whatever was said after it; null where there is none. */
    public @Nullable Utterance proof() {
        return proof;
    }

    void proof(Utterance utterance) {
        proof = utterance;
    }

    /** The utterance with what was heard of it since. */
    public Utterance asHeard(Utterance utterance) {
        Hearing run = hearings.get(utterance.seq());
        return run == null ? utterance : utterance.confirmed(run);
    }

    /** Takes in a testimony and tells which attributes it touched. */
    Set<String> absorb(Utterance said, Facts facts, boolean complete, Function<String, String> family) {
        endRunBefore(said);
        if (Proof.isBare(said.kind(), facts) && (proof == null || said.isNewerThan(asHeard(proof)))) proof = said;
        Set<String> touched = new TreeSet<>();
        facts.values().forEach((attribute, value) -> {
            Saying before = sayings.get(attribute);
            Utterance withdrawing = completeWords.get(family.apply(attribute));
            boolean outdated = (before != null && asHeard(before.by()).isNewerThan(said))
                    || (withdrawing != null && asHeard(withdrawing).isNewerThan(said));
            if (!outdated) {
                sayings.put(attribute, new Saying(value.value(), value.told(), said));
                touched.add(attribute);
            }
        });
        if (complete) touched.addAll(withdrawUnsaid(said, facts, family));
        return touched;
    }

    /** New words end the run of the words before them, unless they arrive late. */
    private void endRunBefore(Utterance said) {
        if (latest != null && asHeard(latest).isNewerThan(said)) return;
        if (latest != null && hearings.containsKey(latest.seq())) {
            Utterance ended = asHeard(latest);
            sayings.replaceAll((attribute, saying) ->
                    saying.by().seq() == ended.seq() ? new Saying(saying.value(), saying.told(), ended) : saying);
            completeWords.replaceAll((family, word) -> word.seq() == ended.seq() ? ended : word);
            if (proof != null && proof.seq() == ended.seq()) proof = ended;
        }
        latest = said;
    }

    /** A complete word withdraws what the same witness used to say from the same source, in the families that it speaks of. */
    private Set<String> withdrawUnsaid(Utterance said, Facts facts, Function<String, String> family) {
        Set<String> spokenOf = new TreeSet<>();
        facts.values().keySet().forEach(attribute -> spokenOf.add(family.apply(attribute)));
        for (String one : spokenOf)
            completeWords.merge(one, said, (before, now) -> now.isNewerThan(asHeard(before)) ? now : before);
        Set<String> withdrawn = new TreeSet<>();
        sayings.forEach((attribute, saying) -> {
            boolean older = saying.by().seq() != said.seq() && said.isNewerThan(asHeard(saying.by()));
            if (older && spokenOf.contains(family.apply(attribute))) withdrawn.add(attribute);
        });
        sayings.keySet().removeAll(withdrawn);
        return withdrawn;
    }
}
