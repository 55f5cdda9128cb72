package org.minventory.notification;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What has to be known of the elements that notices are about, looked up for all of them together. */
final class Known {
    /** An element by what it is found and filtered by. */
    record Card(
            UUID id,
            String name,
            String type,
            @Nullable String infrastructure,
            @Nullable String provider) {
        boolean isWithin(Scope.Grant grant) {
            return grant.reaches(name, infrastructure);
        }
    }

    private final Map<UUID, Card> cards = new HashMap<>();

    /**
     * The cards of these elements; those of one that was merged into another are that one's. Which one that is is worked out
     * before it is looked up: behind the seal no index answers for an expression.
     */
    static Known of(JdbcClient db, UUID customer, Collection<UUID> elements) {
        Known known = new Known();
        if (elements.isEmpty()) return known;
        db.sql("""
                        select e.element_id as told, k.element_id, k.name, k.type, k.infrastructure, k.provider
                        from element e
                        cross join lateral (select coalesce(e.merged_into, e.element_id) as id offset 0) as living
                        join knowledge k on k.customer_id = e.customer_id and k.element_id = living.id
                        where e.customer_id = ? and e.element_id = any(?)""")
                .param(1, customer)
                .param(2, Arrays.of(List.copyOf(elements)))
                .query(row -> {
                    known.cards.put(
                            row.getObject("told", UUID.class),
                            new Card(
                                    row.getObject("element_id", UUID.class),
                                    row.getString("name"),
                                    row.getString("type"),
                                    row.getString("infrastructure"),
                                    row.getString("provider")));
                });
        return known;
    }

    /** The cards of what a notice is about; those that are not known any more are left out. */
    List<Card> cards(Collection<UUID> elements) {
        return elements.stream()
                .map(cards::get)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }
}
