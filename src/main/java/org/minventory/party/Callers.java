package org.minventory.party;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Scope.Grant;
import org.minventory.base.Tx;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who is asking. A token or the cookie of a session becomes a {@link Caller} in one statement, every time anew: what is
 * revoked or ended opens nothing from its commit on. Whatever is wrong with a token, the answer is the same.
 */
public final class Callers {
    private final Tx tx;
    private final InstantSource clock;
    private final Uses uses;

    public Callers(Tx tx, InstantSource clock) {
        this.tx = tx;
        this.clock = clock;
        this.uses = new Uses(tx, clock);
    }

    /**
     * The caller of that token.
     *
     * @throws Refusal {@link Problem#NOT_SIGNED_IN}: missing, misspelt, unknown, revoked, expired, its actor has ended, or the
     *     mandate it was minted under
     */
    public Caller of(@Nullable String bearer) {
        byte[] hash = Secret.hash(Secret.TOKEN, bearer);
        if (hash == null) throw Refusal.of(Problem.NOT_SIGNED_IN);
        Instant now = clock.instant();
        return identify(db -> db.sql(BY_TOKEN).params(Rows.at(now), Rows.at(now), hash, Rows.at(now)), now, null);
    }

    /**
     * The caller of that session.
     *
     * @throws Refusal {@link Problem#NOT_SIGNED_IN}, also where the session was idle or lasted too long
     */
    public Caller ofSession(@Nullable String cookie) {
        byte[] hash = Secret.hash(Secret.SESSION, cookie);
        if (hash == null) throw Refusal.of(Problem.NOT_SIGNED_IN);
        Instant now = clock.instant();
        Instant oldest = now.minus(Sessions.LONGEST);
        Instant idle = now.minus(Sessions.IDLE);
        return identify(
                db -> db.sql(BY_SESSION)
                        .params(Rows.at(now), Rows.at(now), hash, Rows.at(oldest), Rows.at(idle), Rows.at(now)),
                now,
                hash);
    }

    /**
     * Who stands behind what was made with a token, a link for example: with all that the token reaches at this moment, or
     * null where it opens nothing any more. It is not counted as a use of the token.
     */
    public @Nullable Caller behind(UUID token) {
        Instant now = clock.instant();
        return tx.lookUp(db -> db.sql(BY_ID)
                        .params(Rows.at(now), Rows.at(now), token, Rows.at(now))
                        .query(Callers::found))
                .filter(found -> !found.hasEnded())
                .map(Found::caller)
                .orElse(null);
    }

    private static final String COLUMNS = """
            select a.actor_id, a.role, a.name, a.customer_id, a.ops_team_id as own_team, t.token_id, t.scopes, t.customers,
                t.infrastructures, t.elements, t.ops_team_id as minted_under, t.last_used_at,
                m.customer_id as mandated, m.infrastructures as covered
            """;

    private static final String MANDATES = """
            join actor a on a.actor_id = t.actor_id and a.ended_at is null
            left join mandate m on m.ops_team_id = case a.role when 'ops' then a.ops_team_id when 'robot' then t.ops_team_id end
                and m.state = 'active' and m.from_at <= ? and (m.until_at is null or m.until_at > ?)
            """;

    private static final String ALIVE = " and t.revoked_at is null and (t.expires_at is null or t.expires_at > ?)";

    private static final String BY_TOKEN =
            COLUMNS + "from token t " + MANDATES + "where t.hash = ?" + ALIVE + " order by m.customer_id";

    private static final String BY_ID =
            COLUMNS + "from token t " + MANDATES + "where t.token_id = ?" + ALIVE + " order by m.customer_id";

    private static final String BY_SESSION = COLUMNS + "from session s join token t on t.token_id = s.token_id "
            + MANDATES + "where s.hash = ? and s.created_at > ? and s.last_seen_at > ?" + ALIVE
            + " order by m.customer_id";

    private interface Question {
        JdbcClient.StatementSpec ask(JdbcClient db);
    }

