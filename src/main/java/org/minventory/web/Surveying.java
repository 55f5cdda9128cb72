package org.minventory.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.element.ElementName;
import org.minventory.element.Reference;
import org.minventory.export.ReceiptDocument;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.party.Caller;
import org.minventory.survey.Survey;
import org.minventory.survey.Surveyed;
import org.minventory.survey.Unreadable;
import org.minventory.survey.Unsurveyed;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Secrets;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the surveys that a tool's document tells as they are read, two hundred machines a transaction and each two
 * hundred under a key of their own: a document has no end to its length, and what was acknowledged stays. A machine that
 * cannot be heard gets a receipt that says why, in its place.
 */
public final class Surveying {
    /** Machines taken in one transaction. */
    public static final int TOGETHER = 200;

    private static final int BYTES_TOGETHER = 32 << 20;

    /** None of the tools was there before; a machine that says so has lost its clock. */
    private static final Instant EARLIEST = Instant.parse("2012-01-01T00:00:00Z");

    private final Intake intake;
    private final Asked asked;
    private final Intake.Manner manner;
    private final String source;
    private final ReceiptDocument receipts;

    private final Spool answer = new Spool();
    private final List<Heard> waiting = new ArrayList<>();
    private long waitingBytes;
    private long taken;
    private boolean begun;

    /** One machine: what is told of it, or why nothing is; what was taken out of its document, and what told nothing. */
    private record Heard(
            @Nullable Told told, @Nullable Refusal refusal, List<String> scrubbed, List<Unreadable> unread) {

        static Heard refused(Refusal refusal) {
            return new Heard(null, refusal, List.of(), List.of());
        }
    }

    /**
     * @param source the tool by which the witness knows
     * @throws Refusal {@link Problem#NOT_ALLOWED} for a caller who may testify to no survey at all
     */
    public Surveying(Intake intake, Asked asked, @Nullable String customer, boolean dryRun, String source) {
        Caller caller = asked.caller();
        boolean may = Stream.of(Kind.SURVEY, Kind.DELIVERY_SURVEY)
                .anyMatch(kind -> kind.isSaidBy(caller.role()) && caller.mayTestify(kind.word()));
        if (!may) throw Refusal.of(Problem.NOT_ALLOWED);
        this.intake = intake;
        this.asked = asked;
        this.manner = new Intake.Manner(dryRun, customer, asked.idempotencyKey());
        this.source = source;
        this.receipts = new ReceiptDocument(asked.language(), refusal -> Problems.document(refusal, asked.language()));
    }

    /**
     * When it was seen, for documents that bear no time; null where it is left out, which means now.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}
     */
    public static @Nullable Instant instant(@Nullable String witnessedAt) {
        if (witnessedAt == null) return null;
        Instant instant = ToldReader.parse(witnessedAt);
        if (instant == null)
            throw Refusal.at(
                    Problem.UNFIT_PARAMETER, "witnessedAt", "witnessedAt", Say.of("expected", "2026-11-22T10:00:00Z"));
        return instant;
    }

    /** When a machine says that it was seen, by its own clock, where that can be believed; null for now. */
    public static @Nullable Instant believed(String witnessedAt, Instant now) {
        Instant at = ToldReader.parse(witnessedAt);
        return at == null ? null : believed(at, now);
    }

    /** The same of an instant that was read already. */
    public static @Nullable Instant believed(Instant at, Instant now) {
        return at.isAfter(EARLIEST) && at.isBefore(now.plusSeconds(Entry.FUTURE_SECONDS)) ? at : null;
    }

    /**
     * The element that a query parameter names, or null where it is left out.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}, {@link Problem#LOOKS_LIKE_A_SECRET} for a name, which would be kept
     */
    public static @Nullable String named(@Nullable String element, @Nullable String name) {
        if (element != null && Ids.parse(element) == null && !ElementName.fits(element))
            throw Refusal.at(Problem.UNFIT_PARAMETER, "element", "element", Say.of("unfit-element"));
        if (name != null)
            Secrets.inText(name).ifPresent(reason -> {
                throw Refusal.at(Problem.LOOKS_LIKE_A_SECRET, "name", reason.words());
            });
        return element != null ? element : name;
    }

