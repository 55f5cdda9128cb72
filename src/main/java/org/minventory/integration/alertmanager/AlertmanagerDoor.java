package org.minventory.integration.alertmanager;

import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.intake.Intake;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Patient;
import org.minventory.web.Watching;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/**
 * Alerts come in as Alertmanager's webhook sends them (version 4), and Grafana's, which says more in the same shape. Each
 * alert counts by its own status: a message that fires holds some that are resolved. What a message leaves out
 * ({@code truncatedAlerts}) is not heard, and nothing is concluded from that.
 */
@Controller
public final class AlertmanagerDoor {
    private static final String TOOL = "alertmanager";

    private final Intake intake;

    public AlertmanagerDoor(Intake intake) {
        this.intake = intake;
    }

    @PostMapping("/integrations/alertmanager")
    @Allowed(Right.TESTIFY)
    @Patient
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Watching watching = new Watching(intake, asked, customer, dryRun, TOOL);
        byte[] bytes = body.json(Body.MANY);
        JsonNode alerts = Json.tree(bytes).path("alerts");
        if (!alerts.isArray()) throw Refusal.at(Problem.WRONG_TYPE, "/alerts", "[{\"status\", \"labels\", …}]");
        for (int i = 0; i < alerts.size(); i++) {
            JsonNode told = alerts.get(i);
            if (told.isObject() && told.path("labels").isObject())
                watching.hear(Alert.of(told).check(), bytes.length / alerts.size());
            else watching.refuse(Refusal.at(Problem.WRONG_TYPE, "/alerts/" + i, "{\"status\", \"labels\", …}"));
        }
        return watching.end();
    }
}
