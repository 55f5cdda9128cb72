package org.minventory.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Together;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.conformity.Neighbours;
import org.minventory.conformity.Redundancy;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Facts;
import org.minventory.knowledge.Hearing;
import org.minventory.knowledge.Holdings;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.LastWords;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Upkeep;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Head;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Stance;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One transaction of a customer's record, while its pen is held: entries are absorbed one after the other in memory, and
 * written together in a fixed number of statements. A rebuild sits through the whole record again in the same way.
 */
final class Sitting {
    /** Elements that are held in memory together for what concerns them all; of more some are written first. */
    static final int TOGETHER = 1_000;

    private final JdbcClient db;
    private final Head head;
    private final boolean replaying;
    private Vocabulary vocabulary;

    private final Map<UUID, Picture> pictures = new HashMap<>();
    private final Map<UUID, Index> indexes = new HashMap<>();
    private final Holdings holdings = new Holdings();
    private final Divergences divergences;
    private final Neighbours neighbours;
    private final Redundancy redundancy;
    private final Infrastructures infrastructures;

    // what is to be written
    private final List<Entry> followed = new ArrayList<>();
    private final List<Entry> entries = new ArrayList<>();
    private final Map<Long, byte[]> digests = new HashMap<>();
    private final Map<UUID, Instant> changed = new LinkedHashMap<>();
    private final Lives lives = new Lives();
    private final Map<Long, Knowledge.Confirmation> confirmations = new TreeMap<>();
    private final Map<Long, EndedRun> endedRuns = new TreeMap<>();
    private final Attribution attribution;
    private final List<Consequence> consequences;
    private final Notices notices;
    private final Together writes = new Together();
    private final Map<UUID, Picture.Witness> witnesses = new HashMap<>();

    private record EndedRun(Hearing run, UUID testimony, UUID witness) {}

    /** A sitting that records. */
    static Sitting recording(JdbcClient db, Head head, Vocabulary vocabulary, List<Consequence> consequences) {
        return new Sitting(db, head, vocabulary, consequences, false);
    }

    /** A sitting through what is recorded already: nothing is added to the record, no notice is given. */
    static Sitting replaying(JdbcClient db, Head head, Vocabulary vocabulary, List<Consequence> consequences) {
        return new Sitting(db, head, vocabulary, consequences, true);
    }

    private Sitting(
            JdbcClient db, Head head, Vocabulary vocabulary, List<Consequence> consequences, boolean replaying) {
        this.db = db;
        this.head = head;
        this.vocabulary = vocabulary;
        this.consequences = consequences;
        this.replaying = replaying;
        this.divergences = Divergences.of(head.customer());
        this.neighbours = Neighbours.of(head.customer(), divergences);
        this.redundancy = Redundancy.of(head.customer(), divergences);
        this.infrastructures = new Infrastructures(db, head.customer());
        this.attribution = new Attribution(db, head.customer());
        this.notices = new Notices(replaying);
    }

    JdbcClient db() {
        return db;
    }

    Head head() {
        return head;
    }

    Vocabulary vocabulary() {
        return vocabulary;
    }

    Divergences divergences() {
        return divergences;
    }

    Infrastructures infrastructures() {
        return infrastructures;
    }

    // ---- bringing in ------------------------------------------------------------------------------------------------

    /** Brings in what is known of these elements, in three statements whatever their number. */
    void load(Collection<UUID> elements) {
        List<UUID> missing =
                elements.stream().filter(e -> !pictures.containsKey(e)).toList();
        if (missing.isEmpty()) return;
        pictures.putAll(Knowledge.pictures(db, head.customer(), missing));
        divergences.load(db, missing);
        if (replaying) hearAll(missing);
        for (UUID element : missing) {
            Picture picture = pictures.get(element);
            if (picture == null) continue;
            indexes.put(element, Index.of(picture, vocabulary, head.recordedAt()));
            infrastructures.bring(picture);
            holdings.bring(element, Index.identifiers(picture, vocabulary));
            neighbours.bring(picture, vocabulary, head.recordedAt());
        }
    }

