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
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * People and robots. An actor becomes a witness of a customer when it may speak there; an actor that has ended keeps its
 * words in the record and reaches nothing.
 */
public final class Actors {
    /** A person or a robot, whoever it belongs to. */
    public record Actor(
            UUID id,
            Role role,
            String name,
            @Nullable String email,
            @Nullable UUID team,
            @Nullable UUID customer,
            Instant createdAt) {}

    /** Whom to bring in: a person of one customer, or a robot of one or several. */
    public record Invitation(
            Role role, String name, @Nullable String email, List<UUID> customers) {}

    /** An actor as a witness of one customer, with the last it said there. */
    public record Witness(
            UUID customer,
            String customerSlug,
            Actor actor,
            boolean ended,
            @Nullable LastWords lastWords) {}

    /** The newest testimony of a witness. */
    public record LastWords(UUID testimony, String kind, Instant witnessedAt, Instant recordedAt) {}

    private final InstantSource clock;

    public Actors(InstantSource clock) {
        this.clock = clock;
    }

    /** The operator of the instance: the first of all, brought in by the setup. */
    Actor operator(JdbcClient db, String name, @Nullable String email) {
        return insert(db, Role.OPERATOR, name, email, null, null);
    }

    /** The CIO of a customer that has nobody yet: brought in by who takes the customer over. */
    Actor cio(JdbcClient db, UUID customer, String name) {
        return insert(db, Role.CIO, name, null, null, customer);
    }

    /** A person joins an ops team. */
    public Actor join(JdbcClient db, UUID team, String name, @Nullable String email) {
        return insert(db, Role.OPS, name, email, team, null);
    }

    /**
     * Brings a person or a robot in. Only who reaches all of a customer brings people in, for they will see all of it. As
     * long as a customer has no CIO its ops may name one; afterwards only a CIO does, or the ops could answer itself.
     *
     * @throws Refusal {@link Problem#NOT_FOUND} for a customer out of reach, {@link Problem#NOT_ALLOWED},
     *     {@link Problem#STRONGER_THAN_YOURS}
     */
    public Actor invite(JdbcClient db, Caller caller, Invitation invitation) {
        caller.require(Right.INVITE);
        if (invitation.customers().isEmpty()) throw Refusal.of(Problem.CUSTOMER_NEEDED);
        for (UUID customer : invitation.customers())
            if (!caller.scope().reaches(customer)) throw Refusal.of(Problem.NOT_FOUND);
        return switch (invitation.role()) {
            case CIO, MEMBER -> person(db, caller, invitation);
            case ROBOT -> robot(db, caller, invitation);
            case OPS, OPERATOR -> throw Refusal.at(Problem.UNFIT_VALUE, "/role", Words.say("unfit-role"));
        };
    }

    private Actor person(JdbcClient db, Caller caller, Invitation invitation) {
        if (invitation.customers().size() > 1)
            throw Refusal.at(Problem.UNFIT_VALUE, "/customers", Words.say("one-customer"));
        UUID customer = invitation.customers().getFirst();
        Scope.Grant grant = caller.scope().grant(customer);
        if (grant == null || !grant.isWhole() || !caller.tokenScopes().isEmpty())
            throw Refusal.of(Problem.STRONGER_THAN_YOURS, invitation.role().word());
        Customers.touch(db, customer); // holds the customer's pen: two first CIOs cannot come in at once
        if (invitation.role() == Role.CIO && caller.role() != Role.CIO && hasCio(db, customer))
            throw Refusal.of(Problem.NOT_ALLOWED);
        return insert(db, invitation.role(), invitation.name(), invitation.email(), null, customer);
    }

    private Actor robot(JdbcClient db, Caller caller, Invitation invitation) {
        UUID only = invitation.customers().size() == 1 ? invitation.customers().getFirst() : null;
        for (UUID customer : invitation.customers()) Customers.touch(db, customer);
        return insert(db, Role.ROBOT, invitation.name(), invitation.email(), caller.team(), only);
    }

    /** Whether the customer has somebody of its own to approve. */
    public static boolean hasCio(JdbcClient db, UUID customer) {
        return db.sql("select exists (select 1 from actor where customer_id = ? and role = 'cio' and ended_at is null)")
                .param(customer)
                .query(Boolean.class)
                .single();
    }

