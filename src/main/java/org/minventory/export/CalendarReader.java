package org.minventory.export;

import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Sentence;
import org.minventory.base.Typography;
import org.minventory.element.Attribute;
import org.minventory.element.EndOfSupport;
import org.minventory.export.DeadlineReader.Deadline;
import org.minventory.export.DeadlineReader.Wanted;
import org.minventory.export.DeadlineReader.What;
import org.minventory.export.UpkeepJson.Infrastructure;
import org.minventory.notification.Composer;
import org.minventory.notification.Listener;
import org.minventory.notification.channel.calendar.CalendarDocument.Day;
import org.minventory.notification.channel.calendar.CalendarDocument.Event;
import org.minventory.notification.channel.calendar.CalendarDocument.Hours;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ObjectNode;

/** What stands in somebody's calendar: what ends, and the maintenance of whole infrastructures, announced or open. */
public final class CalendarReader {
    /** Deadlines at most, the soonest of all that are reached. */
    public static final int MOST = 5_000;

    private static final String SAID = "org.minventory.export.said";
    private static final Period BACK = Period.ofDays(30);
    private static final Period AHEAD = Period.ofYears(2);

    private final JdbcClient db;
    private final Reach reach;
    private final Listener listener;
    private final Locale language;
    private final EndOfSupport endOfSupport;
    private final Instant now;
    private final String home;
    private final LocalDate today;

    /** @param home where people reach this instance */
    public CalendarReader(
            JdbcClient db,
            Reach reach,
            Listener listener,
            Locale language,
            EndOfSupport endOfSupport,
            Instant now,
            String home) {
        this.db = db;
        this.reach = reach;
        this.listener = listener;
        this.language = language;
        this.endOfSupport = endOfSupport;
        this.now = now;
        this.home = home;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    }

    /** All of it, in an order that is always the same. */
    public List<Event> read() {
        List<Event> events = new ArrayList<>(deadlines());
        events.addAll(maintenances());
        return events;
    }

    // ---- what ends --------------------------------------------------------------------------------------------------

    private List<Event> deadlines() {
        Wanted wanted = new Wanted(What.EVERY, today.minus(BACK), today.plus(AHEAD));
        List<Deadline> all = new DeadlineReader(db, reach, endOfSupport, now)
                .list(wanted, null, MOST).stream().filter(this::isOfPeople).toList();
        Set<UUID> heard = listener.heard(
                db,
                all.stream()
                        .filter(Deadline::isOfElement)
                        .map(Deadline::subject)
                        .distinct()
                        .toList());
        DeadlineJson words = new DeadlineJson(reach, language, today);
        return all.stream()
                .filter(one -> one.isOfElement() ? heard.contains(one.subject()) : listener.followsAll())
                .map(one -> event(one, words))
                .toList();
    }

    /** The next backup is a machine's business until it fails to come. */
    private boolean isOfPeople(Deadline deadline) {
        return Today.WATCHED.contains(deadline.what()) || deadline.on().isBefore(today);
    }

    private Event event(Deadline deadline, DeadlineJson words) {
        String what = Composer.deadline(deadline.what().word()).in(language);
        String about = deadline.about();
        return new Event(
                id(deadline),
                new Day(deadline.on()),
                what,
                say("today-of", DeadlineJson.name(deadline), about == null ? what : what + " (" + about + ")"),
                Stream.concat(Stream.of(Typography.set(words.sentence(deadline), language)), known(deadline))
                        .toList(),
                home + DeadlineJson.pageOf(deadline));
    }

    /** Of reservations an element has one for each day. */
    private static UUID id(Deadline deadline) {
        String day = deadline.what() == What.RESERVATION ? deadline.on().toString() : "";
        return Ids.derived(deadline.customer(), deadline.place().key(), day);
    }

    private Stream<String> known(Deadline deadline) {
        return ElementDeadlines.ASKED.stream()
                .filter(attribute -> deadline.known(attribute) != null)
                .map(attribute -> known(deadline, attribute));
    }

    private String known(Deadline deadline, String name) {
        Attribute attribute = Objects.requireNonNull(
                reach.vocabulary(deadline.customer()).attribute(name), "is shipped, and can only be told otherwise");
        String value = reach.vocabulary(deadline.customer())
                .display(name, Json.text(Objects.requireNonNull(deadline.known(name))), language);
        return say("today-of", attribute.labels().in(language), value);
    }

    // ---- what is worked on ------------------------------------------------------------------------------------------

    private List<Event> maintenances() {
        UpkeepJson upkeeps = UpkeepJson.of(db, reach.scope(), now);
        return upkeeps.infrastructures().stream()
                .filter(one -> listener.hearsAllOf(one.name()))
                .sorted(Comparator.comparing(Infrastructure::name))
                .flatMap(one -> events(one, upkeeps).stream())
                .toList();
    }

    private List<Event> events(Infrastructure infrastructure, UpkeepJson upkeeps) {
        ObjectNode told = Json.object();
        upkeeps.write(told, infrastructure);
        List<Event> events = new ArrayList<>();
        if (told.get("maintenance").isObject())
            add(events, infrastructure, "maintenance", Window.open(told.get("maintenance"), now, tonight()));
        for (Window plan : upkeeps.planned(infrastructure)) add(events, infrastructure, "planned", plan);
        return events;
    }

    private Instant tonight() {
        return today.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private void add(List<Event> events, Infrastructure infrastructure, String what, Window window) {
        Instant first = today.minus(BACK).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant last = today.plus(AHEAD).atStartOfDay(ZoneOffset.UTC).toInstant();
        Instant from = window.from().isBefore(first) ? first : window.from();
        Instant until = window.until().isAfter(last) ? last : window.until();
        if (!from.isBefore(until)) return;
        events.add(new Event(
                window.testimony(),
                new Hours(from, until),
                say("calendar-" + what),
                say("today-of", infrastructure.name(), say("calendar-" + what)),
                description(window),
                home + "/ui"));
    }

    private List<String> description(Window window) {
        List<String> lines = new ArrayList<>();
        if (!window.note().isEmpty()) lines.add(window.note());
        lines.add(say("calendar-witness", window.witness()));
        if (!window.isEndKnown()) lines.add(say("calendar-no-end"));
        return lines;
    }

    private String say(String key, Object... arguments) {
        return Typography.set(Sentence.of(SAID, key, arguments).in(language), language);
    }
}
