package org.minventory.notification;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What was over, or dealt with, before it was due: what has been so for a while must still be so. */
final class Undone {
    private static final List<String> UNDOING = List.of(
            Notice.Type.MONITORING_STATE_CHANGED.word(),
            Notice.Type.ELEMENT_STATUS_CHANGED.word(),
            Notice.Type.KNOWLEDGE_REFRESHED.word(),
            Notice.Type.INCIDENT_RESOLVED.word());

    private static final Set<Notice.Type> OF_DIVERGENCES =
            Set.of(Notice.Type.DIVERGENCE_OPENED, Notice.Type.DIVERGENCE_WORSENED, Notice.Type.CONTRADICTION_OPENED);

    private Undone() {}

    /** The numbers of those that need not be said any more. */
    static Set<Long> of(JdbcClient db, UUID customer, Condition condition, List<Given> given) {
        Set<Long> undone = new HashSet<>();
        if (condition.hasBeenFor() != null) undone.addAll(turned(db, customer, given));
        if (condition.hasBeenFor() != null || condition.unacknowledged())
            undone.addAll(settled(db, customer, given, condition.unacknowledged()));
        return undone;
    }

    /** Those after which the same element was said to be otherwise. */
    private static Set<Long> turned(JdbcClient db, UUID customer, List<Given> given) {
        Arrays asked = new Arrays("bigint", "uuid", "text", "text");
        for (Given one : given) {
            Notice notice = one.notice();
            String undoing = undoing(notice.type());
            if (undoing != null && notice.element() != null)
                asked.row(one.no(), notice.element(), undoing, notice.became());
        }
        if (asked.isEmpty()) return Set.of();
        return new HashSet<>(asked.bind(db, """
                        select q.no from (select ?::uuid as customer, ?::text[] as undoing) as mine,
                            unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[]) as q (no, element, type, became)
                        where exists (select from notice n where n.customer_id = mine.customer and n.element_id = q.element
                            and n.no > q.no and n.type = any(mine.undoing) and n.type = q.type
                            and (q.became is null or coalesce(n.body ->> 'state', n.body ->> 'now') is distinct from q.became))""", customer, Arrays.of("text", UNDOING))
                .query(Long.class)
                .list());
    }

    private static @Nullable String undoing(Notice.Type type) {
        return switch (type) {
            case MONITORING_STATE_CHANGED, ELEMENT_STATUS_CHANGED -> type.word();
            case KNOWLEDGE_LATE, KNOWLEDGE_STALE -> Notice.Type.KNOWLEDGE_REFRESHED.word();
            case INCIDENT_OPENED -> Notice.Type.INCIDENT_RESOLVED.word();
            case TESTIMONY_RECORDED,
                    DIVERGENCE_OPENED,
                    DIVERGENCE_WORSENED,
                    DIVERGENCE_RESOLVED,
                    CONTRADICTION_OPENED,
                    CONTRADICTION_RESOLVED,
                    KNOWLEDGE_REFRESHED,
                    DEPLOYMENT_REPORTED,
                    DEPLOYMENT_FAILED,
                    INCIDENT_RESOLVED,
                    DELIVERY_RECEIVED,
                    DELIVERY_ACCEPTED,
                    DELIVERY_REFUSED,
                    PROJECT_REQUESTED,
                    PROJECT_MESSAGE,
                    PROJECT_APPROVED,
                    PROJECT_PROGRESSED,
                    DEADLINE_NEAR,
                    DEADLINE_PASSED,
                    MANDATE_CHANGED,
                    TOKEN_EXPIRING,
                    DISPATCH_ENDPOINT_DISABLED -> null;
        };
    }

    /** Those all of whose divergences were resolved, or, where that is asked for, acknowledged or accepted. */
    private static Set<Long> settled(JdbcClient db, UUID customer, List<Given> given, boolean acknowledgedToo) {
        List<Given> opened = given.stream()
                .filter(one -> OF_DIVERGENCES.contains(one.notice().type()))
                .toList();
        Map<UUID, Divergence> divergences = Divergences.withIds(
                db, customer, opened.stream().flatMap(one -> ids(one).stream()).toList());
        Set<Long> settled = new HashSet<>();
        for (Given one : opened) {
            boolean open = ids(one).stream()
                    .map(divergences::get)
                    .anyMatch(divergence -> divergence != null
                            && (divergence.state() == Divergence.State.OPEN
                                    || (!acknowledgedToo && divergence.state() != Divergence.State.RESOLVED)));
            if (!open) settled.add(one.no());
        }
        return settled;
    }

    private static List<UUID> ids(Given given) {
        return given.notice()
                .body()
                .path("divergences")
                .valueStream()
                .map((JsonNode turned) -> UUID.fromString(turned.get("id").stringValue()))
                .toList();
    }
}
