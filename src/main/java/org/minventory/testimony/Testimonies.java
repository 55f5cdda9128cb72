package org.minventory.testimony;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Together;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The only writer of the record, and the reader of it that everything derived is folded from. */
public final class Testimonies {
    private static final String APPEND = """
            insert into testimony (customer_id, seq, id, kind, witness_id, source, witnessed_at, recorded_at,
                                   header, header_salt, facts, facts_salt, note, note_salt, document_leaf, chain)
            select ?, seq, id, kind, witness, source, witnessed_at::timestamptz, recorded_at::timestamptz,
                   header, header_salt, facts, facts_salt, note, note_salt, document_leaf, chain
            from unnest(?::bigint[], ?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                        ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])
              as told (seq, id, kind, witness, source, witnessed_at, recorded_at,
                       header, header_salt, facts, facts_salt, note, note_salt, document_leaf, chain)""";

    private static final String KEEP_DOCUMENTS = """
            insert into source_document (customer_id, seq, bytes, salt)
            select ?, seq, bytes, salt from unnest(?::bigint[], ?::bytea[], ?::bytea[]) as kept (seq, bytes, salt)""";

    private static final String ENTRY = "select t.seq, t.header, t.facts, t.note from testimony t ";

    private static final int RAW_TOGETHER = 100;

    /** Bytes of documents that are held in memory together, unless one alone has more. */
    private static final int DOCUMENTS_TOGETHER = 16 << 20;

    private Testimonies() {}

    /** Appends entries in the order of their seq, and moves the customer's chain. */
    public static void append(Together writes, Head head, List<Entry> entries) {
        Arrays rows = rows();
        Arrays documents = documents();
        for (Entry entry : entries) {
            Leaf header = Leaf.of(Json.canonical(entry.header()));
            Leaf facts = entry.facts().isEmpty() ? Leaf.NONE : Leaf.of(Json.canonical(entry.facts()));
            Leaf note = entry.note() == null ? Leaf.NONE : Leaf.of(entry.note().getBytes(StandardCharsets.UTF_8));
            Leaf document = entry.document() == null ? Leaf.NONE : Leaf.of(Json.canonical(entry.document()));
            byte[] body = Chain.body(header.hash(), facts.hash(), note.hash(), document.hash());
            rows.row(
                    entry.seq(),
                    entry.id(),
                    entry.kind().word(),
                    entry.witness(),
                    entry.source(),
                    entry.witnessedAt(),
                    entry.recordedAt(),
                    header.bytes(),
                    header.salt(),
                    facts.bytes(),
                    facts.salt(),
                    note.bytes(),
                    note.salt(),
                    document.bytes() == null ? null : document.hash(),
                    head.link(entry.seq(), body));
            if (document.bytes() != null) documents.row(entry.seq(), document.bytes(), document.salt());
        }
        rows.add(writes, APPEND, head.customer());
        documents.add(writes, KEEP_DOCUMENTS, head.customer());
    }

    private static Arrays rows() {
        return new Arrays(
                "bigint",
                "uuid",
                "text",
                "uuid",
                "text",
                "timestamptz",
                "timestamptz",
                "bytea",
                "bytea",
                "bytea",
                "bytea",
                "bytea",
                "bytea",
                "bytea",
                "bytea");
    }

    private static Arrays documents() {
        return new Arrays("bigint", "bytea", "bytea");
    }

    private record Leaf(byte @Nullable [] bytes, byte @Nullable [] salt) {
        static final Leaf NONE = new Leaf(null, null);

        static Leaf of(byte[] bytes) {
            return new Leaf(bytes, Ids.random(Chain.SALT));
        }

        byte[] hash() {
            return Chain.leaf(salt, bytes);
        }
    }

    /** Everything that counts about one element, see {@link #about(JdbcClient, UUID, Collection, Known)}. */
    public static List<Entry> about(JdbcClient db, UUID customer, UUID element, Known known) {
        return about(db, customer, List.of(element), known).getOrDefault(element, List.of());
    }

