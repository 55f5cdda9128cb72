package org.minventory.web;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.Reference;
import org.minventory.intake.Intake;
import org.minventory.party.Caller;
import org.minventory.survey.Mending;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Secrets;
import org.minventory.testimony.Told;
import tools.jackson.databind.JsonNode;

/**
 * Takes what monitoring found, check by check. Each check is a source of its own: that one is well again says nothing of
 * the others, and which of them fell silent is known.
 */
public final class Watching {
    private static final int LONGEST_NAME = 120;

    private final Receiving receiving;
    private final String tool;

    /**
     * What one check found.
     *
     * @param element null where it names nothing that an element could be called: it is kept, for whoever attaches it
     * @param name which of the tool's checks
     * @param state ok, warning, critical, unknown, in whatever words the vocabulary knows
     * @param at when; null for now
     * @param again how soon the same check speaks again; zero where nothing more is to come; null where that is unknown
     * @param document what the tool sent of it
     */
    public record Check(
            @Nullable Reference element,
            String name,
            String state,
            @Nullable Instant at,
            @Nullable Duration again,
            JsonNode document) {}

    /** @throws Refusal {@link Problem#NOT_ALLOWED} for a caller who may not testify to states */
    public Watching(Intake intake, Asked asked, @Nullable String customer, boolean dryRun, String tool) {
        Caller caller = asked.caller();
        if (!Kind.MONITORING_STATE.isSaidBy(caller.role()) || !caller.mayTestify(Kind.MONITORING_STATE.word()))
            throw Refusal.of(Problem.NOT_ALLOWED);
        this.receiving = Receiving.document(intake, asked, customer, dryRun);
        this.tool = tool;
    }

    /** Hears one. */
    public void hear(Check check, long size) {
        SequencedMap<String, JsonNode> facts = new LinkedHashMap<>();
        facts.put("state", Json.text(check.state()));
        if (check.again() != null)
            facts.put("awaited.within", Json.text(check.again().toSeconds() + " s"));
        Secrets.Scrubbed scrubbed = Secrets.scrub(Mending.mend(check.document()));
        receiving.hear(
                Told.reported(
                        Kind.MONITORING_STATE,
                        check.element(),
                        check.at(),
                        facts,
                        source(check.name()),
                        Told.Context.NONE,
                        scrubbed.document()),
                size,
                receipt -> scrubbed.pointers().forEach(receipt.putArray("scrubbed")::add));
    }

    private String source(String check) {
        String line = check.strip().replaceAll("[\\p{Cntrl}/]+", "-");
        return line.isEmpty() ? tool : tool + "/" + line.substring(0, Math.min(line.length(), LONGEST_NAME));
    }

    /** Says in its place why one was not heard. */
    public void refuse(Refusal refusal) {
        receiving.refuse(refusal);
    }

    /** Takes the rest, and answers with one receipt a check, in the order of the document. */
    public Answer end() {
        return Answer.of(Answer.JSON, receiving.end());
    }
}
