package org.minventory.knowledge;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import org.minventory.element.ElementType;
import org.minventory.element.Rhythm;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Stance;

/**
 * All that is known of one element: the last words of every witness, the steps of its life, and from them the word that
 * counts. It is built by absorbing the entries of the record one after the other, and by nothing else; so a rebuild, a
 * look into the past and today's answer are the same computation.
 */
public final class Picture {
    /** Who speaks in a picture. */
    public record Witness(UUID id, String name, String role) {}

    /** The word that counts on a stance, and what others say there. */
    public record Best(Spoken counting, List<Spoken> others) {}

    /** A saying with its witness, as heard until now. */
    public record Spoken(Saying saying, Witness witness, String source, Utterance heard, Freshness freshness) {}

    /** The fact by which a witness says within how many seconds it speaks again; none are meant by 0. */
    private static final String AWAITED = "awaited.within";

    private static final String STATE = "state";
    private static final List<String> WORST_FIRST = List.of("critical", "warning", "unknown", "ok");

    private final UUID customer;
    private final UUID id;
    private final String name;
    private final String type;
    private final Map<UUID, Witness> witnesses = new TreeMap<>();
    private final Map<LastWords.Key, LastWords> words = new TreeMap<>(Comparator.comparing(LastWords.Key::stance)
            .thenComparing(LastWords.Key::witness)
            .thenComparing(LastWords.Key::source));
    private final Life life = new Life();
    private final Map<Long, Hearing> hearings = new HashMap<>();
    private long lastSeq;
    private @Nullable Surroundings surroundings;

    public Picture(UUID customer, UUID id, String name, String type) {
        this.customer = customer;
        this.id = id;
        this.name = name;
        this.type = type;
    }

    // ---- taking in ------------------------------------------------------------------------------------------------

    /** The runs of repetitions of this element's testimonies. */
    public void heard(Collection<Hearing> runs) {
        runs.forEach(run -> hearings.put(run.seq(), run));
    }

    /**
     * Takes in one entry of the record.
     *
     * @return the attributes that it touched, on the stance of its kind
     */
    public Set<String> absorb(Entry entry, Facts facts, Witness witness, Vocabulary vocabulary) {
        witnesses.put(witness.id(), witness);
        lastSeq = Math.max(lastSeq, entry.seq());
        life.take(entry, facts);
        Stance stance = entry.kind().stance();
        if (stance == null) return Set.of();
        LastWords.Key key = new LastWords.Key(stance, entry.witness(), entry.source());
        return words.computeIfAbsent(key, k -> new LastWords(k, hearings))
                .absorb(Utterance.of(entry), facts, entry.complete(), family(vocabulary));
    }

    /** Where it belongs from now on, and what is open there; null where it belongs nowhere. */
    public void surround(@Nullable Surroundings now) {
        surroundings = now;
        Spell open = now == null ? null : now.maintenance();
        life.surround(open == null ? null : open.step());
    }

    /** The family of an attribute; what is not declared belongs to what stands before its first dot. */
    private static Function<String, String> family(Vocabulary vocabulary) {
        return attribute -> {
            Attribute declared = vocabulary.attribute(attribute);
            if (declared != null) return declared.family().word();
            int dot = attribute.indexOf('.');
            return dot < 0 ? attribute : attribute.substring(0, dot);
        };
    }

    // ---- the answer -----------------------------------------------------------------------------------------------

    /** The derived status: the furthest step that was witnessed and still holds. */
    public Status status() {
        return life.status();
    }

    /** The same, whatever maintenance is open: how far it has come. */
    public Status reached() {
        return life.reached();
    }

    /** The steps of life that were witnessed, in the order of life, each with the testimony that caused it. */
    public List<Step> steps() {
        return life.steps();
    }

    /** When the element was closed, or null while it lives. */
    public @Nullable Instant closedAt() {
        return life.closedAt();
    }

    /** What was delivered of it, one after the other, and what was decided about each. */
    public List<Delivery> deliveries() {
        return life.deliveries();
    }

    /** The delivery that counts: the last; null where nothing was delivered. */
    public @Nullable Delivery delivery() {
        List<Delivery> all = deliveries();
        return all.isEmpty() ? null : all.getLast();
    }

    /** Whether anybody ever spoke on that stance. */
    public boolean isSpokenOn(Stance stance) {
        return words.keySet().stream().anyMatch(key -> key.stance() == stance);
    }

    /** Every attribute of which something is known, in alphabetical order. */
    public Set<String> attributes() {
        Set<String> names = new TreeSet<>();
        words.values().forEach(one -> names.addAll(one.sayings().keySet()));
        return names;
    }

    /** The rhythm at which a kind of testimony is expected of this element. */
    public @Nullable Rhythm rhythm(Kind kind, Vocabulary vocabulary) {
        ElementType declared = vocabulary.type(type);
        return declared == null ? null : declared.rhythms().get(kind.word());
    }

    /** How soon after these words the next are awaited: as the witness itself said, else as of all of its kind. */
    public @Nullable Rhythm rhythm(Utterance heard, Vocabulary vocabulary) {
        for (LastWords one : words.values()) {
            Saying awaited = one.sayings().get(AWAITED);
            if (awaited != null && awaited.by().seq() == heard.seq()) return rhythm(awaited);
        }
        return rhythm(heard.kind(), vocabulary);
    }

