package org.minventory.export;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Together;
import org.minventory.element.EndOfSupport;
import org.minventory.export.DeadlineReader.Deadline;
import org.minventory.export.DeadlineReader.Wanted;
import org.minventory.export.DeadlineReader.What;
import org.minventory.intake.Vocabularies;
import org.minventory.notification.Notice;
import org.minventory.notification.Outbox;
import org.minventory.notification.Subscriptions;
import org.minventory.notification.Watch;
import org.minventory.testimony.Head;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Tells that a deadline comes near, at as many days before as somebody asks for, and that it has passed: once each, and
 * all of one look together. One that becomes known when it is near already is told at once.
 */
public final class DeadlineWatch implements Watch {
    /** Days told of at once; what passed longer ago is history. */
    private static final int PASSED_DAYS = 7;

    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final Vocabularies vocabularies;
    private final EndOfSupport endOfSupport;

    public DeadlineWatch(Vocabularies vocabularies, EndOfSupport endOfSupport) {
        this.vocabularies = vocabularies;
        this.endOfSupport = endOfSupport;
    }

    @Override
    public String word() {
        return "deadlines";
    }

    @Override
    public Instant look(JdbcClient db, UUID customer, Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Set<Integer> thresholds = new TreeSet<>(Subscriptions.thresholds(db, customer));
        int farthest = thresholds.stream().mapToInt(Integer::intValue).max().orElse(0);
        Reach reach = Reach.of(db, Scope.whole(customer), vocabularies);
        List<Deadline> all = new DeadlineReader(db, reach, endOfSupport, now)
                .list(
                        new Wanted(What.EVERY, today.minusDays(PASSED_DAYS), today.plusDays(farthest)),
                        null,
                        Integer.MAX_VALUE);
        Set<String> told = told(db, customer, all);
        List<Notice> notices = new ArrayList<>();
        Arrays marks = new Arrays("text", "text", "integer");
        Head head = Head.look(db, customer, now);
        for (int threshold : thresholds) {
            List<Deadline> near = all.stream()
                    .filter(one -> !one.on().isBefore(today) && !one.on().isAfter(today.plusDays(threshold)))
                    .filter(one -> !told.contains(mark(one, threshold)))
                    .toList();
            near.forEach(one -> marks.row(one.place().key(), one.on().toString(), threshold));
            notices.addAll(notices(Notice.Type.DEADLINE_NEAR, near, threshold, head.seq()));
        }
        List<Deadline> passed = all.stream()
                .filter(one -> one.on().isBefore(today))
                .filter(one -> !told.contains(mark(one, PASSED)))
                .toList();
        passed.forEach(one -> marks.row(one.place().key(), one.on().toString(), PASSED));
        notices.addAll(notices(Notice.Type.DEADLINE_PASSED, passed, null, head.seq()));
        if (!notices.isEmpty()) tell(db, customer, notices, marks, now);
        return next(now);
    }

    /** The mark of what has passed, where others bear days before. */
    private static final int PASSED = -1;

    private static String mark(Deadline deadline, int threshold) {
        return deadline.place().key() + " " + deadline.on() + " " + threshold;
    }

    private static Set<String> told(JdbcClient db, UUID customer, List<Deadline> all) {
        if (all.isEmpty()) return Set.of();
        return new HashSet<>(db.sql("""
                        select subject || ' ' || day || ' ' || threshold from deadline_told
                        where customer_id = ? and subject = any(?)""")
                .param(1, customer)
                .param(
                        2,
                        Arrays.of(
                                "text",
                                all.stream()
                                        .map(one -> one.place().key())
                                        .distinct()
                                        .toList()))
                .query(String.class)
                .list());
    }

    /** What is of elements is heard by whoever reads these; what is of orders and mandates by whoever follows all. */
    private static List<Notice> notices(
            Notice.Type type, List<Deadline> deadlines, @Nullable Integer threshold, long seq) {
        List<Notice> notices = new ArrayList<>();
        List<Deadline> ofElements =
                deadlines.stream().filter(Deadline::isOfElement).toList();
        List<Deadline> others =
                deadlines.stream().filter(one -> !one.isOfElement()).toList();
        if (!ofElements.isEmpty()) {
            Set<UUID> elements = new LinkedHashSet<>();
            ofElements.forEach(one -> elements.add(one.subject()));
            notices.add(Notice.about(type, severity(type), elements, seq, body(ofElements, threshold)));
        }
        if (!others.isEmpty()) notices.add(new Notice(type, severity(type), null, seq, body(others, threshold)));
        return notices;
    }

    private static Notice.Severity severity(Notice.Type type) {
        return type == Notice.Type.DEADLINE_PASSED ? Notice.Severity.CRITICAL : Notice.Severity.WARNING;
    }

    private static ObjectNode body(List<Deadline> deadlines, @Nullable Integer threshold) {
        ObjectNode body = Json.object();
        if (threshold != null) body.put("threshold", threshold);
        ArrayNode all = body.putArray("deadlines");
        for (Deadline one : deadlines) {
            ObjectNode told = all.addObject()
                    .put("what", one.what().word())
                    .put("date", one.on().toString())
                    .put("name", name(one));
            if (one.isOfElement()) told.put("element", one.subject().toString());
        }
        return body;
    }

    private static String name(Deadline deadline) {
        String name = deadline.name() == null ? "" : deadline.name();
        String about = deadline.about();
        return about == null ? name : name.isEmpty() ? about : name + " (" + about + ")";
    }

    private static void tell(JdbcClient db, UUID customer, List<Notice> notices, Arrays marks, Instant now) {
        Head head = Head.take(db, customer, now);
        Together writes = new Together();
        Outbox.put(writes, head, notices);
        head.keep(writes);
        marks.add(writes, """
                insert into deadline_told (customer_id, told_at, subject, day, threshold)
                select mine.*, new.* from (select ?::uuid, ?::timestamptz) as mine,
                     unnest(?::text[], ?::text[], ?::integer[]) as new
                on conflict do nothing""", customer, now.toString());
        writes.send(db);
    }

    /** Soon, for what becomes known meanwhile; and at the beginning of each day. */
    private static Instant next(Instant now) {
        Instant tomorrow = LocalDate.ofInstant(now, ZoneOffset.UTC)
                .plusDays(1)
                .atStartOfDay(ZoneOffset.UTC)
                .toInstant();
        Instant again = now.plus(AGAIN);
        return tomorrow.isBefore(again) ? tomorrow : again;
    }
}
