package org.minventory.export;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.conformity.Common;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.element.Attribute;
import org.minventory.element.Display;
import org.minventory.element.Vocabulary;
import tools.jackson.databind.node.ObjectNode;

/** A divergence as the API shows it: both sides with their witnesses, its sentence, and what was decided about it. */
public final class DivergenceJson {
    private final Reach reach;
    private final Locale language;
    private final Instant now;

    /** @param now the instant at which acceptances hold or have lapsed, and from which its age is told */
    public DivergenceJson(Reach reach, Locale language, Instant now) {
        this.reach = reach;
        this.language = language;
        this.now = now;
    }

    /** All of it. */
    public ObjectNode write(DivergenceReader.Row row) {
        Divergence divergence = row.divergence();
        Vocabulary vocabulary = reach.vocabulary(divergence.customer());
        Attribute attribute = vocabulary.attribute(divergence.attribute());
        Scope.Grant reader = reach.grant(divergence.customer());
        ObjectNode json = Json.object();
        json.put("id", divergence.id().toString());
        json.put("customer", reach.slug(divergence.customer()));
        json.set("element", TestimonyJson.mention(row.element()));
        json.put("attribute", divergence.attribute());
        json.put(
                "label",
                attribute == null ? divergence.attribute() : attribute.labels().in(language));
        json.put("between", divergence.between());
        json.put("nature", divergence.nature());
        json.put("state", divergence.stateAt(now).word());
        json.put(
                "sentence", Divergences.sentence(divergence, vocabulary, reader).in(language));
        json.set("expected", side(divergence.expected(), attribute));
        json.set("seen", side(divergence.seen(), attribute));
        json.set("common", common(divergence, reader));
        json.put("openedAt", divergence.openedAt().toString());
        json.put("resolvedAt", text(divergence.resolvedAt()));
        json.put("acceptedUntil", text(divergence.acceptedUntil()));
        json.put("reason", divergence.reason());
        json.set("decidedBy", decidedBy(row.decidedBy()));
        json.put("ageSeconds", ageSeconds(divergence));
        return json;
    }

    /** With whom it shares what, by the names within reach. */
    private static @Nullable ObjectNode common(Divergence divergence, Scope.Grant reader) {
        Common common = divergence.common();
        if (common == null) return null;
        ObjectNode json = Json.object();
        json.set("with", Json.MAPPER.valueToTree(Common.reached(common.with(), reader)));
        json.set("carriers", Json.MAPPER.valueToTree(Common.reached(common.carriers(), reader)));
        return json;
    }

    /** How long it has stood, or stood until it was resolved. */
    private long ageSeconds(Divergence divergence) {
        Instant until = divergence.resolvedAt() == null ? now : divergence.resolvedAt();
        return Math.max(0, Duration.between(divergence.openedAt(), until).toSeconds());
    }

    private ObjectNode side(Divergence.Witnessed side, @Nullable Attribute attribute) {
        ObjectNode json = Json.object().put("stance", side.stance());
        json.set("value", side.value());
        json.put("display", Display.of(attribute, side.value(), language));
        json.set(
                "witness",
                side.witness() == null
                        ? null
                        : Json.object().put("id", side.witness().toString()).put("name", side.witnessName()));
        json.put("witnessedAt", text(side.witnessedAt()));
        json.put("testimony", side.testimony() == null ? null : side.testimony().toString());
        return json;
    }

    private static @Nullable ObjectNode decidedBy(DivergenceReader.@Nullable Decider decider) {
        return decider == null
                ? null
                : Json.object().put("id", decider.id().toString()).put("name", decider.name());
    }

    private static @Nullable String text(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** What a decision is decided on, without language or age: equal bytes, the same divergence in the same state. */
    public static byte[] basis(Divergence divergence, Instant now) {
        ObjectNode json = Json.object();
        json.put("id", divergence.id().toString());
        json.put("state", divergence.stateAt(now).word());
        json.set("expected", divergence.expected().value());
        json.set("seen", divergence.seen().value());
        json.put("expectedBy", text(divergence.expected()));
        json.put("seenBy", text(divergence.seen()));
        json.put("decided", divergence.decidedSeq());
        json.put("resolved", divergence.resolvedSeq());
        return Json.canonical(json);
    }

    private static String text(Divergence.Witnessed side) {
        return side.stance() + " " + side.testimony() + " " + side.witnessedAt();
    }
}
