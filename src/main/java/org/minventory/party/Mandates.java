package org.minventory.party;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Word;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/**
 * Customer → ops team, on which infrastructures, from when until when: the source of every right. An ops opens a new
 * customer with its mandate, or proposes one that the customer's CIO accepts; nobody else can. Either side ends it.
 */
public final class Mandates {
    /** Where a mandate stands. Only an active one gives a right, and only between its two dates. */
    public enum State {
        PROPOSED,
        ACTIVE,
        DECLINED,
        ENDED;

        /** The word of the API and of the database. */
        public String word() {
            return Word.of(this);
        }

        static State of(String word) {
            return Word.read(State.class, word);
        }
    }

    /**
     * One mandate.
     *
     * @param infrastructures names of the only infrastructures it covers, or null for all
     * @param confirmedAt when the customer's CIO said yes, or null where the team acts alone until there is one
     * @param untilSeq the last entry of the record that was written while it ran
     */
    public record Mandate(
            UUID id,
            UUID customer,
            UUID team,
            String teamName,
            State state,
            @Nullable List<String> infrastructures,
            Instant from,
            @Nullable Instant until,
            @Nullable Instant confirmedAt,
            @Nullable Long fromSeq,
            @Nullable Long untilSeq,
            Instant createdAt) {}

    /** What a mandate is to cover. */
    public record Terms(
            @Nullable List<String> infrastructures,
            @Nullable Instant until) {
        /** Everything, until one of the two ends it. */
        public static final Terms OPEN = new Terms(null, null);

        public Terms {
            infrastructures = infrastructures == null ? null : Words.slugs(infrastructures, "/infrastructures");
        }

        /** Whether these terms give nothing that those do not. */
        boolean within(@Nullable List<String> theirs, @Nullable Instant theirUntil) {
            boolean cut = theirs == null || (infrastructures != null && theirs.containsAll(infrastructures));
            boolean shorter = theirUntil == null || (until != null && !until.isAfter(theirUntil));
            return cut && shorter;
        }
    }

    private static final String SELECT =
            "select m.*, t.name as team_name from mandate m join ops_team t on t.ops_team_id = m.ops_team_id ";

    private final InstantSource clock;

    public Mandates(InstantSource clock) {
        this.clock = clock;
    }

    /** The mandate with which a team opens a customer: active at once, to be confirmed by the CIO who comes later. */
    public Mandate begin(JdbcClient db, UUID customer, UUID team, Terms terms) {
        Instant now = clock.instant();
        UUID id = insert(db, customer, team, terms, State.ACTIVE, 0L, now);
        return byId(db, id);
    }

    /** The mandate with which a team goes on for a customer whose record is here already. */
    public Mandate goOn(JdbcClient db, UUID customer, UUID team) {
        Instant now = clock.instant();
        long seq = db.sql("select seq from customer_head where customer_id = ?")
                .param(customer)
                .query(Long.class)
                .single();
        return byId(db, insert(db, customer, team, Terms.OPEN, State.ACTIVE, seq, now));
    }

    /** What an entry of the record says of a mandate. */
    public static ObjectNode act(Mandate mandate) {
        ObjectNode act = Json.object()
                .put("mandate", mandate.id().toString())
                .put("opsTeam", mandate.team().toString())
                .put("state", mandate.state().word())
                .put("until", mandate.until() == null ? null : mandate.until().toString());
        if (mandate.infrastructures() == null) return act.putNull("infrastructures");
        mandate.infrastructures().forEach(act.putArray("infrastructures")::add);
        return act;
    }

