package org.minventory.intake;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.element.Reference;
import org.minventory.knowledge.Facts;
import org.minventory.knowledge.Picture;
import org.minventory.party.Caller;
import org.minventory.party.Role;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.minventory.testimony.Told;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes what is said not of an element's facts but about what was said, agreed or delivered: decisions, attachments,
 * withdrawals, what is one and the same, acts whose rooms stand to the right.
 */
final class Decisions {
    private final Taking taking;
    private final Sitting sitting;
    private final Subjects subjects;

    Decisions(Taking taking, Sitting sitting, Subjects subjects) {
        this.taking = taking;
        this.sitting = sitting;
        this.subjects = subjects;
    }

    Receipt take(Intake.Request request, Told told) {
        Caller caller = request.caller();
        return switch (told.kind().subject()) {
            case DELIVERY -> takeOfDelivery(caller, told);
            case DIVERGENCE -> takeDecision(request, told, Objects.requireNonNull(told.decision()));
            case TESTIMONY ->
                told.kind() == Kind.ATTACHMENT ? takeAttachment(caller, told) : takeWithdrawal(caller, told);
            case WITNESS -> takeDiscredit(caller, told);
            case IDENTITY -> takeIdentity(caller, told);
            case PROJECT, ORDER -> takeAct(caller, told);
            case ELEMENT, DEFINITION, MANDATE ->
                throw Refusal.at(Problem.UNKNOWN_KIND, "/kind", told.kind().word(), Kind.words());
        };
    }

    private Receipt takeDecision(Intake.Request request, Told told, Told.Decision decision) {
        Caller caller = request.caller();
        sitting.write();
        Divergence divergence = Divergences.withId(sitting.db(), sitting.head().customer(), decision.divergence());
        Picture picture = divergence == null ? null : reached(caller, divergence.element());
        if (divergence == null || picture == null) throw Refusal.at(Problem.NOT_FOUND, "/divergence");
        if (!request.basis().stands(divergence)) throw Refusal.of(Problem.CHANGED_MEANWHILE);
        if (divergence.state() == Divergence.State.RESOLVED) throw Refusal.at(Problem.CONFLICT, "/divergence");
        if (decision.until() != null && !decision.until().isAfter(sitting.head().recordedAt()))
            throw Refusal.at(Problem.UNFIT_VALUE, "/until", Sentence.of("org.minventory.intake.said", "until-passed"));
        ObjectNode act = Json.object()
                .put("divergence", divergence.id().toString())
                .put("decision", decision.verb().word());
        if (decision.until() != null) act.put("until", decision.until().toString());
        Entry entry = taking.entry(caller, told, taking.witnessedAt(told), picture.id(), null, act);
        sitting.record(entry);
        sitting.assign(entry, picture.id());
        sitting.decide(entry, divergence);
        return taking.receipt(caller, entry, picture, List.of(), List.of());
    }

    /** An act about what another room keeps, which says what exactly is decided. */
    private Receipt takeAct(Caller caller, Told told) {
        sitting.write();
        Consequence keeper = sitting.consequence(told.kind().subject());
        Consequence.Act asked = act(caller, told, null);
        ObjectNode act = keeper.decide(sitting.db(), asked);
        Entry said = told.isOnPaper() ? keeper.said(sitting.db(), asked, act) : null;
        if (said != null)
            return new Receipt(
                    200,
                    said.id(),
                    true,
                    said.seq(),
                    null,
                    List.of(),
                    List.of(),
                    null,
                    taking.flags(taking.witnessedAt(told)),
                    null);
        Entry entry = taking.entry(caller, told, taking.witnessedAt(told), null, null, act);
        sitting.decided(entry);
        return taking.receipt(caller, entry, List.of());
    }

    private Consequence.Act act(Caller caller, Told told, @Nullable Picture picture) {
        return new Consequence.Act(
                sitting.head().customer(), caller, told, picture, sitting.head().recordedAt(), sitting.vocabulary());
    }

