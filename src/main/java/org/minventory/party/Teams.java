package org.minventory.party;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The teams that customers mandate; kept by the operator, who sees none of the customers. */
public final class Teams {
    /** A team: one freelance, or an agency. */
    public record Team(UUID id, String slug, String name, Instant createdAt) {}

    private final InstantSource clock;

    public Teams(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Founds a team.
     *
     * @throws Refusal {@link Problem#SLUG_TAKEN}, {@link Problem#UNFIT_NAME}
     */
    public Team found(JdbcClient db, String slug, String name) {
        Instant now = clock.instant();
        Team team = new Team(Ids.next(now), Words.slug(slug, "/slug"), Words.label(name, "/name"), now);
        try {
            db.sql("insert into ops_team (ops_team_id, slug, name, created_at) values (?, ?, ?, ?)")
                    .params(team.id(), team.slug(), team.name(), Rows.at(now))
                    .update();
        } catch (DuplicateKeyException taken) {
            throw Refusal.at(Problem.SLUG_TAKEN, "/slug", slug);
        }
        return team;
    }

    /**
     * The team of that slug or identifier.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public Team find(JdbcClient db, String slugOrId) {
        return db.sql("select * from ops_team where ops_team_id = :id::uuid or slug = :slug")
                .param("id", Ids.parse(slugOrId))
                .param("slug", slugOrId)
                .query(Teams::row)
                .optional()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    /** The teams after that slug. */
    public List<Team> list(JdbcClient db, @Nullable String afterSlug, int limit) {
        return db.sql("select * from ops_team where slug > ? order by slug limit ?")
                .params(afterSlug == null ? "" : afterSlug, limit)
                .query(Teams::row)
                .list();
    }

    private static Team row(ResultSet row, int number) throws SQLException {
        return new Team(
                Rows.id(row, "ops_team_id"),
                row.getString("slug"),
                row.getString("name"),
                Rows.instant(row, "created_at"));
    }
}
