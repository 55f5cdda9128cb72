package org.minventory.knowledge;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Together;
import org.minventory.element.Rhythm;
import org.minventory.element.Vocabulary;
import org.minventory.testimony.Stance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Keeps one row per element, the answer ready to be read; and the runs of what is heard again. */
public final class Knowledge {
    private Knowledge() {}

    // ---- for those who write
    // ------------------------------------------------------------------------------------------

    /** What is known of these elements, with the running repetitions; for whoever holds the customer's pen. */
    public static Map<UUID, Picture> pictures(JdbcClient db, UUID customer, Collection<UUID> elements) {
        Map<UUID, Picture> pictures = new HashMap<>();
        if (elements.isEmpty()) return pictures;
        db.sql("select element_id, name, type, doc from knowledge where customer_id = ? and element_id = any(?)")
                .param(1, customer)
                .param(2, Arrays.of(List.copyOf(elements)))
                .query(row -> {
                    Picture picture = picture(customer, row);
                    pictures.put(picture.id(), picture);
                });
        running(db, customer, elements).forEach((element, runs) -> {
            Picture picture = pictures.get(element);
            if (picture != null) picture.heard(runs);
        });
        return pictures;
    }

    /** The picture in a row that holds element_id, name, type and doc; its running repetitions are {@link #hear}d apart. */
    public static Picture picture(UUID customer, ResultSet row) throws SQLException {
        return PictureJson.read(
                customer,
                row.getObject("element_id", UUID.class),
                row.getString("name"),
                row.getString("type"),
                row.getBytes("doc"));
    }

    private static Map<UUID, List<Hearing>> running(JdbcClient db, UUID customer, Collection<UUID> elements) {
        Map<UUID, List<Hearing>> runs = new HashMap<>();
        db.sql("select * from hearing where customer_id = ? and element_id = any(?) and not ended")
                .param(1, customer)
                .param(2, Arrays.of(List.copyOf(elements)))
                .query(row -> {
                    runs.computeIfAbsent(row.getObject("element_id", UUID.class), e -> new ArrayList<>())
                            .add(hearing(row));
                });
        return runs;
    }

    /** Adds their running repetitions to pictures, of whichever customers, in one statement. */
    public static void hear(JdbcClient db, Collection<Picture> pictures) {
        Map<UUID, Picture> byId = new HashMap<>();
        Arrays wanted = new Arrays("uuid", "uuid");
        for (Picture picture : pictures) {
            byId.put(picture.id(), picture);
            wanted.row(picture.customer(), picture.id());
        }
        if (wanted.isEmpty()) return;
        wanted.bind(db, """
                        select h.* from unnest(?::uuid[], ?::uuid[]) as wanted (customer_id, element_id)
                        join hearing h on h.customer_id = wanted.customer_id and h.element_id = wanted.element_id
                        where not h.ended""").query(row -> {
            Picture picture = byId.get(row.getObject("element_id", UUID.class));
            if (picture != null) picture.heard(List.of(hearing(row)));
        });
    }

    /** Every run ever heard of an element, ended or not: for folding its past. */
    public static List<Hearing> runs(JdbcClient db, UUID customer, UUID element) {
        return runs(db, customer, List.of(element)).getOrDefault(element, List.of());
    }

    /** The same of several elements. */
    public static Map<UUID, List<Hearing>> runs(JdbcClient db, UUID customer, Collection<UUID> elements) {
        Map<UUID, List<Hearing>> runs = new HashMap<>();
        db.sql("select * from hearing where customer_id = ? and element_id = any(?)")
                .param(1, customer)
                .param(2, Arrays.of(List.copyOf(elements)))
                .query(row -> {
                    runs.computeIfAbsent(row.getObject("element_id", UUID.class), e -> new ArrayList<>())
                            .add(hearing(row));
                });
        return runs;
    }

    /** The run that a row of the table of hearings tells. */
    public static Hearing hearing(ResultSet row) throws SQLException {
        return new Hearing(
                row.getLong("seq"),
                row.getTimestamp("first_at").toInstant(),
                row.getTimestamp("last_at").toInstant(),
                row.getTimestamp("heard_at").toInstant(),
                row.getInt("heard"),
                row.getInt("sealed"));
    }