    /** What is decided at a reception: the room that decides says of what exactly, and the element's life goes on by it. */
    private Receipt takeOfDelivery(Caller caller, Told told) {
        sitting.write();
        Instant at = taking.witnessedAt(told);
        List<Subjects.Subject> found = subjects.resolve(
                Objects.requireNonNull(told.element(), "an element is named"), at, taking.grant(caller));
        if (found.isEmpty()) throw Refusal.at(Problem.NOT_FOUND, "/element");
        if (found.size() > 1) throw Refusal.at(Problem.CONFLICT, "/element");
        Picture picture = sitting.picture(found.getFirst().id());
        Consequence keeper = sitting.consequence(told.kind().subject());
        ObjectNode act = keeper.decide(sitting.db(), act(caller, told, picture));
        Entry entry = taking.entry(caller, told, at, picture.id(), null, act);
        return taking.absorbed(caller, entry, picture, Facts.NONE, told);
    }

    private Receipt takeAttachment(Caller caller, Told told) {
        sitting.write();
        if (!taking.grant(caller).isWhole()) throw Refusal.at(Problem.NOT_FOUND, "/testimony");
        Entry waiting = waiting(Objects.requireNonNull(told.testimony()));
        if (told.infrastructure() != null) return takeAttachment(caller, told, waiting, told.infrastructure());
        Instant at = taking.witnessedAt(told);
        Reference reference = Objects.requireNonNull(told.element());
        List<Subjects.Subject> found = subjects.resolve(reference, at, taking.grant(caller));
        if (found.isEmpty() && !told.create()) throw Refusal.at(Problem.NOT_FOUND, "/element");
        if (found.size() > 1) throw Refusal.at(Problem.CONFLICT, "/element");
        if (found.isEmpty() && reference.name() == null) throw Refusal.at(Problem.WRONG_TYPE, "/element", "\"name\"");
        if (!found.isEmpty() && waiting.kind() == Kind.COMMISSIONING) taking.refuseSecondLife(found.getFirst());
        ObjectNode act = Json.object().put("testimony", waiting.id().toString()).put("seq", waiting.seq());
        Entry.Birth birth = found.isEmpty()
                ? new Entry.Birth(Objects.requireNonNull(reference.name(), "name"), taking.type(told))
                : null;
        UUID element =
                birth == null ? found.getFirst().id() : Ids.next(sitting.head().recordedAt());
        Entry entry = taking.entry(caller, told, at, element, birth, act);
        Picture picture = birth == null ? sitting.picture(element) : sitting.bear(element, birth, entry.seq());
        sitting.record(entry);
        sitting.assign(entry, element);
        Taking.Words before = taking.words(picture, entry);
        Sitting.Effect effect = sitting.attach(entry, waiting, picture);
        subjects.add(taking.subject(picture, entry));
        return taking.receipt(caller, entry, picture, before.changes(taking.words(picture, entry)), effect.turns());
    }

    /** What is attached to a whole infrastructure is of a kind that speaks of one. */
    private Receipt takeAttachment(Caller caller, Told told, Entry waiting, String named) {
        if (!waiting.kind().isOfInfrastructures())
            throw Refusal.at(
                    Problem.NOT_FOR_THIS_KIND, "/infrastructure", waiting.kind().word(), "infrastructure");
        String infrastructure = taking.reached(caller, named);
        if (infrastructure == null) throw Refusal.at(Problem.NOT_FOUND, "/infrastructure");
        ObjectNode act = Json.object().put("testimony", waiting.id().toString()).put("seq", waiting.seq());
        Entry entry = taking.entry(caller, told, taking.witnessedAt(told), infrastructure, act);
        sitting.record(entry);
        sitting.assign(entry, infrastructure);
        return taking.moved(caller, entry, infrastructure, sitting.attach(entry, waiting, infrastructure));
    }

    private Entry waiting(UUID testimony) {
        Entry waiting = Testimonies.withId(sitting.db(), sitting.head().customer(), testimony);
        if (waiting == null || !sitting.isWaiting(waiting.seq())) throw Refusal.at(Problem.NOT_FOUND, "/testimony");
        return waiting;
    }

