package org.minventory.intake;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Together;
import org.minventory.element.Attribute;
import org.minventory.knowledge.Freshness;
import org.minventory.notification.Notice;
import org.minventory.notification.Outbox;
import org.minventory.notification.Watch;
import org.minventory.testimony.Head;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Hears silence: whoever is awaited to speak again and does not is late, then silent; whoever speaks again is heard.
 * Told once each, and together for all elements of which the same witness has fallen silent by the same source.
 */
public final class SilenceWatch implements Watch {
    /** How soon it is told that somebody speaks again. */
    private static final Duration SOON = Duration.ofMinutes(1);

    /** Nobody speaks for the first time unnoticed for longer than that. */
    private static final Duration AT_LEAST = Duration.ofMinutes(10);

    @Override
    public String word() {
        return "silence";
    }

    /** Who spoke of what, on which side, by which means. */
    private record Line(UUID element, String stance, UUID witness, String source) {}

    /** @param due when it turns next; null where it does not, until somebody speaks */
    private record Heard(
            Line line,
            String name,
            long seq,
            Instant lastAt,
            Freshness freshness,
            @Nullable Freshness told,
            @Nullable Instant due) {

        static Heard of(
                Line line,
                String name,
                long seq,
                Instant lastAt,
                Instant late,
                Instant stale,
                @Nullable Freshness told,
                Instant now) {
            if (now.isAfter(stale)) return new Heard(line, name, seq, lastAt, Freshness.STALE, told, null);
            if (now.isAfter(late)) return new Heard(line, name, seq, lastAt, Freshness.LATE, told, stale);
            return new Heard(line, name, seq, lastAt, Freshness.FRESH, told, late);
        }

        /** Nothing more is to come, so nobody is late any more. */
        static Heard last(Line line, String name, long seq, Instant lastAt, @Nullable Freshness told) {
            return new Heard(line, name, seq, lastAt, Freshness.FRESH, told, null);
        }
    }

    @Override
    public Instant look(JdbcClient db, UUID customer, Instant now) {
        List<Heard> lines = lines(db, customer, now);
        List<Heard> turned = lines.stream()
                .filter(one -> one.freshness() != (one.told() == null ? Freshness.FRESH : one.told()))
                .toList();
        if (!turned.isEmpty()) tell(db, customer, turned, now);
        remember(db, customer, lines, turned);
        forget(db, customer, lines);
        return next(db, customer, now);
    }

    /** What may have fallen silent, and what had. Of what is closed nobody is awaited; monitoring only of what is in service. */
    private static List<Heard> lines(JdbcClient db, UUID customer, Instant now) {
        return db.sql("""
                        select w.element_id, w.stance, w.witness_id, w.source, w.seq, s.told, i.name,
                            greatest(w.said_at, coalesce(h.last_at, w.said_at)) as last_at,
                            extract(epoch from w.late_after)::bigint as late, extract(epoch from w.stale_after)::bigint as stale
                        from (
                            select customer_id, element_id, stance, witness_id, source from last_words
                            where customer_id = ? and due_at <= ?::timestamptz
                            union
                            select customer_id, element_id, stance, witness_id, source from silence where customer_id = ?) as suspected
                        join last_words w using (customer_id, element_id, stance, witness_id, source)
                        join knowledge k on k.customer_id = w.customer_id and k.element_id = w.element_id
                            and k.status not in ('decommissioned', 'cancelled')
                            and (w.stance <> 'monitored' or k.status in ('in-service', 'maintenance'))
                        join witness i on i.customer_id = w.customer_id and i.actor_id = w.witness_id
                        left join silence s on s.customer_id = w.customer_id and s.element_id = w.element_id
                            and s.stance = w.stance and s.witness_id = w.witness_id and s.source = w.source
                        left join lateral (
                            select max(r.last_at) as last_at from hearing r
                            where r.customer_id = w.customer_id and r.element_id = w.element_id and r.seq = w.seq
                                and not r.ended) as h on true""")
                .params(customer, now.toString(), customer)
                .query((row, n) -> {
                    Line line = new Line(
                            row.getObject("element_id", UUID.class),
                            row.getString("stance"),
                            row.getObject("witness_id", UUID.class),
                            row.getString("source"));
                    String name = row.getString("name");
                    long seq = row.getLong("seq");
                    Instant last =
                            row.getObject("last_at", OffsetDateTime.class).toInstant();
                    String told = row.getString("told");
                    Freshness before = told == null ? null : told.equals("stale") ? Freshness.STALE : Freshness.LATE;
                    if (row.getObject("late") == null) return Heard.last(line, name, seq, last, before);
                    Instant late = last.plusSeconds(row.getLong("late"));
                    Instant stale = last.plusSeconds(row.getLong("stale"));
                    return Heard.of(line, name, seq, last, late, stale, before, now);
                })
                .list();
    }

    /** One notice for all elements of which one witness fell silent, or spoke again, by one tool. */
    private record Cause(UUID witness, String tool, String stance, Freshness freshness) {}

