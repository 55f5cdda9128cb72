package org.minventory.party;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Tokens: scoped, expiring, hashed, revocable, and never stronger than the token that mints them. What is left out of a
 * wish for a token is as far as the minting token goes.
 */
public final class Tokens {
    /** Scope of a person's token that may decide, define, mint and invite, and not only read or testify. */
    public static final String ACT = "act";

    private static final String TESTIFY = "testify:";

    /**
     * What a token is to be.
     *
     * @param scopes {@code read:inventory}, {@code testify:<kind>}, {@code testify:*}, {@code act}; empty for a person's
     *     token that gives all that its role gives
     * @param customers null for all that the actor reaches
     * @param infrastructures names of the only infrastructures it reaches, or null
     * @param elements names of the only elements it reaches, or null; where both are given, an element must be in both
     */
    public record Wanted(
            UUID actor,
            String label,
            List<String> scopes,
            @Nullable List<UUID> customers,
            @Nullable List<String> infrastructures,
            @Nullable List<String> elements,
            @Nullable Instant expiresAt) {}

    /** A token as it may be shown: everything but the secret. */
    public record Token(
            UUID id,
            UUID actor,
            String actorName,
            Role role,
            String label,
            String hint,
            List<String> scopes,
            @Nullable List<UUID> customers,
            @Nullable List<String> infrastructures,
            @Nullable List<String> elements,
            @Nullable UUID mintedBy,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant lastUsedAt) {}

    /** A token just made, with its secret, which is never shown again. */
    public record Minted(Token token, Secret secret) {}

    /** How far a token goes; null is "no further limit than the role's". */
    private record Limits(
            List<String> scopes,
            @Nullable List<UUID> customers,
            @Nullable List<String> infrastructures,
            @Nullable List<String> elements,
            @Nullable Instant expiresAt) {}

    private final InstantSource clock;
    private final Actors actors;
    private final Set<String> kinds;

    /** @param kinds the kinds of testimony that a scope may name */
    public Tokens(InstantSource clock, Actors actors, Set<String> kinds) {
        this.clock = clock;
        this.actors = actors;
        this.kinds = Set.copyOf(kinds);
    }

    /**
     * Mints a token for oneself, or for a robot of one's customers or team.
     *
     * @throws Refusal {@link Problem#STRONGER_THAN_YOURS} where it would go beyond the minting token,
     *     {@link Problem#NOT_FOUND} for an actor or a customer out of reach, {@link Problem#UNFIT_VALUE},
     *     {@link Problem#UNFIT_DATE}
     */
    public Minted mint(JdbcClient db, Caller caller, Wanted wanted) {
        caller.require(Right.MINT_TOKENS);
        Actors.Actor actor = actors.reached(db, caller, wanted.actor());
        boolean self = actor.id().equals(caller.actor());
        if (!self && actor.role() != Role.ROBOT)
            throw Refusal.at(Problem.STRONGER_THAN_YOURS, "/witness", actor.name());
        Limits own = limits(db, caller);
        Limits limits = new Limits(
                scopes(caller, actor, wanted.scopes()),
                customers(caller, actor, own, wanted.customers()),
                names(caller, own.infrastructures(), wanted.infrastructures(), "/infrastructures"),
                elements(own.elements(), wanted.elements()),
                expiry(own.expiresAt(), wanted.expiresAt()));
        return insert(
                db, actor, wanted.label(), limits, actor.role() == Role.ROBOT ? caller.team() : null, caller.actor());
    }

    /**
     * The first token of a person just brought in: all that the role gives, for no longer than the token of who brought
     * the person in.
     */
    public Minted first(JdbcClient db, Caller caller, Actors.Actor person, @Nullable Instant expiresAt) {
        if (!caller.tokenScopes().isEmpty())
            throw Refusal.of(Problem.STRONGER_THAN_YOURS, person.role().word());
        Instant end = expiry(limits(db, caller).expiresAt(), expiresAt);
        return insert(db, person, person.name(), new Limits(List.of(), null, null, null, end), null, caller.actor());
    }

    /** The token of somebody brought in by the setup, when there is nobody yet to mint it. */
    Minted root(JdbcClient db, Actors.Actor actor) {
        return insert(db, actor, actor.name(), new Limits(List.of(), null, null, null, null), null, null);
    }

    private Limits limits(JdbcClient db, Caller caller) {
        return db.sql("select * from token where token_id = ?")
                .param(caller.token())
                .query((row, number) -> new Limits(
                        texts(row, "scopes"),
                        Rows.ids(row, "customers"),
                        Rows.texts(row, "infrastructures"),
                        Rows.texts(row, "elements"),
                        Rows.instantOrNull(row, "expires_at")))
                .single();
    }

