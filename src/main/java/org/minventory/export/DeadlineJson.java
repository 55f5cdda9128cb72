package org.minventory.export;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Sentence;
import org.minventory.export.DeadlineReader.Deadline;
import org.minventory.export.DeadlineReader.What;
import org.minventory.knowledge.Renewal;
import tools.jackson.databind.node.ObjectNode;

/** A deadline as the API shows it: what it is, when, who owns and pays it, what happens if it lapses. */
public final class DeadlineJson {
    private static final String SAID = "org.minventory.export.said";

    private final Reach reach;
    private final Locale language;
    private final LocalDate today;

    public DeadlineJson(Reach reach, Locale language, LocalDate today) {
        this.reach = reach;
        this.language = language;
        this.today = today;
    }

    /** All of it. */
    public ObjectNode write(Deadline deadline) {
        ObjectNode json = Json.object();
        json.put("what", deadline.what().word());
        json.put("date", deadline.on().toString());
        json.put("days", ChronoUnit.DAYS.between(today, deadline.on()));
        json.put("customer", reach.slug(deadline.customer()));
        json.set(
                "element",
                deadline.isOfElement()
                        ? Json.object()
                                .put("id", deadline.subject().toString())
                                .put("name", deadline.name())
                                .put("type", deadline.type())
                        : null);
        boolean ofOrder = deadline.what() == What.ORDER || deadline.what() == What.NOTICE;
        json.set(
                "order",
                ofOrder ? Json.object().put("id", deadline.subject().toString()).put("number", deadline.name()) : null);
        json.put("mandate", deadline.what() == What.MANDATE ? deadline.subject().toString() : null);
        for (String known : List.of("provider", "owner", "payer", "renewal")) json.put(known, deadline.known(known));
        json.put("about", deadline.about());
        json.put(
                "provenOn", deadline.proven() == null ? null : deadline.proven().toString());
        return json.put("ifItLapses", lapsing(deadline));
    }

    /** Where to read more of it, within the API. */
    static String pathOf(Deadline deadline) {
        return switch (deadline.what()) {
            case EXPIRY, RENEWAL_DUE, WARRANTY, END_OF_SUPPORT, BACKUP_PROOF, RESTORE_PROOF ->
                "elements/" + deadline.subject();
            case RESERVATION -> "deliveries/" + deadline.subject();
            case NOTICE, ORDER -> "orders/" + deadline.subject();
            case MANDATE -> "mandates/" + deadline.subject();
        };
    }

    /** Where people read more of it, within this instance. */
    static String pageOf(Deadline deadline) {
        return switch (deadline.what()) {
            case EXPIRY, RENEWAL_DUE, WARRANTY, END_OF_SUPPORT, BACKUP_PROOF, RESTORE_PROOF ->
                "/ui/elements/" + deadline.subject();
            case RESERVATION -> "/ui/deliveries/" + deadline.subject();
            case NOTICE, ORDER, MANDATE -> "/ui";
        };
    }

    /** What it is called: the element, the order, or the team of a mandate. */
    static String name(Deadline deadline) {
        return Objects.requireNonNullElse(deadline.name(), Objects.requireNonNullElse(deadline.known("provider"), ""));
    }

    /** What ends when, and what happens if it lapses. */
    String sentence(Deadline deadline) {
        return Sentence.of(
                        SAID,
                        "today-deadline-" + deadline.what().word(),
                        name(deadline),
                        deadline.on().toString(),
                        lapsing(deadline),
                        Objects.requireNonNullElse(deadline.about(), ""))
                .in(language);
    }

    /** What happens if it lapses. */
    private String lapsing(Deadline deadline) {
        return Sentence.of(SAID, lapse(deadline), Objects.requireNonNullElse(reason(deadline), ""))
                .in(language);
    }

    private static @Nullable String reason(Deadline deadline) {
        return switch (deadline.what()) {
            case RESERVATION -> deadline.known(ElementDeadlines.RESERVED);
            case RENEWAL_DUE -> deadline.known(Renewal.EXPIRES);
            case END_OF_SUPPORT -> deadline.about();
            case BACKUP_PROOF, RESTORE_PROOF ->
                deadline.proven() == null ? null : deadline.proven().toString();
            case EXPIRY, WARRANTY, NOTICE, ORDER, MANDATE -> null;
        };
    }

    private static String lapse(Deadline deadline) {
        boolean automatic = "automatic".equals(deadline.known("renewal"));
        String never = deadline.proven() == null ? "-never" : "";
        return switch (deadline.what()) {
            case RENEWAL_DUE -> "lapse-renewal-due";
            case END_OF_SUPPORT -> "lapse-end-of-support";
            case BACKUP_PROOF -> "lapse-backup-proof" + never;
            case RESTORE_PROOF -> "lapse-restore-proof" + never;
            case EXPIRY -> automatic ? "lapse-automatic" : lapseOfType(deadline.type());
            case WARRANTY -> "lapse-warranty";
            case RESERVATION -> "lapse-reservation";
            case NOTICE -> automatic ? "lapse-notice" : "lapse-notice-manual";
            case ORDER -> automatic ? "lapse-automatic" : "lapse-order";
            case MANDATE -> "lapse-mandate";
        };
    }

    private static String lapseOfType(@Nullable String type) {
        if ("domain".equals(type)) return "lapse-domain";
        return "certificate".equals(type) ? "lapse-certificate" : "lapse-order";
    }
}
