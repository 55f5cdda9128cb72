package org.minventory.project;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is said in a project, in the order in which it was recorded; what was withdrawn stands there as withdrawn. */
public final class Conversation {
    private Conversation() {}

    /** One thing that was said, and by whom. */
    public record Said(Entry entry, String witness, String role, boolean withdrawn) {}

    private record Speaker(long seq, String name, String role, boolean withdrawn) {}

    /** A page of it, after a number of the record. */
    public static List<Said> after(JdbcClient db, Project project, long seq, int most) {
        List<Speaker> speakers = db.sql("""
                        select s.seq, w.name, w.role,
                               exists (select from withdrawn x where x.customer_id = s.customer_id and x.seq = s.seq) as withdrawn
                        from subject_entry s
                        join testimony t on t.customer_id = s.customer_id and t.seq = s.seq
                        join witness w on w.customer_id = t.customer_id and w.actor_id = t.witness_id
                        where s.customer_id = ? and s.subject_id = ? and s.seq > ? order by s.seq limit ?""")
                .params(project.customer(), project.id(), seq, most)
                .query((row, n) -> new Speaker(row.getLong(1), row.getString(2), row.getString(3), row.getBoolean(4)))
                .list();
        List<Entry> entries = Testimonies.numbered(
                db, project.customer(), speakers.stream().map(Speaker::seq).toList());
        return java.util.stream.IntStream.range(0, entries.size())
                .mapToObj(i -> {
                    Speaker speaker = speakers.get(i);
                    return new Said(entries.get(i), speaker.name(), speaker.role(), speaker.withdrawn());
                })
                .toList();
    }

    /** The last that was said in it. */
    public static List<Said> last(JdbcClient db, Project project, int most) {
        long before = db.sql("""
                        select coalesce(min(seq), 1) - 1
                        from (select seq from subject_entry where customer_id = ? and subject_id = ?
                              order by seq desc limit ?) as latest""")
                .params(project.customer(), project.id(), most)
                .query(Long.class)
                .single();
        return after(db, project, before, most);
    }

    /** One thing said in a project, or null. */
    public static @Nullable Said one(JdbcClient db, Project project, UUID testimony) {
        Entry entry = Testimonies.withId(db, project.customer(), testimony);
        if (entry == null) return null;
        return after(db, project, entry.seq() - 1, 1).stream()
                .filter(said -> said.entry().id().equals(testimony))
                .findFirst()
                .orElse(null);
    }
}
