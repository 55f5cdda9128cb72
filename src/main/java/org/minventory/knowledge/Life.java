package org.minventory.knowledge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Status;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;

/**
 * The life of an element, told in any order: its steps, each with the testimony that caused it, what happened at the
 * reception of its deliveries, and the status that follows from them.
 */
final class Life {
    /** The fact by which a wish or an order is taken back. */
    private static final String CANCELLED_ON = "cancelled.on";

    private static final Comparator<Reception> IN_ORDER =
            Comparator.comparing(Reception::at).thenComparingLong(Reception::seq);

    private final Map<Status, Step> first = new EnumMap<>(Status.class);
    private final Map<Status, Step> last = new EnumMap<>(Status.class);
    private final List<Reception> receptions = new ArrayList<>();
    private long firstSeq = Long.MAX_VALUE;
    /** In service since its first words, where those tell of no beginning; null otherwise. */
    private @Nullable Step born;
    /** The last end of a maintenance, or null. */
    private @Nullable Step restored;
    /** The maintenance of the whole infrastructure that it belongs to, or null. */
    private @Nullable Step around;

    // ---- taking in ------------------------------------------------------------------------------------------------

    void take(Entry entry, Facts facts) {
        boolean tellsOfLife = entry.kind().stance() != null || entry.kind().step() != null;
        if (tellsOfLife && entry.seq() < firstSeq) {
            firstSeq = entry.seq();
            boolean foundAlive = !entry.kind().beginsLife();
            born = foundAlive ? step(Status.IN_SERVICE, entry) : null;
        }
        if (entry.kind() == Kind.ACCEPTANCE) takeDecision(entry);
        else if (entry.kind() == Kind.MAINTENANCE) takeMaintenance(entry, facts);
        else if (isCancelling(entry)) take(step(Status.CANCELLED, entry));
        else if (entry.kind().step() != null && !isUnfinished(entry, facts))
            take(step(Objects.requireNonNull(entry.kind().step()), entry));
        if (isArrival(entry.kind())) receive(Reception.of(Reception.What.ARRIVED, entry));
    }

    private static boolean isArrival(Kind kind) {
        return kind == Kind.DELIVERY_NOTICE || kind == Kind.DELIVERY_SURVEY;
    }

    /** A deployment that failed, or that was one of a part, testifies facts without moving the status. */
    private static boolean isUnfinished(Entry entry, Facts facts) {
        return entry.kind() == Kind.DEPLOYMENT_REPORT && Deployment.of(facts) != Deployment.WHOLE;
    }

    private static boolean isCancelling(Entry entry) {
        JsonNode on = entry.facts().get(CANCELLED_ON);
        return (entry.kind() == Kind.WISH || entry.kind() == Kind.ORDER) && on != null && !on.isNull();
    }

    private void takeDecision(Entry entry) {
        Reception.What decision =
                Reception.What.decision(entry.act().path("decision").asString(""));
        if (decision == null) return;
        receive(Reception.of(decision, entry));
        switch (decision) {
            case ACCEPT, ACCEPT_WITH_RESERVATIONS -> take(step(Status.ACCEPTED, entry));
            case REFUSE -> take(step(Status.REFUSED, entry));
            case ARRIVED, POSTPONE, COUNTERSIGN, OBJECT -> {}
        }
    }

    /** A maintenance is open until its end is told; one that is only planned is none yet. */
    private void takeMaintenance(Entry entry, Facts facts) {
        Facts.Value told = facts.values().get("maintenance.state");
        String state = told == null ? "open" : told.value().asString("open");
        Step step = step(Status.MAINTENANCE, entry);
        if (state.equals("closed")) restored = restored == null || restored.isBefore(step) ? step : restored;
        else if (!state.equals("planned")) take(step);
    }

    /** Of what arrived the first and the last of each delivery are kept: whatever lies between begins nothing. */
    private void receive(Reception one) {
        receptions.add(one);
        receptions.sort(IN_ORDER);
        for (int i = receptions.size() - 2; i > 0; i--)
            if (isArrival(i - 1) && isArrival(i) && isArrival(i + 1)) receptions.remove(i);
    }

    private boolean isArrival(int place) {
        return receptions.get(place).what() == Reception.What.ARRIVED;
    }

    /** All of its infrastructure is worked on; or, with null, no longer. */
    void surround(@Nullable Step maintenance) {
        around = maintenance;
    }

    private static Step step(Status status, Entry entry) {
        return new Step(status, entry.seq(), entry.id(), entry.effectiveAt(), entry.witness());
    }

