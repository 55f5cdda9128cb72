package org.minventory.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A document that the server gives out whole. */
record BenchDocument(BenchCast cast, String path) {

    private byte[] request(BenchSize size) {
        return BenchHttp.get(path, size.robots().getFirst(), "");
    }

    byte[] read(BenchSize size) {
        return Objects.requireNonNull(cast.send(request(size), 200).body());
    }

    /** Seconds from the request to the last byte, on a connection of its own. */
    double seconds(BenchSize size) {
        try (BenchHttp http = new BenchHttp(cast.server().port())) {
            long begun = System.nanoTime();
            int status = http.send(request(size), false).status();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (status != 200) throw new Unanswered(path + " answered " + status, status);
            return seconds;
        } catch (IOException failed) {
            throw new Unanswered(path + " broke off: " + failed, failed);
        }
    }

    /** The same, several times; who kept the processors busy meanwhile is counted. */
    BenchSpread seconds(BenchSize size, int times, BenchCores cores) {
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < times; i++) seconds.add(cores.during(() -> seconds(size)));
        return BenchSpread.of(seconds);
    }
}
