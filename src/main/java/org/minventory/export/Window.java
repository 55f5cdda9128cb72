package org.minventory.export;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A maintenance with its time.
 *
 * @param isEndKnown false where the end is made up, since nobody told one
 * @param note what was said of it, or nothing
 * @param witness who said so
 */
public record Window(UUID testimony, Instant from, Instant until, boolean isEndKnown, String note, String witness) {

    /** What is open lasts until its end is told: where the expected one is over, until that night. */
    static Window open(JsonNode told, Instant now, Instant tonight) {
        Instant until = instant(told, "until");
        boolean ahead = until != null && until.isAfter(now);
        return of(
                told, Objects.requireNonNull(instant(told, "since")), until != null && ahead ? until : tonight, ahead);
    }

    /** What is planned stands on no day without a beginning; without an end it takes an hour. */
    static @Nullable Window planned(JsonNode told) {
        Instant from = instant(told, "from");
        Instant until = instant(told, "until");
        if (from == null) return null;
        return of(told, from, until == null ? from.plus(1, ChronoUnit.HOURS) : until, until != null);
    }

    private static Window of(JsonNode told, Instant from, Instant until, boolean isEndKnown) {
        return new Window(
                UUID.fromString(told.get("testimony").stringValue()),
                from,
                until,
                isEndKnown,
                told.get("note").asString(""),
                told.at("/witness/name").asString(""));
    }

    private static @Nullable Instant instant(JsonNode told, String member) {
        return told.get(member).isNull() ? null : Instant.parse(told.get(member).stringValue());
    }
}
