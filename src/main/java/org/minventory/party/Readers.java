package org.minventory.party;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who reads a customer at this moment, without a token in hand: for what is sent to them. Whose mandate, membership or
 * account has ended, or whose token was revoked, is no reader any more; a robot reads no longer than its token.
 */
public final class Readers {
    private Readers() {}

    /**
     * Somebody to whom something is to be said.
     *
     * @param token with which that was asked for, or null where nobody had to ask
     */
    public record Asking(UUID actor, @Nullable UUID token) {}

    /**
     * What such a reader reaches, before the limits of what was asked for.
     *
     * @param follows whether projects and what is said in them are for this reader
     */
    public record Reading(
            UUID actor, Role role, String name, @Nullable String email, Scope.Grant grant, boolean follows) {}

    /** Those of them who read the customer now. */
    public static Map<Asking, Reading> of(JdbcClient db, UUID customer, Collection<Asking> asking, Instant now) {
        Arrays asked = new Arrays("uuid", "uuid");
        for (Asking one : asking) asked.row(one.actor(), one.token());
        Map<Asking, Reading> readers = new HashMap<>();
        if (asked.isEmpty()) return readers;
        List<Object> parameters = new ArrayList<>(asked.columns());
        parameters.addAll(List.of(customer, Rows.at(now), Rows.at(now), Rows.at(now), customer, customer));
        db.sql("""
                        select q.actor_id, q.token_id, a.role, a.name, a.email, m.infrastructures
                        from unnest(?::uuid[], ?::uuid[]) as q (actor_id, token_id)
                        join actor a on a.actor_id = q.actor_id and a.ended_at is null
                        left join token t on t.token_id = q.token_id
                        left join mandate m on m.customer_id = ? and m.state = 'active'
                            and m.from_at <= ? and (m.until_at is null or m.until_at > ?)
                            and m.ops_team_id = case a.role when 'ops' then a.ops_team_id
                                                            when 'robot' then t.ops_team_id end
                        where (q.token_id is null or t.revoked_at is null)
                            and (a.role <> 'robot' or t.expires_at is null or t.expires_at > ?)
                            and (a.role <> 'robot' or a.customer_id is null or a.customer_id = ?)
                            and (m.mandate_id is not null
                                or (a.customer_id = ? and (a.role in ('cio', 'member')
                                    or (a.role = 'robot' and t.ops_team_id is null))))""").params(parameters).query(row -> {
            Role role = Role.of(row.getString("role"));
            List<String> covered = Rows.texts(row, "infrastructures");
            readers.put(
                    new Asking(Rows.id(row, "actor_id"), Rows.idOrNull(row, "token_id")),
                    new Reading(
                            Rows.id(row, "actor_id"),
                            role,
                            row.getString("name"),
                            row.getString("email"),
                            new Scope.Grant(customer, covered == null ? null : Set.copyOf(covered), null),
                            role.gives(Right.FOLLOW)));
        });
        return readers;
    }
}
