package org.minventory.intake;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Together;
import org.minventory.testimony.Entry;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Of whom the entries of a record speak, and which of them wait until somebody says so. */
final class Attribution {
    private record Spoken(UUID element, Instant witnessedAt) {}

    private record OfAll(String infrastructure, Instant witnessedAt) {}

    private record Waiting(Receipt.Unattached why, String told, List<UUID> candidates) {}

    private final JdbcClient db;
    private final UUID customer;
    private final Map<Long, Spoken> spoken = new TreeMap<>();
    private final Map<Long, OfAll> ofAll = new TreeMap<>();
    private final Map<Long, Waiting> waiting = new TreeMap<>();

    Attribution(JdbcClient db, UUID customer) {
        this.db = db;
        this.customer = customer;
    }

    /** The entry speaks of that element from now on. */
    void assign(Entry entry, UUID element) {
        spoken.put(entry.seq(), new Spoken(element, entry.witnessedAt()));
    }

    /** The entry speaks of that infrastructure as a whole. */
    void assign(Entry entry, String infrastructure) {
        ofAll.put(entry.seq(), new OfAll(infrastructure, entry.witnessedAt()));
    }

    /** The entry waits until somebody says of whom it speaks. */
    void keep(Entry entry, Receipt.Unattached why, List<UUID> candidates) {
        waiting.put(entry.seq(), new Waiting(why, Json.canonicalText(entry.subject()), candidates));
    }

    boolean isWaiting(long seq) {
        return db.sql("select count(*) from unattached where customer_id = ? and seq = ? and attached_seq is null")
                        .params(customer, seq)
                        .query(Integer.class)
                        .single()
                > 0;
    }

    /** The entry waits no longer: another one says of whom it speaks, or that it counts no more. */
    void release(Entry waited, Entry by) {
        db.sql("update unattached set attached_seq = ? where customer_id = ? and seq = ?")
                .params(by.seq(), customer, waited.seq())
                .update();
    }

    /** The element that an entry is assigned to, or null. */
    @Nullable
    UUID elementOf(Entry entry) {
        return db.sql("select element_id from assignment where customer_id = ? and seq = ?")
                .params(customer, entry.seq())
                .query(UUID.class)
                .optional()
                .orElse(null);
    }

    /** The infrastructures of which entries speak as a whole, in the order of their names. */
    List<String> infrastructuresOf(Collection<Long> seqs) {
        return db.sql("""
                        select distinct infrastructure from infrastructure_entry
                        where customer_id = ? and seq = any(?) order by infrastructure""")
                .param(customer)
                .param(Arrays.of("bigint", List.copyOf(seqs)))
                .query(String.class)
                .list();
    }

    void write(Together writes) {
        writeSpoken(writes);
        writeOfAll(writes);
        writeWaiting(writes);
        spoken.clear();
        ofAll.clear();
        waiting.clear();
    }

    private void writeSpoken(Together writes) {
        Arrays rows = new Arrays("bigint", "uuid", "timestamptz");
        spoken.forEach((seq, of) -> rows.row(seq, of.element(), of.witnessedAt()));
        rows.add(writes, """
                insert into assignment (customer_id, seq, element_id, witnessed_at)
                select ?, seq, element, at::timestamptz from unnest(?::bigint[], ?::uuid[], ?::text[]) as now (seq, element, at)
                on conflict (customer_id, seq) do update set element_id = excluded.element_id""", customer);
    }

    private void writeOfAll(Together writes) {
        Arrays rows = new Arrays("bigint", "text", "timestamptz");
        ofAll.forEach((seq, of) -> rows.row(seq, of.infrastructure(), of.witnessedAt()));
        rows.add(writes, """
                insert into infrastructure_entry (customer_id, seq, infrastructure, witnessed_at)
                select ?, seq, infrastructure, at::timestamptz
                from unnest(?::bigint[], ?::text[], ?::text[]) as now (seq, infrastructure, at)""", customer);
    }

    private void writeWaiting(Together writes) {
        Arrays rows = new Arrays("bigint", "text", "text", "text");
        waiting.forEach((seq, one) -> rows.row(
                seq,
                one.why().word(),
                one.told(),
                one.candidates().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"))));
        rows.add(writes, """
                insert into unattached (customer_id, seq, reason, told, candidates)
                select ?, seq, reason, told, candidates::uuid[]
                from unnest(?::bigint[], ?::text[], ?::text[], ?::text[]) as new (seq, reason, told, candidates)""", customer);
    }
}
