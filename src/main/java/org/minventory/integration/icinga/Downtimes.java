package org.minventory.integration.icinga;

import java.time.Duration;
import java.util.List;
import org.minventory.export.Reach;
import org.minventory.export.UpkeepJson;
import org.minventory.export.UpkeepJson.Infrastructure;
import org.minventory.export.Window;

/**
 * Writes when hosts and services raise no alarm: while they are in maintenance, and in the time that is planned for their
 * infrastructure. Rules that look at variables, so that they hold of services that somebody else wrote, too.
 */
final class Downtimes {
    private static final String WEEK = "{ "
            + String.join(
                    ", ",
                    List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday").stream()
                            .map(day -> "\"" + day + "\" = \"00:00-24:00\"")
                            .toList())
            + " }";
    private static final List<String> CHECKED = List.of("Host", "Service");
    private static final Duration LONGEST = Duration.ofDays(366);

    private final ConfigForm form;

    Downtimes(ConfigForm form) {
        this.form = form;
    }

    /** What is open has no end until it is told: every day, as long as this rule is there. */
    void open() {
        for (String type : CHECKED) {
            begin("minventory-maintenance", type, "Minventory", "maintenance");
            form.line("  ranges = " + WEEK);
            form.line("  assign where host.vars.minventory_status == \"maintenance\""
                    + (type.equals("Service") ? " || service.vars.minventory_status == \"maintenance\"" : ""));
            form.end();
        }
    }

    /** What is planned, of these infrastructures, as far as the reader reaches it. */
    void planned(UpkeepJson upkeeps, Reach reach) {
        upkeeps.infrastructures().stream()
                .sorted(java.util.Comparator.comparing(Infrastructure::customer).thenComparing(Infrastructure::name))
                .forEach(one -> upkeeps.planned(one).forEach(window -> write(window, reach.slug(one.customer()), one)));
    }

    /**
     * Icinga reads days and hours of its own time zone: it works them out itself, and the end as so many hours after the
     * midnight before the beginning, be it days later.
     */
    private void write(Window window, String customer, Infrastructure infrastructure) {
        Duration length = Duration.between(window.from(), window.until());
        if (length.isNegative() || length.isZero()) return;
        long minutes = Math.max(1, Math.min(length.toMinutes(), LONGEST.toMinutes()));
        for (String type : CHECKED) {
            begin("minventory-" + window.testimony(), type, window.witness(), window.note());
            form.line("  var begin = DateTime(" + window.from().getEpochSecond() + ")");
            form.line("  var end = number(begin.format(\"%H\")) * 60 + number(begin.format(\"%M\")) + " + minutes);
            form.line("  ranges[begin.format(\"%Y-%m-%d\")] = begin.format(\"%H:%M\") + \"-\""
                    + " + Math.floor(end / 60) + \":\" + end % 60");
            form.line("  assign where host.vars.minventory_customer == " + ConfigForm.quoted(customer)
                    + " && host.vars.minventory_infrastructure == " + ConfigForm.quoted(infrastructure.name()));
            form.end();
        }
    }

    private void begin(String name, String type, String author, String comment) {
        form.line("apply ScheduledDowntime " + ConfigForm.quoted(name) + " to " + type + " {");
        form.set("author", author);
        form.set("comment", comment.isBlank() ? "maintenance" : comment);
    }
}