    private List<String> scopes(Caller caller, Actors.Actor actor, List<String> wanted) {
        Set<String> scopes = new TreeSet<>();
        for (int i = 0; i < wanted.size(); i++) scopes.addAll(scope(caller, actor, wanted.get(i), "/scopes/" + i));
        if (!scopes.isEmpty()) return List.copyOf(scopes);
        if (actor.role() == Role.ROBOT) throw Refusal.at(Problem.MISSING_MEMBER, "/scopes", "scopes");
        return List.copyOf(new TreeSet<>(caller.tokenScopes()));
    }

    /** One scope as told: {@code testify:survey,delivery-survey} stands for two. */
    private List<String> scope(Caller caller, Actors.Actor actor, String told, String pointer) {
        if (told.equals(Caller.READ)) return covered(caller, Right.READ, told, pointer);
        if (told.equals(ACT) && actor.role() != Role.ROBOT) return covered(caller, null, told, pointer);
        if (!told.startsWith(TESTIFY)) throw Refusal.at(Problem.UNFIT_VALUE, pointer, Words.say("unfit-scope", told));
        List<String> scopes = new ArrayList<>();
        for (String kind : told.substring(TESTIFY.length()).split(",", -1)) {
            if (!kind.equals("*") && !kinds.contains(kind))
                throw Refusal.at(Problem.UNFIT_VALUE, pointer, Words.say("unfit-scope", told));
            scopes.addAll(covered(caller, Right.TESTIFY, TESTIFY + kind, pointer));
        }
        return scopes;
    }

    private static List<String> covered(Caller caller, @Nullable Right right, String scope, String pointer) {
        Set<String> own = caller.tokenScopes();
        boolean held =
                own.isEmpty() || own.contains(scope) || (scope.startsWith(TESTIFY) && own.contains(TESTIFY + "*"));
        if (!held || (right != null && !caller.role().gives(right)))
            throw Refusal.at(Problem.STRONGER_THAN_YOURS, pointer, scope);
        return List.of(scope);
    }

    private static @Nullable List<UUID> customers(
            Caller caller, Actors.Actor actor, Limits own, @Nullable List<UUID> wanted) {
        if (wanted == null) return own.customers();
        if (wanted.isEmpty()) throw Refusal.at(Problem.UNFIT_VALUE, "/customers", Words.say("empty-list"));
        for (UUID customer : wanted) {
            if (!caller.scope().reaches(customer)) throw Refusal.of(Problem.NOT_FOUND);
            if (actor.customer() != null && !actor.customer().equals(customer))
                throw Refusal.at(Problem.STRONGER_THAN_YOURS, "/customers", actor.name());
        }
        return wanted.stream().distinct().sorted().toList();
    }

    /** Infrastructures: bounded by the minting token's and by what at least one mandate in reach covers. */
    private static @Nullable List<String> names(
            Caller caller, @Nullable List<String> own, @Nullable List<String> wanted, String pointer) {
        if (wanted == null) return own;
        List<String> names = Words.slugs(wanted, pointer);
        for (String name : names) {
            boolean covered = caller.scope().grants().stream()
                    .map(Scope.Grant::infrastructures)
                    .anyMatch(granted -> granted == null || granted.contains(name));
            if (!covered || (own != null && !own.contains(name)))
                throw Refusal.at(Problem.STRONGER_THAN_YOURS, pointer, name);
        }
        return names;
    }

    private static @Nullable List<String> elements(@Nullable List<String> own, @Nullable List<String> wanted) {
        if (wanted == null) return own;
        List<String> names = Words.slugs(wanted, "/elements");
        for (String name : names)
            if (own != null && !own.contains(name)) throw Refusal.at(Problem.STRONGER_THAN_YOURS, "/elements", name);
        return names;
    }

    private @Nullable Instant expiry(@Nullable Instant own, @Nullable Instant wanted) {
        if (wanted == null) return own;
        if (!wanted.isAfter(clock.instant())) throw Refusal.at(Problem.UNFIT_DATE, "/expiresAt", wanted);
        if (own != null && wanted.isAfter(own)) throw Refusal.at(Problem.STRONGER_THAN_YOURS, "/expiresAt", wanted);
        return wanted;
    }

