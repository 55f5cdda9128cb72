package org.minventory.project;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.element.ElementName;
import org.minventory.element.UnfitValue;
import org.minventory.intake.Consequence.Act;
import org.minventory.party.Actors;
import org.minventory.party.Role;
import org.minventory.project.Project.As;
import org.minventory.project.Project.Decision;
import org.minventory.project.Project.State;
import org.minventory.testimony.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an act in a project will say: whether it can be said as things stand, and by this caller; with the ids of what it
 * speaks of and, for a proposal and its approval, with all that is proposed, so that nobody can approve something else.
 */
final class Deciding {
    private static final List<String> PRICES = List.of("price.setup", "price.monthly", "price.yearly");
    private static final Set<String> IN_REQUEST = Set.of("title", "infrastructure");
    private static final Set<String> IN_MESSAGE =
            Set.of("as", "answers", "alternative", "price.setup", "price.monthly", "price.yearly");
    private static final Set<String> IN_APPROVAL = Set.of("decision", "proposal");

    private final JdbcClient db;
    private final Act act;
    private final Told told;
    private final ActFacts facts;
    private final String name;
    private final @Nullable Project project;

    Deciding(JdbcClient db, Act act) {
        this.db = db;
        this.act = act;
        this.told = act.told();
        this.facts = new ActFacts(told);
        this.name = Objects.requireNonNull(told.context().project(), "a project is named");
        Project found = Projects.named(db, act.customer(), name);
        if (found != null && !Projects.isReached(db, act.caller().scope(), found))
            throw Refusal.at(Problem.NOT_FOUND, "/project");
        this.project = found;
    }

    ObjectNode decide() {
        return switch (told.kind()) {
            case REQUEST -> request();
            case MESSAGE -> message();
            case APPROVAL -> approval();
            case WISH,
                    ORDER,
                    DELIVERY_NOTICE,
                    DELIVERY_SURVEY,
                    SURVEY,
                    DEPLOYMENT_REPORT,
                    MONITORING_STATE,
                    PROOF,
                    COMMISSIONING,
                    DECOMMISSIONING,
                    INCIDENT,
                    MAINTENANCE,
                    INTERVENTION,
                    NOTE,
                    ACCEPTANCE,
                    CONTRACT,
                    RENEWAL,
                    INVOICE,
                    DEFINITION,
                    MANDATE,
                    ATTACHMENT,
                    WITHDRAWAL,
                    MERGE,
                    SPLIT,
                    DISCREDIT,
                    DIVERGENCE_DECISION,
                    CONFIRMATION -> throw new IllegalStateException(told.kind() + " is not said in a project");
        };
    }

    private ObjectNode says(UUID id) {
        return Json.object()
                .put("project", id.toString())
                .put("role", act.caller().role().word());
    }

    // ---- asking -----------------------------------------------------------------------------------------------------

    private ObjectNode request() {
        onlyKnown(IN_REQUEST);
        String title = facts.text("title");
        if (project == null && title == null) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/title", "title");
        try {
            ElementName.check(name);
        } catch (UnfitValue unfit) {
            throw Refusal.at(Problem.UNFIT_NAME, "/project", unfit.sentence());
        }
        if (Ids.parse(name) != null) throw Refusal.at(Problem.UNFIT_NAME, "/project", name);
        String infrastructure = facts.text("infrastructure");
        if (infrastructure != null) read("infrastructure");
        if (!reaches(infrastructure != null || project == null ? infrastructure : project.infrastructure()))
            throw Refusal.at(Problem.NOT_ALLOWED, "/facts/infrastructure");
        return says(project == null ? Ids.next(act.recordedAt()) : project.id());
    }

    // ---- talking ----------------------------------------------------------------------------------------------------

    private ObjectNode message() {
        onlyKnown(IN_MESSAGE);
        Project in = known();
        As as = facts.word("as", As.values(), As::word, As.MESSAGE);
        boolean fromOps = act.caller().role() == Role.OPS;
        boolean opsAlone = as == As.ADVICE || as == As.ALTERNATIVE || as == As.PROPOSAL;
        if (opsAlone && !fromOps) throw Refusal.at(Problem.NOT_ALLOWED, "/facts/as");
        if (as == As.ALTERNATIVE && facts.text("alternative") == null)
            throw Refusal.at(Problem.MISSING_MEMBER, "/facts/alternative", "alternative");
        boolean speaks = facts.hasNote() || told.document() != null || as == As.PROPOSAL;
        if (!speaks) throw Refusal.at(Problem.MISSING_MEMBER, "/note", "note");
        readPrices();
        answered(in);
        ObjectNode says = says(in.id()).put("as", as.word());
        if (as == As.PROPOSAL) propose(in, says);
        return says;
    }

