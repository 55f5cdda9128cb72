package org.minventory.intake;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Word;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.element.Identifier;
import org.minventory.element.IdentifierKind;
import org.minventory.element.IpRange;
import org.minventory.element.Reference;
import org.minventory.knowledge.Delivery;
import org.minventory.knowledge.Facts;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.LastWords;
import org.minventory.knowledge.Picture;
import org.minventory.party.Caller;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Secrets;
import org.minventory.testimony.Stance;
import org.minventory.testimony.Told;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes testimonies in one sitting, one after the other: identifies, tells repetition from news, records, absorbs. */
final class Taking {
    private static final String DEFAULT_TYPE = "server";

    private final Sitting sitting;
    private final Subjects subjects;
    private final Map<UUID, Map<LastWords.Key, Knowledge.Standing>> standing = new HashMap<>();
    private final IdentityHashMap<Told, byte[]> digests = new IdentityHashMap<>();
    private @Nullable Papers papers;
    private boolean taken;

    Taking(Sitting sitting) {
        this.sitting = sitting;
        this.subjects = new Subjects(sitting.head().customer());
    }

    /** Whether anything is to be written. */
    boolean hasTaken() {
        return taken;
    }

    // ---- looking up everything at once ------------------------------------------------------------------------------

    /** Looks up who is spoken of and what stands there, for all requests at once. */
    void prepare(List<Intake.Request> requests) {
        Set<Reference> references = new LinkedHashSet<>();
        Set<Identifier> carried = new LinkedHashSet<>();
        Set<String> infrastructures = new LinkedHashSet<>();
        for (Intake.Request request : requests)
            for (Told told : request.told()) {
                if (told.element() != null) references.add(told.element());
                if (told.infrastructure() != null) infrastructures.add(told.infrastructure());
                sitting.expect(told.facts().get("address"));
                if (isSurvey(told.kind())) carried.addAll(identifiers(told));
                if (told.isOnPaper()) carried.addAll(references(told));
            }
        subjects.find(sitting.db(), references, carried);
        sitting.infrastructures().find(infrastructures);
        for (Knowledge.Standing one :
                Knowledge.standing(sitting.db(), sitting.head().customer(), subjects.ids())) stand(one);
        Set<UUID> news = elementsWithNews(requests);
        news.addAll(whoseInfrastructureIsWorkedOn(requests));
        sitting.load(news);
    }

    /** Those that belong to what is told to be worked on as a whole; of very many, some are brought in after the other. */
    private Set<UUID> whoseInfrastructureIsWorkedOn(List<Intake.Request> requests) {
        Set<UUID> members = new LinkedHashSet<>();
        for (Intake.Request request : requests)
            for (Told told : request.told()) {
                String named = told.infrastructure() == null
                        ? null
                        : sitting.infrastructures().named(told.infrastructure());
                if (named != null && told.kind() == Kind.MAINTENANCE)
                    members.addAll(sitting.infrastructures().members(named));
            }
        return members.size() > Sitting.TOGETHER ? Set.of() : members;
    }

    /** Elements of which something new is said: the others need not be read to be confirmed. */
    private Set<UUID> elementsWithNews(List<Intake.Request> requests) {
        Set<UUID> news = new LinkedHashSet<>();
        for (Intake.Request request : requests) {
            for (Told told : request.told()) {
                if (told.element() == null && !told.asFound()) continue;
                Instant at = witnessedAt(told);
                List<Subjects.Subject> found = spokenOf(request.caller(), told, at);
                if (found.isEmpty()) expect(told);
                for (Subjects.Subject subject : found)
                    if (repeated(request.caller(), asFound(told, subject), subject.id(), at) == null) {
                        news.add(subject.id());
                        sitting.expect(subject.name(), told.facts().keySet(), told.facts()::get);
                    }
            }
        }
        return news;
    }

    /** What was said of it has moved or counts no more: the next testimony is news. */
    void forget(UUID element) {
        standing.remove(element);
    }

    /** Who is not known yet may be about to be born. */
    private void expect(Told told) {
        String name = told.element() == null ? null : told.element().name();
        if (name != null) sitting.expect(name, told.facts().keySet(), told.facts()::get);
    }

    private void stand(Knowledge.Standing one) {
        standing.computeIfAbsent(one.element(), e -> new HashMap<>()).put(one.key(), one);
    }

    Scope.Grant grant(Caller caller) {
        return Objects.requireNonNull(caller.scope().grant(sitting.head().customer()), "checked at the door");
    }

