package org.minventory.knowledge;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.minventory.element.ElementType;
import org.minventory.element.Vocabulary;
import tools.jackson.databind.JsonNode;

/**
 * By when the renewal of a certificate should have been witnessed: when two thirds of its life are over, as those do who
 * renew by themselves when a third remains. Types of elements that list {@code issued} await it.
 */
public final class Renewal {
    /** The attribute that tells when it began. */
    public static final String ISSUED = "issued";

    /** The attribute that tells when it ends. */
    public static final String EXPIRES = "expires";

    private Renewal() {}

    /** That day of what is best known of an element; null where its life is not known, or none. */
    public static @Nullable LocalDate due(Picture picture, Vocabulary vocabulary, Instant at) {
        ElementType type = vocabulary.type(picture.type());
        if (type == null || !type.attributes().contains(ISSUED)) return null;
        LocalDate issued = day(picture, ISSUED, vocabulary, at);
        LocalDate expires = day(picture, EXPIRES, vocabulary, at);
        if (issued == null || expires == null || !issued.isBefore(expires)) return null;
        return issued.plusDays(ChronoUnit.DAYS.between(issued, expires) * 2 / 3);
    }

    private static @Nullable LocalDate day(Picture picture, String attribute, Vocabulary vocabulary, Instant at) {
        JsonNode told = Index.bestKnown(picture, attribute, vocabulary, at);
        try {
            return told == null || !told.isString() ? null : LocalDate.parse(told.stringValue());
        } catch (DateTimeException noDay) {
            return null; // told before there was such an attribute, as anything
        }
    }
}
