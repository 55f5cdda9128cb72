package org.minventory.project;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Word;
import org.minventory.party.Caller;
import org.minventory.party.Right;
import org.minventory.party.Role;
import org.minventory.party.Secret;
import org.minventory.testimony.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Addresses that show one project to whoever holds them: expiring, revocable, hashed, and never reaching further than the
 * token that made them. One that approves is made by the CIO whose word it gives, for one proposal, and is spent once.
 */
public final class ShareLinks {
    /** How long one lasts of which nothing was said. */
    public static final Duration USUAL = Duration.ofDays(14);

    /** How long one may last. */
    public static final Duration LONGEST = Duration.ofDays(90);

    /** What a link lets its holder do. */
    public enum Sort {
        READ,
        APPROVE;

        /** The word of the API and of the database. */
        public String word() {
            return Word.of(this);
        }
    }

    /** What a link is to be. */
    public record Wanted(
            String project,
            Sort sort,
            @Nullable String label,
            @Nullable Instant expiresAt) {}

    /**
     * A link as it may be shown: everything but the secret.
     *
     * @param proposal the testimony that an approving link decides about, and no other; null where it only shows
     * @param token with which it was made: it reaches what that one reaches
     * @param spentAt when it decided, or null
     */
    public record Link(
            UUID customer,
            UUID id,
            String hint,
            Sort sort,
            UUID project,
            @Nullable UUID proposal,
            String label,
            UUID mintedBy,
            String minter,
            UUID token,
            Instant createdAt,
            Instant expiresAt,
            @Nullable Instant spentAt,
            @Nullable Instant lastUsedAt,
            long uses) {}

    /** A link among those of its maker, with the project that it shows. */
    public record Listed(Link link, String project, String title) {}

    /** A link just made, with its secret, which is never shown again. */
    public record Minted(Listed listed, Secret secret) {}

    private final InstantSource clock;

    public ShareLinks(InstantSource clock) {
        this.clock = clock;
    }

    // ---- made and taken back ----------------------------------------------------------------------------------------

    /**
     * Makes a link to a project that the caller reaches.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#UNFIT_DATE}, {@link Problem#STRONGER_THAN_YOURS} where it
     *     would outlast the token in use; for one that approves {@link Problem#NOT_ALLOWED} unless it is the CIO's own word
     *     that it gives, and {@link Problem#CONFLICT} where nothing is proposed
     */
    public Minted mint(JdbcClient db, Caller caller, Wanted wanted) {
        caller.require(Right.SHARE);
        caller.require(Right.FOLLOW); // or what it shows would be nothing
        Project project = Projects.find(db, caller.scope(), wanted.project());
        if (project == null) throw Refusal.at(Problem.NOT_FOUND, "/project");
        UUID proposal = wanted.sort() == Sort.APPROVE ? proposal(caller, project) : null;
        Instant now = clock.instant();
        Secret secret = Secret.fresh(Secret.SHARE, project.customer());
        Link link = new Link(
                project.customer(),
                Ids.next(now),
                secret.hint(),
                wanted.sort(),
                project.id(),
                proposal,
                label(wanted.label(), project),
                caller.actor(),
                caller.name(),
                Objects.requireNonNull(caller.token(), "whoever makes a link comes with a token"),
                now,
                expiry(db, caller, wanted.expiresAt(), now),
                null,
                null,
                0);
        insert(db, link, secret);
        return new Minted(new Listed(link, project.name(), project.title()), secret);
    }

    /**
     * What stands proposed. Whoever makes an approving link could use it: so nobody makes one for somebody else, or an ops
     * could answer itself in its customer's name.
     */
    private static UUID proposal(Caller caller, Project project) {
        if (caller.role() != Role.CIO || !caller.mayTestify(Kind.APPROVAL.word()))
            throw Refusal.at(Problem.NOT_ALLOWED, "/kind");
        if (project.state() != Project.State.PROPOSED)
            throw ActFacts.refused(Problem.CONFLICT, "/project", "nothing-proposed");
        return UUID.fromString(project.story().at("/proposal/testimony").stringValue());
    }

    private static String label(@Nullable String told, Project project) {
        if (told == null) return project.title();
        String label = told.strip();
        boolean unfit = label.isEmpty()
                || label.length() > ActFacts.LONGEST
                || label.codePoints().anyMatch(Character::isISOControl);
        if (unfit) throw Refusal.at(Problem.WRONG_TYPE, "/label", "text ≤ " + ActFacts.LONGEST);
        return label;
    }

    private static Instant expiry(JdbcClient db, Caller caller, @Nullable Instant told, Instant now) {
        Instant own = db.sql("select expires_at from token where token_id = ?")
                .param(caller.token())
                .query((row, n) -> Optional.ofNullable(instantOrNull(row, "expires_at")))
                .single()
                .orElse(Instant.MAX);
        if (told == null) return own.isBefore(now.plus(USUAL)) ? own : now.plus(USUAL);
        if (!told.isAfter(now) || told.isAfter(now.plus(LONGEST)))
            throw ActFacts.refused(Problem.UNFIT_DATE, "/expiresAt", "too-long-shared");
        if (told.isAfter(own)) throw Refusal.at(Problem.STRONGER_THAN_YOURS, "/expiresAt", told);
        return told;
    }

