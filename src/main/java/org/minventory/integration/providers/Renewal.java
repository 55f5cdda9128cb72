package org.minventory.integration.providers;

import java.util.Locale;
import java.util.Optional;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/** Until when a service is paid for, and what happens then. */
record Renewal(Optional<String> expires, Optional<String> renewal) {
    private static final Optional<String> AUTOMATIC = Optional.of("automatic");
    private static final Optional<String> MANUAL = Optional.of("manual");

    /** By OVHcloud's {@code serviceInfos}. */
    static Renewal of(JsonNode infos) {
        JsonNode renew = infos.path("renew");
        Optional<String> type = Reading.text(infos.path("renewalType")).map(told -> told.toLowerCase(Locale.ROOT));
        Optional<String> renewal = type.flatMap(
                told -> told.startsWith("automatic") ? AUTOMATIC : told.equals("manual") ? MANUAL : Optional.empty());
        if (renew.path("automatic").isBoolean())
            renewal = renew.path("automatic").booleanValue() ? AUTOMATIC : MANUAL;
        if (renew.path("deleteAtExpiration").asBoolean(false)) renewal = MANUAL;
        return new Renewal(Amounts.day(infos.path("expiration")), renewal);
    }

    /** By the day up to which it is paid, and whether it was cancelled. */
    static Renewal of(JsonNode paidUntil, JsonNode cancelled) {
        Optional<String> renewal =
                cancelled.isBoolean() ? cancelled.booleanValue() ? MANUAL : AUTOMATIC : Optional.empty();
        return new Renewal(Amounts.day(paidUntil), renewal);
    }

    void tell(Sheet sheet) {
        sheet.tell("expires", expires).tell("renewal", renewal);
    }
}