    Instant witnessedAt(Told told) {
        return told.witnessedAt() == null ? sitting.head().recordedAt() : told.witnessedAt();
    }

    // ---- taking -----------------------------------------------------------------------------------------------------

    /** The receipts of a request, in the order of its testimonies. */
    List<Receipt> take(Intake.Request request, Repeats repeats) {
        List<Receipt> receipts = new ArrayList<>();
        for (Told told : request.told()) receipts.add(takeOrRefuse(request, told, repeats));
        return receipts;
    }

    private Receipt takeOrRefuse(Intake.Request request, Told told, Repeats repeats) {
        try {
            return repeats.item(request.caller().actor(), told, () -> take(request, told));
        } catch (Refusal refusal) {
            return Receipt.refused(refusal);
        }
    }

    private Receipt take(Intake.Request request, Told told) {
        Caller caller = request.caller();
        if (request.claim() != null) return takeClaim(caller, told, request.claim());
        if (told.kind().subject() != Kind.Subject.ELEMENT) refuseSecrets(told);
        return told.kind().subject() == Kind.Subject.ELEMENT
                ? takeOfElement(caller, told)
                : new Decisions(this, sitting, subjects).take(request, told);
    }

    private Receipt takeOfElement(Caller caller, Told told) {
        if (told.infrastructure() != null) return takeOfAll(caller, told, told.infrastructure());
        Instant at = witnessedAt(told);
        List<Subjects.Subject> found = spokenOf(caller, told, at);
        if (found.size() == 1)
            return takeAbout(caller, permitted(caller, told, found.getFirst()), at, found.getFirst());
        boolean born = found.isEmpty() && (told.kind() == Kind.WISH || told.create());
        if (born && subjects.isFree(Objects.requireNonNull(told.element())))
            return takeBirth(caller, told, at, Objects.requireNonNull(told.element()));
        boolean elsewise = told.asFound() && !Intake.maySay(caller, told.kind());
        return keepUnattached(caller, elsewise ? told.as(Kind.DELIVERY_SURVEY) : told, at, found);
    }

    /**
     * Of a whole infrastructure: for who reaches all of it. One that nobody knows is kept unattached, and so is one out of
     * reach: neither is told from the other.
     */
    private Receipt takeOfAll(Caller caller, Told told, String named) {
        if (grant(caller).elements() != null) throw Refusal.at(Problem.NOT_ALLOWED, "/infrastructure");
        Instant at = witnessedAt(told);
        String infrastructure = reached(caller, named);
        if (infrastructure == null) return keepUnattached(caller, told, at, List.of());
        Facts facts = read(told);
        Entry entry = entry(caller, told, at, infrastructure, Json.object());
        sitting.record(entry);
        sitting.assign(entry, infrastructure);
        return moved(
                caller, entry, infrastructure, sitting.absorb(entry, infrastructure, facts, witness(caller), entry));
    }

    /** The infrastructure that is meant, within what the caller reaches; null where there is none. */
    @Nullable
    String reached(Caller caller, String named) {
        String infrastructure = sitting.infrastructures().named(named);
        return infrastructure != null && grant(caller).reaches(null, infrastructure) ? infrastructure : null;
    }

    /** Of a whole infrastructure, once those that belong to it have moved: the next testimony finds them as they are now. */
    Receipt moved(Caller caller, Entry entry, String infrastructure, Sitting.Moved moved) {
        for (UUID element : moved.elements())
            if (subjects.subject(element) != null) subjects.add(subject(sitting.picture(element), entry));
        List<Divergences.Turn> turns =
                moved.turns().values().stream().flatMap(List::stream).toList();
        int elements = sitting.infrastructures().members(infrastructure).size();
        return new Receipt(
                201,
                entry.id(),
                false,
                entry.seq(),
                null,
                new Receipt.Whole(infrastructure, elements, moved.elements().size()),
                List.of(),
                disagreements(turns, grant(caller)),
                null,
                flags(entry.witnessedAt()),
                null);
    }

    /** What was found as it stands: while the element awaits its acceptance, it is the survey at delivery. */
    private static Told asFound(Told told, Subjects.Subject subject) {
        return told.asFound() && subject.isAtReception() ? told.as(Kind.DELIVERY_SURVEY) : told;
    }

