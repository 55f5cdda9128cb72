package org.minventory.integration.lshw;

import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.intake.Intake;
import org.minventory.party.Right;
import org.minventory.survey.Mending;
import org.minventory.survey.Survey;
import org.minventory.survey.UnreadableDocument;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Surveying;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** What {@code lshw -json} prints comes in, from the machine itself or from its hoster's rescue system. */
@Controller
public final class LshwDoor {
    private static final String SOURCE = "lshw";

    private final Intake intake;

    public LshwDoor(Intake intake) {
        this.intake = intake;
    }

    @PostMapping("/integrations/lshw")
    @Allowed(Right.TESTIFY)
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String element,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(required = false) @Nullable String witnessedAt,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        // lshw prints no time: who posts later what was seen earlier says when.
        Surveying surveying = new Surveying(intake, asked, customer, dryRun, SOURCE);
        byte[] document = body.json(Body.MANY);
        surveying.hear(
                survey(document, Surveying.named(element, name)), Surveying.instant(witnessedAt), document.length);
        return surveying.end();
    }

    private static Survey survey(byte[] document, @Nullable String name) {
        try {
            return LshwSurvey.read(Mending.mend(Json.tree(document)), name);
        } catch (UnreadableDocument unreadable) {
            throw unreadable.refusal();
        }
    }
}