    /** Who says that nothing more is to come is not awaited. */
    private static @Nullable Rhythm rhythm(Saying awaited) {
        Duration within = Duration.ofSeconds(awaited.value().asLong(0));
        return within.isZero() ? null : new Rhythm(within, within);
    }

    /**
     * The word that counts for an attribute on a stance: among those that are not stale that of the witness who ranks first
     * for the attribute, then the latest; if all are stale the latest of them. Of states that several checks found the
     * worst counts. Null where nobody said anything.
     */
    public @Nullable Best best(String attribute, Stance stance, Vocabulary vocabulary, Instant now) {
        return best(attribute, stance, vocabulary, spoken -> spoken.lastAt(), now);
    }

    /** The same as it was decided when something was recorded: by our own clock, so that a rebuild decides the same. */
    public @Nullable Best bestAsRecorded(String attribute, Stance stance, Vocabulary vocabulary, Instant recordedAt) {
        return best(attribute, stance, vocabulary, spoken -> spoken.heardAt(), recordedAt);
    }

    private @Nullable Best best(
            String attribute, Stance stance, Vocabulary vocabulary, Function<Utterance, Instant> time, Instant now) {
        List<Spoken> all = new ArrayList<>(1);
        for (LastWords one : words.values()) {
            Saying saying = one.key().stance() == stance ? one.sayings().get(attribute) : null;
            if (saying != null) all.add(spoken(one, saying, vocabulary, time, now));
        }
        if (all.isEmpty()) return null;
        if (all.size() > 1) all = ranked(all, vocabulary.attribute(attribute));
        return new Best(all.getFirst(), List.copyOf(all.subList(1, all.size())));
    }

    /** What counts first comes first; of each witness the one word that counts, whatever tools it came by. */
    private static List<Spoken> ranked(List<Spoken> all, @Nullable Attribute declared) {
        List<Spoken> ranked = new ArrayList<>(all);
        ranked.sort(Comparator.comparing((Spoken spoken) -> spoken.freshness() == Freshness.STALE)
                .thenComparingInt(spoken -> rank(spoken, declared))
                .thenComparingInt(spoken -> gravity(spoken, declared))
                .thenComparing((a, b) -> a.heard().isNewerThan(b.heard()) ? -1 : 1));
        Set<UUID> heard = new HashSet<>();
        ranked.removeIf(spoken -> !heard.add(spoken.witness().id()));
        return ranked;
    }

    private Spoken spoken(
            LastWords one, Saying saying, Vocabulary vocabulary, Function<Utterance, Instant> time, Instant now) {
        Utterance heard = one.asHeard(saying.by());
        Freshness freshness = Freshness.of(rhythm(heard, vocabulary), time.apply(heard), now);
        return new Spoken(saying, witness(one.key().witness()), one.key().source(), heard, freshness);
    }

    /** An alarm is not over because another check of the same machine is well; what is stale weighs nothing. */
    private static int gravity(Spoken spoken, @Nullable Attribute declared) {
        if (declared == null || !STATE.equals(declared.rule()) || spoken.freshness() == Freshness.STALE) return 0;
        int place = WORST_FIRST.indexOf(spoken.saying().value().asString(""));
        return place < 0 ? WORST_FIRST.size() : place;
    }

    /** What is stale has lost its rank: then the latest counts, whoever said it. */
    private static int rank(Spoken spoken, @Nullable Attribute declared) {
        return declared == null || spoken.freshness() == Freshness.STALE
                ? 0
                : declared.rank(spoken.witness().id(), spoken.source());
    }

    public Witness witness(UUID witness) {
        Witness known = witnesses.get(witness);
        Spell around = surroundings == null ? null : surroundings.maintenance();
        if (known == null && around != null && around.witness().id().equals(witness)) return around.witness();
        return known == null ? new Witness(witness, witness.toString(), "") : known;
    }

    /** The last time that anybody was heard about it on a stance, or null. */
    public @Nullable Utterance lastHeard(Stance stance) {
        Utterance newest = null;
        for (LastWords one : words.values()) {
            if (one.key().stance() != stance || one.latest() == null) continue;
            Utterance heard = one.asHeard(one.latest());
            if (newest == null || heard.isNewerThan(newest)) newest = heard;
        }
        return newest;
    }

    // ---- what it is -----------------------------------------------------------------------------------------------

    public UUID customer() {
        return customer;
    }

    public UUID id() {
        return id;
    }

    public String name() {
        return name;
    }

    public String type() {
        return type;
    }

    /** Where it belongs and what is open there, or null. */
    public @Nullable Surroundings surroundings() {
        return surroundings;
    }

    /** The last entry of the record that it took in. */
    public long lastSeq() {
        return lastSeq;
    }

    Life life() {
        return life;
    }

    void lastSeq(long seq) {
        lastSeq = seq;
    }

    public Map<UUID, Witness> witnesses() {
        return witnesses;
    }

    public Collection<LastWords> words() {
        return words.values();
    }

    /** The last words under that key, or null. */
    public @Nullable LastWords words(LastWords.Key key) {
        return words.get(key);
    }

    LastWords open(LastWords.Key key) {
        return words.computeIfAbsent(key, k -> new LastWords(k, hearings));
    }

    public Map<Long, Hearing> hearings() {
        return hearings;
    }
}