    private static Told permitted(Caller caller, Told told, Subjects.Subject subject) {
        Told found = asFound(told, subject);
        if (told.asFound() && !Intake.maySay(caller, found.kind())) throw Refusal.at(Problem.NOT_ALLOWED, "/kind");
        return found;
    }

    /**
     * By what the witness calls it; for a survey that calls it by an unknown name, by what the machine carries. A paper of
     * a provider is about whoever carries the provider's reference, whatever the importer calls it.
     */
    private List<Subjects.Subject> spokenOf(Caller caller, Told told, Instant at) {
        Reference reference = told.element();
        Scope.Grant grant = grant(caller);
        if (told.isOnPaper()) {
            List<Subjects.Subject> referred = within(grant, subjects.carrying(references(told), at));
            if (!referred.isEmpty()) return referred;
        }
        List<Subjects.Subject> found = reference == null ? List.of() : subjects.resolve(reference, at, grant);
        if (told.kind() == Kind.WISH)
            found = found.stream().filter(s -> s.closedAt() == null).toList();
        if (!found.isEmpty() || !isSurvey(told.kind())) return found;
        // what may be born is still whoever carries the provider's reference
        List<Identifier> carried = told.create() ? references(told) : identifiers(told);
        return within(grant, subjects.carrying(carried, at));
    }

    private static List<Subjects.Subject> within(Scope.Grant grant, List<Subjects.Subject> found) {
        return found.stream().filter(s -> s.isWithin(grant)).toList();
    }

    /** The provider's references among what is carried. */
    private List<Identifier> references(Told told) {
        return identifiers(told).stream()
                .filter(one -> one.kind() == IdentifierKind.PROVIDER_REF)
                .toList();
    }

    private static boolean isSurvey(Kind kind) {
        return kind == Kind.SURVEY || kind == Kind.DELIVERY_SURVEY;
    }

    private List<Identifier> identifiers(Told told) {
        List<Identifier> identifiers = new ArrayList<>();
        told.facts().forEach((attribute, value) -> {
            var declared = sitting.vocabulary().attribute(attribute);
            if (declared == null || declared.identifier() == null) return;
            Facts known = Facts.recall(sitting.vocabulary(), Json.object().set(attribute, value));
            known.values()
                    .values()
                    .forEach(one -> identifiers.addAll(sitting.vocabulary().identifiers(attribute, one.value())));
        });
        return identifiers;
    }

    // ---- of an element that is known
    // ----------------------------------------------------------------------------------

    private Receipt takeAbout(Caller caller, Told told, Instant at, Subjects.Subject subject) {
        Knowledge.Standing repeated = repeated(caller, told, subject.id(), at);
        if (repeated != null) return confirm(subject, repeated, at);
        Facts facts = read(told);
        refuseOutside(caller, facts, subject.name(), subject.infrastructure());
        if (told.kind() == Kind.COMMISSIONING) refuseSecondLife(subject);
        Entry entry = entry(caller, told, at, subject.id(), null, Json.object());
        Picture picture = sitting.picture(subject.id());
        return absorbed(caller, entry, picture, facts, told);
    }

    /**
     * The testimony that these words repeat, or null where they are news: other words, or the same after a silence longer
     * than their rhythm allows (a run has no hole, so that freshness at any instant can be told from its ends).
     */
    private Knowledge.@Nullable Standing repeated(Caller caller, Told told, UUID element, Instant at) {
        Stance stance = told.kind().stance();
        if (stance == null) return null;
        Map<LastWords.Key, Knowledge.Standing> ofElement = standing.get(element);
        Knowledge.Standing last =
                ofElement == null ? null : ofElement.get(new LastWords.Key(stance, caller.actor(), told.source()));
        if (last == null || !Arrays.equals(last.digest(), digest(told))) return null;
        if (last.staleAfterSeconds() != null) {
            Duration allowed = Duration.ofSeconds(last.staleAfterSeconds());
            boolean hole = at.isAfter(last.lastAt().plus(allowed))
                    || sitting.head().recordedAt().isAfter(last.heardAt().plus(allowed));
            if (hole) return null;
        }
        return last;
    }

    private byte[] digest(Told told) {
        return digests.computeIfAbsent(told, one -> Entry.digest(one.kind(), one.complete(), facts(one), one.note()));
    }

    private static ObjectNode facts(Told told) {
        ObjectNode facts = Json.object();
        told.facts().forEach(facts::set);
        return facts;
    }

