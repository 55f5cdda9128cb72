package org.minventory.export;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.intake.Past;
import org.minventory.testimony.Chain;
import org.minventory.testimony.Head;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Up to where of a customer's record one looks: its last entry, and where the chain stands there.
 *
 * @param at when that was all that was known; null where it is all that there is
 */
public record Horizon(long seq, byte[] chain, @Nullable Instant at) {
    /** All of the record. */
    public static Horizon whole(JdbcClient db, UUID customer, Instant now) {
        Head head = Head.look(db, customer, now);
        return new Horizon(head.seq(), head.chain(), null);
    }

    /** The record up to one entry; null where there is no such entry. */
    public static @Nullable Horizon entry(JdbcClient db, UUID customer, long seq) {
        return db.sql("select chain, recorded_at from testimony where customer_id = ? and seq = ?")
                .params(customer, seq)
                .query((row, n) -> new Horizon(
                        seq,
                        row.getBytes("chain"),
                        row.getTimestamp("recorded_at").toInstant()))
                .optional()
                .orElse(null);
    }

    /**
     * The record as it stood at an instant. Identifiers are made from the instants at which the record learnt: the first
     * one of after finds the number from which to look back.
     */
    static Horizon at(JdbcClient db, UUID customer, Instant instant) {
        return db.sql("""
                        select seq, chain from testimony
                        where customer_id = ? and recorded_at <= ?::timestamptz
                          and seq < coalesce((select b.seq from testimony b where b.customer_id = ? and b.id >= ?
                                              order by b.id limit 1), 9223372036854775807)
                        order by seq desc limit 1""")
                .params(customer, instant.toString(), customer, Ids.firstAt(instant.plusMillis(1)))
                .query((row, n) -> new Horizon(row.getLong("seq"), row.getBytes("chain"), instant))
                .optional()
                .orElseGet(() -> new Horizon(0, Chain.beginning(), instant));
    }

    /** Whether nothing stands behind it. */
    public boolean isNow() {
        return at == null;
    }

    /** The moment as the past is folded by. */
    Past.Moment moment() {
        return new Past.Moment(Testimonies.Known.upTo(seq), null, at);
    }

    /** The head, as it is told to who wants to keep it elsewhere. */
    public String head() {
        return seq + ":" + RecordExport.hex(chain);
    }
}
