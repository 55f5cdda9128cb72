package org.minventory.export;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.minventory.knowledge.Surroundings;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was said of whole infrastructures, and whom it concerns: the elements that belonged there then. Who reaches an
 * infrastructure reads all that was said of it; who reaches single elements reads what was said until they left it.
 */
final class WholeInfrastructures {
    /** Of the testimonies t those that speak of an infrastructure i as a whole. */
    static final String JOIN = "join infrastructure_entry i on i.customer_id = t.customer_id and i.seq = t.seq";

    /** The testimonies t that speak, by a, of an infrastructure as a whole, to which an element belonged by b. */
    static final String AROUND = """
             from belonging b
            join infrastructure_entry a on a.customer_id = b.customer_id and a.infrastructure = b.infrastructure
            join testimony t on t.customer_id = a.customer_id and t.seq = a.seq
            where {where}""";

    private WholeInfrastructures() {}

    /** Of these what was true while an element belonged there, and what it came into; as far as a grant reaches that. */
    static Conditions around(Scope.Grant grant, Inventory.Row of) {
        return new Conditions()
                .and("b.customer_id = ? and b.element_id = ?", of.customer(), of.element())
                .oneOf("b.infrastructure", grant.infrastructures())
                .and("""
                        ((least(t.witnessed_at, t.recorded_at) >= b.since
                          and (b.until is null or least(t.witnessed_at, t.recorded_at) < b.until))
                         or a.seq = ?)""", cameInto(of.picture().surroundings()));
    }

    /** The number of the testimony of the maintenance that is open around an element; it may have begun before. */
    private static long cameInto(@Nullable Surroundings around) {
        return around == null || around.maintenance() == null
                ? 0
                : around.maintenance().seq();
    }

    /** Cuts what speaks of infrastructures i, in testimonies t, down to what a grant reaches. */
    static Conditions within(Conditions where, Scope.Grant grant) {
        where.oneOf("i.infrastructure", grant.infrastructures());
        if (grant.elements() == null) return where;
        return where.and("""
                exists (select from belonging b
                        join element e on e.customer_id = b.customer_id and e.element_id = b.element_id
                        where b.customer_id = i.customer_id and b.infrastructure = i.infrastructure and e.name = any(?)
                          and (b.until is null or least(t.witnessed_at, t.recorded_at) < b.until))""", Arrays.of("text", List.copyOf(grant.elements())));
    }

    /** Whether a grant reaches an entry that speaks of a whole infrastructure. */
    static boolean isReached(JdbcClient db, Scope.Grant grant, long seq) {
        Conditions where = new Conditions().and("t.customer_id = ? and t.seq = ?", grant.customer(), seq);
        return !within(where, grant)
                .run(db, "select t.seq from testimony t " + JOIN + " where {where}")
                .query(Long.class)
                .list()
                .isEmpty();
    }
}
