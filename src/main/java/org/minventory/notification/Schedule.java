package org.minventory.notification;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.TemporalAdjusters;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Word;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * When it is said: at once, or gathered until an hour of every day, or of one day of the week.
 *
 * @param digest null for at once
 */
public record Schedule(@Nullable Digest digest) {
    /** At once. */
    public static final Schedule AT_ONCE = new Schedule(null);

    /**
     * An hour at which what has gathered is said.
     *
     * @param weekday null for every day
     * @param zone whose clocks show the hour, summer and winter
     */
    public record Digest(int hour, @Nullable DayOfWeek weekday, ZoneId zone) {}

    /** When something that happens then is said. */
    Instant due(Instant happened) {
        return digest == null ? happened : next(digest, happened);
    }

    /**
     * The first such hour after an instant. An hour that the clocks skip is the first that they show after it, one that
     * they show twice is the first of the two.
     */
    private static Instant next(Digest digest, Instant happened) {
        ZonedDateTime there = happened.atZone(digest.zone());
        var day = digest.weekday() == null
                ? there.toLocalDate()
                : there.toLocalDate().with(TemporalAdjusters.nextOrSame(digest.weekday()));
        Instant due = at(digest, day);
        if (due.isAfter(happened)) return due;
        return at(digest, day.plusDays(digest.weekday() == null ? 1 : 7));
    }

    private static Instant at(Digest digest, java.time.LocalDate day) {
        return ZonedDateTime.of(day, LocalTime.of(digest.hour(), 0), digest.zone())
                .withEarlierOffsetAtOverlap()
                .toInstant();
    }

    /** As it is kept and shown. */
    public JsonNode json() {
        if (digest == null) return Json.text("at-once");
        ObjectNode json = Json.object();
        ObjectNode told = json.putObject("digest").put("hour", digest.hour());
        if (digest.weekday() != null) told.put("weekday", Word.of(digest.weekday()));
        told.put("zone", digest.zone().getId());
        return json;
    }

    static Schedule of(JsonNode json) {
        JsonNode told = json.get("digest");
        if (told == null) return AT_ONCE;
        return new Schedule(new Digest(
                told.get("hour").intValue(),
                told.has("weekday")
                        ? Word.read(DayOfWeek.class, told.get("weekday").stringValue())
                        : null,
                ZoneId.of(told.get("zone").stringValue())));
    }
}
