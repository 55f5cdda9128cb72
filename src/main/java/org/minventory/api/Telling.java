package org.minventory.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.export.ReceiptDocument;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.party.Caller;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Body;
import org.minventory.web.Spool;

/**
 * Takes many testimonies as they come in: a thousand at a time, each thousand in a transaction of its own and under a key
 * of its own, so that a stream has no end to its length and what was acknowledged stays. One that cannot be read gets a
 * receipt that says so in its place.
 */
final class Telling implements Body.LineReader {
    private static final int BYTES_TOGETHER = 8 << 20;

    private final Intake intake;
    private final InstantSource clock;
    private final Caller caller;
    private final Intake.Manner manner;
    private final ReceiptDocument receipts;

    private final Spool answer = new Spool();
    private final List<Read> waiting = new ArrayList<>();
    private long waitingBytes;
    private long taken;
    private boolean begun;

    /** One of them, read or refused. */
    private record Read(@Nullable Told told, @Nullable Refusal refusal) {}

    Telling(Intake intake, InstantSource clock, Caller caller, Intake.Manner manner, ReceiptDocument receipts) {
        this.intake = intake;
        this.clock = clock;
        this.caller = caller;
        this.manner = manner;
        this.receipts = receipts;
    }

    @Override
    public void line(byte[] line, long number) {
        tell(line);
    }

    @Override
    public void tooLong(long number, Refusal refusal) {
        wait(new Read(null, refusal), 0);
    }

    /** One testimony, by its bytes. */
    void tell(byte[] json) {
        wait(read(json), json.length);
    }

    private Read read(byte[] json) {
        try {
            if (json.length > Body.ONE) throw Refusal.of(Problem.BODY_TOO_LARGE, (Body.ONE >> 20) + " MiB");
            return new Read(ToldReader.read(Json.read(json), clock.instant()), null);
        } catch (Refusal refusal) {
            return new Read(null, refusal);
        }
    }

    private void wait(Read read, int bytes) {
        waiting.add(read);
        waitingBytes += bytes;
        if (waiting.size() == Intake.CHUNK || waitingBytes > BYTES_TOGETHER) take();
    }

    /** The same items fall into the same parts at every attempt, so a part that was taken is answered again. */
    private void take() {
        List<Told> told = new ArrayList<>();
        for (Read read : waiting) if (read.told() != null) told.add(read.told());
        Iterator<Receipt> taking = taken(told).iterator();
        for (Read read : waiting) write(read.refusal() == null ? taking.next() : Receipt.refused(read.refusal()));
        taken += waiting.size();
        waiting.clear();
        waitingBytes = 0;
    }

    /** What is refused as a whole refuses the whole request, unless a part of it has been acknowledged. */
    private List<Receipt> taken(List<Told> told) {
        if (told.isEmpty()) return List.of();
        try {
            String key = manner.key() == null || taken == 0 ? manner.key() : manner.key() + "#" + taken;
            return intake.take(caller, told, new Intake.Manner(manner.dryRun(), manner.customer(), key));
        } catch (Refusal refusal) {
            if (taken == 0) throw refusal;
            return told.stream().map(one -> Receipt.refused(refusal)).toList();
        }
    }

    private void write(Receipt receipt) {
        print(begun ? ",\n" : "{\"receipts\":[\n");
        begun = true;
        try {
            answer.write(Json.write(receipts.write(receipt)));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private void print(String text) {
        try {
            answer.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Takes the rest; all receipts, in the order in which the testimonies came. */
    Spool end() {
        if (!waiting.isEmpty()) take();
        print(begun ? "\n]}\n" : "{\"receipts\":[]}\n");
        return answer;
    }
}