    private void hearAll(List<UUID> elements) {
        Knowledge.runs(db, head.customer(), elements).forEach((element, runs) -> {
            Picture picture = pictures.get(element);
            if (picture != null) picture.heard(runs);
        });
    }

    /** What is known of an element. */
    Picture picture(UUID element) {
        load(List.of(element));
        return Objects.requireNonNull(pictures.get(element), "no such element");
    }

    /** The name of an element that was brought in, or null. */
    @Nullable
    String nameOf(@Nullable UUID element) {
        Picture picture = element == null ? null : pictures.get(element);
        return picture == null ? null : picture.name();
    }

    /** A new element comes to life. */
    Picture bear(UUID element, Entry.Birth birth, long seq) {
        Picture picture = new Picture(head.customer(), element, birth.name(), birth.type());
        if (replaying) picture.heard(Knowledge.runs(db, head.customer(), element));
        pictures.put(element, picture);
        indexes.put(element, Index.nothing());
        redundancy.bear(element, birth.name());
        lives.bear(element, birth, seq);
        return picture;
    }

    /** Whoever speaks in this sitting; the row is written once. */
    void introduce(Picture.Witness witness) {
        witnesses.put(witness.id(), witness);
    }

    // ---- taking in --------------------------------------------------------------------------------------------------

    /** Adds an entry to the record. */
    void record(Entry entry) {
        entries.add(entry);
        follow(entry);
    }

    /** Rooms to the right keep up with the entry once it is written. */
    void follow(Entry entry) {
        if (entry.kind().isAgreed() || entry.context().has("order")) followed.add(entry);
    }

