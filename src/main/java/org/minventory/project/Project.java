package org.minventory.project;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Word;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A project as its testimonies tell it: asked for, talked about, proposed, approved. It is folded from them and from
 * nothing else, so that one that is withdrawn makes it step back.
 *
 * @param turn whose turn it is, as far as the conversation tells
 * @param story what the conversation came to, ready to be read: {@code alternatives}, {@code proposal}, {@code approval},
 *     {@code question}
 */
public record Project(
        UUID customer,
        UUID id,
        String name,
        String title,
        @Nullable String infrastructure,
        State state,
        Turn turn,
        Instant requestedAt,
        Instant changedAt,
        long seq,
        ObjectNode story) {

    /** How far customer and ops have come to terms. */
    public enum State {
        REQUESTED,
        PROPOSED,
        APPROVED,
        REFUSED,
        CANCELLED;

        /** The word of the API and of the database. */
        public String word() {
            return Word.of(this);
        }
    }

    /** Who must act. */
    public enum Turn {
        OPS,
        CUSTOMER,
        NOBODY;

        /** The word of the API and of the database. */
        public String word() {
            return Word.of(this);
        }
    }

    /** What a message is. */
    public enum As {
        MESSAGE,
        QUESTION,
        ANSWER,
        ADVICE,
        ALTERNATIVE,
        PROPOSAL;

        /** The word of the record. */
        public String word() {
            return Word.of(this);
        }
    }

    /** What is decided about a proposal, or about the whole. */
    public enum Decision {
        APPROVED,
        REFUSED,
        CANCELLED;

        /** The word of the record. */
        public String word() {
            return Word.of(this);
        }
    }

    /** Whether an alternative of that name is offered. */
    boolean offers(String alternative) {
        for (JsonNode one : story.path("alternatives"))
            if (one.path("alternative").asString("").equals(alternative)) return true;
        return false;
    }

    /** The project that entries about it tell, in the order of the record; null where none asks for it any more. */
    static @Nullable Project fold(List<Entry> entries) {
        Fold fold = new Fold();
        for (Entry entry : entries) fold.take(entry);
        return fold.project();
    }

    /** One project being told. */
    private static final class Fold {
        private @Nullable Entry first;
        private @Nullable Entry last;
        private String title = "";
        private @Nullable String infrastructure;
        private State state = State.REQUESTED;
        private Turn turn = Turn.OPS;
        private final Map<String, ObjectNode> alternatives = new LinkedHashMap<>();
        private @Nullable ObjectNode proposal;
        private @Nullable ObjectNode approval;
        private @Nullable ObjectNode question;

        void take(Entry entry) {
            if (entry.kind() == Kind.REQUEST) request(entry);
            if (first == null) return; // what was said about a request that is withdrawn
            if (entry.kind() == Kind.MESSAGE) message(entry);
            if (entry.kind() == Kind.APPROVAL) decision(entry);
            last = entry;
        }

        private void request(Entry entry) {
            if (first == null) first = entry;
            title = entry.facts().path("title").asString(title);
            JsonNode where = entry.facts().get("infrastructure");
            if (where != null) infrastructure = where.stringValue();
            if (state == State.CANCELLED) state = State.REQUESTED;
            turn = Turn.OPS;
        }

        private void message(Entry entry) {
            switch (Word.read(As.class, entry.act().get("as").stringValue())) {
                case QUESTION -> {
                    question = said(entry);
                    turn = isFromCustomer(entry) ? Turn.OPS : Turn.CUSTOMER;
                }
                case ANSWER -> {
                    question = null;
                    turn = isFromCustomer(entry) ? Turn.OPS : Turn.CUSTOMER;
                }
                case ALTERNATIVE -> {
                    ObjectNode alternative = said(entry);
                    alternatives.put(alternative.get("alternative").stringValue(), alternative);
                }
                case PROPOSAL -> {
                    proposal = said(entry);
                    proposal.set("wishes", entry.act().get("wishes"));
                    proposal.set("digest", entry.act().get("digest"));
                    state = State.PROPOSED;
                    turn = Turn.CUSTOMER;
                }
                case MESSAGE, ADVICE -> {}
            }
        }

        private void decision(Entry entry) {
            Decision decision =
                    Word.read(Decision.class, entry.facts().get("decision").stringValue());
            approval = said(entry);
            for (String member : List.of("proposal", "onBehalf"))
                if (entry.act().has(member)) approval.set(member, entry.act().get(member));
            question = null;
            switch (decision) {
                case APPROVED -> {
                    state = State.APPROVED;
                    turn = Turn.OPS;
                }
                case REFUSED -> {
                    state = State.REFUSED;
                    turn = Turn.OPS;
                }
                case CANCELLED -> {
                    state = State.CANCELLED;
                    turn = Turn.NOBODY;
                }
            }
        }

        private static boolean isFromCustomer(Entry entry) {
            return !entry.act().path("role").asString("").equals("ops");
        }

        /** What was said, who said it and when: facts as told, beside the testimony. */
        private static ObjectNode said(Entry entry) {
            ObjectNode said = Json.object();
            said.put("testimony", entry.id().toString());
            said.put("witness", entry.witness().toString());
            said.put("at", entry.effectiveAt().toString());
            if (entry.note() != null) said.put("text", entry.note());
            entry.facts().forEachEntry((name, value) -> {
                if (!name.equals("as")) said.set(name, value);
            });
            return said;
        }

        @Nullable
        Project project() {
            if (first == null || last == null) return null;
            ObjectNode story = Json.object();
            story.putArray("alternatives").addAll(new ArrayList<>(alternatives.values()));
            story.set("proposal", proposal);
            story.set("approval", approval);
            story.set("question", question);
            return new Project(
                    first.customer(),
                    UUID.fromString(first.act().get("project").stringValue()),
                    first.context().get("project").stringValue(),
                    title,
                    infrastructure,
                    state,
                    turn,
                    first.effectiveAt(),
                    last.recordedAt(),
                    last.seq(),
                    story);
        }
    }
}
