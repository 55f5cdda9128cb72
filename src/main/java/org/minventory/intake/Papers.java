package org.minventory.intake;

import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.minventory.testimony.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What providers' papers said of nobody known, and what waits since: the same paper read again does not wait twice. */
final class Papers {
    /** Kinds that papers tell of elements. */
    private static final List<String> KINDS = List.of(Kind.ORDER.word(), Kind.DELIVERY_NOTICE.word());

    private final Map<Saying, Waiting> waiting = new HashMap<>();

    /** Who said what, of whom, on which paper. */
    private record Saying(UUID witness, String source, String subject, String context, String digest) {}

    /** An entry that waits. */
    record Waiting(UUID id, long seq, Receipt.Unattached why) {
        /** The receipt of those who say it again. */
        Receipt again(List<String> flags) {
            return new Receipt(202, id, true, seq, null, List.of(), List.of(), why, flags, null);
        }
    }

    private Papers() {}

    /** All that wait at a customer; each is looked up by its key, for the planner of a young database would guess wrong. */
    static Papers waiting(JdbcClient db, UUID customer) {
        Papers papers = new Papers();
        db.sql("""
                        select u.reason, t.seq, t.header, t.facts, t.note from unattached u
                        cross join lateral (
                          select t.seq, t.header, t.facts, t.note, t.kind from testimony t
                          where t.customer_id = u.customer_id and t.seq = u.seq offset 0) as t
                        where u.customer_id = ? and u.attached_seq is null and t.kind = any(?)""").param(1, customer).param(2, Arrays.of("text", KINDS)).query(row -> {
            papers.add(Testimonies.entry(customer, row), why(row.getString("reason")));
        });
        return papers;
    }

    private static Receipt.Unattached why(String reason) {
        return reason.equals(Receipt.Unattached.AMBIGUOUS.word())
                ? Receipt.Unattached.AMBIGUOUS
                : Receipt.Unattached.UNKNOWN;
    }

    void add(Entry entry, Receipt.Unattached why) {
        Saying saying = saying(entry.witness(), entry.source(), entry.subject(), entry.context(), entry.digest());
        waiting.put(saying, new Waiting(entry.id(), entry.seq(), why));
    }

    /** The entry that waits with these words of this witness, or null. */
    @Nullable
    Waiting find(UUID witness, Told told) {
        ObjectNode facts = Json.object();
        told.facts().forEach(facts::set);
        return waiting.get(saying(
                witness,
                told.source(),
                told.subject(),
                Taking.context(told.context()),
                Entry.digest(told.kind(), told.complete(), facts, told.note())));
    }

    private static Saying saying(UUID witness, String source, JsonNode subject, JsonNode context, byte[] digest) {
        return new Saying(
                witness,
                source,
                Json.canonicalText(subject),
                context.isEmpty() ? "" : Json.canonicalText(context),
                HexFormat.of().formatHex(digest));
    }
}