    private Actor insert(
            JdbcClient db,
            Role role,
            String name,
            @Nullable String email,
            @Nullable UUID team,
            @Nullable UUID customer) {
        Instant now = clock.instant();
        Actor actor = new Actor(
                Ids.next(now), role, Words.label(name, "/name"), Words.email(email, "/email"), team, customer, now);
        db.sql("""
                        insert into actor (actor_id, role, name, email, ops_team_id, customer_id, created_at)
                        values (:id, :role, :name, :email::text, :team::uuid, :customer::uuid, :now)""")
                .param("id", actor.id())
                .param("role", role.word())
                .param("name", actor.name())
                .param("email", email)
                .param("team", team)
                .param("customer", customer)
                .param("now", Rows.at(now))
                .update();
        return actor;
    }

    /** Members of a team, for the operator who keeps it. */
    public List<Actor> members(JdbcClient db, UUID team, @Nullable UUID after, int limit) {
        return db.sql("""
                        select * from actor
                        where ops_team_id = ? and role = 'ops' and ended_at is null and actor_id > ?
                        order by actor_id limit ?""")
                .params(team, after == null ? new UUID(0, 0) : after, limit)
                .query(Actors::row)
                .list();
    }

    /**
     * A member leaves its team.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public void leave(JdbcClient db, UUID team, UUID actor) {
        int left = db.sql(
                        "update actor set ended_at = ? where actor_id = ? and ops_team_id = ? and role = 'ops' and ended_at is null")
                .params(Rows.at(clock.instant()), actor, team)
                .update();
        if (left == 0) throw Refusal.of(Problem.NOT_FOUND);
    }

    /**
     * Ends a person or a robot of a customer: a CIO any of its own, an ops the robots of its team, and people as long as
     * there is no CIO to do it.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#NOT_ALLOWED}
     */
    public void end(JdbcClient db, Caller caller, UUID id) {
        caller.require(Right.INVITE);
        Actor actor = reached(db, caller, id);
        boolean may =
                switch (actor.role()) {
                    case ROBOT -> caller.role() == Role.CIO ? actor.customer() != null : sameTeam(caller, actor);
                    case CIO, MEMBER ->
                        actor.customer() != null && (caller.role() == Role.CIO || !hasCio(db, actor.customer()));
                    case OPS, OPERATOR -> false;
                };
        if (!may) throw Refusal.of(Problem.NOT_ALLOWED);
        if (actor.customer() != null) Customers.touch(db, actor.customer());
        db.sql("update actor set ended_at = ? where actor_id = ? and ended_at is null")
                .params(Rows.at(clock.instant()), id)
                .update();
    }

    private static boolean sameTeam(Caller caller, Actor actor) {
        return caller.team() != null && caller.team().equals(actor.team());
    }

    /**
     * A living actor that the caller may know of: itself, those of the customers it reaches, its own team and the teams
     * that these customers mandate.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    Actor reached(JdbcClient db, Caller caller, UUID id) {
        return db.sql("""
                        select * from actor a
                        where actor_id = :id and ended_at is null and (
                            actor_id = :me
                            or customer_id = any (:customers::uuid[])
                            or customer_id is null and ops_team_id = :team
                            or customer_id is null and exists (
                                select 1 from mandate m
                                where m.ops_team_id = a.ops_team_id and m.customer_id = any (:customers::uuid[])
                                    and m.state = 'active' and (m.until_at is null or m.until_at > :now)))""")
                .param("id", id)
                .param("me", caller.actor())
                .param("customers", Arrays.of(caller.customers()))
                .param("team", caller.team())
                .param("now", Rows.at(clock.instant()))
                .query(Actors::row)
                .optional()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    /** The place of a witness in the list. */
    public record Place(UUID actor, UUID customer) {
        /** Before all. */
        public static final Place START = new Place(new UUID(0, 0), new UUID(0, 0));
    }

