package org.minventory.export;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.conformity.Review;
import org.minventory.conformity.Verdict;
import org.minventory.element.Attribute;
import org.minventory.element.Display;
import org.minventory.element.Rhythm;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Freshness;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Step;
import org.minventory.knowledge.Utterance;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** An element as the API shows it: what is known side by side, each value with its witness and its age. */
public final class ElementJson {
    private final Vocabulary vocabulary;
    private final Locale language;
    private final Instant now;

    public ElementJson(Vocabulary vocabulary, Locale language, Instant now) {
        this.vocabulary = vocabulary;
        this.language = language;
        this.now = now;
    }

    /** An element at a moment, for a reader. */
    public static ObjectNode of(Then.Seen seen, Reach reach, Locale language) {
        UUID customer = seen.row().customer();
        return new ElementJson(reach.vocabulary(customer), language, seen.judgedAt())
                .write(seen.row(), reach.slug(customer));
    }

    /** Everything: the row of lists and the knowledge. */
    public ObjectNode write(Inventory.Row row, String customerSlug) {
        ObjectNode json = Json.object();
        json.put("id", row.element().toString());
        json.put("customer", customerSlug);
        json.put("name", row.name());
        json.put("type", row.type());
        json.put("status", row.status());
        json.put("infrastructure", row.infrastructure());
        json.put("project", row.project());
        json.put("provider", row.provider());
        json.put("site", row.site());
        row.tags().forEach(json.putArray("tags")::add);
        json.put("divergences", row.divergences());
        json.put("seq", row.seq());
        writePicture(json, row.picture());
        return json;
    }

    /** The part that is known: steps of life, freshness by stance, knowledge. For the past it is all there is. */
    public void writePicture(ObjectNode json, Picture picture) {
        ArrayNode steps = json.putArray("steps");
        for (Step step : picture.steps()) steps.add(step(step, picture));
        json.set("freshness", freshness(picture));
        json.set("knowledge", knowledge(picture));
    }

    private ObjectNode step(Step step, Picture picture) {
        ObjectNode json = Json.object();
        json.put("status", step.status().word());
        json.put("at", step.at().toString());
        json.put("testimony", step.testimony().toString());
        json.set("witness", witness(picture.witness(step.witness())));
        return json;
    }

    /** Per stance: when anybody was last heard, and whether that is in time; {@code never} where a word is expected. */
    private ObjectNode freshness(Picture picture) {
        ObjectNode json = Json.object();
        for (Stance stance : Stance.values()) {
            Utterance heard = picture.lastHeard(stance);
            Rhythm expected = expected(picture, stance);
            if (heard == null && expected == null) continue;
            ObjectNode one = json.putObject(stance.word());
            Freshness freshness = heard == null
                    ? Freshness.NEVER
                    : Freshness.of(picture.rhythm(heard, vocabulary), heard.lastAt(), now);
            one.put("freshness", freshness.word());
            if (heard != null) one.put("lastHeardAt", heard.lastAt().toString());
            if (heard != null)
                one.put(
                        "ageSeconds",
                        Math.max(0, Duration.between(heard.lastAt(), now).toSeconds()));
        }
        return json;
    }

    /** The rhythm at which somebody is expected to speak on a stance; monitoring only of what is in service. */
    private @Nullable Rhythm expected(Picture picture, Stance stance) {
        if (picture.status() != org.minventory.element.Status.IN_SERVICE) return null;
        for (Kind kind : Kind.values())
            if (kind.stance() == stance && kind != Kind.PROOF) {
                Rhythm rhythm = picture.rhythm(kind, vocabulary);
                if (rhythm != null) return rhythm;
            }
        return null;
    }

    /** How many comparisons diverge at an instant: what {@code divergences} of a list was, or would have been, then. */
    static int divergences(Picture picture, Vocabulary vocabulary, Instant at) {
        int diverging = 0;
        for (Review.Judgement judgement : Review.judge(picture, vocabulary, at).values()) {
            for (Review.Compared compared : judgement.pairs())
                if (compared.outcome().verdict() == Verdict.DIVERGES) diverging++;
            diverging += (int) judgement.witnesses().stream()
                    .map(Review.Compared::stance)
                    .distinct()
                    .count();
        }
        return diverging;
    }

    /** Attribute → stance → what counts there; and the verdict. */
    public ObjectNode knowledge(Picture picture) {
        ObjectNode knowledge = Json.object();
        Map<String, Review.Judgement> judgements = Review.judge(picture, vocabulary, now);
        for (String attribute : picture.attributes()) {
            ObjectNode json = knowledge.putObject(attribute);
            Attribute declared = vocabulary.attribute(attribute);
            json.put("label", declared == null ? attribute : declared.labels().in(language));
            json.put("declared", declared != null);
            for (Stance stance : Stance.values()) {
                Picture.Best best = picture.best(attribute, stance, vocabulary, now);
                if (best != null) json.set(stance.word(), best(declared, best));
            }
            Review.Judgement judgement = judgements.get(attribute);
            writeVerdict(json, judgement);
        }
        return knowledge;
    }

    private static void writeVerdictWord(ObjectNode json, @Nullable Verdict verdict) {
        json.put("verdict", verdict == null ? null : verdict.word());
    }

    private void writeVerdict(ObjectNode json, Review.@Nullable Judgement judgement) {
        writeVerdictWord(json, judgement == null ? null : judgement.verdict());
        if (judgement == null) return;
        ArrayNode pairs = json.putArray("pairs");
        for (Review.Compared compared : judgement.pairs()) pairs.add(compared(compared));
        if (judgement.witnesses().isEmpty()) return;
        ArrayNode contradictions = json.putArray("contradictions");
        for (Review.Compared compared : judgement.witnesses()) contradictions.add(compared(compared));
    }

    private ObjectNode compared(Review.Compared compared) {
        ObjectNode json = Json.object();
        json.put("pair", compared.pair().word());
        json.put("verdict", compared.outcome().verdict().word());
        json.put("sentence", compared.outcome().sentence().in(language));
        return json;
    }

    private ObjectNode best(@Nullable Attribute declared, Picture.Best best) {
        ObjectNode json = spoken(declared, best.counting());
        List<Picture.Spoken> others = best.others();
        if (!others.isEmpty()) {
            ArrayNode all = json.putArray("others");
            others.forEach(other -> all.add(spoken(declared, other)));
        }
        return json;
    }

    private ObjectNode spoken(@Nullable Attribute declared, Picture.Spoken spoken) {
        ObjectNode json = Json.object();
        JsonNode value = spoken.saying().value();
        json.set("value", value);
        json.put("display", Display.of(declared, value, language));
        json.set("witness", witness(spoken.witness()));
        json.put("source", spoken.source());
        json.put("kind", spoken.heard().kind().word());
        json.put("witnessedAt", spoken.heard().witnessedAt().toString());
        json.put("confirmedAt", spoken.heard().lastAt().toString());
        json.put("confirmations", spoken.heard().heard());
        json.put(
                "ageSeconds",
                Math.max(0, Duration.between(spoken.heard().lastAt(), now).toSeconds()));
        json.put("testimony", spoken.heard().id().toString());
        json.put("freshness", spoken.freshness().word());
        return json;
    }

    /** Who said it. */
    public static ObjectNode witness(Picture.Witness witness) {
        return Json.object()
                .put("id", witness.id().toString())
                .put("name", witness.name())
                .put("role", witness.role());
    }
}
