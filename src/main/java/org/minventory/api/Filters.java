package org.minventory.api;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.testimony.Kind;
import org.minventory.testimony.ToldReader;

/** Filters of lists, read from query parameters. */
final class Filters {
    private Filters() {}

    /** The values given; none means no filter. */
    static List<String> orNone(@Nullable List<String> values) {
        return values == null ? List.of() : values;
    }

    /** An instant of RFC 3339, or null where none was given. */
    static @Nullable Instant instant(String parameter, @Nullable String told) {
        if (told == null) return null;
        Instant instant = ToldReader.parse(told);
        if (instant == null || instant.isBefore(Instant.EPOCH) || instant.isAfter(LATEST))
            throw Refusal.at(Problem.UNFIT_PARAMETER, parameter, parameter, Said.of("an-instant"));
        return instant;
    }

    /** Within what PostgreSQL keeps. */
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    /** Kinds of testimonies, by their words. */
    static List<String> kinds(@Nullable List<String> told) {
        for (String word : orNone(told)) if (Kind.of(word) == null) throw unfit("kind", everyKind());
        return orNone(told);
    }

    private static String everyKind() {
        return Arrays.stream(Kind.values()).map(Kind::word).collect(Collectors.joining(", "));
    }

    /** A value that is none of those that the parameter knows. */
    static Refusal unfit(String parameter, String known) {
        return Refusal.at(Problem.UNFIT_PARAMETER, parameter, parameter, known);
    }
}