    /**
     * Who may speak, or has spoken, for the customers of the scope, or for one of them: their own people and robots, the
     * teams they mandate now, and those who left words, here or where the record was kept before. The connection's scope
     * bounds it.
     */
    public List<Witness> witnesses(JdbcClient db, Scope scope, Place after, int limit) {
        return db.sql("""
                        with speaking as (
                            select customer_id, actor_id from actor
                            where customer_id = any (:customers::uuid[]) and ended_at is null
                            union
                            select m.customer_id, a.actor_id from mandate m join actor a on a.ops_team_id = m.ops_team_id
                            where m.customer_id = any (:customers::uuid[]) and m.state = 'active'
                                and m.from_at <= :now and (m.until_at is null or m.until_at > :now)
                                and a.customer_id is null and a.ended_at is null
                            union
                            select customer_id, actor_id from witness where customer_id = any (:customers::uuid[]))
                        select s.customer_id as spoken_for, c.slug, s.actor_id, coalesce(a.role, w.role) as role,
                            coalesce(a.name, w.name) as name, a.email, a.ops_team_id, a.customer_id,
                            coalesce(a.created_at, w.first_at) as created_at,
                            case when a.actor_id is null then w.first_at else a.ended_at end as ended_at,
                            t.id as said, t.kind, t.witnessed_at, t.recorded_at
                        from speaking s
                        join customer c on c.customer_id = s.customer_id
                        left join actor a on a.actor_id = s.actor_id
                        left join witness w on w.customer_id = s.customer_id and w.actor_id = s.actor_id
                        left join lateral (
                            select id, kind, witnessed_at, recorded_at from testimony
                            where customer_id = s.customer_id and witness_id = s.actor_id
                            order by seq desc limit 1) t on true
                        where (s.actor_id, s.customer_id) > (:actor, :customer)
                        order by s.actor_id, s.customer_id
                        limit :limit""")
                .param("customers", Arrays.of(scope.customers()))
                .param("now", Rows.at(clock.instant()))
                .param("actor", after.actor())
                .param("customer", after.customer())
                .param("limit", limit)
                .query(Actors::witness)
                .list();
    }

    /**
     * Somebody who can enter a customer's inventory now.
     *
     * @param team through which, or null for the customer's own
     * @param tokens how many of its tokens live
     */
    public record Entering(
            UUID customer,
            Actor actor,
            @Nullable String team,
            int tokens,
            @Nullable Instant lastUsedAt,
            @Nullable Instant expiresAt) {}

    /** Who can enter the customers of the scope now: their own people and robots, and the teams they mandate. */
    public List<Entering> entering(JdbcClient db, Scope scope, int limit) {
        return db.sql("""
                        with entering as (
                            select a.customer_id as entered, a.actor_id, null::text as team from actor a
                            where a.customer_id = any (:customers::uuid[]) and a.ended_at is null
                            union
                            select m.customer_id, a.actor_id, t.name from mandate m
                            join ops_team t on t.ops_team_id = m.ops_team_id
                            join actor a on a.ops_team_id = m.ops_team_id
                            where m.customer_id = any (:customers::uuid[]) and m.state = 'active'
                                and m.from_at <= :now and (m.until_at is null or m.until_at > :now)
                                and a.customer_id is null and a.ended_at is null)
                        select e.entered, e.team, a.*, k.tokens, k.last_used_at, k.expires_at
                        from entering e join actor a on a.actor_id = e.actor_id
                        cross join lateral (
                            select count(*) as tokens, max(last_used_at) as last_used_at, max(expires_at) as expires_at
                            from token where actor_id = e.actor_id and revoked_at is null
                                and (expires_at is null or expires_at > :now)) as k
                        order by e.entered, a.role, a.name, a.actor_id limit :limit""")
                .param("customers", Arrays.of(scope.customers()))
                .param("now", Rows.at(clock.instant()))
                .param("limit", limit)
                .query((row, n) -> new Entering(
                        Rows.id(row, "entered"),
                        row(row, n),
                        row.getString("team"),
                        row.getInt("tokens"),
                        Rows.instantOrNull(row, "last_used_at"),
                        Rows.instantOrNull(row, "expires_at")))
                .list();
    }

    private static Witness witness(ResultSet row, int number) throws SQLException {
        UUID said = Rows.idOrNull(row, "said");
        LastWords lastWords = said == null
                ? null
                : new LastWords(
                        said,
                        row.getString("kind"),
                        Rows.instant(row, "witnessed_at"),
                        Rows.instant(row, "recorded_at"));
        return new Witness(
                Rows.id(row, "spoken_for"),
                row.getString("slug"),
                row(row, number),
                Rows.instantOrNull(row, "ended_at") != null,
                lastWords);
    }

    static Actor row(ResultSet row, int number) throws SQLException {
        return new Actor(
                Rows.id(row, "actor_id"),
                Role.of(row.getString("role")),
                row.getString("name"),
                row.getString("email"),
                Rows.idOrNull(row, "ops_team_id"),
                Rows.idOrNull(row, "customer_id"),
                Rows.instant(row, "created_at"));
    }
}