    /**
     * Proposes a mandate to a customer that the team knows by its identifier only. Whether such a customer exists is not
     * told: a proposal to nobody waits for ever.
     *
     * @throws Refusal {@link Problem#MANDATE_RUNS} where this team has already proposed, or is mandated
     */
    public Mandate propose(JdbcClient db, Caller caller, UUID customer, Terms terms) {
        caller.require(Right.MANDATE);
        if (caller.team() == null) throw Refusal.of(Problem.NOT_ALLOWED);
        Instant now = clock.instant();
        requireFuture(terms.until(), now);
        db.sql("""
                        update mandate set state = 'ended'
                        where customer_id = ? and ops_team_id = ? and state = 'active' and until_at <= ?""").params(customer, caller.team(), Rows.at(now)).update();
        return byId(db, insert(db, customer, caller.team(), terms, State.PROPOSED, null, now));
    }

    /**
     * The CIO's yes: to a proposal, which begins to run, or to a mandate that runs, which is thereby confirmed. The terms
     * may narrow what was proposed, never widen it.
     *
     * @param narrower null to take the mandate as it stands
     * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#STRONGER_THAN_YOURS} where the terms are wider
     */
    public Mandate accept(JdbcClient db, Caller caller, UUID id, @Nullable Terms narrower) {
        Mandate mandate = decidable(db, caller, id);
        Instant now = clock.instant();
        Terms terms = narrower == null ? new Terms(mandate.infrastructures(), mandate.until()) : narrower;
        requireFuture(terms.until(), now);
        if (!terms.within(mandate.infrastructures(), mandate.until()))
            throw Refusal.of(Problem.STRONGER_THAN_YOURS, Words.say("wider-mandate"));
        boolean starts = mandate.state() == State.PROPOSED;
        db.sql("""
                        update mandate set state = 'active', confirmed_at = :now, infrastructures = :infrastructures::text[],
                            until_at = :until::timestamptz,
                            from_at = case when :starts then :now else from_at end,
                            from_seq = case when :starts then (select seq from customer_head where customer_id = :customer)
                                else from_seq end
                        where mandate_id = :id""")
                .param("now", Rows.at(now))
                .param("infrastructures", array(terms.infrastructures()))
                .param("until", Rows.atOrNull(terms.until()))
                .param("starts", starts)
                .param("customer", mandate.customer())
                .param("id", id)
                .update();
        Customers.touch(db, mandate.customer());
        return byId(db, id);
    }

    /**
     * The CIO's no to a proposal.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}; {@link Problem#CONFLICT} where it was decided already
     */
    public Mandate decline(JdbcClient db, Caller caller, UUID id) {
        Mandate mandate = decidable(db, caller, id);
        if (mandate.state() != State.PROPOSED) throw Refusal.of(Problem.CONFLICT);
        db.sql("update mandate set state = 'declined' where mandate_id = ?")
                .param(id)
                .update();
        Customers.touch(db, mandate.customer());
        return byId(db, id);
    }

    /**
     * Ends a mandate, or takes a proposal back. From this moment the team, its robots and its tokens reach nothing of
     * this customer. The customer's pen is held, so that the last entry of the mandate is known.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}; {@link Problem#CONFLICT} where it has ended already
     */
    public Mandate end(JdbcClient db, Caller caller, UUID id) {
        caller.require(Right.MANDATE);
        Mandate mandate = locked(db, caller, id);
        if (mandate.state() != State.ACTIVE && mandate.state() != State.PROPOSED) throw Refusal.of(Problem.CONFLICT);
        Customers.touch(db, mandate.customer());
        db.sql("""
                        update mandate set state = 'ended', until_at = :now,
                            until_seq = (select seq from customer_head where customer_id = :customer)
                        where mandate_id = :id""")
                .param("now", Rows.at(clock.instant()))
                .param("customer", mandate.customer())
                .param("id", id)
                .update();
        return byId(db, id);
    }

    /** One mandate that the caller may see. */
    public Mandate get(JdbcClient db, Caller caller, UUID id) {
        return visible(db, caller, id, "");
    }

