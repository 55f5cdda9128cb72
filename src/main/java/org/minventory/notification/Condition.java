package org.minventory.notification;

import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * When what happens is worth saying to somebody; null and false ask for nothing.
 *
 * @param becomes states of monitoring or statuses of life: only what becomes one of these
 * @param hasBeenFor only what still is so after that time
 * @param expiresIn deadlines are near from so long before; {@link #USUAL_DAYS} where nobody says otherwise
 * @param severity at least
 * @param mine only of elements about which the subscriber has testified
 * @param unacknowledged only divergences that nobody has acknowledged or accepted
 */
public record Condition(
        @Nullable Set<String> becomes,
        @Nullable Duration hasBeenFor,
        @Nullable Integer expiresIn,
        Notice.@Nullable Severity severity,
        boolean mine,
        boolean unacknowledged) {
    /** Whatever happens. */
    public static final Condition NONE = new Condition(null, null, null, null, false, false);

    /** Days before a deadline at which it is near. */
    public static final int USUAL_DAYS = 30;

    /** Whether the notice meets what can be seen of it at once; time and decisions are looked at when it is due. */
    boolean meets(Notice notice) {
        Set<String> became = notice.becameAny();
        return (becomes == null || became.isEmpty() || became.stream().anyMatch(becomes::contains))
                && (severity == null || notice.severity().compareTo(severity) >= 0)
                && (notice.type() != Notice.Type.DEADLINE_NEAR
                        || notice.body().path("threshold").asInt(USUAL_DAYS) == days());
    }

    /** Days before a deadline at which it is near for this subscriber. */
    int days() {
        return expiresIn == null ? USUAL_DAYS : expiresIn;
    }

    /** As it is kept and shown. */
    public ObjectNode json() {
        ObjectNode json = Json.object();
        if (becomes != null) becomes.stream().sorted().forEach(json.putArray("becomes")::add);
        if (hasBeenFor != null) json.put("hasBeenFor", hasBeenFor.toString());
        if (expiresIn != null) json.put("expiresIn", expiresIn);
        if (severity != null) json.put("severity", severity.word());
        if (mine) json.put("mine", true);
        if (unacknowledged) json.put("unacknowledged", true);
        return json;
    }

    static Condition of(JsonNode json) {
        return new Condition(
                Filter.texts(json, "becomes"),
                json.has("hasBeenFor") ? Duration.parse(json.get("hasBeenFor").stringValue()) : null,
                json.has("expiresIn") ? json.get("expiresIn").intValue() : null,
                json.has("severity") ? Notice.Severity.of(json.get("severity").stringValue()) : null,
                json.path("mine").asBoolean(false),
                json.path("unacknowledged").asBoolean(false));
    }
}
