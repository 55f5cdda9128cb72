package org.minventory.integration.icinga;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.Reference;
import org.minventory.web.Members;
import org.minventory.web.Watching;
import tools.jackson.databind.JsonNode;

/**
 * What one check found.
 *
 * @param state as Nagios numbers it, 0 to 3, or a word
 * @param ttl within which the next result is awaited; null where nobody said
 */
record CheckResult(
        Reference element,
        String name,
        String state,
        @Nullable Instant witnessedAt,
        @Nullable Duration ttl,
        JsonNode document) {
    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("0", "ok"),
            Map.entry("ok", "ok"),
            Map.entry("up", "ok"),
            Map.entry("1", "warning"),
            Map.entry("warning", "warning"),
            Map.entry("2", "critical"),
            Map.entry("critical", "critical"),
            Map.entry("down", "critical"),
            Map.entry("3", "unknown"),
            Map.entry("unknown", "unknown"),
            Map.entry("unreachable", "unknown"));

    private static final Pattern TOOL = Pattern.compile("[a-z][a-z0-9.-]{0,40}");
    private static final Duration LONGEST = Duration.ofDays(366);

    /** What makes a result of a host and not of one of its services. */
    private static final String HOST = "host";

    /**
     * Reads one.
     *
     * @param pointer where it stands in what was sent
     * @throws Refusal with the place of what does not fit
     */
    static CheckResult read(JsonNode told, String pointer) {
        Members members = Members.of(told, pointer);
        String element = members.text("element");
        String check = members.textOrNull("check");
        JsonNode state = members.anyOrNull("state");
        members.anyOrNull("output");
        members.anyOrNull("perfdata");
        Instant at = members.instantOrNull("witnessedAt");
        JsonNode ttl = members.anyOrNull("ttl");
        members.done();
        Reference reference = Reference.ofHost(element.strip());
        if (reference == null) throw Refusal.at(Problem.UNFIT_NAME, pointer + "/element", element);
        return new CheckResult(
                reference,
                check == null || check.isBlank() ? HOST : check,
                state(state, pointer),
                at,
                ttl == null ? null : ttl(ttl, pointer),
                told);
    }

    /** The name under which a monitoring tells its checks apart from those of others. */
    static String tool(String told) {
        if (!TOOL.matcher(told).matches())
            throw Refusal.at(Problem.UNFIT_PARAMETER, "tool", "tool", "icinga, nagios, cron…");
        return told;
    }

    private static String state(@Nullable JsonNode told, String pointer) {
        if (told == null) throw Refusal.at(Problem.MISSING_MEMBER, pointer + "/state", "state");
        String state = STATES.get(told.asString("").strip().toLowerCase(Locale.ROOT));
        if (state == null)
            throw Refusal.at(
                    Problem.WRONG_TYPE,
                    pointer + "/state",
                    "0, 1, 2, 3, OK, WARNING, CRITICAL, UNKNOWN, UP, DOWN, UNREACHABLE");
        return state;
    }

    /** Seconds, as Icinga counts them, or a duration of ISO 8601. */
    private static Duration ttl(JsonNode told, String pointer) {
        String text = told.asString("").strip();
        Duration ttl = duration(text);
        if (ttl == null || ttl.isNegative() || ttl.compareTo(LONGEST) > 0)
            throw Refusal.at(Problem.WRONG_TYPE, pointer + "/ttl", "300, PT5M");
        return ttl;
    }

    private static @Nullable Duration duration(String text) {
        try {
            return text.startsWith("P") ? Duration.parse(text) : Duration.ofSeconds(Long.parseLong(text));
        } catch (DateTimeException | NumberFormatException unfit) {
            return null;
        }
    }

    Watching.Check check() {
        return new Watching.Check(element, name, state, witnessedAt, ttl, document);
    }
}