    /** The mandates that the caller may see, the newest first. A mandate that has ended is no news to its former team. */
    public List<Mandate> list(JdbcClient db, Caller caller, @Nullable UUID before, int limit) {
        return bind(
                        db.sql(
                                SELECT + "where " + VISIBLE
                                        + " and (:before::uuid is null or mandate_id < :before) order by mandate_id desc limit :limit"),
                        caller)
                .param("before", before)
                .param("limit", limit)
                .query(Mandates::row)
                .list();
    }

    /** A customer's own people see all that concerns it; a team sees its own, while it runs or waits for an answer. */
    private static final String VISIBLE = """
            (:team::uuid is null and customer_id = any (:customers::uuid[])
             or m.ops_team_id = :team and (state = 'active' and customer_id = any (:customers::uuid[])
                or state in ('proposed', 'declined') and :whole))
            """;

    private static JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Caller caller) {
        return statement
                .param("team", caller.team())
                .param("customers", Arrays.of(caller.customers()))
                .param("whole", caller.tokenScopes().isEmpty());
    }

    private Mandate visible(JdbcClient db, Caller caller, UUID id, String lock) {
        return bind(db.sql(SELECT + "where mandate_id = :id and " + VISIBLE + lock), caller)
                .param("id", id)
                .query(Mandates::row)
                .optional()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    private Mandate locked(JdbcClient db, Caller caller, UUID id) {
        return visible(db, caller, id, " for no key update of m");
    }

    /** A mandate that waits for the caller, who speaks for the customer as its CIO. */
    private Mandate decidable(JdbcClient db, Caller caller, UUID id) {
        caller.require(Right.MANDATE);
        Mandate mandate = locked(db, caller, id);
        if (caller.role() != Role.CIO) throw Refusal.of(Problem.NOT_ALLOWED);
        if (mandate.state() != State.PROPOSED && mandate.state() != State.ACTIVE) throw Refusal.of(Problem.CONFLICT);
        return mandate;
    }

    private UUID insert(
            JdbcClient db, UUID customer, UUID team, Terms terms, State state, @Nullable Long fromSeq, Instant now) {
        UUID id = Ids.next(now);
        try {
            db.sql("""
                            insert into mandate (mandate_id, customer_id, ops_team_id, state, infrastructures, from_at, until_at,
                                from_seq, created_at)
                            values (:id, :customer, :team, :state, :infrastructures::text[], :now, :until::timestamptz,
                                :fromSeq::bigint, :now)""")
                    .param("id", id)
                    .param("customer", customer)
                    .param("team", team)
                    .param("state", state.word())
                    .param("infrastructures", array(terms.infrastructures()))
                    .param("now", Rows.at(now))
                    .param("until", Rows.atOrNull(terms.until()))
                    .param("fromSeq", fromSeq)
                    .update();
        } catch (DuplicateKeyException living) {
            throw Refusal.of(Problem.MANDATE_RUNS);
        }
        return id;
    }

    private static @Nullable Object array(@Nullable List<String> names) {
        return names == null ? null : Arrays.of("text", names);
    }

    private static void requireFuture(@Nullable Instant until, Instant now) {
        if (until != null && !until.isAfter(now)) throw Refusal.at(Problem.UNFIT_DATE, "/until", until);
    }

    private Mandate byId(JdbcClient db, UUID id) {
        return db.sql(SELECT + "where mandate_id = ?")
                .param(id)
                .query(Mandates::row)
                .single();
    }

    private static Mandate row(ResultSet row, int number) throws SQLException {
        return new Mandate(
                Rows.id(row, "mandate_id"),
                Rows.id(row, "customer_id"),
                Rows.id(row, "ops_team_id"),
                row.getString("team_name"),
                State.of(row.getString("state")),
                Rows.texts(row, "infrastructures"),
                Rows.instant(row, "from_at"),
                Rows.instantOrNull(row, "until_at"),
                Rows.instantOrNull(row, "confirmed_at"),
                row.getObject("from_seq", Long.class),
                row.getObject("until_seq", Long.class),
                Rows.instant(row, "created_at"));
    }
}
