package org.minventory.knowledge;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Word;
import org.minventory.element.Status;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A picture as {@code knowledge.doc} keeps it: compact, canonical (the same knowledge is the same bytes), each utterance
 * once. Instants are microseconds since 1970.
 */
final class PictureJson {
    private PictureJson() {}

    static byte[] write(Picture picture) {
        ObjectNode doc = Json.object();
        writeLife(doc, picture);
        writeSurroundings(doc, picture.surroundings());
        ObjectNode witnesses = doc.putObject("witnesses");
        picture.witnesses()
                .values()
                .forEach(
                        w -> witnesses.putArray(w.id().toString()).add(w.name()).add(w.role()));
        ArrayNode words = doc.putArray("words");
        picture.words().forEach(one -> words.add(words(one)));
        return Json.canonical(doc);
    }

    private static void writeLife(ObjectNode doc, Picture picture) {
        Life life = picture.life();
        doc.putArray("seqs").add(life.firstSeq()).add(picture.lastSeq());
        if (life.born() != null) doc.set("born", step(life.born()));
        if (life.restored() != null) doc.set("restored", step(life.restored()));
        steps(doc.putArray("first"), life.firstSteps());
        steps(doc.putArray("last"), life.lastSteps());
        if (life.receptions().isEmpty()) return;
        ArrayNode receptions = doc.putArray("receptions");
        life.receptions().forEach(one -> receptions.add(reception(one)));
    }

    private static void writeSurroundings(ObjectNode doc, @Nullable Surroundings surroundings) {
        if (surroundings == null) return;
        ArrayNode within = doc.putArray("within").add(surroundings.infrastructure());
        if (surroundings.maintenance() != null) within.add(Upkeep.json(surroundings.maintenance()));
    }

    private static ArrayNode reception(Reception one) {
        return Json.MAPPER
                .createArrayNode()
                .add(one.what().word())
                .add(one.seq())
                .add(one.testimony().toString())
                .add(micros(one.at()))
                .add(one.witness().toString())
                .addAll(one.reserved().stream().map(Reception.Reserved::json).toList());
    }

    private static void steps(ArrayNode into, Map<Status, Step> steps) {
        steps.values().forEach(step -> into.add(step(step)));
    }

    private static ArrayNode step(Step step) {
        return Json.MAPPER
                .createArrayNode()
                .add(step.status().word())
                .add(step.seq())
                .add(step.testimony().toString())
                .add(micros(step.at()))
                .add(step.witness().toString());
    }

    private static ObjectNode words(LastWords words) {
        ObjectNode doc = Json.object();
        doc.put("stance", words.key().stance().word());
        doc.put("witness", words.key().witness().toString());
        doc.put("source", words.key().source());
        Map<Long, Utterance> utterances = new TreeMap<>();
        if (words.latest() != null) utterances.put(words.latest().seq(), words.latest());
        words.sayings().values().forEach(saying -> utterances.put(saying.by().seq(), saying.by()));
        words.completeWords().values().forEach(word -> utterances.put(word.seq(), word));
        if (words.proof() != null) utterances.put(words.proof().seq(), words.proof());
        if (words.latest() != null) doc.put("latest", words.latest().seq());
        if (words.proof() != null) doc.put("proof", words.proof().seq());
        ObjectNode complete = Json.object();
        words.completeWords().forEach((family, word) -> complete.put(family, word.seq()));
        if (!complete.isEmpty()) doc.set("complete", complete);
        ArrayNode said = doc.putArray("said");
        utterances.values().forEach(utterance -> said.add(said(utterance, words)));
        return doc;
    }

    private static ArrayNode said(Utterance by, LastWords words) {
        ObjectNode values = Json.object();
        ObjectNode told = Json.object();
        words.sayings().forEach((attribute, saying) -> {
            if (saying.by().seq() != by.seq()) return;
            values.set(attribute, saying.value());
            if (saying.told() != null) told.set(attribute, saying.told());
        });
        ArrayNode said = Json.MAPPER
                .createArrayNode()
                .add(by.seq())
                .add(by.id().toString())
                .add(by.kind().word())
                .add(micros(by.witnessedAt()))
                .add(micros(by.recordedAt()))
                .add(micros(by.lastAt()))
                .add(micros(by.heardAt()))
                .add(by.heard());
        said.add(values);
        if (!told.isEmpty()) said.add(told);
        return said;
    }

