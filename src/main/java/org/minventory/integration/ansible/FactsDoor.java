package org.minventory.integration.ansible;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Refusal;
import org.minventory.intake.Intake;
import org.minventory.party.Right;
import org.minventory.survey.Survey;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Surveying;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import tools.jackson.databind.JsonNode;

/**
 * Facts come in: the file that {@code ansible -m setup --tree} writes, or a map from host to facts. While an element
 * awaits its acceptance this is its survey at delivery, afterwards a survey of what is deployed.
 */
@Controller
public final class FactsDoor {
    private static final String SOURCE = "ansible-setup";

    private final InstantSource clock;
    private final Intake intake;

    public FactsDoor(InstantSource clock, Intake intake) {
        this.clock = clock;
        this.intake = intake;
    }

    @PostMapping("/integrations/ansible/facts")
    @Allowed(Right.TESTIFY)
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String element,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Surveying surveying = new Surveying(intake, asked, customer, dryRun, SOURCE);
        SetupReader reader = new SetupReader(
                body.open(),
                Surveying.named(element, name),
                (survey, size) -> surveying.hear(survey, witnessedAt(survey), size));
        try {
            reader.readAll();
        } catch (Refusal refusal) {
            if (!surveying.hasTaken()) throw refusal;
            surveying.refuse(refusal);
        }
        return surveying.end();
    }

    /** By the host's own clock, where that can be believed: else now. */
    private @Nullable Instant witnessedAt(Survey survey) {
        JsonNode document = survey.document();
        JsonNode facts = document.path("ansible_facts").isObject() ? document.path("ansible_facts") : document;
        JsonNode told =
                facts.path("ansible_date_time").isObject() ? facts.path("ansible_date_time") : facts.path("date_time");
        return Surveying.believed(told.path("iso8601").asString(""), clock.instant());
    }
}
