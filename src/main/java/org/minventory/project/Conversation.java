package org.minventory.project;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.testimony.AttachedFile;
import org.minventory.testimony.AttachedFiles;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is said in a project, in the order in which it was recorded; what was withdrawn stands there as withdrawn. */
public final class Conversation {
    private Conversation() {}

    /**
     * One thing that was said, and by whom.
     *
     * @param files attached to it; none where it was taken back
     */
    public record Said(Entry entry, String witness, String role, boolean withdrawn, List<AttachedFile> files) {}

    private record Speaker(long seq, String name, String role, boolean withdrawn, List<AttachedFile> files) {}

    /** A page of it, after a number of the record. */
    public static List<Said> after(JdbcClient db, Project project, long seq, int most) {
        List<Speaker> speakers = db.sql("""
                        select s.seq, w.name, w.role, x.seq is not null as withdrawn,
                               case when x.seq is null then substring(d.bytes from 1 for ?) end as files
                        from subject_entry s
                        join testimony t on t.customer_id = s.customer_id and t.seq = s.seq
                        join witness w on w.customer_id = t.customer_id and w.actor_id = t.witness_id
                        left join withdrawn x on x.customer_id = s.customer_id and x.seq = s.seq
                        left join source_document d on d.customer_id = s.customer_id and d.seq = s.seq
                        where s.customer_id = ? and s.subject_id = ? and s.seq > ? order by s.seq limit ?""")
                .params(AttachedFiles.LISTED_WITHIN, project.customer(), project.id(), seq, most)
                .query((row, n) -> new Speaker(
                        row.getLong("seq"),
                        row.getString("name"),
                        row.getString("role"),
                        row.getBoolean("withdrawn"),
                        AttachedFiles.listed(row.getBytes("files"))))
                .list();
        List<Entry> entries = Testimonies.numbered(
                db, project.customer(), speakers.stream().map(Speaker::seq).toList());
        return java.util.stream.IntStream.range(0, entries.size())
                .mapToObj(i -> {
                    Speaker speaker = speakers.get(i);
                    return new Said(
                            entries.get(i), speaker.name(), speaker.role(), speaker.withdrawn(), speaker.files());
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

    // ---- what is attached -------------------------------------------------------------------------------------------

    /** Of what is attached, by the testimony to which; of what was not taken back, in the order of the record. */
    public static Map<UUID, List<AttachedFile>> files(JdbcClient db, Project project) {
        return files(db, project, Long.MAX_VALUE);
    }

    /**
     * The same as it was known when an entry was the last one.
     *
     * @param last the number of that entry
     */
    public static Map<UUID, List<AttachedFile>> files(JdbcClient db, Project project, long last) {
        Map<UUID, List<AttachedFile>> files = new LinkedHashMap<>();
        db.sql("select t.id, substring(d.bytes from 1 for ?) as files " + ATTACHED + " and s.seq <= ? order by s.seq")
                .params(AttachedFiles.LISTED_WITHIN, last, project.customer(), project.id(), last)
                .query(row -> {
                    files.put(row.getObject("id", UUID.class), AttachedFiles.listed(row.getBytes("files")));
                });
        return files;
    }

    /**
     * A file that is attached to something said in a project.
     *
     * @param number from 1 on
     * @return null where nothing of that number stands beside it, or it was taken back
     */
    public static AttachedFiles.@Nullable Content file(JdbcClient db, Project project, UUID testimony, int number) {
        return db.sql("select d.bytes " + ATTACHED + " and t.id = ?")
                .params(Long.MAX_VALUE, project.customer(), project.id(), testimony)
                .query((row, n) -> row.getBytes("bytes"))
                .optional()
                .map(document -> AttachedFiles.content(document, number))
                .orElse(null);
    }

    private static final String ATTACHED = """
            from subject_entry s
            join testimony t on t.customer_id = s.customer_id and t.seq = s.seq
            join source_document d on d.customer_id = s.customer_id and d.seq = s.seq
            where not exists (select from withdrawn x
                              where x.customer_id = s.customer_id and x.seq = s.seq and x.by_seq <= ?)
              and s.customer_id = ? and s.subject_id = ?""";
}
