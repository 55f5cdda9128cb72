package org.minventory.party;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a team keeps of a customer whose mandate has ended: what its own people and robots testified, and the dossier as
 * it stood then. For its people alone, and for nobody whose token is limited; to everything else it is a stranger.
 */
public final class Formers {
    /**
     * A mandate that has ended, and none of the same two runs.
     *
     * @param untilSeq the last entry of the record that was written while it ran
     * @param whole whether it reached all of the customer
     */
    public record Former(UUID customer, String slug, UUID team, long untilSeq, boolean whole) {
        /** What is read of it is read in this scope. */
        public Scope scope() {
            return Scope.whole(customer);
        }
    }

    private record Ended(
            UUID customer, Instant until, @Nullable Long untilSeq, boolean whole) {}

    private final Tx tx;
    private final InstantSource clock;

    public Formers(Tx tx, InstantSource clock) {
        this.tx = tx;
        this.clock = clock;
    }

    /** The customers that the caller's team was mandated by. */
    public List<Former> of(Caller caller) {
        UUID team = caller.team();
        if (team == null || caller.role() != Role.OPS || caller.limited()) return List.of();
        List<Ended> ended = tx.read(Scope.NOTHING, db -> ended(db, team)).stream()
                .filter(one -> !caller.scope().reaches(one.customer()))
                .toList();
        if (ended.isEmpty()) return List.of();
        return tx.read(
                Scope.whole(ended.stream().map(Ended::customer).toList()),
                db -> ended.stream().map(one -> former(db, team, one)).toList());
    }

    /** The one of them of that slug or identifier, or null where there is none, or several. */
    public @Nullable Former of(Caller caller, String slugOrId) {
        UUID id = Ids.parse(slugOrId);
        List<Former> found = new ArrayList<>();
        for (Former one : of(caller))
            if (id == null ? one.slug().equals(slugOrId) : one.customer().equals(id)) found.add(one);
        return found.size() == 1 ? found.getFirst() : null;
    }

    /** The last of each customer's; a proposal that was taken back never ran, and mandates are no customer's content. */
    private List<Ended> ended(JdbcClient db, UUID team) {
        return db.sql("""
                        select distinct on (customer_id) customer_id, until_at, until_seq, infrastructures is null as whole
                        from mandate
                        where ops_team_id = ? and state in ('active', 'ended') and from_seq is not null and until_at <= ?
                        order by customer_id, until_at desc""")
                .params(team, Rows.at(clock.instant()))
                .query(Formers::ended)
                .list();
    }

    private static Ended ended(ResultSet row, int number) throws SQLException {
        return new Ended(
                Rows.id(row, "customer_id"),
                Rows.instant(row, "until_at"),
                row.getObject("until_seq", Long.class),
                row.getBoolean("whole"));
    }

    private static Former former(JdbcClient db, UUID team, Ended ended) {
        String slug = db.sql("select slug from customer where customer_id = ?")
                .param(ended.customer())
                .query(String.class)
                .single();
        Long until = ended.untilSeq();
        return new Former(ended.customer(), slug, team, until == null ? lastBefore(db, ended) : until, ended.whole());
    }

    /** A mandate that ran out by its date was ended by nobody, who would have noted the entry. */
    private static long lastBefore(JdbcClient db, Ended ended) {
        return db.sql("""
                        select seq from testimony
                        where customer_id = ? and recorded_at <= ?
                          and seq < coalesce((select b.seq from testimony b where b.customer_id = ? and b.id >= ?
                                              order by b.id limit 1), 9223372036854775807)
                        order by seq desc limit 1""")
                .params(
                        ended.customer(),
                        Rows.at(ended.until()),
                        ended.customer(),
                        Ids.firstAt(ended.until().plusMillis(1)))
                .query(Long.class)
                .optional()
                .orElse(0L);
    }
}