    private static void tell(JdbcClient db, UUID customer, List<Heard> turned, Instant now) {
        Map<Cause, List<Heard>> byCause = new LinkedHashMap<>();
        for (Heard one : turned)
            byCause.computeIfAbsent(
                            new Cause(
                                    one.line().witness(),
                                    Attribute.tool(one.line().source()),
                                    one.line().stance(),
                                    one.freshness()),
                            cause -> new ArrayList<>())
                    .add(one);
        Head head = Head.take(db, customer, now);
        List<Notice> notices = byCause.entrySet().stream()
                .map(entry -> notice(entry.getKey(), entry.getValue()))
                .toList();
        Together writes = new Together();
        Outbox.put(writes, head, notices);
        head.keep(writes);
        writes.send(db);
    }

    private static Notice notice(Cause cause, List<Heard> lines) {
        Heard latest = lines.stream().max(Comparator.comparing(Heard::lastAt)).orElseThrow();
        Notice.Type type =
                switch (cause.freshness()) {
                    case STALE -> Notice.Type.KNOWLEDGE_STALE;
                    case LATE -> Notice.Type.KNOWLEDGE_LATE;
                    case FRESH, NEVER -> Notice.Type.KNOWLEDGE_REFRESHED;
                };
        return Notice.about(
                type,
                type == Notice.Type.KNOWLEDGE_STALE ? Notice.Severity.WARNING : Notice.Severity.INFO,
                lines.stream().map(one -> one.line().element()).distinct().toList(),
                latest.seq(),
                Json.object()
                        .put("witness", latest.name())
                        .put("source", cause.tool())
                        .put("stance", cause.stance())
                        .put("last", latest.lastAt().toString()));
    }

    private static void remember(JdbcClient db, UUID customer, List<Heard> lines, List<Heard> turned) {
        Arrays due = new Arrays("uuid", "text", "uuid", "text", "timestamptz");
        Arrays silent = new Arrays("uuid", "text", "uuid", "text", "text");
        Arrays heard = new Arrays("uuid", "text", "uuid", "text");
        for (Heard one : lines) {
            Line line = one.line();
            due.row(
                    line.element(),
                    line.stance(),
                    line.witness(),
                    line.source(),
                    one.due() == null ? "infinity" : one.due().toString());
        }
        for (Heard one : turned) {
            Line line = one.line();
            if (one.freshness() == Freshness.FRESH)
                heard.row(line.element(), line.stance(), line.witness(), line.source());
            else
                silent.row(
                        line.element(),
                        line.stance(),
                        line.witness(),
                        line.source(),
                        one.freshness().word());
        }
        due.update(db, """
                update last_words w set due_at = now.due::timestamptz
                from (select ?::uuid as customer) as mine,
                     unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[]) as now (element, stance, witness, source, due)
                where w.customer_id = mine.customer and w.element_id = now.element and w.stance = now.stance
                  and w.witness_id = now.witness and w.source = now.source
                  and w.due_at is distinct from now.due::timestamptz""", customer);
        silent.update(db, """
                insert into silence (customer_id, element_id, stance, witness_id, source, told)
                select mine.*, new.* from (select ?::uuid) as mine,
                     unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[], ?::text[]) as new
                on conflict (customer_id, element_id, stance, witness_id, source) do update set told = excluded.told""", customer);
        heard.update(db, """
                delete from silence s using (select ?::uuid as customer) as mine,
                     unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[]) as now (element, stance, witness, source)
                where s.customer_id = mine.customer and s.element_id = now.element and s.stance = now.stance
                  and s.witness_id = now.witness and s.source = now.source""", customer);
    }

    /** What was withdrawn, closed, or is of a type that nobody is awaited of any more, is no silence. */
    private static void forget(JdbcClient db, UUID customer, List<Heard> lines) {
        Arrays standing = new Arrays("uuid", "text", "uuid", "text");
        for (Heard one : lines) {
            Line line = one.line();
            if (one.told() != null || one.freshness() != Freshness.FRESH)
                standing.row(line.element(), line.stance(), line.witness(), line.source());
        }
        standing.bind(db, """
                delete from silence s using (select ?::uuid as customer) as mine
                where s.customer_id = mine.customer and not exists (
                    select from unnest(?::uuid[], ?::text[], ?::uuid[], ?::text[]) as now (element, stance, witness, source)
                    where s.element_id = now.element and s.stance = now.stance
                      and s.witness_id = now.witness and s.source = now.source)""", customer).update();
    }

    private static Instant next(JdbcClient db, UUID customer, Instant now) {
        boolean silent = db.sql("select exists (select from silence where customer_id = ?)")
                .param(customer)
                .query(Boolean.class)
                .single();
        Instant latest = now.plus(silent ? SOON : AT_LEAST);
        OffsetDateTime due = db.sql(
                        "select min(due_at) from last_words where customer_id = ? and due_at < ?::timestamptz")
                .params(customer, latest.toString())
                .query((row, n) -> Optional.ofNullable(row.getObject(1, OffsetDateTime.class)))
                .single()
                .orElse(null);
        return due == null ? latest : due.toInstant().plusMillis(1);
    }
}
