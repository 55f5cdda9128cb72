package org.minventory.notification.channel.calendar;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.channel.Plain;

/**
 * A calendar as a document (RFC 5545). Words of witnesses stand in it as words: they begin no line and no component. The
 * same events give the same bytes, whenever they are written.
 */
public final class CalendarDocument {
    /** Octets of a line; what is longer goes on in the next one. */
    private static final int WIDTH = 75;

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_LINE = 2_000;

    /** How often programs look again, where they let themselves be told. */
    private static final String AGAIN = "PT1H";

    private static final DateTimeFormatter DAY = DateTimeFormatter.BASIC_ISO_DATE;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** When an event takes place. */
    public sealed interface Span permits Day, Hours {}

    /** All of a day. */
    public record Day(LocalDate on) implements Span {}

    /** From one instant until another. */
    public record Hours(Instant from, Instant until) implements Span {}

    /**
     * One event.
     *
     * @param id the same as long as it is the same event, whatever becomes of it
     * @param description its lines
     */
    public record Event(UUID id, Span span, String category, String summary, List<String> description, String link) {}

    private final Instant since;
    private final @Nullable Integer reminder;
    private final StringBuilder out = new StringBuilder();

    private CalendarDocument(Instant since, @Nullable Integer reminder) {
        this.since = since;
        this.reminder = reminder;
    }

    /**
     * Writes one.
     *
     * @param since when the calendar came to be: the stamp of all its events, which depends on no clock
     * @param reminder how many days before a day, at nine in the reader's own time, its program reminds of it; null for never
     */
    public static byte[] of(String name, Instant since, @Nullable Integer reminder, List<Event> events) {
        CalendarDocument document = new CalendarDocument(since, reminder);
        document.write(name, events);
        return document.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void write(String name, List<Event> events) {
        line("BEGIN", "VCALENDAR");
        line("VERSION", "2.0");
        line("PRODID", "-//Minventory//Minventory//EN");
        line("CALSCALE", "GREGORIAN");
        line("METHOD", "PUBLISH");
        line("NAME", name(name));
        line("X-WR-CALNAME", name(name));
        line("REFRESH-INTERVAL;VALUE=DURATION", AGAIN);
        line("X-PUBLISHED-TTL", AGAIN);
        events.forEach(this::write);
        line("END", "VCALENDAR");
    }

    private void write(Event event) {
        line("BEGIN", "VEVENT");
        line("UID", event.id().toString());
        line("DTSTAMP", SECOND.format(since));
        switch (event.span()) {
            case Day(LocalDate on) -> {
                line("DTSTART;VALUE=DATE", on.format(DAY));
                line("DTEND;VALUE=DATE", on.plusDays(1).format(DAY));
            }
            case Hours(Instant from, Instant until) -> {
                line("DTSTART", SECOND.format(from));
                line("DTEND", SECOND.format(until));
            }
        }
        line("SUMMARY", name(event.summary()));
        line("DESCRIPTION", lines(event.description()));
        line("CATEGORIES", name(event.category()));
        line("URL", event.link());
        line("TRANSP", "TRANSPARENT");
        if (reminder != null && event.span() instanceof Day) remind(event, reminder);
        line("END", "VEVENT");
    }

    private void remind(Event event, int days) {
        line("BEGIN", "VALARM");
        line("ACTION", "DISPLAY");
        line("TRIGGER", "-P" + (days - 1) + "DT15H");
        line("DESCRIPTION", name(event.summary()));
        line("END", "VALARM");
    }

    private static String name(String words) {
        return escaped(Plain.line(words, LONGEST_NAME));
    }

    private static String lines(List<String> description) {
        return description.stream()
                .map(line -> escaped(Plain.line(line, LONGEST_LINE)))
                .collect(Collectors.joining("\\n"));
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,");
    }

    /** Folded between characters, never within one: programs that unfold bytes and those that unfold text read the same. */
    private void line(String name, String value) {
        int width = 0;
        for (int character : (name + ":" + value).codePoints().toArray()) {
            int octets = octets(character);
            if (width + octets > WIDTH) {
                out.append("\r\n ");
                width = 1;
            }
            out.appendCodePoint(character);
            width += octets;
        }
        out.append("\r\n");
    }

    private static int octets(int character) {
        if (character < 0x80) return 1;
        if (character < 0x800) return 2;
        return character < 0x10000 ? 3 : 4;
    }
}