    private Receipt confirm(Subjects.Subject subject, Knowledge.Standing last, Instant at) {
        if (at.isAfter(last.lastAt())) {
            taken = true;
            sitting.confirm(last, last.lastAt(), at);
            stand(new Knowledge.Standing(
                    last.element(),
                    last.key(),
                    last.seq(),
                    last.id(),
                    last.digest(),
                    at,
                    sitting.head().recordedAt(),
                    last.heard() + 1,
                    last.staleAfterSeconds()));
        }
        var spoken = new Receipt.Spoken(subject.id(), subject.name(), subject.type(), subject.status());
        return new Receipt(200, last.id(), true, last.seq(), spoken, List.of(), List.of(), null, flags(at), null);
    }

    /** An element that was closed cannot come back to life where another one bears its name by now. */
    void refuseSecondLife(Subjects.Subject subject) {
        if (subject.closedAt() == null) return;
        Reference name = new Reference.Named(subject.name());
        sitting.write();
        subjects.find(sitting.db(), List.of(name), List.of());
        if (!subjects.isFree(name)) throw Refusal.at(Problem.NAME_TAKEN, "/element", subject.name());
    }

    // ---- of an element that is born
    // -----------------------------------------------------------------------------------

    private Receipt takeBirth(Caller caller, Told told, Instant at, Reference reference) {
        String name = reference.name();
        if (name == null) throw Refusal.at(Problem.WRONG_TYPE, "/element", "\"name\"");
        if (!told.kind().mayCreate())
            throw Refusal.at(Problem.NOT_FOR_THIS_KIND, "/create", told.kind().word(), "create");
        String type = type(told);
        Facts facts = read(told);
        refuseOutside(caller, facts, name, null);
        UUID id = Ids.next(sitting.head().recordedAt());
        Entry.Birth birth = new Entry.Birth(name, type);
        Entry entry = entry(caller, told, at, id, birth, Json.object());
        return absorbed(caller, entry, sitting.bear(id, birth, entry.seq()), facts, told);
    }

    /** A wish that names no type wishes a server; another kind has to say what it found. */
    String type(Told told) {
        String type = told.type();
        if (type == null && told.kind() != Kind.WISH) throw Refusal.at(Problem.MISSING_MEMBER, "/type", "type");
        String word = type == null ? DEFAULT_TYPE : type;
        if (sitting.vocabulary().type(word) == null)
            throw Refusal.at(
                    Problem.UNKNOWN_TYPE,
                    "/type",
                    word,
                    String.join(
                            ", ",
                            sitting.vocabulary().types().stream()
                                    .map(t -> t.name())
                                    .toList()));
        return word;
    }

    // ---- what is given of a range -----------------------------------------------------------------------------------

    /** The next of a range is born to a name: what was given a moment ago is written, so it is taken. */
    private Receipt takeClaim(Caller caller, Told told, Claim claim) {
        Instant at = witnessedAt(told);
        List<Subjects.Subject> found =
                subjects.resolve(Objects.requireNonNull(told.element(), "the range"), at, grant(caller));
        if (found.size() != 1) throw Refusal.of(Problem.NOT_FOUND);
        sitting.write();
        Subjects.Subject holder = found.getFirst();
        IpRange given = claim.next(sitting.db(), sitting.head().customer(), holder);
        Reference name = freeName(claim, given);
        return takeBirth(caller, claim.wish(told, holder, given, Objects.requireNonNull(name.name())), at, name);
    }

    /** Of a name that nobody chose there may be a second one. */
    private Reference freeName(Claim claim, IpRange given) {
        String name = claim.nameOf(given);
        for (int n = 1; ; n++) {
            Reference reference = new Reference.Named(n == 1 ? name : name + "-" + n);
            subjects.find(sitting.db(), List.of(reference), List.of());
            if (subjects.isFree(reference)) return reference;
            if (claim.name() != null) throw Refusal.at(Problem.NAME_TAKEN, "/element", name);
        }
    }

    // ---- what cannot be attached
    // ----------------------------------------------------------------------------------------

