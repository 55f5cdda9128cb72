package org.minventory.knowledge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.minventory.base.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Keeps the upkeep of infrastructures: one row for each of which a maintenance or an incident was ever told. */
public final class Upkeeps {
    private Upkeeps() {}

    /** One of them. */
    public record Kept(UUID customer, String infrastructure, Upkeep upkeep) {}

    /** All of one customer, by infrastructure. */
    public static Map<String, Upkeep> of(JdbcClient db, UUID customer) {
        Map<String, Upkeep> found = new HashMap<>();
        within(db, Scope.whole(customer)).forEach(kept -> found.put(kept.infrastructure(), kept.upkeep()));
        return found;
    }

    /** All of the customers of a scope; what of them is shown to whom is for the reader to say. */
    public static List<Kept> within(JdbcClient db, Scope scope) {
        return db.sql("select customer_id, infrastructure, doc from upkeep where customer_id = any(?)")
                .param(Arrays.of(scope.customers()))
                .query((row, n) -> new Kept(
                        row.getObject("customer_id", UUID.class),
                        row.getString("infrastructure"),
                        Upkeep.read(row.getBytes("doc"))))
                .list();
    }

    /** Writes these. */
    public static void write(Together writes, UUID customer, Map<String, Upkeep> changed) {
        Arrays rows = new Arrays("text", "bytea");
        changed.forEach((infrastructure, upkeep) -> rows.row(infrastructure, upkeep.write()));
        rows.add(writes, """
                insert into upkeep (customer_id, infrastructure, doc)
                select ?, infrastructure, doc from unnest(?::text[], ?::bytea[]) as now (infrastructure, doc)
                on conflict (customer_id, infrastructure) do update set doc = excluded.doc""", customer);
    }
}