    private void readPrices() {
        for (String price : PRICES) if (told.facts().containsKey(price)) read(price);
    }

    private void read(String attribute) {
        try {
            act.vocabulary()
                    .normalise(attribute, Objects.requireNonNull(told.facts().get(attribute)));
        } catch (UnfitValue unfit) {
            throw Refusal.at(Problem.UNFIT_VALUE, "/facts/" + attribute + unfit.pointer(), unfit.sentence());
        }
    }

    /** An answer may name the testimony it answers: one of this project. */
    private void answered(Project in) {
        String told = facts.text("answers");
        if (told == null) return;
        UUID question = Ids.parse(told);
        if (question == null || !Projects.holds(db, in, question))
            throw Refusal.at(Problem.NOT_FOUND, "/facts/answers");
    }

    /** What is proposed is all that is wished in the project at this moment: it is written down with the proposal. */
    private void propose(Project in, ObjectNode says) {
        if (in.state() == State.CANCELLED) throw ActFacts.refused(Problem.CONFLICT, "/project", "cancelled");
        String alternative = facts.text("alternative");
        if (alternative != null && !in.offers(alternative)) throw Refusal.at(Problem.NOT_FOUND, "/facts/alternative");
        Wishes wishes = Wishes.of(db, act.customer(), name, act.vocabulary(), act.recordedAt());
        if (wishes.isEmpty()) throw ActFacts.refused(Problem.CONFLICT, "/project", "nothing-wished");
        if (wishes.json().size() > Wishes.MOST) throw ActFacts.refused(Problem.CONFLICT, "/project", "too-much-wished");
        says.set("wishes", wishes.json());
        says.put("digest", wishes.digest());
    }

    // ---- deciding ---------------------------------------------------------------------------------------------------

    private ObjectNode approval() {
        onlyKnown(IN_APPROVAL);
        Project in = known();
        Decision decision = facts.word("decision", Decision.values(), Decision::word, null);
        if (in.state() == State.CANCELLED) throw ActFacts.refused(Problem.CONFLICT, "/project", "cancelled");
        ObjectNode says = says(in.id());
        if (decision != Decision.APPROVED && !facts.hasNote()) throw Refusal.at(Problem.REASON_NEEDED, "/note");
        if (decision == Decision.CANCELLED) return says;
        if (in.state() != State.PROPOSED) throw ActFacts.refused(Problem.CONFLICT, "/project", "nothing-proposed");
        // where the customer has nobody of its own to approve, its ops acts alone
        boolean onBehalf = act.caller().role() == Role.OPS;
        if (onBehalf && Actors.hasCio(db, act.customer())) throw Refusal.at(Problem.NOT_ALLOWED, "/facts/decision");
        JsonNode proposal = in.story().get("proposal");
        String seen = facts.text("proposal");
        if (seen == null) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/proposal", "proposal");
        if (!seen.equals(proposal.get("testimony").stringValue())) throw Refusal.of(Problem.CHANGED_MEANWHILE);
        if (decision == Decision.APPROVED) refuseOtherWishes(proposal);
        says.set("proposal", proposal);
        return says.put("onBehalf", onBehalf);
    }

    /** What is approved is what was proposed; wishes that changed since have to be proposed again. */
    private void refuseOtherWishes(JsonNode proposal) {
        Wishes now = Wishes.of(db, act.customer(), name, act.vocabulary(), act.recordedAt());
        if (!now.digest().equals(proposal.get("digest").stringValue()))
            throw ActFacts.refused(Problem.CONFLICT, "/project", "wishes-changed");
    }

    // ---- reading what was told --------------------------------------------------------------------------------------

    private Project known() {
        if (project == null) throw Refusal.at(Problem.NOT_FOUND, "/project");
        return project;
    }

    private boolean reaches(@Nullable String infrastructure) {
        Scope.Grant grant = Objects.requireNonNull(act.caller().scope().grant(act.customer()), "checked at the door");
        return Projects.isWithin(grant, infrastructure);
    }

    private void onlyKnown(Set<String> names) {
        facts.only(names);
        for (String fact : told.facts().keySet()) if (!PRICES.contains(fact)) facts.text(fact);
    }
}