    private Receipt keepUnattached(Caller caller, Told told, Instant at, List<Subjects.Subject> found) {
        read(told);
        Papers.Waiting waiting = told.isOnPaper() ? papers().find(caller.actor(), told) : null;
        if (waiting != null) return waiting.again(flags(at));
        ObjectNode act = Json.object();
        if (!found.isEmpty()) {
            var candidates = act.putArray("candidates");
            found.forEach(subject -> candidates.add(subject.id().toString()));
        }
        Entry entry = entry(caller, told, at, null, null, act);
        sitting.record(entry);
        Receipt.Unattached why = found.isEmpty() ? Receipt.Unattached.UNKNOWN : Receipt.Unattached.AMBIGUOUS;
        sitting.unattached(entry, why, found.stream().map(Subjects.Subject::id).toList());
        if (told.isOnPaper()) papers().add(entry, why);
        return new Receipt(202, entry.id(), false, entry.seq(), null, List.of(), List.of(), why, flags(at), null);
    }

    private Papers papers() {
        Papers waiting = papers;
        if (waiting == null) {
            waiting = Papers.waiting(sitting.db(), sitting.head().customer());
            papers = waiting;
        }
        return waiting;
    }

    // ---- the entry --------------------------------------------------------------------------------------------------

    private Facts read(Told told) {
        refuseSecrets(told);
        return Facts.read(sitting.vocabulary(), told.facts());
    }

    /** What a person typed is refused; a tool's document was scrubbed at its door. */
    private static void refuseSecrets(Told told) {
        Secrets.firstIn(facts(told)).ifPresent(found -> {
            throw Refusal.at(
                    Problem.LOOKS_LIKE_A_SECRET,
                    "/facts" + found.pointer(),
                    found.reason().words());
        });
        if (told.note() != null)
            Secrets.inText(told.note()).ifPresent(reason -> {
                throw Refusal.at(Problem.LOOKS_LIKE_A_SECRET, "/note", reason.words());
            });
    }

    /** A witness limited to some infrastructures or elements cannot move one out of, or into, what it does not reach. */
    private void refuseOutside(Caller caller, Facts facts, String name, @Nullable String before) {
        Scope.Grant grant = grant(caller);
        Facts.Value told = facts.values().get("infrastructure");
        String now = told == null ? before : told.value().asString("");
        if (grant.reaches(name, now)) return;
        boolean named = grant.elements() == null || grant.elements().contains(name);
        throw Refusal.at(Problem.NOT_ALLOWED, named ? "/facts/infrastructure" : "/element");
    }

    Entry entry(
            Caller caller, Told told, Instant at, @Nullable UUID element, Entry.@Nullable Birth birth, ObjectNode act) {
        return entry(caller, told, at, element, null, birth, act);
    }

    Entry entry(Caller caller, Told told, Instant at, String infrastructure, ObjectNode act) {
        return entry(caller, told, at, null, infrastructure, null, act);
    }

    private Entry entry(
            Caller caller,
            Told told,
            Instant at,
            @Nullable UUID element,
            @Nullable String infrastructure,
            Entry.@Nullable Birth birth,
            ObjectNode act) {
        taken = true;
        sitting.introduce(witness(caller));
        return new Entry(
                sitting.head().customer(),
                sitting.head().nextSeq(),
                Ids.next(sitting.head().recordedAt()),
                told.kind(),
                caller.actor(),
                told.source(),
                at,
                sitting.head().recordedAt(),
                told.complete(),
                told.subject(),
                element,
                infrastructure,
                birth,
                context(told.context()),
                facts(told),
                told.note(),
                act,
                told.document());
    }

    static ObjectNode context(Told.Context context) {
        ObjectNode json = Json.object();
        if (context.order() != null) json.put("order", context.order());
        if (context.project() != null) json.put("project", context.project());
        if (context.run() != null) json.put("run", context.run());
        return json;
    }

    private static Picture.Witness witness(Caller caller) {
        return new Picture.Witness(caller.actor(), caller.name(), caller.role().word());
    }

    Receipt absorbed(Caller caller, Entry entry, Picture picture, Facts facts, Told told) {
        Stance stance = entry.kind().stance();
        Collection<String> concerned =
                entry.complete() ? picture.attributes() : facts.values().keySet();
        Words before = stance == null ? Words.NONE : words(picture, concerned, List.of(stance), entry);
        sitting.record(entry);
        sitting.assign(entry, picture.id());
        Sitting.Effect effect = sitting.absorb(entry, picture, facts, witness(caller), entry);
        remember(entry, picture, told);
        Words now = stance == null ? Words.NONE : words(picture, effect.touched(), List.of(stance), entry);
        return receipt(caller, entry, picture, before.changes(now), effect.turns());
    }

