package org.minventory.integration;

import java.time.Instant;
import java.util.List;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.party.Callers;
import org.minventory.testimony.ToldReader;
import tools.jackson.databind.JsonNode;

/** Somebody of a story's cast, who tells something by hand. */
public final class Teller {
    private final Story story;
    private final String token;

    public Teller(Story story, String token) {
        this.story = story;
        this.token = token;
    }

    /** Tells it, and demands that it was recorded. Single quotes stand for double ones. */
    public Receipt tell(String testimony) {
        return tell(Samples.json(testimony.replace('\'', '"')));
    }

    public Receipt tell(JsonNode testimony) {
        var caller = story.server().room(Callers.class).of(token);
        var told = ToldReader.read(Json.read(Json.write(testimony)), Instant.now());
        Receipt receipt = story.server()
                .room(Intake.class)
                .take(caller, List.of(told), Intake.Manner.PLAIN)
                .getFirst();
        if (receipt.refusal() != null) throw receipt.refusal();
        return receipt;
    }
}
