package org.minventory.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A notice as it was given: with its number, by which nobody who reads on after it misses one.
 *
 * @param at when it was given
 */
public record Given(UUID customer, long no, Instant at, Notice notice) {
    /** The next of a customer after that number, in their order. */
    public static List<Given> after(JdbcClient db, UUID customer, long no, int limit) {
        return db.sql("select * from notice where customer_id = ? and no > ? order by no limit ?")
                .params(customer, no, limit)
                .query((row, n) -> read(row))
                .list();
    }

    /** Those of these numbers, in their order. */
    static List<Given> of(JdbcClient db, UUID customer, Collection<Long> numbers) {
        return db.sql("select * from notice where customer_id = ? and no = any(?) order by no")
                .param(1, customer)
                .param(2, Arrays.of("bigint", new ArrayList<>(numbers)))
                .query((row, n) -> read(row))
                .list();
    }

    private static Given read(ResultSet row) throws SQLException {
        Notice.Type type = Notice.Type.of(row.getString("type"));
        if (type == null) throw new IllegalStateException("no notice is called " + row.getString("type"));
        return new Given(
                row.getObject("customer_id", UUID.class),
                row.getLong("no"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                new Notice(
                        type,
                        Notice.Severity.of(row.getString("severity")),
                        row.getObject("element_id", UUID.class),
                        row.getLong("seq"),
                        Json.MAPPER.readTree(row.getString("body"))));
    }
}
