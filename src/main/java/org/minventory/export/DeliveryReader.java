package org.minventory.export;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.knowledge.Delivery;
import org.minventory.knowledge.Reception;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Deliveries, read as a part of what is known of elements. */
public final class DeliveryReader {
    private DeliveryReader() {}

    /**
     * One delivery of an element.
     *
     * @param decision what the ops decided last, or null
     * @param customersWord what the customer said to that, or null
     */
    public record Found(
            Inventory.Row row,
            Delivery delivery,
            @Nullable Entry decision,
            @Nullable Entry customersWord) {}

    /** Elements of which something was delivered, by name; only those whose last delivery is in one of these states, if any. */
    public static List<Inventory.Place> places(
            JdbcClient db,
            Scope scope,
            List<String> states,
            @Nullable String afterName,
            @Nullable UUID afterElement,
            int limit) {
        return Inventory.places(
                db,
                scope,
                Selection.EVERYTHING,
                where -> states.isEmpty()
                        ? where.and("k.delivery is not null")
                        : where.and("k.delivery = any(?)", Arrays.of("text", states)),
                afterName,
                afterElement,
                limit);
    }

    /** The delivery of that id, else the last one of the element of that name or id; null where none is reached. */
    public static @Nullable Found find(JdbcClient db, Scope scope, String told) {
        UUID id = Ids.parse(told);
        String element = id == null ? told : elementOf(db, scope, id);
        Inventory.Row row = Inventory.one(db, scope, element, null);
        if (row == null) return null;
        List<Delivery> all = row.picture().deliveries();
        return all.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .or(() -> all.isEmpty() ? java.util.Optional.empty() : java.util.Optional.of(all.getLast()))
                .map(one -> found(db, row, one))
                .orElse(null);
    }

    /** The element of which a testimony speaks; an id that is no testimony's is taken for that of an element. */
    private static String elementOf(JdbcClient db, Scope scope, UUID id) {
        return db.sql("""
                        select a.element_id from testimony t
                        join assignment a on a.customer_id = t.customer_id and a.seq = t.seq
                        where t.customer_id = any(?) and t.id = ? and t.kind in ('delivery-notice', 'delivery-survey', 'acceptance')""")
                .param(1, Arrays.of(scope.customers()))
                .param(2, id)
                .query(UUID.class)
                .optional()
                .orElse(id)
                .toString();
    }

    private static Found found(JdbcClient db, Inventory.Row row, Delivery delivery) {
        return new Found(row, delivery, entry(db, row, delivery.decision()), entry(db, row, delivery.customersWord()));
    }

    private static @Nullable Entry entry(JdbcClient db, Inventory.Row row, @Nullable Reception said) {
        return said == null
                ? null
                : Objects.requireNonNull(Testimonies.withId(db, row.customer(), said.testimony()), "recorded");
    }
}