    private Caller identify(Question question, Instant now, byte @Nullable [] session) {
        Found found = tx.lookUp(db -> question.ask(db).query(Callers::found))
                .orElseThrow(() -> Refusal.of(Problem.NOT_SIGNED_IN));
        if (found.hasEnded()) throw Refusal.of(Problem.NOT_SIGNED_IN);
        Instant lastUsed = found.lastUsed();
        boolean longAgo = lastUsed == null || lastUsed.plus(NOTED_EVERY).isBefore(now);
        if (longAgo || session != null) uses.note(found.token(), session, now);
        return found.caller();
    }

    /** A use is noted at most so often. */
    static final Duration NOTED_EVERY = Duration.ofMinutes(1);

    /** What the statement says of a token; one row per mandate becomes one list of grants. */
    private record Found(
            UUID actor,
            Role role,
            String name,
            @Nullable UUID customer,
            @Nullable UUID team,
            UUID token,
            Set<String> scopes,
            @Nullable Set<UUID> customers,
            @Nullable Set<String> infrastructures,
            @Nullable Set<String> elements,
            @Nullable Instant lastUsed,
            List<Grant> mandated) {

        Caller caller() {
            return new Caller(actor, role, name, team, token, new Scope(grants()), scopes, isLimited());
        }

        private boolean isLimited() {
            return customers != null || infrastructures != null || elements != null;
        }

        /** A robot is there for its customers: its tokens end with the last mandate under which they reach one. */
        boolean hasEnded() {
            return role == Role.ROBOT && grants().isEmpty();
        }

        private List<Grant> grants() {
            List<Grant> reach =
                    switch (role) {
                        case OPERATOR -> List.of();
                        case OPS -> mandated;
                        case CIO, MEMBER -> own();
                        case ROBOT -> team == null ? own() : boundMandates();
                    };
            return reach.stream()
                    .filter(grant -> customers == null || customers.contains(grant.customer()))
                    .map(this::cut)
                    .toList();
        }

        private List<Grant> own() {
            return customer == null ? List.of() : List.of(Grant.whole(customer));
        }

        private List<Grant> boundMandates() {
            return mandated.stream()
                    .filter(grant -> customer == null || customer.equals(grant.customer()))
                    .toList();
        }

        private Grant cut(Grant grant) {
            return new Grant(grant.customer(), both(grant.infrastructures(), infrastructures), elements);
        }

        private static @Nullable Set<String> both(@Nullable Set<String> one, @Nullable Set<String> other) {
            if (one == null) return other;
            if (other == null) return one;
            Set<String> common = new HashSet<>(one);
            common.retainAll(other);
            return common;
        }
    }

    private static Optional<Found> found(ResultSet row) throws SQLException {
        if (!row.next()) return Optional.empty();
        Role role = Role.of(row.getString("role"));
        List<Grant> mandated = new ArrayList<>();
        Found found = new Found(
                Rows.id(row, "actor_id"),
                role,
                row.getString("name"),
                Rows.idOrNull(row, "customer_id"),
                Rows.idOrNull(row, role == Role.OPS ? "own_team" : "minted_under"),
                Rows.id(row, "token_id"),
                orNothing(set(Rows.texts(row, "scopes"))),
                set(Rows.ids(row, "customers")),
                set(Rows.texts(row, "infrastructures")),
                set(Rows.texts(row, "elements")),
                Rows.instantOrNull(row, "last_used_at"),
                mandated);
        do {
            UUID customer = Rows.idOrNull(row, "mandated");
            if (customer != null) mandated.add(new Grant(customer, set(Rows.texts(row, "covered")), null));
        } while (row.next());
        return Optional.of(found);
    }

    private static <T> @Nullable Set<T> set(@Nullable List<T> values) {
        return values == null ? null : Set.copyOf(values);
    }

    private static Set<String> orNothing(@Nullable Set<String> values) {
        return values == null ? Set.of() : values;
    }
}
