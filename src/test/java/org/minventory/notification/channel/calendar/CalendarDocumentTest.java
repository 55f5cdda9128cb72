package org.minventory.notification.channel.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.minventory.Npm;
import org.minventory.base.Json;
import org.minventory.notification.channel.Hostile;
import org.minventory.notification.channel.calendar.CalendarDocument.Day;
import org.minventory.notification.channel.calendar.CalendarDocument.Event;
import org.minventory.notification.channel.calendar.CalendarDocument.Hours;
import tools.jackson.databind.JsonNode;

/** What a calendar program reads in what we write, whatever witnesses wrote. */
class CalendarDocumentTest {
    private static final Instant SINCE = Instant.parse("2026-11-22T10:00:00Z");
    private static final Day DAY = new Day(LocalDate.parse("2026-12-31"));
    private static final List<String> PROPERTIES =
            List.of("uid", "dtstamp", "dtstart", "dtend", "summary", "description", "categories", "url", "transp");

    private static byte[] write(String name, List<Event> events) {
        return CalendarDocument.of(name, SINCE, null, events);
    }

    private static Event event(int number, String words) {
        return new Event(id(number), DAY, words, words, List.of(words, words), "https://m.example/ui");
    }

    private static UUID id(int number) {
        return new UUID(0, number);
    }

    private static JsonNode read(byte[] calendar) {
        Npm.Ran read = Npm.run("read-calendar.mjs", new String(calendar, StandardCharsets.UTF_8));
        assertThat(read.err()).isEmpty();
        return Json.MAPPER.readTree(read.out());
    }

    @Test
    void whateverWasWrittenIsReadAsWordsOfOneEvent() {
        List<Event> events = new ArrayList<>();
        for (Hostile hostile : Hostile.values()) events.add(event(events.size(), hostile.words()));
        events.add(event(99, "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:forged\r\nBEGIN:VALARM"));
        JsonNode read = read(write("Acme\r\nMETHOD:CANCEL\r\nX: y", events));
        assertThat(read.get("name").stringValue()).isEqualTo("Acme METHOD:CANCEL X: y");
        assertThat(read.get("method").stringValue()).isEqualTo("PUBLISH");
        assertThat(read.get("events").valueStream().map(one -> one.get("uid").stringValue()))
                .containsExactlyElementsOf(
                        events.stream().map(one -> one.id().toString()).toList());
        for (JsonNode one : read.get("events")) {
            assertThat(one.get("properties").valueStream().map(JsonNode::stringValue))
                    .containsExactlyElementsOf(PROPERTIES);
            assertThat(one.get("alarms")).isEmpty();
            assertThat(one.get("categories")).hasSize(1);
        }
        assertThat(read.at("/events/" + (events.size() - 1) + "/summary").stringValue())
                .isEqualTo("a END:VEVENT BEGIN:VEVENT UID:forged BEGIN:VALARM");
        assertThat(read.at("/events/" + List.of(Hostile.values()).indexOf(Hostile.MARKUP) + "/description")
                        .stringValue())
                .isEqualTo(Hostile.MARKUP.words() + "\n" + Hostile.MARKUP.words());
    }

    @Test
    void noLineIsLongerThan75OctetsAndNoCharacterIsCut() throws CharacterCodingException {
        String words = "x".repeat(40) + "😀é日本 👩‍👩‍👧 ".repeat(40);
        byte[] calendar = write(words, List.of(event(1, words)));
        int begin = 0;
        for (int at = 0; at < calendar.length; at++) {
            if (calendar[at] != '\n') continue;
            assertThat(calendar[at - 1]).isEqualTo((byte) '\r');
            assertThat(at - 1 - begin).isLessThanOrEqualTo(75);
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(calendar, begin, at - begin));
            begin = at + 1;
        }
        assertThat(begin).isEqualTo(calendar.length);
        assertThat(read(calendar).at("/events/0/summary").stringValue())
                .startsWith("x".repeat(40) + "😀é日本 👩‍👩‍👧 😀é");
    }

    @Test
    void daysAreWholeHoursAreInstantsAndAReminderComesTheDayBeforeAtNine() {
        Hours hours = new Hours(Instant.parse("2026-12-24T22:00:00Z"), Instant.parse("2026-12-25T02:30:00Z"));
        Event night = new Event(id(2), hours, "maintenance", "shop", List.of(), "https://m.example/ui");
        JsonNode read = read(CalendarDocument.of("Acme", SINCE, 1, List.of(event(1, "db-1"), night)));
        assertThat(read.at("/events/0/allDay").booleanValue()).isTrue();
        assertThat(read.at("/events/0/start").stringValue()).isEqualTo("2026-12-31");
        assertThat(read.at("/events/0/end").stringValue()).isEqualTo("2027-01-01");
        assertThat(read.at("/events/0/alarms").toString()).isEqualTo("[\"-PT15H\"]");
        assertThat(read.at("/events/1/allDay").booleanValue()).isFalse();
        assertThat(read.at("/events/1/start").stringValue()).isEqualTo("2026-12-24T22:00:00Z");
        assertThat(read.at("/events/1/end").stringValue()).isEqualTo("2026-12-25T02:30:00Z");
        assertThat(read.at("/events/1/alarms")).isEmpty();
    }

    @Test
    void aCalendarOfNothingIsOneAndTheSameIsTheSame() {
        assertThat(read(write("Acme", List.of())).get("events")).isEmpty();
        assertThat(write("Acme", List.of(event(1, "db-1")))).isEqualTo(write("Acme", List.of(event(1, "db-1"))));
    }
}
