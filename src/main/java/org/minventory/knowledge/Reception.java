package org.minventory.knowledge;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Word;
import org.minventory.testimony.Entry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What happened at the reception of a delivery, and the testimony that says so.
 *
 * @param reserved what is still to be put right of what is accepted all the same
 */
public record Reception(What what, long seq, UUID testimony, Instant at, UUID witness, List<Reserved> reserved) {
    /**
     * Something that is still to be put right.
     *
     * @param attribute of which it is said; null where words alone say it
     * @param until the day by which it is to be put right
     */
    public record Reserved(
            @Nullable String attribute, @Nullable String text, LocalDate until) {
        static Reserved of(JsonNode told) {
            return new Reserved(
                    told.path("attribute").asString(null),
                    told.path("text").asString(null),
                    LocalDate.parse(told.get("until").stringValue()));
        }

        ObjectNode json() {
            ObjectNode json = Json.object();
            if (attribute != null) json.put("attribute", attribute);
            if (text != null) json.put("text", text);
            return json.put("until", until.toString());
        }
    }

    public Reception {
        reserved = List.copyOf(reserved);
    }

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
        List<Reserved> reserved = new ArrayList<>();
        entry.act().path("reservations").forEach(one -> reserved.add(Reserved.of(one)));
        return new Reception(what, entry.seq(), entry.id(), entry.effectiveAt(), entry.witness(), reserved);
    }

    boolean isBefore(Reception other) {
        int byTime = at.compareTo(other.at);
        return byTime != 0 ? byTime < 0 : seq < other.seq;
    }
}
