package org.minventory.testimony;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The customer's pen: whoever holds the row writes the record, until the commit. Hence {@code seq} and {@code no} have
 * no gap and follow the commits, {@code recordedAt} never goes back, and a reader of "everything after seq" misses
 * nothing (ADR 0001).
 */
public final class Head {
    private static final long REHEARSED = 1L << 50;

    private final UUID customer;
    private final Instant recordedAt;
    private long seq;
    private long no;
    private long version;
    private long definitions;
    private byte[] chain;

    private Head(UUID customer, long seq, long no, long version, long definitions, byte[] chain, Instant recordedAt) {
        this.customer = customer;
        this.seq = seq;
        this.no = no;
        this.version = version;
        this.definitions = definitions;
        this.chain = chain;
        this.recordedAt = recordedAt;
    }

    /**
     * Takes the pen and waits for it if somebody else writes.
     *
     * @param now the server's time; what is recorded is never earlier than what was recorded before
     */
    public static Head take(JdbcClient db, UUID customer, Instant now) {
        return head(db, customer, now, "for update");
    }

    /** Looks without taking: for a dry run, which writes nothing and holds nobody up. */
    public static Head look(JdbcClient db, UUID customer, Instant now) {
        return head(db, customer, now, "");
    }

    /** The same for a rehearsal, which writes what it takes back. */
    public static Head rehearse(JdbcClient db, UUID customer, Instant now) {
        Head head = look(db, customer, now);
        // numbers that no writer reaches: nobody may have to wait for it
        head.seq += REHEARSED + ThreadLocalRandom.current().nextLong(REHEARSED);
        head.no += head.seq;
        return head;
    }

    private static Head head(JdbcClient db, UUID customer, Instant now, String lock) {
        return db.sql(
                        "select seq, no, version, definitions, chain, recorded_at from customer_head where customer_id = ? "
                                + lock)
                .param(customer)
                .query((row, n) -> new Head(
                        customer,
                        row.getLong("seq"),
                        row.getLong("no"),
                        row.getLong("version"),
                        row.getLong("definitions"),
                        row.getBytes("chain"),
                        later(now, row.getTimestamp("recorded_at").toInstant())))
                .optional()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    /** PostgreSQL keeps microseconds: what is hashed and what is stored must be the same instant. */
    private static Instant later(Instant now, Instant before) {
        Instant micros = now.truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        return micros.isBefore(before) ? before : micros;
    }

    /** Opens the record of a new customer. */
    public static void open(JdbcClient db, UUID customer, Instant now) {
        db.sql("insert into customer_head (customer_id, chain, recorded_at) values (?, ?, ?::timestamptz)")
                .params(customer, Chain.beginning(), now.toString())
                .update();
    }

    /**
     * Takes up the record of a customer where it was left elsewhere: after that entry, with that link.
     *
     * @param definitions how many of its entries define something
     */
    public static void resume(JdbcClient db, Entry last, byte[] chain, long definitions) {
        db.sql("""
                        update customer_head set seq = ?, chain = ?, definitions = ?, recorded_at = ?::timestamptz
                        where customer_id = ?""")
                .params(last.seq(), chain, definitions, last.recordedAt().toString(), last.customer())
                .update();
    }

    /** Puts the pen down; {@code version} moves with everything that a read can show. */
    public void keep(Together writes) {
        version++;
        writes.add("""
                update customer_head set seq = ?, no = ?, version = ?, definitions = ?, chain = ?, recorded_at = ?::timestamptz
                where customer_id = ?""", seq, no, version, definitions, chain, recordedAt.toString(), customer);
    }

    public UUID customer() {
        return customer;
    }

    /** When what is written now is learnt. */
    public Instant recordedAt() {
        return recordedAt;
    }

    public long seq() {
        return seq;
    }

    /** How often the customer's definitions changed: what a cached vocabulary is checked against. */
    public long definitions() {
        return definitions;
    }

    public void definitionsChanged() {
        definitions++;
    }

    /** The next number of the record. */
    public long nextSeq() {
        return ++seq;
    }

    /** The next number of the notices. */
    public long nextNo() {
        return ++no;
    }

    /** Adds a link for the entry and returns it. */
    byte[] link(long entrySeq, byte[] body) {
        chain = Chain.link(customer, entrySeq, chain, body);
        return chain;
    }

    @Override
    public String toString() {
        return customer + " at " + seq;
    }

    /** For tests and exports. */
    public byte[] chain() {
        return chain.clone();
    }
}
