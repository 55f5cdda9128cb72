package org.minventory.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.minventory.party.Caller;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The journal of what was, is and will be said to somebody, and each attempt; what stands in it can be said again. */
public final class Dispatches {
    /**
     * One attempt to say a message.
     *
     * @param millis how long it took
     * @param code what the receiver answered in its protocol, or null
     */
    public record Attempt(
            UUID message,
            int number,
            Instant at,
            int millis,
            String outcome,
            @Nullable Integer code,
            String told,
            String request) {}

    private final InstantSource clock;

    public Dispatches(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Which are wished.
     *
     * @param subscription null for all of the caller's
     * @param channel null for any
     */
    public record Wanted(
            @Nullable UUID subscription,
            @Nullable String channel,
            @Nullable List<Dispatch.State> states) {}

    private static final String OWN = """
            select d.* from dispatch d join subscription s
                on s.customer_id = d.customer_id and s.subscription_id = d.subscription_id
            where\s""" + Subscriptions.IS_OWN;

    /** The caller's own, the newest first. */
    public List<Dispatch> list(JdbcClient db, Caller caller, Wanted wanted, @Nullable UUID before, int limit) {
        StringBuilder sql = new StringBuilder(OWN);
        List<Object> parameters = new ArrayList<>(Subscriptions.own(caller));
        if (wanted.subscription() != null) and(sql, parameters, "d.subscription_id = ?", wanted.subscription());
        if (wanted.channel() != null) and(sql, parameters, "s.channel = ? and s.state <> 'ended'", wanted.channel());
        if (wanted.states() != null)
            and(
                    sql,
                    parameters,
                    "d.state = any(?)",
                    Arrays.of(
                            "text",
                            wanted.states().stream().map(Dispatch.State::word).toList()));
        if (before != null) and(sql, parameters, "d.dispatch_id < ?", before);
        parameters.add(limit);
        return db.sql(sql.append(" order by d.dispatch_id desc limit ?").toString())
                .params(parameters)
                .query(Dispatch::read)
                .list();
    }

    private static void and(StringBuilder sql, List<Object> parameters, String condition, Object value) {
        sql.append(" and ").append(condition);
        parameters.add(value);
    }

    /**
     * One of the caller's own.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public Dispatch get(JdbcClient db, Caller caller, UUID id) {
        List<Object> parameters = new ArrayList<>(Subscriptions.own(caller));
        parameters.add(id);
        return db.sql(OWN + " and d.dispatch_id = ?")
                .params(parameters)
                .query(Dispatch::read)
                .optional()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    /** All that went, or goes, in the same message with it. */
    public List<Dispatch> together(JdbcClient db, Dispatch dispatch) {
        if (dispatch.message() == null) return List.of(dispatch);
        return db.sql("select * from dispatch where customer_id = ? and message_id = ? order by no")
                .params(dispatch.customer(), dispatch.message())
                .query(Dispatch::read)
                .list();
    }

    /** The attempts at the message that carries it, the first first. */
    public List<Attempt> attempts(JdbcClient db, Dispatch dispatch) {
        if (dispatch.message() == null) return List.of();
        return db.sql("select * from attempt where customer_id = ? and message_id = ? order by attempt")
                .params(dispatch.customer(), dispatch.message())
                .query(Dispatches::attempt)
                .list();
    }

    private static Attempt attempt(ResultSet row, int number) throws SQLException {
        int code = row.getInt("code");
        return new Attempt(
                row.getObject("message_id", UUID.class),
                row.getInt("attempt"),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                row.getInt("duration_ms"),
                row.getString("outcome"),
                row.wasNull() ? null : code,
                row.getString("told"),
                row.getString("request"));
    }

    /**
     * Says one again, under the same id; those that went in the same message with it.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}; {@link Problem#CONFLICT} for what is kept, withheld, on its way,
     *     or of a subscription that has ended
     */
    public int replay(JdbcClient db, Caller caller, UUID id) {
        Dispatch dispatch = get(db, caller, id);
        int again = again(
                db,
                dispatch.customer(),
                dispatch.subscription(),
                "coalesce(message_id, dispatch_id) = ?",
                dispatch.message() == null ? dispatch.id() : dispatch.message());
        if (again == 0) throw Refusal.of(Problem.CONFLICT);
        return again;
    }

    /**
     * Says everything of a subscription again that came to be said since then, each under the same id.
     *
     * @return how many
     */
    public int replay(JdbcClient db, Subscription subscription, Instant since) {
        return again(db, subscription.customer(), subscription.id(), "created_at >= ?::timestamptz", since.toString());
    }

    private int again(JdbcClient db, UUID customer, UUID subscription, String which, Object parameter) {
        Instant now = clock.instant();
        Tx.patiently(db);
        int again = db.sql("""
                        update dispatch set state = 'waiting', due_at = ?::timestamptz, settled_at = null
                        where customer_id = ? and subscription_id = ? and state in ('delivered', 'parked', 'lapsed')
                            and exists (select from subscription where customer_id = ? and subscription_id = ? and state <> 'ended')
                            and\s""" + which)
                .params(now.toString(), customer, subscription, customer, subscription, parameter)
                .update();
        if (again > 0) Errands.due(db, customer, Errands.ENDPOINT, subscription, now);
        return again;
    }

    /** Marks what is kept as read; what is not the caller's is left out. */
    public int read(JdbcClient db, Caller caller, List<UUID> ids) {
        List<Object> parameters = new ArrayList<>(List.of(clock.instant().toString(), Arrays.of(ids)));
        parameters.addAll(Subscriptions.own(caller));
        return db.sql("""
                        update dispatch d set state = 'read', settled_at = ?::timestamptz from subscription s
                        where s.customer_id = d.customer_id and s.subscription_id = d.subscription_id
                            and d.dispatch_id = any(?) and d.state = 'kept' and\s""" + Subscriptions.IS_OWN).params(parameters).update();
    }
}
