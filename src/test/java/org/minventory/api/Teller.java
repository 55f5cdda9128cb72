package org.minventory.api;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.minventory.Story;
import org.minventory.base.Json;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.party.Callers;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;

/** Tells an inventory, so that there is something to read. */
final class Teller {
    private Teller() {}

    /** Takes testimonies, of which none may be refused, and gives their receipts; single quotes stand for double ones. */
    static List<Receipt> tell(Story story, String token, String... told) {
        InstantSource clock = story.server().room(InstantSource.class);
        List<Told> read = new ArrayList<>();
        for (String one : told)
            read.add(ToldReader.read(
                    Json.read(one.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), clock.instant()));
        List<Receipt> receipts = story.server()
                .room(Intake.class)
                .take(story.server().room(Callers.class).of(token), read, Intake.Manner.PLAIN);
        for (Receipt receipt : receipts) if (receipt.status() >= 300) throw new AssertionError(receipt);
        return receipts;
    }
}
