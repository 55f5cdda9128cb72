package org.minventory.ui;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.minventory.base.Sayable;
import org.minventory.base.Sentence;
import org.minventory.base.Typography;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Pair;
import org.minventory.conformity.Verdict;
import org.minventory.element.Status;
import org.minventory.knowledge.Freshness;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Stance;

/**
 * What pages say, in the reader's language: every word of the product's tables, ages in words, and the shape that goes
 * with a word. Instants are shown in UTC, which the title of each says.
 */
public final class Words {
    static final String BUNDLE = "org.minventory.ui.texts";

    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);
    private static final int DAYS_AS_AGE = 60;

    private final Locale language;

    Words(Locale language) {
        this.language = language;
    }

    /** French or English. */
    public Locale language() {
        return language;
    }

    /** The tag for {@code lang=}. */
    public String tag() {
        return language.getLanguage();
    }

    /** A text of the bundle, filled. */
    public String say(String key, Object... arguments) {
        return said(Sentence.of(BUNDLE, key, arguments));
    }

    /** What another room says. */
    public String said(Sayable sayable) {
        return Typography.set(sayable.in(language), language);
    }

    /** A text for one, or for many: French counts none as one, English as many. */
    public String count(String key, long number) {
        boolean one = number == 1 || (number == 0 && tag().equals("fr"));
        return say(key + (one ? ".one" : ".many"), number(number));
    }

    /** A whole number with the spaces of its language. */
    public String number(long number) {
        String digits = String.format(Locale.ENGLISH, "%,d", number);
        return tag().equals("fr") ? digits.replace(',', '\u202f') : digits;
    }

    /** A word with a capital, where it begins something. */
    public static String capital(String word) {
        return word.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    // ---- time

    /** How long ago, in words; from two months on, the day. */
    public Moment ago(Instant at, Instant now) {
        Duration age = Duration.between(at, now);
        if (age.toDays() >= DAYS_AS_AGE) return day(at, now);
        return new Moment(at.toString(), exact(at), age.isNegative() ? say("age.ahead") : say("age.ago", age(age)));
    }

    /** How long: the largest unit that fits, and no second one. */
    public String age(Duration age) {
        if (age.toDays() > 0) return say("age.days", number(age.toDays()));
        if (age.toHours() > 0) return say("age.hours", age.toHours());
        if (age.toMinutes() > 0) return say("age.minutes", age.toMinutes());
        return say("age.seconds", Math.max(0, age.toSeconds()));
    }

    /** The day; with its year unless it is this one. */
    public Moment day(Instant at, Instant now) {
        LocalDate day = at.atZone(ZoneOffset.UTC).toLocalDate();
        boolean thisYear = day.getYear() == now.atZone(ZoneOffset.UTC).getYear();
        String pattern = thisYear ? "d MMM" : "d MMM yyyy";
        return new Moment(
                at.toString(),
                exact(at),
                DateTimeFormatter.ofPattern(pattern, language).format(day));
    }

    /** The instant to the minute. */
    public String exact(Instant at) {
        return EXACT.format(at.truncatedTo(ChronoUnit.MINUTES).atZone(ZoneOffset.UTC));
    }

    // ---- the tables of the product, each word with its shape

    /** The word of a status. */
    public String status(Status status) {
        return say("status." + status.word());
    }

    /** The word of a status with its shape. */
    public Mark statusMark(Status status) {
        String tone =
                switch (status) {
                    case WISHED, ORDERED -> "unk";
                    case DELIVERED, ACCEPTED, DEPLOYED -> "info";
                    case MAINTENANCE -> "warn";
                    case REFUSED -> "bad";
                    case IN_SERVICE -> "ok";
                    case DECOMMISSIONED, CANCELLED -> "dont";
                };
        return new Mark(tone, status(status));
    }

    /** What somebody did who caused this status: "surveyed its delivery". */
    public String did(Status status) {
        return say("did." + status.word());
    }

    /** The name of a column of facts. */
    public String stance(Stance stance) {
        return say("stance." + stance.word());
    }

    /** The name of a kind of testimony. */
    public String kind(Kind kind) {
        return say("kind." + kind.word());
    }

    /** The shape of a kind on a timeline: what moves the life on, what warns, and the rest. */
    public String tone(Kind kind) {
        return switch (kind) {
            case WISH, ORDER, COMMISSIONING -> "ok";
            case DELIVERY_NOTICE, DELIVERY_SURVEY, SURVEY, DEPLOYMENT_REPORT, MONITORING_STATE, PROOF -> "info";
            case DECOMMISSIONING, WITHDRAWAL, DISCREDIT -> "dont";
            case INCIDENT -> "down";
            case MAINTENANCE, INTERVENTION -> "warn";
            case REQUEST, APPROVAL, ACCEPTANCE, CONTRACT, RENEWAL -> "ok";
            case NOTE,
                    MESSAGE,
                    INVOICE,
                    DEFINITION,
                    MANDATE,
                    ATTACHMENT,
                    MERGE,
                    SPLIT,
                    DIVERGENCE_DECISION,
                    CONFIRMATION -> "";
        };
    }

    /** How old a word is against its rhythm. */
    public Mark freshness(Freshness freshness) {
        String tone =
                switch (freshness) {
                    case FRESH -> "ok";
                    case LATE, STALE -> "late";
                    case NEVER -> "never";
                };
        return new Mark(tone, say("freshness." + freshness.word()));
    }

    /** What a comparison found. */
    public Mark verdict(Verdict verdict) {
        String tone =
                switch (verdict) {
                    case AGREES -> "ok";
                    case UNKNOWN -> "unk";
                    case DIVERGES -> "bad";
                };
        return new Mark(tone, say("verdict." + verdict.word()));
    }

    /** The name of a disagreement between these two sides. */
    public Mark nature(Pair pair) {
        return nature(
                switch (pair) {
                    case ORDERED_INTENDED -> "mismatch";
                    case DELIVERED_ORDERED -> "nonconformity";
                    case DEPLOYED_INTENDED -> "drift";
                    case MONITORED_EXPECTED -> "alarm";
                    case WITNESSES -> Divergence.CONTRADICTION;
                });
    }

    /** The name of a disagreement. */
    public Mark nature(String nature) {
        return new Mark(nature.equals("alarm") ? "down" : "bad", say("nature." + nature));
    }

    /** Which side departs from which: "delivered ≠ ordered". */
    public String pair(Pair pair) {
        return say("pair." + pair.word());
    }

    /** What became of a divergence. */
    public String state(Divergence.State state) {
        return say("state." + state.word());
    }

    /** What somebody is: "robot", "head of IT". */
    public String role(String role) {
        return Sentence.exists(BUNDLE, "role." + role) ? say("role." + role) : role;
    }
}