    /**
     * Everything that counts about elements: attached to them and not withdrawn, in the order of the record.
     *
     * @param known up to where the record is read
     */
    public static Map<UUID, List<Entry>> about(JdbcClient db, UUID customer, Collection<UUID> elements, Known known) {
        Map<UUID, List<Entry>> about = new HashMap<>();
        db.sql("""
                        select a.element_id, t.seq, t.header, t.facts, t.note from testimony t
                        join assignment a on a.customer_id = t.customer_id and a.seq = t.seq
                        where t.customer_id = ? and a.element_id = any(?)""" + COUNTING)
                .param(customer)
                .param(Arrays.of(List.copyOf(elements)))
                .params(counting(known))
                .query(row -> {
                    about.computeIfAbsent(row.getObject("element_id", UUID.class), e -> new ArrayList<>())
                            .add(entry(customer, row));
                });
        return about;
    }

    /** What counts at a moment: recorded by then, not withdrawn by then, and not attached only later. */
    private static final String COUNTING = """
             and t.seq <= ? and t.recorded_at <= ?::timestamptz
              and not exists (select from withdrawn w
                              where w.customer_id = t.customer_id and w.seq = t.seq
                                and w.by_seq <= ? and w.by_at <= ?::timestamptz)
              and not exists (select from unattached u
                              join testimony b on b.customer_id = u.customer_id and b.seq = u.attached_seq
                              where u.customer_id = t.customer_id and u.seq = t.seq
                                and (b.seq > ? or b.recorded_at > ?::timestamptz))
            order by t.seq""";

    private static List<Object> counting(Known known) {
        return List.of(known.seq(), known.at(), known.seq(), known.at(), known.seq(), known.at());
    }

    /**
     * What counts of all that was said of whole infrastructures, each by its name, in the order of the record.
     *
     * @param kinds only these
     * @param known up to where the record is read
     */
    public static Map<String, List<Entry>> ofInfrastructures(
            JdbcClient db, UUID customer, Collection<String> names, Collection<Kind> kinds, Known known) {
        Map<String, List<Entry>> about = new HashMap<>();
        db.sql("""
                        select i.infrastructure, t.seq, t.header, t.facts, t.note from infrastructure_entry i
                        join testimony t on t.customer_id = i.customer_id and t.seq = i.seq
                        where i.customer_id = ? and i.infrastructure = any(?) and t.kind = any(?)""" + COUNTING)
                .param(customer)
                .param(Arrays.of("text", List.copyOf(names)))
                .param(Arrays.of("text", kinds.stream().map(Kind::word).toList()))
                .params(counting(known))
                .query(row -> {
                    about.computeIfAbsent(row.getString("infrastructure"), e -> new ArrayList<>())
                            .add(entry(customer, row));
                });
        return about;
    }

    /** Up to where of the record one looks: "as known at" an instant or a number; everything by default. */
    public record Known(long seq, String at) {
        /** All that is recorded. */
        public static final Known EVERYTHING = new Known(Long.MAX_VALUE, "infinity");

        /** What was recorded at that instant. */
        public static Known at(Instant instant) {
            return new Known(Long.MAX_VALUE, instant.toString());
        }

        /** What was recorded with that number and before. */
        public static Known upTo(long seq) {
            return new Known(seq, "infinity");
        }
    }

    /**
     * What counts of all that was said about a subject that is no element, in the order of the record. Each entry is looked
     * up by its key: of an order of thousands of lines a young database would join badly.
     */
    public static List<Entry> ofSubject(JdbcClient db, UUID customer, UUID subject) {
        return ofSubject(db, customer, subject, Long.MAX_VALUE);
    }

    /**
     * The same as it was known when an entry was the last one.
     *
     * @param last the number of that entry
     */
    public static List<Entry> ofSubject(JdbcClient db, UUID customer, UUID subject, long last) {
        return db.sql("""
                        select t.seq, t.header, t.facts, t.note from subject_entry s
                        cross join lateral (
                          select t.seq, t.header, t.facts, t.note from testimony t
                          where t.customer_id = s.customer_id and t.seq = s.seq offset 0) as t
                        where s.customer_id = ? and s.subject_id = ? and s.seq <= ?
                          and not exists (select from withdrawn w
                                          where w.customer_id = s.customer_id and w.seq = s.seq and w.by_seq <= ?)
                        order by t.seq""")
                .params(customer, subject, last, last)
                .query((row, n) -> entry(customer, row))
                .list();
    }

