package org.minventory.testimony;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One entry of the record: what was told, and what was understood of it when it was recorded. A rebuild needs nothing
 * else, because the entry carries the ids that it created.
 *
 * @param element the element it was understood to speak of; null while unattached, and for other subjects
 * @param infrastructure the name of the infrastructure, as a whole, that it was understood to speak of
 * @param creates the element born of it
 * @param facts attribute → value as told
 * @param act for kinds that are decisions: what is decided, in that kind's own words
 */
public record Entry(
        UUID customer,
        long seq,
        UUID id,
        Kind kind,
        UUID witness,
        String source,
        Instant witnessedAt,
        Instant recordedAt,
        boolean complete,
        JsonNode subject,
        @Nullable UUID element,
        @Nullable String infrastructure,
        @Nullable Birth creates,
        JsonNode context,
        ObjectNode facts,
        @Nullable String note,
        JsonNode act,
        @Nullable JsonNode document) {

    /** More than this ahead of our clock is flagged, for it is the witness's clock that errs (seconds). */
    public static final long FUTURE_SECONDS = 300;

    /** The birth of an element. */
    public record Birth(String name, String type) {}

    /**
     * When it counts from. A clock that is ahead must not outvote those that come after: nothing counts from later than
     * the instant at which it was recorded.
     */
    public Instant effectiveAt() {
        return witnessedAt.isAfter(recordedAt) ? recordedAt : witnessedAt;
    }

    /** Whether the witness's clock was ahead of ours. */
    public boolean isFromTheFuture() {
        return witnessedAt.isAfter(recordedAt.plusSeconds(FUTURE_SECONDS));
    }

    /** What was said, without when and by whom: equal digests say the same. */
    public byte[] digest() {
        return digest(kind, complete, facts, note);
    }

    /** The digest of words that are not an entry yet. */
    public static byte[] digest(Kind kind, boolean complete, ObjectNode facts, @Nullable String note) {
        var digest = Ids.sha256();
        digest.update(kind.word().getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update((byte) (complete ? 1 : 0));
        if (note != null) digest.update(note.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        digest.update((byte) 0);
        return digest.digest(Json.canonical(facts));
    }

    /** The header leaf: everything of the entry that is neither fact, nor note, nor document. */
    ObjectNode header() {
        ObjectNode header = Json.object();
        header.put("id", id.toString());
        header.put("kind", kind.word());
        header.put("witness", witness.toString());
        header.put("source", source);
        header.put("witnessedAt", witnessedAt.toString());
        header.put("recordedAt", recordedAt.toString());
        if (!subject.isNull()) header.set("subject", subject);
        if (element != null) header.put("element", element.toString());
        if (infrastructure != null) header.put("infrastructure", infrastructure);
        if (creates != null)
            header.putObject("creates").put("name", creates.name()).put("type", creates.type());
        if (complete) header.put("complete", true);
        if (!context.isEmpty()) header.set("context", context);
        if (!act.isEmpty()) header.set("act", act);
        return header;
    }

    /** The entry that the leaves of the record tell. */
    static Entry of(UUID customer, long seq, byte[] header, byte @Nullable [] facts, @Nullable String note) {
        JsonNode told = Json.ours(header);
        Kind kind = Kind.of(told.get("kind").stringValue());
        if (kind == null) throw new IllegalStateException("This program does not know the kind of entry " + seq);
        JsonNode birth = told.get("creates");
        return new Entry(
                customer,
                seq,
                UUID.fromString(told.get("id").stringValue()),
                kind,
                UUID.fromString(told.get("witness").stringValue()),
                told.get("source").stringValue(),
                Instant.parse(told.get("witnessedAt").stringValue()),
                Instant.parse(told.get("recordedAt").stringValue()),
                told.has("complete"),
                told.path("subject"),
                told.has("element") ? UUID.fromString(told.get("element").stringValue()) : null,
                told.has("infrastructure") ? told.get("infrastructure").stringValue() : null,
                birth == null
                        ? null
                        : new Birth(
                                birth.get("name").stringValue(),
                                birth.get("type").stringValue()),
                told.path("context"),
                facts == null ? Json.object() : (ObjectNode) Json.ours(facts),
                note,
                told.path("act"),
                null);
    }
}