    private Minted insert(
            JdbcClient db,
            Actors.Actor actor,
            String label,
            Limits limits,
            @Nullable UUID team,
            @Nullable UUID minter) {
        Instant now = clock.instant();
        Secret secret = Secret.fresh(Secret.TOKEN);
        Token token = new Token(
                Ids.next(now),
                actor.id(),
                actor.name(),
                actor.role(),
                Words.label(label, "/label"),
                secret.hint(),
                limits.scopes(),
                limits.customers(),
                limits.infrastructures(),
                limits.elements(),
                minter,
                now,
                limits.expiresAt(),
                null);
        db.sql("""
                        insert into token (token_id, actor_id, label, hash, hint, scopes, customers, infrastructures, elements,
                            ops_team_id, minted_by, created_at, expires_at)
                        values (:id, :actor, :label, :hash, :hint, :scopes::text[], :customers::uuid[],
                            :infrastructures::text[], :elements::text[], :team::uuid, :minter::uuid, :now,
                            :expires::timestamptz)""")
                .param("id", token.id())
                .param("actor", token.actor())
                .param("label", token.label())
                .param("hash", secret.hash())
                .param("hint", token.hint())
                .param("scopes", array("text", token.scopes()))
                .param("customers", array("uuid", token.customers()))
                .param("infrastructures", array("text", token.infrastructures()))
                .param("elements", array("text", token.elements()))
                .param("team", team)
                .param("minter", minter)
                .param("now", Rows.at(now))
                .param("expires", Rows.atOrNull(token.expiresAt()))
                .update();
        return new Minted(token, secret);
    }

    private static @Nullable Object array(String type, @Nullable Collection<?> values) {
        return values == null ? null : Arrays.of(type, List.copyOf(values));
    }

    /**
     * Revokes a token: from the commit on it opens nothing, nor do the sessions opened from it.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public void revoke(JdbcClient db, Caller caller, UUID id) {
        get(db, caller, id);
        db.sql("update token set revoked_at = ? where token_id = ? and revoked_at is null")
                .params(Rows.at(clock.instant()), id)
                .update();
        db.sql("delete from session where token_id = ?").param(id).update();
        db.sql("delete from replay where token_id = ?").param(id).update();
    }

    /**
     * A living token that the caller may see.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public Token get(JdbcClient db, Caller caller, UUID id) {
        return bind(db.sql(SELECT + " and token_id = :id"), caller)
                .param("id", id)
                .query(Tokens::row)
                .optional()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    /** The living tokens that the caller may see, the newest first. */
    public List<Token> list(JdbcClient db, Caller caller, @Nullable UUID before, int limit) {
        return bind(
                        db.sql(
                                SELECT
                                        + " and (:before::uuid is null or token_id < :before) order by token_id desc limit :limit"),
                        caller)
                .param("before", before)
                .param("limit", limit)
                .query(Tokens::row)
                .list();
    }

    /**
     * The token in use; for who may mint also the other ones of the same actor, those minted for actors of the customers
     * in reach, and those of the team's robots. Never another team's, and nothing of a customer out of reach.
     */
    private static final String SELECT = """
            select t.*, a.name as actor_name, a.role
            from token t join actor a on a.actor_id = t.actor_id
            where t.revoked_at is null and a.ended_at is null and (t.expires_at is null or t.expires_at > :now) and (
                t.token_id = :token
                or :mints and t.actor_id = :actor
                or :mints and a.role = 'robot' and a.customer_id = any (:customers::uuid[])
                    and (:team::uuid is null or t.ops_team_id = :team)
                or :mints and a.customer_id = any (:customers::uuid[]) and t.minted_by = :actor
                or :mints and a.customer_id is null and a.role = 'robot' and t.ops_team_id = :team)
            """;

    private JdbcClient.StatementSpec bind(JdbcClient.StatementSpec statement, Caller caller) {
        return statement
                .param("now", Rows.at(clock.instant()))
                .param("token", caller.token())
                .param("mints", caller.may(Right.MINT_TOKENS))
                .param("actor", caller.actor())
                .param("customers", Arrays.of(caller.customers()))
                .param("team", caller.team());
    }

    private static Token row(ResultSet row, int number) throws SQLException {
        return new Token(
                Rows.id(row, "token_id"),
                Rows.id(row, "actor_id"),
                row.getString("actor_name"),
                Role.of(row.getString("role")),
                row.getString("label"),
                row.getString("hint"),
                texts(row, "scopes"),
                Rows.ids(row, "customers"),
                Rows.texts(row, "infrastructures"),
                Rows.texts(row, "elements"),
                Rows.idOrNull(row, "minted_by"),
                Rows.instant(row, "created_at"),
                Rows.instantOrNull(row, "expires_at"),
                Rows.instantOrNull(row, "last_used_at"));
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        List<String> texts = Rows.texts(row, column);
        return texts == null ? List.of() : texts;
    }
}
