package org.minventory.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;

/**
 * A delivery of an element: from what first came until it was accepted or refused. What comes after a refusal is another
 * one.
 *
 * @param arrived the notice or the survey that began it
 * @param decisions what was decided about it, in their order, with what the customer said to it
 */
public record Delivery(Reception arrived, List<Reception> decisions) {
    /** How far the reception has come. */
    public enum State {
        OPEN,
        POSTPONED,
        ACCEPTED,
        RESERVED,
        REFUSED;

        /** The word of the API and of the database. */
        public String word() {
            return Word.of(this);
        }
    }

    public Delivery {
        decisions = List.copyOf(decisions);
    }

    /** Its id: that of the testimony that began it. */
    public UUID id() {
        return arrived.testimony();
    }

    /** What holds: the last decision of the ops. */
    public @Nullable Reception decision() {
        return decisions.stream()
                .filter(one -> one.what().isDecision())
                .reduce((before, now) -> now)
                .orElse(null);
    }

    /** What the customer said to the decision that holds, or null. */
    public @Nullable Reception customersWord() {
        Reception last = decisions.isEmpty() ? null : decisions.getLast();
        return last != null && last.what().isTheCustomers() ? last : null;
    }

    /** Its state. */
    public State state() {
        Reception decision = decision();
        if (decision == null) return State.OPEN;
        return switch (decision.what()) {
            case ACCEPT -> State.ACCEPTED;
            case ACCEPT_WITH_RESERVATIONS -> State.RESERVED;
            case POSTPONE -> State.POSTPONED;
            case REFUSE -> State.REFUSED;
            case ARRIVED, COUNTERSIGN, OBJECT -> throw new IllegalStateException("no decision: " + decision);
        };
    }

    /** The deliveries that these tell, in the order of time. */
    static List<Delivery> of(List<Reception> receptions) {
        List<Delivery> deliveries = new ArrayList<>();
        List<Reception> early = new ArrayList<>(); // told of the first delivery by a clock that is behind
        for (Reception one : receptions) {
            boolean arrives = one.what() == Reception.What.ARRIVED;
            if (deliveries.isEmpty() && !arrives) early.add(one);
            else if (deliveries.isEmpty()) deliveries.add(new Delivery(one, early));
            else if (!arrives) deliveries.add(deliveries.removeLast().with(one));
            else if (deliveries.getLast().state() == State.REFUSED) deliveries.add(new Delivery(one, List.of()));
        }
        boolean decided = deliveries.isEmpty() && !early.isEmpty(); // what it was decided on was taken back since
        return decided ? List.of(new Delivery(early.getFirst(), early)) : deliveries;
    }

    private Delivery with(Reception decision) {
        List<Reception> all = new ArrayList<>(decisions);
        all.add(decision);
        return new Delivery(arrived, all);
    }
}
