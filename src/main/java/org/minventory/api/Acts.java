package org.minventory.api;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Refusal;
import org.minventory.intake.Intake;
import org.minventory.intake.Receipt;
import org.minventory.party.Right;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Answer;
import org.minventory.web.Asked;
import org.minventory.web.Members;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Acts that have a route of their own: they are told, read and refused like any other testimony. */
final class Acts {
    private final Intake intake;
    private final InstantSource clock;

    Acts(Intake intake, InstantSource clock) {
        this.intake = intake;
        this.clock = clock;
    }

    /**
     * What is to be told.
     *
     * @param customer as named: null where the caller speaks for one only
     * @param subject {@code project} or {@code order}
     * @param of its name
     * @param files what is attached to it, as it is kept; or null
     */
    record Act(
            Kind kind,
            @Nullable String customer,
            String subject,
            String of,
            SequencedMap<String, JsonNode> facts,
            @Nullable String text,
            @Nullable JsonNode files) {
        Act(
                Kind kind,
                @Nullable String customer,
                String subject,
                String of,
                SequencedMap<String, JsonNode> facts,
                @Nullable String text) {
            this(kind, customer, subject, of, facts, text, null);
        }

        private Told told(Instant now) {
            Told told = ToldReader.read(json(), now);
            return files == null ? told : told.beside(files);
        }

        private JsonNode json() {
            ObjectNode json = Json.object().put("kind", kind.word()).put(subject, of);
            if (customer != null) json.put("customer", customer);
            if (text != null) json.put("note", text);
            ObjectNode told = json.putObject("facts");
            facts.forEach(told::set);
            return json;
        }
    }

    /**
     * Tells it.
     *
     * @param place the place in the body of the route, for a place in the testimony
     */
    Receipt tell(Asked asked, boolean dryRun, Act act, UnaryOperator<String> place) {
        try {
            Told told = act.told(clock.instant());
            Receipt receipt = intake.take(
                            asked.caller(), List.of(told), new Intake.Manner(dryRun, null, asked.idempotencyKey()))
                    .getFirst();
            if (receipt.refusal() != null) throw receipt.refusal();
            return receipt;
        } catch (Refusal refusal) {
            throw refusal.moved(place);
        }
    }

    /** What an act is about, as it stands by now, and where that is. */
    record Became(ObjectNode document, String location) {}

    /**
     * Tells it, and answers with the receipt; beside it, for who may follow that, what became of what it is about.
     *
     * @param place see {@link #tell}
     * @param look what a testimony became; nothing where the reader does not reach it
     */
    Answer answer(
            Asked asked, boolean dryRun, Act act, UnaryOperator<String> place, Function<UUID, Optional<Became>> look) {
        Receipt receipt = tell(asked, dryRun, act, place);
        ObjectNode document = TestimonyApi.receipts(asked).write(receipt);
        UUID testimony = receipt.id();
        Answer answer = Answer.json(receipt.status(), document);
        if (testimony == null || dryRun || !asked.caller().may(Right.FOLLOW)) return answer;
        return look.apply(testimony)
                .map(became -> {
                    document.set(act.subject(), became.document());
                    return Answer.json(receipt.status(), document).header("Location", became.location());
                })
                .orElse(answer);
    }

    /** These members of a body, as facts. */
    static SequencedMap<String, JsonNode> facts(Members members, String... names) {
        SequencedMap<String, JsonNode> facts = new LinkedHashMap<>();
        for (String name : names) {
            JsonNode told = members.anyOrNull(name);
            if (told != null) facts.put(name, told);
        }
        return facts;
    }
}
