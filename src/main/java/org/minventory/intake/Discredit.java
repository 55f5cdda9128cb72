package org.minventory.intake;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.party.Caller;
import org.minventory.party.Role;
import org.minventory.testimony.Head;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a discredit says: which witness, and the period, which is over. */
final class Discredit {
    private static final String SAID = "org.minventory.intake.said";
    private static final Set<String> KNOWN = Set.of("witness", "from", "until");

    /** Testimonies at most: each of their elements is folded anew while the pen is held. */
    private static final int MOST = 10_000;

    private Discredit() {}

    private record Witness(UUID id, String role) {}

    /** The elements of which the witness spoke in that time. */
    static List<UUID> elements(JdbcClient db, Head head, ObjectNode act) {
        return db.sql("""
                        select distinct a.element_id from testimony t
                        join assignment a on a.customer_id = t.customer_id and a.seq = t.seq
                        where t.customer_id = ? and t.witness_id = ?::uuid and t.kind = any(?)
                          and t.witnessed_at >= ?::timestamptz and t.witnessed_at < ?::timestamptz""")
                .param(1, head.customer())
                .param(2, act.get("witness").stringValue())
                .param(3, Arrays.of("text", Kind.OF_ELEMENTS))
                .param(4, act.get("from").stringValue())
                .param(5, act.get("until").stringValue())
                .query(UUID.class)
                .list();
    }

    /**
     * Reads it.
     *
     * @throws Refusal where a member does not fit, the witness is unknown, or its words are not this caller's to judge
     */
    static ObjectNode read(JdbcClient db, Head head, Caller caller, Told told) {
        for (String fact : told.facts().keySet())
            if (!KNOWN.contains(fact))
                throw Refusal.at(
                        Problem.UNKNOWN_MEMBER,
                        "/facts/" + Json.escape(fact),
                        fact,
                        String.join(", ", new TreeSet<>(KNOWN)));
        if (told.note() == null || told.note().isBlank()) throw Refusal.at(Problem.REASON_NEEDED, "/note");
        Instant from = instant(told, "from");
        Instant until = instant(told, "until");
        if (until.isAfter(head.recordedAt())) throw Refusal.at(Problem.UNFIT_DATE, "/facts/until", until);
        if (!from.isBefore(until)) throw Refusal.at(Problem.UNFIT_DATE, "/facts/from", from);
        Witness witness = witness(db, head.customer(), told);
        boolean other = caller.role() == Role.OPS
                ? witness.role().equals(Role.CIO.word()) || witness.role().equals(Role.MEMBER.word())
                : witness.role().equals(Role.OPS.word());
        if (other) throw Refusal.at(Problem.NOT_ALLOWED, "/facts/witness");
        refuseTooMany(db, head.customer(), witness, from, until);
        return Json.object()
                .put("witness", witness.id().toString())
                .put("from", from.toString())
                .put("until", until.toString());
    }

    private static Witness witness(JdbcClient db, UUID customer, Told told) {
        JsonNode named = told.facts().get("witness");
        if (named == null) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/witness", "witness");
        List<Witness> found = db.sql(
                        "select actor_id, role from witness where customer_id = ? and (actor_id::text = ? or name = ?)")
                .params(customer, named.asString(""), named.asString(""))
                .query((row, n) -> new Witness(row.getObject("actor_id", UUID.class), row.getString("role")))
                .list();
        if (found.isEmpty()) throw Refusal.at(Problem.NOT_FOUND, "/facts/witness");
        if (found.size() > 1) throw Refusal.at(Problem.CONFLICT, "/facts/witness");
        return found.getFirst();
    }

    private static Instant instant(Told told, String fact) {
        @Nullable JsonNode value = told.facts().get(fact);
        if (value == null) throw Refusal.at(Problem.MISSING_MEMBER, "/facts/" + fact, fact);
        try {
            Instant instant = OffsetDateTime.parse(value.asString("")).toInstant();
            if (!instant.isBefore(Instant.EPOCH)) return instant;
        } catch (DateTimeException noInstant) {
            throw Refusal.at(Problem.WRONG_TYPE, "/facts/" + fact, "\"2026-11-22T10:00:00Z\"");
        }
        throw Refusal.at(Problem.UNFIT_DATE, "/facts/" + fact, value.asString(""));
    }

    private static void refuseTooMany(JdbcClient db, UUID customer, Witness witness, Instant from, Instant until) {
        int found = db.sql("""
                        select count(*) from (
                          select from testimony t where t.customer_id = ? and t.witness_id = ? and t.kind = any(?)
                            and t.witnessed_at >= ?::timestamptz and t.witnessed_at < ?::timestamptz limit ?) as t""")
                .param(1, customer)
                .param(2, witness.id())
                .param(3, Arrays.of("text", Kind.OF_ELEMENTS))
                .param(4, from.toString())
                .param(5, until.toString())
                .param(6, MOST + 1)
                .query(Integer.class)
                .single();
        if (found > MOST)
            throw Refusal.at(Problem.UNFIT_VALUE, "/facts/until", Sentence.of(SAID, "discredit-less", MOST));
    }
}