    /** What the next testimony of the same batch will find. */
    private void remember(Entry entry, Picture picture, Told told) {
        subjects.add(subject(picture, entry));
        subjects.carries(picture.id(), identifiers(told), entry.effectiveAt());
        Stance stance = entry.kind().stance();
        if (stance == null) return;
        LastWords.Key key = new LastWords.Key(stance, entry.witness(), entry.source());
        LastWords words = picture.words(key);
        if (words == null || words.latest() == null || words.latest().seq() != entry.seq()) return;
        var rhythm = picture.rhythm(entry.kind(), sitting.vocabulary());
        stand(new Knowledge.Standing(
                picture.id(),
                key,
                entry.seq(),
                entry.id(),
                entry.digest(),
                entry.witnessedAt(),
                entry.recordedAt(),
                1,
                rhythm == null ? null : rhythm.rhythm().plus(rhythm.grace()).toSeconds()));
    }

    Subjects.Subject subject(Picture picture, Entry entry) {
        String infrastructure = Knowledge.Card.infrastructure(picture, sitting.vocabulary(), entry.recordedAt());
        Delivery delivery = picture.delivery();
        return new Subjects.Subject(
                picture.id(),
                picture.name(),
                picture.type(),
                picture.status(),
                picture.reached(),
                delivery == null ? null : delivery.state().word(),
                infrastructure,
                picture.closedAt());
    }

    /** The words that count at one moment, by attribute and stance: what a receipt compares to tell what changed. */
    record Words(Map<Map.Entry<String, Stance>, JsonNode> counting) {
        static final Words NONE = new Words(Map.of());

        List<Receipt.Change> changes(Words now) {
            Set<Map.Entry<String, Stance>> all = new LinkedHashSet<>(now.counting.keySet());
            all.addAll(counting.keySet());
            return all.stream()
                    .filter(one -> !Objects.equals(counting.get(one), now.counting.get(one)))
                    .map(one ->
                            new Receipt.Change(one.getKey(), one.getValue(), counting.get(one), now.counting.get(one)))
                    .toList();
        }
    }

    /** All that counts of an element, on every stance. */
    Words words(Picture picture, Entry entry) {
        return words(picture, picture.attributes(), List.of(Stance.values()), entry);
    }

    private Words words(Picture picture, Collection<String> attributes, List<Stance> stances, Entry entry) {
        Map<Map.Entry<String, Stance>, JsonNode> words = new LinkedHashMap<>();
        for (String attribute : attributes)
            for (Stance stance : stances) {
                var best = picture.bestAsRecorded(attribute, stance, sitting.vocabulary(), entry.recordedAt());
                if (best != null)
                    words.put(
                            Map.entry(attribute, stance),
                            best.counting().saying().value());
            }
        return new Words(words);
    }

    private static Receipt.Spoken spoken(Picture picture) {
        return new Receipt.Spoken(picture.id(), picture.name(), picture.type(), picture.status());
    }

    private List<Receipt.Disagreement> disagreements(List<Divergences.Turn> turns, Scope.Grant reader) {
        return turns.stream()
                .map(turn -> {
                    Divergence d = turn.divergence();
                    var sentence = Divergences.sentence(d, sitting.vocabulary(), reader);
                    return new Receipt.Disagreement(
                            d.id(),
                            d.attribute(),
                            d.between(),
                            d.nature(),
                            Word.of(turn.change()),
                            sentence.in(Locale.ENGLISH),
                            sentence.in(Locale.FRENCH));
                })
                .toList();
    }

    List<String> flags(Instant witnessedAt) {
        return witnessedAt.isAfter(sitting.head().recordedAt().plusSeconds(Entry.FUTURE_SECONDS))
                ? List.of("future")
                : List.of();
    }

    // ---- receipts ---------------------------------------------------------------------------------------------------

    /** Of what is about no single element. */
    Receipt receipt(Caller caller, Entry entry, List<Divergences.Turn> turns) {
        return new Receipt(
                201,
                entry.id(),
                false,
                entry.seq(),
                null,
                List.of(),
                disagreements(turns, grant(caller)),
                null,
                flags(entry.witnessedAt()),
                null);
    }

    Receipt receipt(
            Caller caller, Entry entry, Picture picture, List<Receipt.Change> changes, List<Divergences.Turn> turns) {
        return new Receipt(
                201,
                entry.id(),
                false,
                entry.seq(),
                spoken(picture),
                changes,
                disagreements(turns, grant(caller)),
                null,
                flags(entry.witnessedAt()),
                null);
    }
}