    /** The entries with these numbers. */
    public static List<Entry> numbered(JdbcClient db, UUID customer, Collection<Long> seqs) {
        if (seqs.isEmpty()) return List.of();
        return db.sql(ENTRY + "where t.customer_id = ? and t.seq = any(?) order by t.seq")
                .param(1, customer)
                .param(2, Arrays.of("bigint", List.copyOf(seqs)))
                .query((row, n) -> entry(customer, row))
                .list();
    }

    /** The entry of that id, or null. */
    public static @Nullable Entry withId(JdbcClient db, UUID customer, UUID id) {
        return db.sql(ENTRY + "where t.customer_id = ? and t.id = ?")
                .params(customer, id)
                .query((row, n) -> entry(customer, row))
                .optional()
                .orElse(null);
    }

    /** The entries of one kind up to a number, in the order of the record. */
    public static List<Entry> ofKind(JdbcClient db, UUID customer, Kind kind, long last) {
        return db.sql(ENTRY + "where t.customer_id = ? and t.kind = ? and t.seq <= ? order by t.seq")
                .params(customer, kind.word(), last)
                .query((row, n) -> entry(customer, row))
                .list();
    }

    /** How many entries of one kind there are. */
    public static long count(JdbcClient db, UUID customer, Kind kind) {
        return db.sql("select count(*) from testimony where customer_id = ? and kind = ?")
                .params(customer, kind.word())
                .query(Long.class)
                .single();
    }

    /** The next entries of the record after a number, for a rebuild. */
    public static List<Entry> after(JdbcClient db, UUID customer, long seq, int most) {
        return db.sql(ENTRY + "where t.customer_id = ? and t.seq > ? order by t.seq limit ?")
                .params(customer, seq, most)
                .query((row, n) -> entry(customer, row))
                .list();
    }

    /**
     * Calls back with each raw entry of the record, in order, a few at a time: an export must not hold it all in memory.
     *
     * @param last the number of the last entry that is wanted
     */
    public static void each(JdbcClient db, UUID customer, long last, Consumer<Raw> reader) {
        List<Raw> page = raw(db, customer, 0, last);
        while (!page.isEmpty()) {
            page.forEach(reader);
            page = raw(db, customer, page.getLast().seq(), last);
        }
    }

    private static List<Raw> raw(JdbcClient db, UUID customer, long after, long last) {
        return db.sql("""
                        select * from (
                          select t.*, d.bytes as document, d.salt as document_salt,
                                 sum(octet_length(d.bytes))
                                   over (order by t.seq rows between unbounded preceding and 1 preceding) as before
                          from (select * from testimony
                                where customer_id = ? and seq > ? and seq <= ? order by seq limit ?) as t
                          left join source_document d on d.customer_id = t.customer_id and d.seq = t.seq) as page
                        where coalesce(before, 0) < ? order by seq""")
                .params(customer, after, last, RAW_TOGETHER, DOCUMENTS_TOGETHER)
                .query((row, n) -> Raw.of(row))
                .list();
    }

    /**
     * Writes entries that were recorded elsewhere, byte for byte as they are, numbers, salts and links included. Whether
     * the links hold has been verified before.
     *
     * @return the last of them as it reads
     */
    public static Entry transcribe(JdbcClient db, UUID customer, List<Raw> entries) {
        Together writes = new Together();
        Arrays rows = rows();
        Arrays documents = documents();
        Entry last = null;
        for (Raw raw : entries) {
            Entry entry = raw.entry(customer);
            last = entry;
            rows.row(
                    raw.seq(),
                    entry.id(),
                    entry.kind().word(),
                    entry.witness(),
                    entry.source(),
                    entry.witnessedAt(),
                    entry.recordedAt(),
                    raw.header(),
                    raw.headerSalt(),
                    raw.facts(),
                    raw.factsSalt(),
                    raw.note(),
                    raw.noteSalt(),
                    raw.documentLeaf(),
                    raw.chain());
            if (raw.document() != null) documents.row(raw.seq(), raw.document(), raw.documentSalt());
        }
        rows.add(writes, APPEND, customer);
        documents.add(writes, KEEP_DOCUMENTS, customer);
        writes.send(db);
        return Objects.requireNonNull(last);
    }

