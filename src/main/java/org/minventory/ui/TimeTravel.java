package org.minventory.ui;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.element.Status;
import org.minventory.knowledge.Step;

/** The two times of the record on a page: as it was at an instant, as it was known at another. */
final class TimeTravel {
    private TimeTravel() {}

    /**
     * The instant that a parameter names: an instant, or a day, which means its end (UTC). Null for none.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}
     */
    static @Nullable Instant read(String parameter, @Nullable String told, Instant now) {
        if (told == null || told.isBlank()) return null;
        try {
            Instant instant = told.length() == 10
                    ? LocalDate.parse(told)
                            .plusDays(1)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .minus(1, ChronoUnit.MICROS)
                    : Instant.parse(told);
            if (instant.isBefore(Instant.EPOCH) || instant.isAfter(now.plus(366, ChronoUnit.DAYS)))
                throw unfit(parameter);
            return instant;
        } catch (DateTimeParseException notADay) {
            throw unfit(parameter);
        }
    }

    private static Refusal unfit(String parameter) {
        return Refusal.at(Problem.UNFIT_PARAMETER, parameter, parameter, Sentence.of(Words.BUNDLE, "travel.expected"));
    }

    /** What is seen, in a sentence. */
    static String sentence(Words words, @Nullable Instant asOf, @Nullable Instant knownAt) {
        if (knownAt == null) return words.say("travel.as-of", asOf == null ? "" : words.exact(asOf));
        return asOf == null
                ? words.say("travel.known-at", words.exact(knownAt))
                : words.say("travel.both", words.exact(asOf), words.exact(knownAt));
    }

    /** The form, and the days that one may want to go back to. */
    static ElementPage.Travel form(
            ElementReader.Looked looked, String path, @Nullable Instant asOf, @Nullable Instant knownAt, Instant now) {
        Words words = looked.words();
        List<ElementPage.Word> days = new ArrayList<>();
        for (Step step : looked.row().picture().steps()) {
            if (step.status() == Status.WISHED) continue;
            days.add(new ElementPage.Word(
                    words.say("travel.when", words.status(step.status())),
                    Link.to(path).with("asOf", step.at().toString()).toString()));
        }
        Instant month = now.minus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.DAYS);
        days.add(new ElementPage.Word(
                words.say("travel.month"),
                Link.to(path).with("asOf", day(month)).toString()));
        return new ElementPage.Travel(
                asOf == null ? day(now) : day(asOf), knownAt == null ? day(now) : day(knownAt), days);
    }

    private static String day(Instant instant) {
        return DateTimeFormatter.ISO_LOCAL_DATE.format(instant.atZone(ZoneOffset.UTC));
    }
}