    private void take(Step step) {
        first.merge(step.status(), step, (before, now) -> now.isBefore(before) ? now : before);
        last.merge(step.status(), step, (before, now) -> now.isBefore(before) ? before : now);
    }

    // ---- what follows from it ---------------------------------------------------------------------------------------

    /** What it has reached; in maintenance while one is open, once it was delivered and as long as it lives. */
    Status status() {
        Status reached = reached();
        boolean workedOn = maintenance() != null || around != null;
        return workedOn && reached.isDelivered() && !reached.isOver() ? Status.MAINTENANCE : reached;
    }

    /**
     * The furthest step that was witnessed, whatever maintenance is open. A commissioning after the closing opens it again;
     * a delivery after a refusal begins anew; what is cancelled stays so until it is ordered again.
     */
    Status reached() {
        if (closing() != null) return Status.DECOMMISSIONED;
        return isCancelled() ? Status.CANCELLED : furthest();
    }

    private Status furthest() {
        Step refusal = last.get(Status.REFUSED);
        Status furthest = Status.WISHED;
        for (Status status : Status.values()) {
            Step reached = status.compareTo(Status.IN_SERVICE) > 0 ? null : latest(status);
            boolean counts = reached != null
                    && (refusal == null || status.compareTo(Status.DELIVERED) < 0 || refusal.isBefore(reached));
            if (counts) furthest = status;
        }
        return refusal != null && furthest.compareTo(Status.DELIVERED) < 0 ? Status.REFUSED : furthest;
    }

    private @Nullable Step latest(Status status) {
        Step reached = last.get(status);
        return reached == null && born != null && born.status() == status ? born : reached;
    }

    private @Nullable Step closing() {
        Step closing = last.get(Status.DECOMMISSIONED);
        Step opening = last.get(Status.IN_SERVICE);
        return closing == null || (opening != null && closing.isBefore(opening)) ? null : closing;
    }

    /** The beginning of the maintenance that is open, or null: the first one told since the last end. */
    private @Nullable Step maintenance() {
        Step begun = first.get(Status.MAINTENANCE);
        Step begunAgain = last.get(Status.MAINTENANCE);
        if (begun == null || begunAgain == null || restored == null || restored.isBefore(begun)) return begun;
        return restored.isBefore(begunAgain) ? begunAgain : null;
    }

    /** By which maintenance it is worked on, its own or that of its infrastructure: the one that began first; or null. */
    private @Nullable Step workedOn() {
        Step own = maintenance();
        Step ofAll = status() == Status.MAINTENANCE ? around : null;
        if (own == null || ofAll == null) return own == null ? ofAll : own;
        return ofAll.isBefore(own) ? ofAll : own;
    }

    private boolean isCancelled() {
        Step cancelled = last.get(Status.CANCELLED);
        return cancelled != null
                && last.values().stream()
                        .filter(step -> isProgress(step.status()))
                        .noneMatch(cancelled::isBefore);
    }

    /** A wish more, or work on it, orders nothing. */
    private static boolean isProgress(Status status) {
        return status.compareTo(Status.ORDERED) >= 0 && status.compareTo(Status.IN_SERVICE) <= 0;
    }

    /** The steps that were witnessed, in the order of life. */
    List<Step> steps() {
        Map<Status, Step> steps = new EnumMap<>(first);
        if (born != null) steps.merge(born.status(), born, (before, now) -> now.isBefore(before) ? now : before);
        Step maintenance = workedOn();
        if (maintenance == null) steps.remove(Status.MAINTENANCE);
        else steps.put(Status.MAINTENANCE, maintenance);
        return List.copyOf(steps.values());
    }

    /** When it was closed, or null while it lives. */
    @Nullable
    Instant closedAt() {
        Step closing = closing();
        return closing == null ? null : closing.at();
    }

    /** What was delivered, one after the other. */
    List<Delivery> deliveries() {
        return Delivery.of(receptions);
    }

    // ---- what is kept of it -----------------------------------------------------------------------------------------

    long firstSeq() {
        return firstSeq;
    }

    @Nullable
    Step born() {
        return born;
    }

    @Nullable
    Step restored() {
        return restored;
    }

    void begin(long firstSeq, @Nullable Step born, @Nullable Step restored) {
        this.firstSeq = firstSeq;
        this.born = born;
        this.restored = restored;
    }

    Map<Status, Step> firstSteps() {
        return first;
    }

    Map<Status, Step> lastSteps() {
        return last;
    }

    List<Reception> receptions() {
        return receptions;
    }
}
