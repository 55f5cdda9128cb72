package org.minventory.testimony;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.Reference;
import tools.jackson.databind.JsonNode;

/**
 * One testimony as told: read, its shape checked, nothing looked up yet.
 *
 * @param customer a slug or an id; null where the witness speaks for one customer only
 * @param element who is spoken of, for kinds about an element; where to attach, for an attachment
 * @param infrastructure the whole infrastructure that is spoken of, by name or id, where it is no element
 * @param witnessedAt when it was true; null for "now"
 * @param facts attribute → value, as told, in the order told
 * @param complete whether what the source used to say and no longer says is withdrawn
 * @param source the tool or way by which the witness knows: {@code complete} and confirmations hold within a source
 * @param create whether an unknown name may be born of it, as an element of {@code type}
 * @param testimony the testimony attached or withdrawn
 * @param decision for a divergence decision
 * @param key the witness's own key for this item: told twice, it counts once
 * @param document kept beside the record: the tool's own document, scrubbed of secrets, or the files that somebody attached
 * @param asFound for a survey whose tool does not know why it was made: of an element that awaits its acceptance it is
 *     the survey at delivery, of any other a survey. It may name no element: what the machine carries tells which it is
 */
public record Told(
        Kind kind,
        @Nullable String customer,
        @Nullable Reference element,
        @Nullable String infrastructure,
        @Nullable Instant witnessedAt,
        SequencedMap<String, JsonNode> facts,
        boolean complete,
        @Nullable String note,
        String source,
        Context context,
        boolean create,
        @Nullable String type,
        @Nullable UUID testimony,
        @Nullable Decision decision,
        @Nullable String key,
        @Nullable JsonNode document,
        boolean asFound) {

    /** A survey by a tool, of the machine that it found. */
    public static Told found(
            @Nullable Reference element,
            @Nullable Instant witnessedAt,
            SequencedMap<String, JsonNode> facts,
            String source,
            JsonNode document) {
        return new Told(
                Kind.SURVEY,
                null,
                element,
                null,
                witnessedAt,
                facts,
                true,
                null,
                source,
                Context.NONE,
                false,
                null,
                null,
                null,
                null,
                document,
                true);
    }

    /**
     * What a provider's document says: of an element, or of the order named by the context. It is found by the provider's
     * reference among its facts where an element carries that, else by what the importer calls it.
     */
    public static Told onPaper(
            Kind kind,
            @Nullable Reference element,
            @Nullable Instant witnessedAt,
            SequencedMap<String, JsonNode> facts,
            String source,
            Context context,
            @Nullable String createdAs,
            JsonNode document) {
        return new Told(
                kind,
                null,
                element,
                null,
                witnessedAt,
                facts,
                false,
                null,
                source,
                context,
                createdAs != null,
                createdAs,
                null,
                null,
                null,
                document,
                false);
    }

    /**
     * What a line of an import says of an element.
     *
     * @param createdAs the type as which an element that nobody knows is born of it; null where none is
     */
    public static Told imported(
            Kind kind,
            Reference element,
            @Nullable Instant witnessedAt,
            SequencedMap<String, JsonNode> facts,
            @Nullable String note,
            String source,
            @Nullable String createdAs,
            @Nullable JsonNode document) {
        return new Told(
                kind,
                null,
                element,
                null,
                witnessedAt,
                facts,
                false,
                note,
                source,
                Context.NONE,
                createdAs != null,
                createdAs,
                null,
                null,
                null,
                document,
                false);
    }

    /**
     * What a program reports of an element again and again: a state, a deployment.
     *
     * @param source the tool, and after a slash which of its many checks
     */
    public static Told reported(
            Kind kind,
            @Nullable Reference element,
            @Nullable Instant witnessedAt,
            SequencedMap<String, JsonNode> facts,
            String source,
            Context context,
            JsonNode document) {
        return reported(kind, null, element, witnessedAt, facts, source, context, null, document);
    }

    /**
     * The same where the program knows of whose element it speaks, and has a key for what it says.
     *
     * @param key the same however often and by whichever way the program reports this
     */
    public static Told reported(
            Kind kind,
            @Nullable String customer,
            @Nullable Reference element,
            @Nullable Instant witnessedAt,
            SequencedMap<String, JsonNode> facts,
            String source,
            Context context,
            @Nullable String key,
            JsonNode document) {
        return new Told(
                kind,
                customer,
                element,
                null,
                witnessedAt,
                facts,
                false,
                null,
                source,
                context,
                false,
                null,
                null,
                null,
                key,
                document,
                false);
    }

    /** What is said, whenever and with whatever document of a tool: the same words under one key are told once. */
    public Told words() {
        return document == null
                ? this
                : reported(kind, customer, element, null, facts, source, context, key, Json.object());
    }

    /** Whether it is read from a paper, which says the same whenever it is read again. */
    public boolean isOnPaper() {
        return document != null && kind.isOnPaper();
    }

    /** The same with that document beside it. */
    public Told beside(@Nullable JsonNode other) {
        return new Told(
                kind,
                customer,
                element,
                infrastructure,
                witnessedAt,
                facts,
                complete,
                note,
                source,
                context,
                create,
                type,
                testimony,
                decision,
                key,
                other,
                asFound);
    }

    /** The same, said as that kind. */
    public Told as(Kind other) {
        return kind == other
                ? this
                : new Told(
                        other,
                        customer,
                        element,
                        infrastructure,
                        witnessedAt,
                        facts,
                        complete,
                        note,
                        source,
                        context,
                        create,
                        type,
                        testimony,
                        decision,
                        key,
                        document,
                        asFound);
    }

    /** The same of another element, with other facts: what was asked of a range is told of what the range gave. */
    public Told about(Reference other, SequencedMap<String, JsonNode> otherFacts) {
        return new Told(
                kind,
                customer,
                other,
                null,
                witnessedAt,
                otherFacts,
                complete,
                note,
                source,
                context,
                create,
                type,
                testimony,
                decision,
                key,
                document,
                asFound);
    }

    /** Of whom it speaks, in the words told, as the record keeps them; null where it names nobody. */
    public JsonNode subject() {
        if (infrastructure != null) return Json.object().put("infrastructure", infrastructure);
        return element == null ? Json.object().nullNode() : element.told();
    }

    /** What a testimony was said in the course of. */
    public record Context(
            @Nullable String order,
            @Nullable String project,
            @Nullable String run) {
        /** Said in the course of nothing in particular. */
        public static final Context NONE = new Context(null, null, null);

        boolean isNone() {
            return order == null && project == null && run == null;
        }
    }

    /** What to do with a divergence: the reason is the note. */
    public record Decision(
            UUID divergence, Verb verb, @Nullable Instant until) {
        /** The decisions there are. */
        public enum Verb {
            ACKNOWLEDGE,
            ACCEPT,
            REOPEN;

            public String word() {
                return name().toLowerCase(java.util.Locale.ROOT);
            }
        }
    }

    /** What somebody decides about a divergence, with the reason. */
    public static Told decision(UUID customer, Decision decision, @Nullable String reason) {
        return act(Kind.DIVERGENCE_DECISION, customer, null, null, false, null, null, decision, reason);
    }

    /** What somebody says an unattached testimony speaks of. */
    public static Told attachment(
            UUID customer,
            UUID testimony,
            Reference element,
            boolean create,
            @Nullable String type,
            @Nullable String note) {
        return act(Kind.ATTACHMENT, customer, element, null, create, type, testimony, null, note);
    }

    /** The same where it speaks of a whole infrastructure. */
    public static Told attachment(UUID customer, UUID testimony, String infrastructure, @Nullable String note) {
        return act(Kind.ATTACHMENT, customer, null, infrastructure, false, null, testimony, null, note);
    }

    private static Told act(
            Kind kind,
            UUID customer,
            @Nullable Reference element,
            @Nullable String infrastructure,
            boolean create,
            @Nullable String type,
            @Nullable UUID testimony,
            @Nullable Decision decision,
            @Nullable String note) {
        return new Told(
                kind,
                customer.toString(),
                element,
                infrastructure,
                null,
                new LinkedHashMap<>(),
                false,
                note,
                BY_HAND,
                Context.NONE,
                create,
                type,
                testimony,
                decision,
                null,
                null,
                false);
    }

    /** The source of what is sent to the API by hand or by a script that names no other. */
    public static final String BY_HAND = "api";
}