    /** Writes the rows of elements whose picture changed, in two statements. */
    public static void write(
            Together writes,
            UUID customer,
            Collection<Picture> pictures,
            Map<UUID, Integer> divergences,
            Vocabulary vocabulary,
            Instant recordedAt) {
        Arrays rows = new Arrays(
                "uuid", "text", "text", "text", "text", "text", "text", "text", "text", "integer", "bigint", "bytea",
                "text", "text");
        for (Picture picture : pictures) {
            Card card = Card.of(picture, vocabulary, recordedAt);
            rows.row(
                    picture.id(),
                    picture.name(),
                    picture.type(),
                    picture.status().word(),
                    card.infrastructure(),
                    card.project(),
                    card.provider(),
                    card.site(),
                    card.tagsArray(),
                    divergences.getOrDefault(picture.id(), 0),
                    picture.lastSeq(),
                    PictureJson.write(picture),
                    delivery(picture),
                    picture.reached().word());
        }
        rows.add(writes, """
                insert into knowledge (customer_id, element_id, name, type, status, infrastructure, project, provider, site,
                                       tags, divergences, seq, doc, delivery, reached)
                select ?, element_id, name, type, status, infrastructure, project, provider, site,
                       tags::text[], divergences, seq, doc, delivery, reached
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                            ?::integer[], ?::bigint[], ?::bytea[], ?::text[], ?::text[])
                  as now (element_id, name, type, status, infrastructure, project, provider, site, tags, divergences, seq, doc,
                          delivery, reached)
                on conflict (customer_id, element_id) do update
                set name = excluded.name, type = excluded.type, status = excluded.status,
                    infrastructure = excluded.infrastructure, project = excluded.project, provider = excluded.provider,
                    site = excluded.site, tags = excluded.tags, divergences = excluded.divergences, seq = excluded.seq,
                    doc = excluded.doc, delivery = excluded.delivery, reached = excluded.reached""", customer);
    }

    private static @Nullable String delivery(Picture picture) {
        Delivery delivery = picture.delivery();
        return delivery == null ? null : delivery.state().word();
    }

