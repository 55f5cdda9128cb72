package org.minventory.export;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The elements that one element names, and those that name it; only what the reader reaches is told of them. */
public final class Related {
    private Related() {}

    /**
     * One relation.
     *
     * @param attribute what relates them: {@code runs-on}
     * @param outward whether this element names the other one; else it is named by it
     * @param told the name as it was told; of an element out of reach it is all there is
     * @param element the other one, or null where nobody here has that name or it is out of reach
     */
    public record One(
            String attribute,
            boolean outward,
            String told,
            @Nullable UUID element,
            @Nullable String type,
            @Nullable String status) {}

    private record Line(One one, @Nullable String infrastructure) {}

    /** Reads them in one statement: its own first, then those of others, each by name. */
    public static List<One> of(JdbcClient db, Scope.Grant grant, UUID element) {
        List<Line> lines = db.sql("""
                        select r.attribute, true as outward, coalesce(k.name, r.told) as name, r.told, k.element_id, k.type,
                               k.status, k.infrastructure
                        from relation r
                        left join knowledge k on k.customer_id = r.customer_id and k.element_id = r.target_id
                        where r.customer_id = :customer and r.element_id = :element
                        union all
                        select r.attribute, false, k.name, k.name, k.element_id, k.type, k.status, k.infrastructure
                        from relation r
                        join knowledge k on k.customer_id = r.customer_id and k.element_id = r.element_id
                        where r.customer_id = :customer and r.target_id = :element
                        order by outward desc, attribute, name""")
                .param("customer", grant.customer())
                .param("element", element)
                .query((row, n) -> new Line(
                        new One(
                                row.getString("attribute"),
                                row.getBoolean("outward"),
                                row.getString("name"),
                                row.getObject("element_id", UUID.class),
                                row.getString("type"),
                                row.getString("status")),
                        row.getString("infrastructure")))
                .list();
        List<One> related = new ArrayList<>();
        for (Line line : lines) {
            One one = line.one();
            boolean reached = one.element() != null
                    && (grant.infrastructures() == null
                            || (line.infrastructure() != null
                                    && grant.infrastructures().contains(line.infrastructure())))
                    && (grant.elements() == null || grant.elements().contains(one.told()));
            if (reached) related.add(one);
            else if (one.outward()) related.add(new One(one.attribute(), true, one.told(), null, null, null));
        }
        return related;
    }
}
