package org.minventory.knowledge;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import org.minventory.testimony.Entry;

/** What happened at the reception of a delivery, and the testimony that says so. */
public record Reception(What what, long seq, UUID testimony, Instant at, UUID witness) {
    /** What can happen there. */
    public enum What {
        /** Something came: its notice, or its survey. */
        ARRIVED,
        ACCEPT,
        ACCEPT_WITH_RESERVATIONS,
        POSTPONE,
        REFUSE,
        /** The customer agrees with what the ops decided. */
        COUNTERSIGN,
        /** The customer does not. */
        OBJECT;

        private static final Map<String, What> BY_WORD =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(What::word, Function.identity()));

        /** The word of the record and of the API. */
        public String word() {
            return Word.of(this);
        }

        /** The decision of that word, or null. */
        public static @Nullable What decision(String word) {
            What what = BY_WORD.get(word);
            return what == ARRIVED ? null : what;
        }

        /** Whether it is the customer's word on what the ops decided. */
        public boolean isTheCustomers() {
            return this == COUNTERSIGN || this == OBJECT;
        }

        boolean isDecision() {
            return this != ARRIVED && !isTheCustomers();
        }
    }

    static Reception of(What what, Entry entry) {
        return new Reception(what, entry.seq(), entry.id(), entry.effectiveAt(), entry.witness());
    }

    boolean isBefore(Reception other) {
        int byTime = at.compareTo(other.at);
        return byTime != 0 ? byTime < 0 : seq < other.seq;
    }
}
