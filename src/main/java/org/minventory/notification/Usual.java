package org.minventory.notification;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Sentence;
import org.minventory.party.Role;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What everybody of a role hears from the first day, without asking: the ops what asks for action, the customer's CIO how
 * projects get on and each week in one mail, its members incidents, robots nothing. Whoever does not want it ends it.
 */
final class Usual {
    private static final String INBOX = "inbox";
    private static final String MAIL = "mail";
    private static final ZoneId OFFICE = ZoneId.of("Europe/Paris");
    private static final int MORNING = 8;

    private static final Set<Notice.Type> TO_DO = EnumSet.of(
            Notice.Type.DIVERGENCE_OPENED,
            Notice.Type.DIVERGENCE_WORSENED,
            Notice.Type.CONTRADICTION_OPENED,
            Notice.Type.KNOWLEDGE_STALE,
            Notice.Type.DELIVERY_RECEIVED,
            Notice.Type.DELIVERY_REFUSED,
            Notice.Type.PROJECT_REQUESTED,
            Notice.Type.PROJECT_MESSAGE,
            Notice.Type.PROJECT_APPROVED,
            Notice.Type.DEPLOYMENT_FAILED,
            Notice.Type.INCIDENT_OPENED,
            Notice.Type.DEADLINE_NEAR,
            Notice.Type.DEADLINE_PASSED,
            Notice.Type.MANDATE_CHANGED,
            Notice.Type.TOKEN_EXPIRING,
            Notice.Type.DISPATCH_ENDPOINT_DISABLED);

    private static final Set<Notice.Type> PROGRESS = EnumSet.of(
            Notice.Type.PROJECT_REQUESTED,
            Notice.Type.PROJECT_MESSAGE,
            Notice.Type.PROJECT_APPROVED,
            Notice.Type.PROJECT_PROGRESSED,
            Notice.Type.DELIVERY_RECEIVED,
            Notice.Type.DELIVERY_ACCEPTED,
            Notice.Type.DELIVERY_REFUSED,
            Notice.Type.INCIDENT_OPENED,
            Notice.Type.INCIDENT_RESOLVED,
            Notice.Type.DEADLINE_NEAR,
            Notice.Type.DEADLINE_PASSED,
            Notice.Type.MANDATE_CHANGED,
            Notice.Type.TOKEN_EXPIRING,
            Notice.Type.DISPATCH_ENDPOINT_DISABLED);

    private record Entry(
            Role role, String word, String channel, Set<Notice.Type> notices, Condition condition, Schedule schedule) {}

    private static final Condition ALARM = new Condition(Set.of("critical", "warning"), null, null, null, false, false);
    private static final Schedule WEEKLY = new Schedule(new Schedule.Digest(MORNING, DayOfWeek.MONDAY, OFFICE));

    private static final List<Entry> ALL = List.of(
            new Entry(Role.OPS, "to-do", INBOX, TO_DO, Condition.NONE, Schedule.AT_ONCE),
            new Entry(Role.OPS, "alarms", INBOX, Set.of(Notice.Type.MONITORING_STATE_CHANGED), ALARM, Schedule.AT_ONCE),
            new Entry(Role.CIO, "progress", INBOX, PROGRESS, Condition.NONE, Schedule.AT_ONCE),
            new Entry(Role.CIO, "week", MAIL, PROGRESS, Condition.NONE, WEEKLY),
            new Entry(
                    Role.MEMBER,
                    "incidents",
                    INBOX,
                    Set.of(Notice.Type.INCIDENT_OPENED, Notice.Type.INCIDENT_RESOLVED),
                    Condition.NONE,
                    Schedule.AT_ONCE));

    private final boolean mails;

    /** Without a server that takes our mail nobody is promised any. */
    Usual(boolean mails) {
        this.mails = mails;
    }

    /** Gives those who read the customer what they usually hear, if they have not had it; what they ended stays ended. */
    void welcome(JdbcClient db, UUID customer, Instant now) {
        Arrays entries = new Arrays("text", "text", "text", "text", "text", "text", "text");
        for (Entry entry : ALL)
            if (mails || !entry.channel().equals(MAIL))
                entries.row(
                        entry.role().word(),
                        entry.word(),
                        Sentence.of("org.minventory.notification.said", "usual." + entry.word())
                                .in(Locale.ENGLISH),
                        entry.channel(),
                        words(entry.notices()),
                        Json.canonicalText(entry.condition().json()),
                        Json.canonicalText(entry.schedule().json()));
        entries.update(db, """
                with mine as (select ?::uuid as customer, ?::timestamptz as now),
                entry as (select * from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
                    as e (role, usual, label, channel, notices, conditions, schedule)),
                reader as (
                    select a.actor_id, a.role, a.email, a.created_at as since from mine, actor a
                    where a.ended_at is null and a.customer_id = mine.customer and a.role in ('cio', 'member')
                    union all
                    select a.actor_id, a.role, a.email, greatest(a.created_at, m.from_at) from mine
                    join mandate m on m.customer_id = mine.customer and m.state = 'active'
                        and m.from_at <= mine.now and (m.until_at is null or m.until_at > mine.now)
                    join actor a on a.ops_team_id = m.ops_team_id and a.role = 'ops' and a.ended_at is null)
                insert into subscription (customer_id, subscription_id, actor_id, usual, label, channel, settings, notices,
                    filter, conditions, schedule, language, state, from_no, created_at)
                select mine.customer, gen_random_uuid(), reader.actor_id, entry.usual, entry.label, entry.channel,
                    case entry.channel when 'mail' then json_build_object('address', reader.email) else '{}' end,
                    entry.notices::text[], '{}', entry.conditions::json, entry.schedule::json, 'en', 'active',
                    (select coalesce(max(no), 0) from notice n
                        where n.customer_id = mine.customer and n.created_at < reader.since), mine.now
                from mine, reader join entry on entry.role = reader.role
                where (entry.channel <> 'mail' or reader.email is not null)
                    and not exists (select from subscription s where s.customer_id = mine.customer
                        and s.actor_id = reader.actor_id and s.usual = entry.usual)
                on conflict do nothing""", customer, now.toString());
    }

    private static String words(Set<Notice.Type> types) {
        return types.stream().map(Notice.Type::word).collect(Collectors.joining(",", "{", "}"));
    }
}
