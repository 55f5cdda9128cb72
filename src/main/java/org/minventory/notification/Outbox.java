package org.minventory.notification;

import java.util.List;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Together;
import org.minventory.testimony.Head;

/** Puts notices where the relay will find them, in the transaction of what caused them: both are there, or neither. */
public final class Outbox {
    private Outbox() {}

    public static void put(Together writes, Head head, List<Notice> notices) {
        Arrays rows = new Arrays("bigint", "text", "text", "uuid", "bigint", "text");
        for (Notice notice : notices)
            rows.row(
                    head.nextNo(),
                    notice.type().word(),
                    notice.severity().word(),
                    notice.element(),
                    notice.seq(),
                    Json.canonicalText(notice.body()));
        rows.add(writes, """
                insert into notice (customer_id, no, type, severity, element_id, seq, body, created_at)
                select customer, no, type, severity, element_id, seq, body::json, created_at
                from (select ?::uuid as customer, ?::timestamptz as created_at) as mine,
                     unnest(?::bigint[], ?::text[], ?::text[], ?::uuid[], ?::bigint[], ?::text[])
                       as new (no, type, severity, element_id, seq, body)""", head.customer(), head.recordedAt().toString());
    }
}