    private Receipt takeWithdrawal(Caller caller, Told told) {
        sitting.write();
        Entry withdrawn =
                Testimonies.withId(sitting.db(), sitting.head().customer(), Objects.requireNonNull(told.testimony()));
        UUID element = withdrawn == null ? null : sitting.elementOf(withdrawn);
        boolean mine = withdrawn != null && withdrawn.witness().equals(caller.actor());
        String infrastructure = withdrawn == null || element != null ? null : sitting.infrastructureOf(withdrawn);
        if (withdrawn == null || !isReached(caller, withdrawn, element, infrastructure))
            throw Refusal.at(Problem.NOT_FOUND, "/testimony");
        if (!mine && !mayWithdraw(caller, withdrawn)) throw Refusal.at(Problem.NOT_ALLOWED, "/testimony");
        if (!withdrawn.kind().isWithdrawable() || sitting.isWithdrawn(withdrawn.seq()))
            throw Refusal.at(Problem.CONFLICT, "/testimony");
        if (element != null && withdrawn.kind() == Kind.DECOMMISSIONING)
            taking.refuseSecondLife(Objects.requireNonNull(subjects.subject(element), "reached"));
        ObjectNode act =
                Json.object().put("testimony", withdrawn.id().toString()).put("seq", withdrawn.seq());
        if (infrastructure != null) return takeWithdrawal(caller, told, withdrawn, infrastructure, act);
        Entry entry = taking.entry(caller, told, taking.witnessedAt(told), element, null, act);
        sitting.record(entry);
        if (element != null) sitting.assign(entry, element);
        if (element == null) {
            sitting.withdraw(entry, withdrawn, null);
            return new Receipt(201, entry.id(), false, entry.seq(), null, List.of(), List.of(), null, List.of(), null);
        }
        Taking.Words before = taking.words(sitting.picture(element), entry);
        List<Divergences.Turn> turns = sitting.withdraw(entry, withdrawn, element);
        taking.forget(element);
        Picture anew = sitting.picture(element);
        subjects.add(taking.subject(anew, entry));
        return taking.receipt(caller, entry, anew, before.changes(taking.words(anew, entry)), turns);
    }

    private Receipt takeWithdrawal(Caller caller, Told told, Entry withdrawn, String infrastructure, ObjectNode act) {
        Entry entry = taking.entry(caller, told, taking.witnessedAt(told), infrastructure, act);
        sitting.record(entry);
        sitting.assign(entry, infrastructure);
        return taking.moved(caller, entry, infrastructure, sitting.withdrawOfAll(entry, withdrawn, infrastructure));
    }

    /** Two that are one, or one that is two: only which testimony speaks of which element changes. */
    private Receipt takeIdentity(Caller caller, Told told) {
        if (!taking.grant(caller).isWhole()) throw Refusal.at(Problem.NOT_ALLOWED, "/kind");
        sitting.write();
        Instant at = taking.witnessedAt(told);
        Identity identity = new Identity(sitting, told);
        Subjects.Subject from =
                one(caller, Objects.requireNonNull(told.element(), "an element is named"), at, "/element");
        return told.kind() == Kind.MERGE
                ? takeMerge(caller, told, at, from, identity)
                : takeSplit(caller, told, at, from, identity);
    }

    /** What is folded anew may turn out to live still: not where another one bears its name by now. */
    private void refuseSuccessors(List<UUID> elements) {
        for (UUID element : elements)
            if (subjects.isSucceeded(sitting.db(), element))
                throw Refusal.at(
                        Problem.NAME_TAKEN, "/element", sitting.picture(element).name());
    }

    private Subjects.Subject one(Caller caller, Reference reference, Instant at, String pointer) {
        subjects.find(sitting.db(), List.of(reference), List.of());
        List<Subjects.Subject> found = subjects.resolve(reference, at, taking.grant(caller));
        if (found.isEmpty()) throw Refusal.at(Problem.NOT_FOUND, pointer);
        if (found.size() > 1) throw Refusal.at(Problem.CONFLICT, pointer);
        return found.getFirst();
    }