    /**
     * Hears of one machine.
     *
     * @param witnessedAt by the machine's own clock; null for now
     * @param size of its part of the document (bytes), which bounds what waits
     */
    public void hear(Survey survey, @Nullable Instant witnessedAt, long size) {
        switch (survey) {
            case Surveyed surveyed ->
                wait(new Heard(told(surveyed, witnessedAt), null, surveyed.scrubbed(), surveyed.unread()), size);
            case Unsurveyed unsurveyed -> {
                Refusal refusal = Refusal.at(
                        Problem.UNREADABLE_DOCUMENT,
                        unsurveyed.why().pointer(),
                        Sentence.of(
                                Problem.UNREADABLE_DOCUMENT, unsurveyed.why().sentence()));
                wait(Heard.refused(refusal), size);
            }
        }
    }

    /** Says in its place why a machine, or the rest of the document, was not heard. */
    public void refuse(Refusal refusal) {
        wait(Heard.refused(refusal), 0);
    }

    /** Whether anything was acknowledged: from then on a refusal of the whole would be untrue. */
    public boolean hasTaken() {
        return taken > 0;
    }

    private Told told(Surveyed surveyed, @Nullable Instant witnessedAt) {
        String name = surveyed.name();
        Reference reference = reference(name);
        JsonNode document = surveyed.document();
        // a name that no element can have is kept with the document, for whoever attaches it
        if (reference == null && name != null) document = Json.object().set(name, document);
        return Told.found(reference, witnessedAt, new LinkedHashMap<>(surveyed.facts()), source, document);
    }

    /** What the tool calls it, as far as an element could be called so; else what it carries tells. */
    private static @Nullable Reference reference(@Nullable String name) {
        if (name == null) return null;
        if (Ids.parse(name) != null) return Reference.ofText(name, "");
        String lower = name.toLowerCase(Locale.ROOT);
        return ElementName.fits(lower) ? new Reference.Named(lower) : null;
    }

    private void wait(Heard heard, long size) {
        waiting.add(heard);
        waitingBytes += size;
        if (waiting.size() == TOGETHER || waitingBytes > BYTES_TOGETHER) take();
    }

    /** The same machines fall into the same parts at every attempt, so a part that was taken is answered again. */
    private void take() {
        List<Told> told = new ArrayList<>();
        for (Heard heard : waiting) if (heard.told() != null) told.add(heard.told());
        Iterator<Receipt> taking = taken(told).iterator();
        for (Heard heard : waiting)
            write(heard.refusal() == null ? taking.next() : Receipt.refused(heard.refusal()), heard);
        taken += told.size();
        waiting.clear();
        waitingBytes = 0;
    }

    private List<Receipt> taken(List<Told> told) {
        if (told.isEmpty()) return List.of();
        try {
            String key = manner.key() == null || taken == 0 ? manner.key() : manner.key() + "#" + taken;
            List<Receipt> receipts =
                    intake.take(asked.caller(), told, new Intake.Manner(manner.dryRun(), manner.customer(), key));
            if (taken == 0) refuseUnknownCustomer(receipts.getFirst().refusal());
            return receipts;
        } catch (Refusal refusal) {
            if (taken == 0) throw refusal;
            return told.stream().map(one -> Receipt.refused(refusal)).toList();
        }
    }

    /** The customer is said once for the whole document. */
    private static void refuseUnknownCustomer(@Nullable Refusal refusal) {
        if (refusal == null || refusal.places().isEmpty()) return;
        if (refusal.places().getFirst().pointer().equals("/customer")) throw refusal;
    }

    private void write(Receipt receipt, Heard heard) {
        ObjectNode json = receipts.write(receipt);
        heard.scrubbed().forEach(json.putArray("scrubbed")::add);
        ArrayNode unread = json.putArray("unread");
        for (Unreadable part : heard.unread())
            unread.addObject()
                    .put("pointer", part.pointer())
                    .put("detail", part.sentence().in(asked.language()));
        try {
            answer.write((begun ? ",\n" : "{\"receipts\":[\n").getBytes(StandardCharsets.UTF_8));
            answer.write(Json.write(json));
            begun = true;
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Takes the rest, and answers with one receipt a machine, in the order of the document. */
    public Answer end() {
        if (!waiting.isEmpty()) take();
        try {
            answer.write((begun ? "\n]}\n" : "{\"receipts\":[]}\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return Answer.of(Answer.JSON, answer);
    }
}
