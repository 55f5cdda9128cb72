package org.minventory.integration.icinga;

import java.util.List;
import java.util.Map;
import org.minventory.base.Json;
import org.minventory.base.Refusal;
import org.minventory.intake.Intake;
import org.minventory.party.Right;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Parameters;
import org.minventory.web.Patient;
import org.minventory.web.Watching;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Results of checks come in as plug-ins of Nagios give them: a state from 0 to 3 and a line. One as a form, for any shell;
 * one or many as JSON.
 */
@Controller
public final class ChecksDoor {
    private static final String TOOL = "checks";
    private static final List<String> FIELDS =
            List.of("element", "check", "state", "output", "perfdata", "witnessedAt", "ttl");

    private final Intake intake;

    public ChecksDoor(Intake intake) {
        this.intake = intake;
    }

    @PostMapping("/integrations/checks")
    @Allowed(Right.TESTIFY)
    @Patient
    @Parameters({"customer", "tool", "dryRun"})
    Answer take(Asked asked, Body body) {
        // asked of the query alone: looking for them among the fields of a form would swallow the form
        String tool = asked.parameter("tool");
        Watching watching = new Watching(
                intake,
                asked,
                asked.parameter("customer"),
                asked.flag("dryRun"),
                CheckResult.tool(tool == null ? TOOL : tool));
        if (body.isForm()) {
            ObjectNode fields = Json.object();
            Map<String, String> form = body.form(FIELDS);
            form.forEach(fields::put);
            watching.hear(CheckResult.read(fields, "").check(), 0);
            return watching.end();
        }
        body.require(List.of("application/json", Body.FORM));
        byte[] bytes = body.json(Body.MANY);
        JsonNode told = Json.tree(bytes);
        if (!told.isArray()) {
            watching.hear(CheckResult.read(told, "").check(), bytes.length);
            return watching.end();
        }
        for (int i = 0; i < told.size(); i++) hear(watching, told.get(i), "/" + i, bytes.length / told.size());
        return watching.end();
    }

    private static void hear(Watching watching, JsonNode told, String pointer, long size) {
        Watching.Check check;
        try {
            check = CheckResult.read(told, pointer).check();
        } catch (Refusal refusal) {
            watching.refuse(refusal);
            return;
        }
        watching.hear(check, size);
    }
}