    private Receipt takeMerge(Caller caller, Told told, Instant at, Subjects.Subject from, Identity identity) {
        Subjects.Subject into = one(caller, identity.into(), at, "/facts/into");
        refuseSuccessors(List.of(from.id(), into.id()));
        Picture before = sitting.picture(into.id());
        Entry entry = taking.entry(caller, told, at, into.id(), null, identity.merging(from, into));
        Taking.Words words = taking.words(before, entry);
        sitting.record(entry);
        sitting.assign(entry, into.id());
        List<Divergences.Turn> turns = sitting.merge(entry);
        Picture anew = sitting.picture(into.id());
        taking.forget(from.id());
        taking.forget(into.id());
        Subjects.Subject now = taking.subject(anew, entry);
        subjects.add(now);
        subjects.merged(from, now);
        sitting.write();
        subjects.again(sitting.db());
        return taking.receipt(caller, entry, anew, words.changes(taking.words(anew, entry)), turns);
    }

    private Receipt takeSplit(Caller caller, Told told, Instant at, Subjects.Subject from, Identity identity) {
        Reference reference = identity.into();
        subjects.find(sitting.db(), List.of(reference), List.of());
        refuseSuccessors(List.of(from.id()));
        boolean known = !subjects.resolve(reference, at, taking.grant(caller)).isEmpty();
        Entry.Birth birth = known ? null : identity.birth(from, subjects.isFree(reference));
        UUID into = birth == null
                ? one(caller, reference, at, "/facts/into").id()
                : Ids.next(sitting.head().recordedAt());
        Entry entry = taking.entry(caller, told, at, into, birth, identity.splitting(from, into));
        Picture before = birth == null ? sitting.picture(into) : sitting.bear(into, birth, entry.seq());
        Taking.Words words = taking.words(before, entry);
        sitting.record(entry);
        sitting.assign(entry, into);
        List<Divergences.Turn> turns = sitting.split(entry);
        for (UUID element : List.of(from.id(), into)) {
            taking.forget(element);
            subjects.add(taking.subject(sitting.picture(element), entry));
        }
        sitting.write();
        subjects.again(sitting.db());
        Picture anew = sitting.picture(into);
        return taking.receipt(caller, entry, anew, words.changes(taking.words(anew, entry)), turns);
    }

    /** A witness was wrong for a while: all that it said of elements in that time is taken back, whoever else agrees. */
    private Receipt takeDiscredit(Caller caller, Told told) {
        if (!taking.grant(caller).isWhole()) throw Refusal.at(Problem.NOT_ALLOWED, "/kind");
        sitting.write();
        ObjectNode act = Discredit.read(sitting.db(), sitting.head(), caller, told);
        refuseSuccessors(Discredit.elements(sitting.db(), sitting.head(), act));
        Entry entry = taking.entry(caller, told, taking.witnessedAt(told), null, null, act);
        sitting.record(entry);
        List<Divergences.Turn> turned = new ArrayList<>();
        sitting.discredit(entry).forEach((element, turns) -> {
            taking.forget(element);
            subjects.add(taking.subject(sitting.picture(element), entry));
            turned.addAll(turns);
        });
        sitting.write();
        subjects.again(sitting.db());
        return taking.receipt(caller, entry, turned);
    }

    /** What one side decided in a project or about a delivery the other cannot take back; all else the ops may correct. */
    private static boolean mayWithdraw(Caller caller, Entry withdrawn) {
        Kind.Subject subject = withdrawn.kind().subject();
        boolean agreed = subject == Kind.Subject.PROJECT || subject == Kind.Subject.DELIVERY;
        return agreed
                ? caller.role().word().equals(withdrawn.act().path("role").asString(""))
                : caller.role() == Role.OPS;
    }

    private boolean isReached(Caller caller, Entry entry, @Nullable UUID element, @Nullable String infrastructure) {
        if (element != null) return reached(caller, element) != null;
        if (infrastructure != null) return taking.grant(caller).reaches(null, infrastructure);
        if (!entry.kind().isAgreed()) return taking.grant(caller).isWhole();
        return sitting.consequence(entry.kind().subject()).reaches(sitting.db(), caller, entry);
    }

    /** The picture of an element within what the caller reaches, or null. */
    private @Nullable Picture reached(Caller caller, UUID element) {
        subjects.find(sitting.db(), List.of(new Reference.Identified(element)), List.of());
        Subjects.Subject subject = subjects.subject(element);
        return subject == null || !subject.isWithin(taking.grant(caller)) ? null : sitting.picture(element);
    }
}