    private static void insert(JdbcClient db, Link link, Secret secret) {
        db.sql("""
                        insert into share_link (customer_id, link_id, hash, hint, kind, project_id, proposal_id, label,
                            minted_by, token_id, created_at, expires_at)
                        values (:customer, :id, :hash, :hint, :kind, :project, :proposal::uuid, :label, :minter, :token,
                            :now, :expires)""")
                .param("customer", link.customer())
                .param("id", link.id())
                .param("hash", secret.hash())
                .param("hint", link.hint())
                .param("kind", link.sort().word())
                .param("project", link.project())
                .param("proposal", link.proposal())
                .param("label", link.label())
                .param("minter", link.mintedBy())
                .param("token", link.token())
                .param("now", at(link.createdAt()))
                .param("expires", at(link.expiresAt()))
                .update();
    }

    /**
     * Takes a link back: from the commit on it shows nothing.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public void revoke(JdbcClient db, Caller caller, UUID id) {
        Link link = get(db, caller, id).link();
        db.sql("update share_link set revoked_at = ? where customer_id = ? and link_id = ?")
                .params(at(clock.instant()), link.customer(), link.id())
                .update();
    }

    /**
     * A living link that the caller may see.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public Listed get(JdbcClient db, Caller caller, UUID id) {
        return seen(db, caller, "and l.link_id = ?", id).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    /** The living links that the caller may see, the newest first. */
    public List<Listed> list(JdbcClient db, Caller caller, @Nullable UUID before, int limit) {
        UUID from = before == null ? new UUID(-1, -1) : before;
        return seen(db, caller, "and l.link_id < ? order by l.link_id desc limit ?", from, limit);
    }

    /**
     * Links to projects in reach. A CIO sees all that show its own customer; an ops those of its own team. One whose token
     * opens nothing any more shows nothing either, and is left out.
     */
    private List<Listed> seen(JdbcClient db, Caller caller, String rest, Object... parameters) {
        Arrays grants = Projects.grants(caller.scope());
        if (grants.isEmpty()) return List.of();
        OffsetDateTime now = at(clock.instant());
        List<@Nullable Object> all = new ArrayList<>(grants.columns());
        all.addAll(java.util.Arrays.asList(now, caller.role() == Role.CIO, caller.actor(), caller.team(), now, now));
        all.addAll(List.of(parameters));
        return db.sql("with mine as (select p.customer_id, p.project_id, p.name, p.title " + Projects.REACHED + """
                        )
                        select l.*, a.name as minter, mine.name as project, mine.title
                        from mine
                        join share_link l on l.customer_id = mine.customer_id and l.project_id = mine.project_id
                        join actor a on a.actor_id = l.minted_by
                        join token t on t.token_id = l.token_id
                        where t.revoked_at is null and (t.expires_at is null or t.expires_at > ?)
                            and (?::boolean or l.minted_by = ?::uuid or a.ops_team_id = ?::uuid)
                        """
                        + ALIVE + rest)
                .params(all)
                .query((row, n) -> new Listed(read(row), row.getString("project"), row.getString("title")))
                .list();
    }

    /** A link that is no longer made good by a mandate that ran when it was made stays dead, whatever is mandated later. */
    private static final String ALIVE = """
             and l.revoked_at is null and l.expires_at > ? and a.ended_at is null
             and (a.role <> 'ops' or exists (
                 select from mandate m
                 where m.customer_id = l.customer_id and m.ops_team_id = a.ops_team_id and m.state = 'active'
                     and m.from_at <= l.created_at and (m.until_at is null or m.until_at > ?)))
            """;

    // ---- used -------------------------------------------------------------------------------------------------------

    /** The link of that hash, whose use is counted thereby; null where it never was, has expired or was taken back. */
    public @Nullable Link use(JdbcClient db, UUID customer, byte[] hash) {
        OffsetDateTime now = at(clock.instant());
        return db.sql("""
                        update share_link l set uses = uses + 1, last_used_at = ?
                        from actor a
                        where l.customer_id = ? and l.hash = ? and a.actor_id = l.minted_by
                        """ + ALIVE + " returning l.*, a.name as minter")
                .params(now, customer, hash, now, now)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    /**
     * Spends a link that decides: for one caller alone, for ever.
     *
     * @return nothing where this caller has it; else when it was spent
     * @throws Refusal {@link Problem#NOT_FOUND} where it was taken back meanwhile
     */
    public Optional<Instant> spend(JdbcClient db, Link link) {
        int spent = db.sql("""
                        update share_link set spent_at = ?
                        where customer_id = ? and link_id = ? and kind = 'approve' and spent_at is null and revoked_at is null""")
                .params(at(clock.instant()), link.customer(), link.id())
                .update();
        if (spent == 1) return Optional.empty();
        Instant before = db.sql("select spent_at from share_link where customer_id = ? and link_id = ?")
                .params(link.customer(), link.id())
                .query((row, n) -> Optional.ofNullable(instantOrNull(row, "spent_at")))
                .single()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
        return Optional.of(before);
    }

    /** Gives a link back to whoever spent it in vain: what it was to decide was refused. */
    public int unspend(JdbcClient db, Link link) {
        return db.sql("update share_link set spent_at = null where customer_id = ? and link_id = ?")
                .params(link.customer(), link.id())
                .update();
    }

    private static Link read(ResultSet row) throws SQLException {
        return new Link(
                row.getObject("customer_id", UUID.class),
                row.getObject("link_id", UUID.class),
                row.getString("hint"),
                Word.read(Sort.class, row.getString("kind")),
                row.getObject("project_id", UUID.class),
                row.getObject("proposal_id", UUID.class),
                row.getString("label"),
                row.getObject("minted_by", UUID.class),
                row.getString("minter"),
                row.getObject("token_id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("expires_at", OffsetDateTime.class).toInstant(),
                instantOrNull(row, "spent_at"),
                instantOrNull(row, "last_used_at"),
                row.getLong("uses"));
    }

    private static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }
}
