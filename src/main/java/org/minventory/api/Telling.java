package org.minventory.api;

import java.time.InstantSource;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Body;
import org.minventory.web.Receiving;

/** Reads testimonies one by one as they come in; one that cannot be read gets a receipt that says so in its place. */
final class Telling implements Body.LineReader {
    private final InstantSource clock;
    private final Receiving receiving;

    Telling(InstantSource clock, Receiving receiving) {
        this.clock = clock;
        this.receiving = receiving;
    }

    @Override
    public void line(byte[] line, long number) {
        tell(line);
    }

    @Override
    public void tooLong(long number, Refusal refusal) {
        receiving.refuse(refusal);
    }

    /** One testimony, by its bytes. */
    void tell(byte[] json) {
        Told told;
        try {
            if (json.length > Body.ONE) throw Refusal.of(Problem.BODY_TOO_LARGE, (Body.ONE >> 20) + " MiB");
            told = ToldReader.read(Json.read(json), clock.instant());
        } catch (Refusal refusal) {
            receiving.refuse(refusal);
            return;
        }
        receiving.hear(told, json.length);
    }
}