    /** What lists filter and sort by: the organisation of an element, as intended, else as it was found. */
    public record Card(
            @Nullable String infrastructure,
            @Nullable String project,
            @Nullable String provider,
            @Nullable String site,
            Set<String> tags) {
        /** The organisation that a picture tells. */
        public static Card of(Picture picture, Vocabulary vocabulary, Instant recordedAt) {
            return new Card(
                    text(picture, "infrastructure", vocabulary, recordedAt),
                    text(picture, "project", vocabulary, recordedAt),
                    text(picture, "provider", vocabulary, recordedAt),
                    text(picture, "site", vocabulary, recordedAt),
                    tags(picture, vocabulary, recordedAt));
        }

        /** The infrastructure alone: what limits of scope are checked against. */
        public static @Nullable String infrastructure(Picture picture, Vocabulary vocabulary, Instant recordedAt) {
            return text(picture, "infrastructure", vocabulary, recordedAt);
        }

        private static @Nullable JsonNode value(Picture picture, String attribute, Vocabulary vocabulary, Instant at) {
            for (Stance stance : List.of(Stance.INTENDED, Stance.ORDERED, Stance.DELIVERED, Stance.DEPLOYED)) {
                Picture.Best best = picture.bestAsRecorded(attribute, stance, vocabulary, at);
                if (best != null) return best.counting().saying().value();
            }
            return null;
        }

        private static @Nullable String text(Picture picture, String attribute, Vocabulary vocabulary, Instant at) {
            JsonNode value = value(picture, attribute, vocabulary, at);
            return value == null || !value.isString() ? null : value.stringValue();
        }

        private static Set<String> tags(Picture picture, Vocabulary vocabulary, Instant at) {
            JsonNode value = value(picture, "tags", vocabulary, at);
            Set<String> tags = new TreeSet<>();
            if (value != null) value.forEach(tag -> tags.add(tag.asString("")));
            return tags;
        }

        /** The tags as the text of a PostgreSQL array. */
        String tagsArray() {
            StringBuilder array = new StringBuilder("{");
            for (String tag : tags) {
                if (array.length() > 1) array.append(',');
                array.append('"')
                        .append(tag.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
            return array.append('}').toString();
        }
    }

    // ---- last words and repetitions ---------------------------------------------------------------------------------

    /** The newest testimony under a key, with the run of its repetitions: what decides whether words are news. */
    public record Standing(
            UUID element,
            LastWords.Key key,
            long seq,
            UUID id,
            byte[] digest,
            Instant lastAt,
            Instant heardAt,
            int heard,
            @Nullable Long staleAfterSeconds) {}

    /** Reads what stands under each of these elements: one narrow row per witness, source and stance. */
    public static List<Standing> standing(JdbcClient db, UUID customer, Collection<UUID> elements) {
        if (elements.isEmpty()) return List.of();
        return db.sql("""
                        select w.element_id, w.stance, w.witness_id, w.source, w.seq, w.id, w.digest,
                               coalesce(h.last_at, w.said_at) as last_at, coalesce(h.heard_at, w.recorded_at) as heard_at,
                               coalesce(h.heard, 1) as heard, extract(epoch from w.stale_after)::bigint as stale_after
                        from last_words w
                        left join lateral (
                          select r.last_at, r.heard_at, r.heard from hearing r
                          where r.customer_id = w.customer_id and r.element_id = w.element_id and r.seq = w.seq
                            and not r.ended offset 0) as h on true
                        where w.customer_id = ? and w.element_id = any(?)""")
                .param(1, customer)
                .param(2, Arrays.of(List.copyOf(elements)))
                .query((row, n) -> standing(row))
                .list();
    }

    private static Standing standing(ResultSet row) throws SQLException {
        return new Standing(
                row.getObject("element_id", UUID.class),
                new LastWords.Key(
                        Stance.of(row.getString("stance")),
                        row.getObject("witness_id", UUID.class),
                        row.getString("source")),
                row.getLong("seq"),
                row.getObject("id", UUID.class),
                row.getBytes("digest"),
                row.getTimestamp("last_at").toInstant(),
                row.getTimestamp("heard_at").toInstant(),
                row.getInt("heard"),
                row.getObject("stale_after", Long.class));
    }

    /** Writes the newest testimony under its key, for the next repetition to be recognised. */
    public static void writeStanding(
            Together writes,
            UUID customer,
            Collection<Picture> pictures,
            Map<Long, byte[]> digests,
            Vocabulary vocabulary) {
        Arrays rows = new Arrays(
                "uuid",
                "text",
                "uuid",
                "text",
                "bigint",
                "uuid",
                "bytea",
                "timestamptz",
                "timestamptz",
                "text",
                "text");
        for (Picture picture : pictures)
            for (LastWords words : picture.words()) {
                Utterance latest = words.latest();
                byte[] digest = latest == null ? null : digests.get(latest.seq());
                if (latest == null || digest == null) continue;
                Rhythm rhythm = picture.rhythm(latest, vocabulary);
                String staleAfter = rhythm == null
                        ? null
                        : rhythm.rhythm().plus(rhythm.grace()).toString();
                rows.row(
                        picture.id(),
                        words.key().stance().word(),
                        words.key().witness(),
                        words.key().source(),
                        latest.seq(),
                        latest.id(),
                        digest,
                        latest.witnessedAt(),
                        latest.recordedAt(),
                        staleAfter,
                        rhythm == null ? null : rhythm.rhythm().toString());
            }
        rows.add(writes, """
                insert into last_words (customer_id, element_id, stance, witness_id, source, seq, id, digest, said_at, recorded_at, stale_after,
                                        late_after, due_at)
                select ?, element_id, stance, witness_id, source, seq, id, digest, said_at::timestamptz, recorded_at::timestamptz,
                       stale_after::interval, late_after::interval, said_at::timestamptz + late_after::interval
                from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::bigint[], ?::uuid[], ?::bytea[],
                            ?::text[], ?::text[], ?::text[], ?::text[])
                  as now (element_id, stance, witness_id, source, seq, id, digest, said_at, recorded_at, stale_after, late_after)
                on conflict (customer_id, element_id, stance, witness_id, source) do update
                set seq = excluded.seq, id = excluded.id, digest = excluded.digest, said_at = excluded.said_at,
                    recorded_at = excluded.recorded_at, stale_after = excluded.stale_after, late_after = excluded.late_after,
                    due_at = excluded.due_at""", customer);
    }

    /** One confirmation more: the same words, said at that instant. */
    public record Confirmation(long seq, UUID element, Instant firstAt, Instant at, int times) {}

    /** Counts confirmations: a row per testimony that was ever confirmed, and nothing else. */
    public static void confirm(
            Together writes, UUID customer, Collection<Confirmation> confirmations, Instant heardAt) {
        Arrays rows = new Arrays("bigint", "uuid", "timestamptz", "timestamptz", "integer");
        for (Confirmation one : confirmations) rows.row(one.seq(), one.element(), one.firstAt(), one.at(), one.times());
        rows.add(writes, """
                insert into hearing (customer_id, seq, element_id, first_at, last_at, heard_at, heard)
                select customer, seq, element_id, first_at::timestamptz, last_at::timestamptz, heard_at, 1 + times
                from (select ?::uuid as customer, ?::timestamptz as heard_at) as mine,
                     unnest(?::bigint[], ?::uuid[], ?::text[], ?::text[], ?::integer[])
                       as heard (seq, element_id, first_at, last_at, times)
                on conflict (customer_id, seq) do update
                set last_at = greatest(hearing.last_at, excluded.last_at), heard_at = excluded.heard_at,
                    heard = hearing.heard + excluded.heard - 1""", customer, heardAt.toString());
    }

    /** Closes runs that new words ended, as sealed by the entry that says so. */
    public static void end(Together writes, UUID customer, Collection<Long> seqs) {
        if (seqs.isEmpty()) return;
        writes.add(
                "update hearing set ended = true, sealed = heard where customer_id = ? and seq = any(?)",
                customer,
                Arrays.of("bigint", List.copyOf(seqs)));
    }

    /** Runs that count again, because the words that had ended them were withdrawn. */
    public static void resume(JdbcClient db, UUID customer, Picture picture) {
        List<Long> latest = picture.words().stream()
                .map(LastWords::latest)
                .filter(java.util.Objects::nonNull)
                .map(Utterance::seq)
                .toList();
        db.sql("update hearing set ended = false where customer_id = ? and element_id = ? and seq = any(?) and ended")
                .param(1, customer)
                .param(2, picture.id())
                .param(3, Arrays.of("bigint", latest))
                .update();
    }
}