    static Picture read(UUID customer, UUID id, String name, String type, byte[] bytes) {
        JsonNode doc = Json.ours(bytes);
        Picture picture = new Picture(customer, id, name, type);
        readLife(picture, doc);
        JsonNode within = doc.get("within");
        if (within != null)
            picture.surround(new Surroundings(
                    within.get(0).stringValue(), within.size() > 1 ? Upkeep.spell(within.get(1)) : null));
        doc.get("witnesses").properties().forEach(witness -> {
            UUID actor = UUID.fromString(witness.getKey());
            JsonNode card = witness.getValue();
            picture.witnesses()
                    .put(
                            actor,
                            new Picture.Witness(
                                    actor,
                                    card.get(0).stringValue(),
                                    card.get(1).stringValue()));
        });
        for (JsonNode words : doc.get("words")) readWords(picture, words);
        return picture;
    }

    private static void readLife(Picture picture, JsonNode doc) {
        Life life = picture.life();
        JsonNode seqs = doc.get("seqs");
        picture.lastSeq(seqs.get(1).longValue());
        life.begin(seqs.get(0).longValue(), stepOrNull(doc.get("born")), stepOrNull(doc.get("restored")));
        for (JsonNode step : doc.get("first")) put(life.firstSteps(), step(step));
        for (JsonNode step : doc.get("last")) put(life.lastSteps(), step(step));
        for (JsonNode one : doc.path("receptions")) life.receptions().add(reception(one));
    }

    private static Reception reception(JsonNode one) {
        return new Reception(
                Word.read(Reception.What.class, one.get(0).stringValue()),
                one.get(1).longValue(),
                UUID.fromString(one.get(2).stringValue()),
                instant(one.get(3)),
                UUID.fromString(one.get(4).stringValue()),
                reserved(one));
    }

    private static List<Reception.Reserved> reserved(JsonNode one) {
        List<Reception.Reserved> reserved = new ArrayList<>();
        for (int i = 5; i < one.size(); i++) reserved.add(Reception.Reserved.of(one.get(i)));
        return reserved;
    }

    private static @Nullable Step stepOrNull(@Nullable JsonNode step) {
        return step == null ? null : step(step);
    }

    private static void put(Map<Status, Step> steps, Step step) {
        steps.put(step.status(), step);
    }

    private static Step step(JsonNode step) {
        return new Step(
                Status.of(step.get(0).stringValue()),
                step.get(1).longValue(),
                UUID.fromString(step.get(2).stringValue()),
                instant(step.get(3)),
                UUID.fromString(step.get(4).stringValue()));
    }

    private static void readWords(Picture picture, JsonNode doc) {
        LastWords words = picture.open(new LastWords.Key(
                Stance.of(doc.get("stance").stringValue()),
                UUID.fromString(doc.get("witness").stringValue()),
                doc.get("source").stringValue()));
        Map<Long, Utterance> utterances = new HashMap<>();
        for (JsonNode said : doc.get("said")) {
            Utterance by = utterance(said);
            utterances.put(by.seq(), by);
            JsonNode told = said.get(9);
            said.get(8).properties().forEach(value -> words.sayings()
                    .put(
                            value.getKey(),
                            new Saying(value.getValue(), told == null ? null : told.get(value.getKey()), by)));
        }
        JsonNode latest = doc.get("latest");
        if (latest != null) words.latest(Objects.requireNonNull(utterances.get(latest.longValue())));
        JsonNode proof = doc.get("proof");
        if (proof != null) words.proof(Objects.requireNonNull(utterances.get(proof.longValue())));
        JsonNode complete = doc.get("complete");
        if (complete == null) return;
        complete.properties().forEach(word -> words.completeWords()
                .put(
                        word.getKey(),
                        Objects.requireNonNull(utterances.get(word.getValue().longValue()))));
    }

    private static Utterance utterance(JsonNode said) {
        String kind = said.get(2).stringValue();
        return new Utterance(
                said.get(0).longValue(),
                UUID.fromString(said.get(1).stringValue()),
                Objects.requireNonNull(Kind.of(kind), kind),
                instant(said.get(3)),
                instant(said.get(4)),
                instant(said.get(5)),
                instant(said.get(6)),
                said.get(7).intValue());
    }

    private static long micros(Instant instant) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, instant);
    }

    private static Instant instant(JsonNode micros) {
        return Instant.EPOCH.plus(micros.longValue(), ChronoUnit.MICROS);
    }
}
