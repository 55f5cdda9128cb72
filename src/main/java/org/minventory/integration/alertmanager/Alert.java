package org.minventory.integration.alertmanager;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.element.Reference;
import org.minventory.web.Watching;
import tools.jackson.databind.JsonNode;

/**
 * One alert: which element it is about, and in which state that is.
 *
 * @param told as it was sent
 */
record Alert(JsonNode told) {
    /** Labels that say which element is meant, the surest first; {@code instance} says at which port, too. */
    private static final List<String> NAMING = List.of("minventory_id", "instance", "hostname", "host", "node");

    /** Which state an alert of a severity is; one that says none is no more than a warning. */
    private static final Map<String, String> STATES = Map.ofEntries(
            Map.entry("critical", "critical"),
            Map.entry("page", "critical"),
            Map.entry("emergency", "critical"),
            Map.entry("disaster", "critical"),
            Map.entry("high", "critical"),
            Map.entry("error", "critical"),
            Map.entry("info", "ok"),
            Map.entry("information", "ok"),
            Map.entry("none", "ok"));

    static Alert of(JsonNode told) {
        return new Alert(told);
    }

    /** A firing one is sent again and again; of one that is resolved nothing more is to come. */
    Watching.Check check() {
        boolean resolved = told.path("status").asString("").equals("resolved");
        return new Watching.Check(
                element(), name(), resolved ? "ok" : state(), null, resolved ? Duration.ZERO : null, told);
    }

    private String label(String name) {
        return told.path("labels").path(name).asString("");
    }

    private @Nullable Reference element() {
        for (String label : NAMING) {
            String named =
                    label.equals("instance") ? host(label(label)) : label(label).strip();
            if (!named.isEmpty()) return Reference.ofHost(named);
        }
        return null;
    }

    /** Of {@code host:port}, {@code [::1]:port} or an address of the web the host. */
    static String host(String instance) {
        String rest = instance.strip();
        int scheme = rest.indexOf("://");
        if (scheme >= 0) rest = rest.substring(scheme + 3);
        int path = rest.indexOf('/');
        if (path >= 0) rest = rest.substring(0, path);
        if (rest.startsWith("[")) return rest.substring(1, Math.max(1, rest.indexOf(']')));
        int colon = rest.indexOf(':');
        return colon < 0 || colon != rest.lastIndexOf(':') ? rest : rest.substring(0, colon);
    }

    private String state() {
        return STATES.getOrDefault(label("severity").strip().toLowerCase(Locale.ROOT), "warning");
    }

    /** Alerts of one name about one machine are told apart by their fingerprint, the hash of their labels. */
    private String name() {
        String fingerprint = told.path("fingerprint").asString("");
        String which = fingerprint.isEmpty() ? Ids.derived(told.path("labels")).toString() : fingerprint;
        return label("alertname") + " " + which.substring(0, Math.min(16, which.length()));
    }
}
