package org.minventory.project;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which entries speak of what is no element: what {@code assignment} is for elements. */
final class SubjectEntries {
    private SubjectEntries() {}

    /**
     * Keeps what new entries speak of.
     *
     * @param sort the sort of subject, {@code project} or {@code order}
     * @param spokenOf the subject of that sort of which an entry speaks, or null
     * @return the subjects that have to be folded anew, those of withdrawn entries too
     */
    static Set<UUID> keep(
            JdbcClient db, UUID customer, String sort, List<Entry> entries, Function<Entry, @Nullable UUID> spokenOf) {
        Arrays spoken = new Arrays("uuid", "bigint");
        List<Long> withdrawn = new ArrayList<>();
        Set<UUID> touched = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry.kind() == Kind.WITHDRAWAL)
                withdrawn.add(entry.act().get("seq").longValue());
            UUID subject = spokenOf.apply(entry);
            if (subject == null) continue;
            spoken.row(subject, entry.seq());
            touched.add(subject);
        }
        spoken.update(db, """
                insert into subject_entry (customer_id, sort, subject_id, seq)
                select customer, sort, subject, seq
                from (select ?::uuid as customer, ?::text as sort) as mine, unnest(?::uuid[], ?::bigint[]) as new (subject, seq)""", customer, sort);
        if (!withdrawn.isEmpty()) touched.addAll(of(db, customer, sort, withdrawn));
        return touched;
    }

    private static List<UUID> of(JdbcClient db, UUID customer, String sort, List<Long> seqs) {
        return db.sql(
                        "select distinct subject_id from subject_entry where customer_id = ? and sort = ? and seq = any(?)")
                .param(1, customer)
                .param(2, sort)
                .param(3, Arrays.of("bigint", seqs))
                .query(UUID.class)
                .list();
    }

    /** The subjects of a sort that had been spoken of when an entry was the last one. */
    static List<UUID> known(JdbcClient db, UUID customer, String sort, long last) {
        return db.sql("select distinct subject_id from subject_entry where customer_id = ? and sort = ? and seq <= ?")
                .params(customer, sort, last)
                .query(UUID.class)
                .list();
    }
}