    /** An entry with all that verifies it. */
    public record Raw(
            long seq,
            byte[] header,
            byte[] headerSalt,
            byte @Nullable [] facts,
            byte @Nullable [] factsSalt,
            byte @Nullable [] note,
            byte @Nullable [] noteSalt,
            byte @Nullable [] document,
            byte @Nullable [] documentSalt,
            byte @Nullable [] documentLeaf,
            byte[] chain) {
        static Raw of(ResultSet row) throws SQLException {
            return new Raw(
                    row.getLong("seq"),
                    row.getBytes("header"),
                    row.getBytes("header_salt"),
                    row.getBytes("facts"),
                    row.getBytes("facts_salt"),
                    row.getBytes("note"),
                    row.getBytes("note_salt"),
                    row.getBytes("document"),
                    row.getBytes("document_salt"),
                    row.getBytes("document_leaf"),
                    row.getBytes("chain"));
        }

        /** The entry as it reads, without its document. */
        public Entry entry(UUID customer) {
            return Entry.of(
                    customer, seq, header, facts, note == null ? null : new String(note, StandardCharsets.UTF_8));
        }

        /** The hash of this entry's leaves, worked out from its bytes. */
        public byte[] body() {
            byte[] documentHash =
                    document == null && documentLeaf != null ? documentLeaf : Chain.leaf(documentSalt, document);
            return Chain.body(
                    Chain.leaf(headerSalt, header),
                    Chain.leaf(factsSalt, facts),
                    Chain.leaf(noteSalt, note),
                    documentHash);
        }
    }

    /** The entry that a row with {@code seq}, {@code header}, {@code facts} and {@code note} tells; without its document. */
    public static Entry entry(UUID customer, ResultSet row) throws SQLException {
        byte[] note = row.getBytes("note");
        return Entry.of(
                customer,
                row.getLong("seq"),
                row.getBytes("header"),
                row.getBytes("facts"),
                note == null ? null : new String(note, StandardCharsets.UTF_8));
    }

    /**
     * Calls back with each document that is kept beside an entry, in order, a few at a time.
     *
     * @param last the number of the last entry whose document is wanted
     */
    public static void eachDocument(JdbcClient db, UUID customer, long last, Consumer<Document> reader) {
        List<Document> page = documents(db, customer, 0, last);
        while (!page.isEmpty()) {
            page.forEach(reader);
            page = documents(db, customer, page.getLast().seq(), last);
        }
    }

    private static List<Document> documents(JdbcClient db, UUID customer, long after, long last) {
        return db.sql("""
                        select * from (
                          select d.seq, d.bytes, t.id, t.kind,
                                 exists (select from withdrawn w where w.customer_id = d.customer_id and w.seq = d.seq
                                                                   and w.by_seq <= ?) as withdrawn,
                                 sum(octet_length(d.bytes))
                                   over (order by d.seq rows between unbounded preceding and 1 preceding) as before
                          from (select * from source_document
                                where customer_id = ? and seq > ? and seq <= ? order by seq limit ?) as d
                          join testimony t on t.customer_id = d.customer_id and t.seq = d.seq) as page
                        where coalesce(before, 0) < ? order by seq""")
                .params(last, customer, after, last, RAW_TOGETHER, DOCUMENTS_TOGETHER)
                .query((row, n) -> new Document(
                        row.getLong("seq"),
                        row.getObject("id", UUID.class),
                        Objects.requireNonNull(Kind.of(row.getString("kind"))),
                        row.getBoolean("withdrawn"),
                        row.getBytes("bytes")))
                .list();
    }

    /** A document, and beside which entry it is kept. */
    public record Document(long seq, UUID testimony, Kind kind, boolean withdrawn, byte[] bytes) {
        /** The files that it holds, where it is what somebody attached and did not take back. */
        public List<AttachedFiles.Content> files() {
            return kind.mayCarryFiles() && !withdrawn ? AttachedFiles.contents(bytes) : List.of();
        }
    }

    /** The document kept beside the entry, or null. */
    public static byte @Nullable [] document(JdbcClient db, UUID customer, long seq) {
        return db.sql("select bytes from source_document where customer_id = ? and seq = ?")
                .params(customer, seq)
                .query((row, n) -> row.getBytes("bytes"))
                .optional()
                .orElse(null);
    }
}