    /** The room that decides of such acts. */
    Consequence consequence(Kind.Subject subject) {
        return consequences.stream()
                .filter(one -> one.subjects().contains(subject))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("nobody keeps " + subject));
    }

    /** Adds a decision about no element, whose notice says so. */
    void decided(Entry entry) {
        record(entry);
        notices.told(entry, Facts.NONE, null, entry);
    }

    /** The entry speaks of that element from now on. */
    void assign(Entry entry, UUID element) {
        attribution.assign(entry, element);
    }

    /** The entry speaks of that infrastructure as a whole. */
    void assign(Entry entry, String infrastructure) {
        attribution.assign(entry, infrastructure);
    }

    /** What absorbing an entry did. */
    record Effect(Set<String> touched, List<Divergences.Turn> turns) {}

    /** Absorbs an entry into the picture of its element, and reviews what it touched. */
    Effect absorb(Entry entry, Picture picture, Facts facts, Picture.Witness witness, Entry cause) {
        var statusBefore = picture.status();
        var reachedBefore = picture.reached();
        boolean known = picture.lastSeq() > 0;
        LastWords.@Nullable Key key = entry.kind().stance() == null
                ? null
                : new LastWords.Key(entry.kind().stance(), entry.witness(), entry.source());
        JsonNode stateBefore = state(picture, cause);
        noteEndOfRun(picture, key, entry);
        if (entry.complete() || Redundancy.concern(facts.values().keySet()) || mayClose(entry.kind()))
            redundancy.bring(db, picture, vocabulary, head.recordedAt());
        Set<String> touched = new LinkedHashSet<>(picture.absorb(entry, facts, witness, vocabulary));
        if (key != null) digests.put(entry.seq(), entry.digest());
        infrastructures.settle(picture, vocabulary, entry.effectiveAt(), cause.recordedAt());
        boolean newStatus = picture.status() != statusBefore;
        if (newStatus) lives.turn(picture);
        if (newStatus) touched.add(org.minventory.conformity.Review.STATE);
        List<Divergences.Turn> turns = divergences.review(picture, touched, vocabulary, cause);
        boolean closedOrOpened = newStatus && (isClosed(statusBefore) || isClosed(picture.status()));
        if (closedOrOpened || Neighbours.concern(touched, vocabulary)) turns.addAll(meet(picture, cause));
        if (closedOrOpened || Redundancy.concern(touched)) turns.addAll(standTogether(picture, cause));
        changed.merge(picture.id(), entry.effectiveAt(), (a, b) -> a.isAfter(b) ? a : b);
        holdings.follow(picture.id(), Index.identifiers(picture, vocabulary), entry.effectiveAt());
        if (newStatus || !known) notices.status(picture, known ? statusBefore : null, cause);
        if (picture.reached() != reachedBefore || !known) {
            String project =
                    Knowledge.Card.of(picture, vocabulary, head.recordedAt()).project();
            notices.reached(picture, project, cause);
        }
        notices.turned(turns, picture, cause);
        notices.told(entry, facts, picture, cause);
        JsonNode state = state(picture, cause);
        if (entry.kind() == Kind.MONITORING_STATE && state != null && !state.equals(stateBefore))
            notices.state(picture, state, cause);
        return new Effect(touched, turns);
    }

    private @Nullable JsonNode state(Picture picture, Entry cause) {
        Picture.Best best = picture.bestAsRecorded("state", Stance.MONITORED, vocabulary, cause.recordedAt());
        return best == null ? null : best.counting().saying().value();
    }

    /** What an entry about a whole infrastructure did to those that belong there: whose status moved, what turned of them. */
    record Moved(Set<UUID> elements, Map<UUID, List<Divergences.Turn>> turns) {
        private static final Moved NOBODY = new Moved(Set.of(), Map.of());
    }

    /** Absorbs an entry about a whole infrastructure. */
    Moved absorb(Entry entry, String infrastructure, Facts facts, Picture.Witness witness, Entry cause) {
        boolean turned = infrastructures.take(infrastructure, entry, facts, witness);
        notices.toldOfAll(entry, infrastructure, cause);
        return turned ? surround(infrastructure, cause) : Moved.NOBODY;
    }

    /** What is open around those that belong to an infrastructure is another by now: each of them lives on in it. */
    private Moved surround(String infrastructure, Entry cause) {
        Moved moved = new Moved(new LinkedHashSet<>(), new LinkedHashMap<>());
        Map<Notices.Turned, Integer> statuses = new LinkedHashMap<>();
        List<UUID> members = List.copyOf(infrastructures.members(infrastructure));
        for (int from = 0; from < members.size(); from += TOGETHER) {
            List<UUID> some = members.subList(from, Math.min(members.size(), from + TOGETHER));
            List<UUID> brought =
                    some.stream().filter(one -> !pictures.containsKey(one)).toList();
            load(some);
            for (UUID element : some) surround(infrastructure, picture(element), cause, moved, statuses);
            if (members.size() > TOGETHER) writeAndLetGo(brought);
        }
        notices.moved(infrastructure, statuses, moved.turns(), cause);
        return moved;
    }

    private void surround(
            String infrastructure, Picture picture, Entry cause, Moved moved, Map<Notices.Turned, Integer> statuses) {
        Status before = picture.status();
        picture.surround(infrastructures.surroundings(infrastructure));
        changed.merge(picture.id(), cause.effectiveAt(), (a, b) -> a.isAfter(b) ? a : b);
        if (picture.status() == before) return;
        moved.elements().add(picture.id());
        statuses.merge(new Notices.Turned(before, picture.status()), 1, Integer::sum);
        Set<String> touched = Set.of(org.minventory.conformity.Review.STATE);
        List<Divergences.Turn> turns = divergences.review(picture, touched, vocabulary, cause);
        if (!turns.isEmpty()) moved.turns().put(picture.id(), turns);
    }

    private void writeAndLetGo(List<UUID> elements) {
        write();
        for (UUID element : elements) {
            pictures.remove(element);
            indexes.remove(element);
        }
    }

    private static boolean mayClose(Kind kind) {
        return kind == Kind.DECOMMISSIONING || kind == Kind.COMMISSIONING;
    }

    private static boolean isClosed(Status status) {
        return status == Status.DECOMMISSIONED;
    }

    /** Holds an element against all others: what turned of the others is written and said, what turned of itself is given. */
    private List<Divergences.Turn> meet(Picture picture, Entry cause) {
        return ownOf(neighbours.review(db, picture, vocabulary, cause, known), picture, cause);
    }

    /** Holds an element against those with which it is redundant. */
    private List<Divergences.Turn> standTogether(Picture picture, Entry cause) {
        return ownOf(redundancy.review(db, picture, vocabulary, cause, known), picture, cause);
    }

    private List<Divergences.Turn> ownOf(Map<UUID, List<Divergences.Turn>> turned, Picture picture, Entry cause) {
        List<Divergences.Turn> own = new ArrayList<>();
        turned.forEach((element, turns) -> {
            if (element.equals(picture.id())) {
                own.addAll(turns);
                return;
            }
            changed.merge(element, cause.effectiveAt(), (a, b) -> a.isAfter(b) ? a : b);
            notices.turned(turns, picture(element), cause);
        });
        return own;
    }

    private final Neighbours.Pictures known = new Neighbours.Pictures() {
        @Override
        public Picture apply(UUID element) {
            return picture(element);
        }

        @Override
        public void load(Collection<UUID> elements) {
            Sitting.this.load(elements);
        }
    };

    /** These facts are about to be told: what has to be looked up for them is looked up together. */
    void expect(@Nullable JsonNode address) {
        neighbours.expect(address);
    }

    /** The same of an element of that name. */
    void expect(String name, Collection<String> attributes, Redundancy.Told told) {
        redundancy.expect(name, attributes, told);
    }

    /** Words that replace a run of the same words end it; the run is sealed into the chain with this sitting. */
    private void noteEndOfRun(Picture picture, LastWords.@Nullable Key key, Entry entry) {
        LastWords words = key == null ? null : picture.words(key);
        if (replaying || words == null || words.latest() == null) return;
        Hearing run = picture.hearings().get(words.latest().seq());
        boolean late = words.asHeard(words.latest()).lastAt().isAfter(entry.effectiveAt());
        if (run != null && !late)
            endedRuns.put(run.seq(), new EndedRun(run, words.latest().id(), entry.witness()));
    }

    /** The same words again: they cost no number, only a count. */
    void confirm(Knowledge.Standing standing, Instant firstAt, Instant witnessedAt) {
        confirmations.merge(
                standing.seq(),
                new Knowledge.Confirmation(standing.seq(), standing.element(), firstAt, witnessedAt, 1),
                (before, now) -> new Knowledge.Confirmation(
                        before.seq(), before.element(), before.firstAt(), now.at(), before.times() + 1));
        Picture picture = pictures.get(standing.element());
        if (picture != null)
            picture.heard(List.of(
                    new Hearing(standing.seq(), firstAt, witnessedAt, head.recordedAt(), standing.heard() + 1, 1)));
    }

    /** The entry waits until somebody says of whom it speaks. */
    void unattached(Entry entry, Receipt.Unattached why, List<UUID> candidates) {
        attribution.keep(entry, why, candidates);
    }

    /** The same, of an entry that once waited: among whom it hesitated is found again as it was then. */
    void unattachedAgain(Entry entry) {
        List<UUID> candidates = new ArrayList<>();
        entry.act().path("candidates").forEach(id -> candidates.add(UUID.fromString(id.stringValue())));
        unattached(entry, candidates.isEmpty() ? Receipt.Unattached.UNKNOWN : Receipt.Unattached.AMBIGUOUS, candidates);
    }

    /** A definition: it is written, and what it concerns is read by it from here on. */
    void define(Entry entry) {
        JsonNode act = entry.act();
        String sort = act.get("sort").stringValue();
        String name = act.get("name").stringValue();
        db.sql("""
                insert into definition (customer_id, sort, name, id, body, seq) values (?, ?, ?, ?, ?::json, ?)
                on conflict (customer_id, sort, name) do update set body = excluded.body, seq = excluded.seq""")
                .params(
                        head.customer(),
                        sort,
                        name,
                        UUID.fromString(act.get("id").stringValue()),
                        Json.canonicalText(act.get("body")),
                        entry.seq())
                .update();
        if (sort.equals("element-type") || sort.equals("attribute")) vocabularyChanged(name, entry);
    }

    boolean isWaiting(long seq) {
        return attribution.isWaiting(seq);
    }

    boolean isWithdrawn(long seq) {
        return db.sql("select count(*) from withdrawn where customer_id = ? and seq = ?")
                        .params(head.customer(), seq)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The element that an entry is assigned to, or null. */
    @Nullable
    UUID elementOf(Entry entry) {
        return attribution.elementOf(entry);
    }

    /** An attachment: the entry that waited is absorbed into the picture of its element. */
    Effect attach(Entry attachment, Entry waiting, Picture picture) {
        attribution.release(waiting, attachment);
        assign(waiting, picture.id());
        Picture.Witness witness =
                Past.witness(Past.witnesses(db, head.customer(), List.of(waiting.witness())), waiting.witness());
        return absorb(waiting, picture, Facts.recall(vocabulary, waiting.facts()), witness, attachment);
    }

    /** The same of an entry that speaks of a whole infrastructure. */
    Moved attach(Entry attachment, Entry waiting, String infrastructure) {
        attribution.release(waiting, attachment);
        assign(waiting, infrastructure);
        Picture.Witness witness =
                Past.witness(Past.witnesses(db, head.customer(), List.of(waiting.witness())), waiting.witness());
        return absorb(waiting, infrastructure, Facts.recall(vocabulary, waiting.facts()), witness, attachment);
    }

    /** A withdrawal: the element is folded anew without what was withdrawn. */
    List<Divergences.Turn> withdraw(Entry withdrawal, Entry withdrawn, @Nullable UUID element) {
        takeBack(withdrawal, withdrawn);
        if (element != null) return refold(element, withdrawal);
        attribution.release(withdrawn, withdrawal);
        return List.of();
    }

    /** The same of what was said of a whole infrastructure. */
    Moved withdrawOfAll(Entry withdrawal, Entry withdrawn, String infrastructure) {
        takeBack(withdrawal, withdrawn);
        return refoldAll(infrastructure, withdrawal);
    }

    private void takeBack(Entry withdrawal, Entry withdrawn) {
        write();
        db.sql("insert into withdrawn (customer_id, seq, by_seq, by_at) values (?, ?, ?, ?::timestamptz)")
                .params(
                        head.customer(),
                        withdrawn.seq(),
                        withdrawal.seq(),
                        withdrawal.recordedAt().toString())
                .update();
        followed.add(withdrawal); // from here on it is withdrawn
    }

    /** Folds what is planned and open of an infrastructure anew from the record, without what was withdrawn. */
    private Moved refoldAll(String infrastructure, Entry cause) {
        Past.Moment moment = new Past.Moment(upTo(cause), null, null);
        Upkeep anew = Past.upkeeps(db, head.customer(), List.of(infrastructure), Upkeep.KINDS, vocabulary, moment)
                .getOrDefault(infrastructure, new Upkeep());
        return infrastructures.replace(infrastructure, anew) ? surround(infrastructure, cause) : Moved.NOBODY;
    }

    /** The infrastructure of which an entry speaks as a whole, or null. */
    @Nullable
    String infrastructureOf(Entry entry) {
        List<String> found = attribution.infrastructuresOf(List.of(entry.seq()));
        return found.isEmpty() ? null : found.getFirst();
    }

    /** All that was said of one element was said of another: what is derived of the first goes, the second is folded anew. */
    List<Divergences.Turn> merge(Entry merge) {
        write();
        UUID from = UUID.fromString(merge.act().get("merged").stringValue());
        UUID into = Objects.requireNonNull(merge.element(), "into another");
        Set<UUID> around = around(List.of(from, into), merge);
        for (String table :
                List.of("term", "address_range", "relation", "identifier", "divergence", "last_words", "knowledge"))
            db.sql("delete from " + table + " where customer_id = ? and element_id = ?")
                    .params(head.customer(), from)
                    .update();
        new Together()
                .add(
                        "update relation set target_id = ? where customer_id = ? and target_id = ?",
                        into,
                        head.customer(),
                        from)
                .add(
                        "update assignment set element_id = ? where customer_id = ? and element_id = ?",
                        into,
                        head.customer(),
                        from)
                .add(
                        "update hearing set element_id = ? where customer_id = ? and element_id = ?",
                        into,
                        head.customer(),
                        from)
                .add(
                        "update element set merged_into = ? where customer_id = ? and merged_into = ?",
                        into,
                        head.customer(),
                        from)
                .add(
                        "update element set merged_into = ?, closed_at = ?::timestamptz where customer_id = ? and element_id = ?",
                        into,
                        merge.effectiveAt().toString(),
                        head.customer(),
                        from)
                .add("""
                        insert into belonging (customer_id, element_id, infrastructure, since, until)
                        select customer_id, ?, infrastructure, since, coalesce(until, ?::timestamptz) from belonging
                        where customer_id = ? and element_id = ? on conflict do nothing""", into, merge.effectiveAt().toString(), head.customer(), from)
                .add("delete from belonging where customer_id = ? and element_id = ?", head.customer(), from)
                .send(db);
        infrastructures.forget(from);
        pictures.remove(from);
        indexes.remove(from);
        neighbours.forget(from);
        redundancy.forget(List.of(into));
        List<Divergences.Turn> turns = refoldMoved(into, merge);
        around.remove(from);
        standTogetherAgain(around, into, merge);
        return turns;
    }

    /** Some of what was said of an element was said of another: both are folded anew. */
    List<Divergences.Turn> split(Entry split) {
        write();
        UUID from = UUID.fromString(split.act().get("from").stringValue());
        UUID into = Objects.requireNonNull(split.element(), "into another");
        Set<UUID> around = around(List.of(from, into), split);
        List<Long> seqs = new ArrayList<>();
        split.act().get("seqs").forEach(seq -> seqs.add(seq.longValue()));
        new Together()
                .add(
                        "update assignment set element_id = ? where customer_id = ? and seq = any(?)",
                        into,
                        head.customer(),
                        Arrays.of("bigint", seqs))
                .add(
                        "update hearing set element_id = ? where customer_id = ? and seq = any(?)",
                        into,
                        head.customer(),
                        Arrays.of("bigint", seqs))
                .send(db);
        redundancy.forget(List.of(from, into));
        List<Divergences.Turn> turns = refoldMoved(from, split);
        turns.addAll(refoldMoved(into, split));
        around.remove(from);
        standTogetherAgain(around, into, split);
        return turns;
    }

    /** Those that are redundant by these elements or with them, before what is known of these moves. */
    private Set<UUID> around(List<UUID> elements, Entry cause) {
        Set<UUID> around = new TreeSet<>();
        for (UUID element : elements) around.addAll(redundancy.around(db, picture(element), vocabulary, cause, known));
        return around;
    }

    /** Those that were redundant with what has moved; itself was held against others already. */
    private void standTogetherAgain(Set<UUID> around, UUID moved, Entry cause) {
        for (UUID element : around) {
            if (element.equals(moved)) continue;
            List<Divergences.Turn> turns = ownOf(
                    redundancy.reviewAgain(db, picture(element), vocabulary, cause, known), picture(element), cause);
            if (turns.isEmpty()) continue;
            changed.merge(element, cause.effectiveAt(), (a, b) -> a.isAfter(b) ? a : b);
            notices.turned(turns, picture(element), cause);
        }
    }

    /** Runs of repetitions have moved, too; and who stood beside it is looked at again. */
    private List<Divergences.Turn> refoldMoved(UUID element, Entry cause) {
        picture(element);
        neighbours.forget(element);
        return refold(element, cause);
    }

    /**
     * What a witness said of elements in a period counts no more; each element is folded anew without it.
     *
     * @return what turned, by element
     */
    Map<UUID, List<Divergences.Turn>> discredit(Entry discredit) {
        write();
        JsonNode act = discredit.act();
        List<Long> seqs = db.sql("""
                        insert into withdrawn (customer_id, seq, by_seq, by_at)
                        select t.customer_id, t.seq, ?, ?::timestamptz from testimony t
                        where t.customer_id = ? and t.witness_id = ?::uuid and t.seq < ? and t.kind = any(?)
                          and t.witnessed_at >= ?::timestamptz and t.witnessed_at < ?::timestamptz
                          and not exists (select from withdrawn w where w.customer_id = t.customer_id and w.seq = t.seq)
                        returning seq""")
                .param(1, discredit.seq())
                .param(2, discredit.recordedAt().toString())
                .param(3, head.customer())
                .param(4, act.get("witness").stringValue())
                .param(5, discredit.seq())
                .param(6, Arrays.of("text", Kind.OF_ELEMENTS))
                .param(7, act.get("from").stringValue())
                .param(8, act.get("until").stringValue())
                .query(Long.class)
                .list();
        db.sql("update unattached set attached_seq = ? where customer_id = ? and seq = any(?) and attached_seq is null")
                .param(1, discredit.seq())
                .param(2, head.customer())
                .param(3, Arrays.of("bigint", seqs))
                .update();
        List<UUID> elements = db.sql(
                        "select distinct element_id from assignment where customer_id = ? and seq = any(?) order by element_id")
                .param(1, head.customer())
                .param(2, Arrays.of("bigint", seqs))
                .query(UUID.class)
                .list();
        Map<UUID, List<Divergences.Turn>> turns = new LinkedHashMap<>();
        for (String infrastructure : attribution.infrastructuresOf(seqs))
            turns.putAll(refoldAll(infrastructure, discredit).turns());
        load(elements);
        for (UUID element : elements)
            turns.computeIfAbsent(element, e -> new ArrayList<>()).addAll(refold(element, discredit));
        return turns;
    }

    /** A decision on a divergence, in the words that the entry carries. */
    void decide(Entry decision, Divergence divergence) {
        String until = decision.act().path("until").asString("");
        Divergence.State state =
                switch (decision.act().get("decision").stringValue()) {
                    case "acknowledge" -> Divergence.State.ACKNOWLEDGED;
                    case "accept" -> Divergence.State.ACCEPTED;
                    default -> Divergence.State.OPEN;
                };
        divergences.decide(divergence, state, until.isEmpty() ? null : Instant.parse(until), decision);
    }

    /** Folds an element anew from the record, without what was withdrawn, and reviews all of it. */
    List<Divergences.Turn> refold(UUID element, Entry cause) {
        write();
        Picture before = picture(element);
        Picture anew = Past.alone(db, head.customer(), before, vocabulary, upTo(cause));
        anew.surround(before.surroundings());
        infrastructures.settle(anew, vocabulary, cause.effectiveAt(), cause.recordedAt());
        Set<String> touched = new LinkedHashSet<>(before.attributes());
        touched.addAll(anew.attributes());
        redundancy.bring(db, before, vocabulary, head.recordedAt());
        pictures.put(element, anew);
        lives.turn(anew);
        List<Divergences.Turn> turns = divergences.review(anew, touched, vocabulary, cause);
        turns.addAll(meet(anew, cause));
        turns.addAll(standTogether(anew, cause));
        forgetWordsOf(element);
        if (!replaying) Knowledge.resume(db, head.customer(), anew);
        anew.words().forEach(words -> {
            if (words.latest() != null)
                digests.put(
                        words.latest().seq(),
                        Past.digest(db, head.customer(), words.latest().seq()));
        });
        changed.merge(element, cause.effectiveAt(), (a, b) -> a.isAfter(b) ? a : b);
        holdings.follow(element, Index.identifiers(anew, vocabulary), cause.effectiveAt());
        notices.turned(turns, anew, cause);
        return turns;
    }

    private static Testimonies.Known upTo(Entry cause) {
        return Testimonies.Known.upTo(cause.seq());
    }

    private void forgetWordsOf(UUID element) {
        db.sql("delete from last_words where customer_id = ? and element_id = ?")
                .params(head.customer(), element)
                .update();
    }

    /** A definition has changed: the elements of that type, or of which that attribute is known, are read by the new one. */
    void vocabularyChanged(String name, Entry cause) {
        write();
        List<UUID> concerned = db.sql("""
                        select element_id from knowledge
                        where customer_id = ? and (type = ? or position(convert_to(?, 'UTF8') in doc) > 0)
                        order by element_id""")
                .params(head.customer(), name, '"' + name + '"')
                .query(UUID.class)
                .list();
        load(concerned); // what they were found by, read by the definition of before
        vocabulary = Vocabularies.read(db, head.customer());
        for (UUID element : concerned) refold(element, cause);
    }

    // ---- writing ----------------------------------------------------------------------------------------------------

    /** Writes what has come together so far, all at once; the pen is put down by {@link #close}. */
    void write() {
        gather();
        writes.send(db);
        tellConsequences();
    }

    private void tellConsequences() {
        if (followed.isEmpty()) return;
        List<Entry> news = List.copyOf(followed);
        followed.clear();
        consequences.forEach(one -> one.follow(db, head.customer(), news));
    }

    /** Writes the rest and puts the pen down. */
    void close() {
        gather();
        head.keep(writes);
        writes.send(db);
        tellConsequences();
    }

    private void gather() {
        sealEndedRuns();
        writeWitnesses();
        if (!replaying) Testimonies.append(writes, head, entries);
        lives.write(writes, head.customer());
        attribution.write(writes);
        if (!replaying) {
            Knowledge.confirm(writes, head.customer(), confirmations.values(), head.recordedAt());
            Knowledge.end(writes, head.customer(), endedRuns.keySet());
        }
        writePictures();
        divergences.write(writes);
        notices.write(writes, head, entries);
        entries.clear();
        confirmations.clear();
        endedRuns.clear();
        changed.clear();
        digests.clear();
    }

    private void writePictures() {
        List<Picture> pictured = changed.keySet().stream()
                .map(pictures::get)
                .filter(Objects::nonNull)
                .toList();
        Map<UUID, Integer> counts = new HashMap<>();
        List<Index.Change> found = new ArrayList<>();
        for (Picture picture : pictured) {
            counts.put(picture.id(), divergences.count(picture.id()));
            Index now = Index.of(picture, vocabulary, head.recordedAt());
            Index before = Objects.requireNonNullElse(indexes.put(picture.id(), now), Index.nothing());
            found.add(new Index.Change(picture.id(), before, now, Objects.requireNonNull(changed.get(picture.id()))));
        }
        Knowledge.write(writes, head.customer(), pictured, counts, vocabulary, head.recordedAt());
        Knowledge.writeStanding(writes, head.customer(), pictured, digests, vocabulary);
        Index.write(writes, head.customer(), found);
        holdings.write(writes, head.customer());
        infrastructures.write(writes);
    }

    private void writeWitnesses() {
        if (replaying || witnesses.isEmpty()) return;
        Arrays rows = new Arrays("uuid", "text", "text");
        witnesses.values().forEach(witness -> rows.row(witness.id(), witness.role(), witness.name()));
        rows.add(writes, """
                insert into witness (customer_id, actor_id, role, name, first_at)
                select customer, actor, role, name, first_at
                from (select ?::uuid as customer, ?::timestamptz as first_at) as mine,
                     unnest(?::uuid[], ?::text[], ?::text[]) as new (actor, role, name)
                on conflict (customer_id, actor_id) do nothing""", head.customer(), head.recordedAt().toString());
        witnesses.clear();
    }

    /** One entry per witness says how often, and until when, its ended runs were heard: repetitions are proven too. */
    private void sealEndedRuns() {
        Map<UUID, ArrayNode> byWitness = new LinkedHashMap<>();
        for (EndedRun ended : endedRuns.values())
            byWitness
                    .computeIfAbsent(ended.witness(), w -> Json.MAPPER.createArrayNode())
                    .addObject()
                    .put("testimony", ended.testimony().toString())
                    .put("lastAt", ended.run().lastAt().toString())
                    .put("heard", ended.run().heard());
        byWitness.forEach((witness, runs) -> {
            ObjectNode act = Json.object();
            act.set("runs", runs);
            entries.add(new Entry(
                    head.customer(),
                    head.nextSeq(),
                    Ids.next(head.recordedAt()),
                    Kind.CONFIRMATION,
                    witness,
                    "minventory",
                    head.recordedAt(),
                    head.recordedAt(),
                    false,
                    Json.object().nullNode(),
                    null,
                    null,
                    null,
                    Json.object(),
                    Json.object(),
                    null,
                    act,
                    null));
        });
    }
}
