package org.minventory.integration.survey;

import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.intake.Intake;
import org.minventory.party.Right;
import org.minventory.survey.Mending;
import org.minventory.survey.Surveyed;
import org.minventory.survey.UnreadableDocument;
import org.minventory.web.Allowed;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Body;
import org.minventory.web.Carried;
import org.minventory.web.Etags;
import org.minventory.web.Public;
import org.minventory.web.Surveying;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The script goes out to whoever wants to read or run it, and what it collected comes in. */
@Controller
public final class SurveyDoor {
    private static final String SOURCE = "survey.sh";
    private static final String SHELL = "text/x-shellscript; charset=utf-8";

    private final InstantSource clock;
    private final Intake intake;
    private final Etags etags;
    private final byte[] script = Carried.file(SurveyDoor.class, "survey.sh");

    public SurveyDoor(InstantSource clock, Intake intake, Etags etags) {
        this.clock = clock;
        this.intake = intake;
        this.etags = etags;
    }

    /** For anybody, like the contract: a machine in a rescue system has no token to spare, and the script holds no secret. */
    @GetMapping("/integrations/survey/survey.sh")
    @Public
    Answer script(Asked asked) {
        return etags.ofEverybody(asked, Answer.of(200, SHELL, script));
    }

    @PostMapping("/integrations/survey")
    @Allowed(Right.TESTIFY)
    Answer take(
            Asked asked,
            Body body,
            @RequestParam(required = false) @Nullable String name,
            @RequestParam(required = false) @Nullable String element,
            @RequestParam(required = false) @Nullable String customer,
            @RequestParam(defaultValue = "false") boolean dryRun) {
        Surveying surveying = new Surveying(intake, asked, customer, dryRun, SOURCE);
        byte[] document = body.json(Body.MANY);
        Surveyed survey = survey(document, Surveying.named(element, name));
        surveying.hear(survey, witnessedAt(survey), document.length);
        return surveying.end();
    }

    /** By the machine's own clock, where that can be believed: else now. */
    private @Nullable Instant witnessedAt(Surveyed survey) {
        return Surveying.believed(survey.document().path("witnessedAt").asString(""), clock.instant());
    }

    private static Surveyed survey(byte[] document, @Nullable String name) {
        try {
            return SurveyBundle.read(Mending.mend(Json.tree(document)), name);
        } catch (UnreadableDocument unreadable) {
            throw unreadable.refusal();
        }
    }
}
