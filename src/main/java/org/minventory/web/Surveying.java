package org.minventory.web;

import java.time.Instant;
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
import org.minventory.intake.Intake;
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

/** Takes the surveys that a tool's document tells as they are read; see {@link Receiving}. */
public final class Surveying {
    /** None of the tools was there before; a machine that says so has lost its clock. */
    private static final Instant EARLIEST = Instant.parse("2012-01-01T00:00:00Z");

    private final Receiving receiving;
    private final Locale language;
    private final String source;

    /**
     * @param source the tool by which the witness knows
     * @throws Refusal {@link Problem#NOT_ALLOWED} for a caller who may testify to no survey at all
     */
    public Surveying(Intake intake, Asked asked, @Nullable String customer, boolean dryRun, String source) {
        Caller caller = asked.caller();
        boolean may = Stream.of(Kind.SURVEY, Kind.DELIVERY_SURVEY)
                .anyMatch(kind -> kind.isSaidBy(caller.role()) && caller.mayTestify(kind.word()));
        if (!may) throw Refusal.of(Problem.NOT_ALLOWED);
        this.receiving = Receiving.document(intake, asked, customer, dryRun);
        this.language = asked.language();
        this.source = source;
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
                receiving.hear(
                        told(surveyed, witnessedAt),
                        size,
                        receipt -> remark(receipt, surveyed.scrubbed(), surveyed.unread()));
            case Unsurveyed unsurveyed -> {
                Refusal refusal = Refusal.at(
                        Problem.UNREADABLE_DOCUMENT,
                        unsurveyed.why().pointer(),
                        Sentence.of(
                                Problem.UNREADABLE_DOCUMENT, unsurveyed.why().sentence()));
                refuse(refusal);
            }
        }
    }

    /** Says in its place why a machine, or the rest of the document, was not heard. */
    public void refuse(Refusal refusal) {
        receiving.refuse(refusal, receipt -> remark(receipt, List.of(), List.of()));
    }

    /** Whether anything was acknowledged: from then on a refusal of the whole would be untrue. */
    public boolean hasTaken() {
        return receiving.hasTaken();
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

    /** What was taken out of the document, and what of it told nothing. */
    private void remark(ObjectNode receipt, List<String> scrubbed, List<Unreadable> unread) {
        scrubbed.forEach(receipt.putArray("scrubbed")::add);
        ArrayNode parts = receipt.putArray("unread");
        for (Unreadable part : unread)
            parts.addObject()
                    .put("pointer", part.pointer())
                    .put("detail", part.sentence().in(language));
    }

    /** Takes the rest, and answers with one receipt a machine, in the order of the document. */
    public Answer end() {
        return Answer.of(Answer.JSON, receiving.end());
    }
}
