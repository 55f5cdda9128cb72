package org.minventory.integration.ansible;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Deployment;
import org.minventory.knowledge.Facts;
import org.minventory.survey.Mending;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Secrets;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Receiving;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a run says of one element. A declared fact that cannot be heard costs neither the others nor how it ended. */
final class RunReport {
    private static final String SOURCE = "ansible";

    /** What is kept of one element is small; this bounds how many wait. */
    private static final int SIZE = 2_000;

    private final Run run;
    private final String name;
    private final InventoryHost host;
    private final @Nullable UUID customer;
    private final Vocabulary vocabulary;
    private final SequencedMap<String, JsonNode> facts = new TreeMap<>();
    private final List<Refusal> unread = new ArrayList<>();
    private final List<String> scrubbed = new ArrayList<>();

    /**
     * @param name what the run calls it
     * @param customer null where only one can be meant
     */
    RunReport(Run run, String name, InventoryHost host, @Nullable UUID customer, Vocabulary vocabulary) {
        this.run = run;
        this.name = name;
        this.host = host;
        this.customer = customer;
        this.vocabulary = vocabulary;
    }

    /** It took part in the run. */
    void took() {
        facts.put(Deployment.RESULT, Json.text(run.result(name)));
    }

    /** The playbook declares facts of it; how it ended is for the run to say. */
    void declare(String calledSo, JsonNode declared) {
        if (run.isPartial()) facts.putIfAbsent(Deployment.RESULT, Json.text(run.result(name)));
        String place = "/minventory/" + Json.escape(calledSo);
        if (!declared.isObject())
            unread.add(Refusal.at(Problem.WRONG_TYPE, place, "{\"nginx.version\": \"1.26.3\", …}"));
        for (Map.Entry<String, JsonNode> fact : declared.properties()) {
            try {
                declare(place, fact.getKey(), fact.getValue());
            } catch (Refusal unfit) {
                unread.add(unfit);
            }
        }
    }

    private void declare(String place, String attribute, JsonNode value) {
        if (!ToldReader.fitsAsName(attribute)) throw Refusal.at(Problem.UNFIT_FACT_NAME, place, Run.message(attribute));
        if (facts.size() == ToldReader.MAX_FACTS)
            throw Refusal.at(Problem.TOO_MANY_FACTS, place, facts.size() + 1, ToldReader.MAX_FACTS);
        if (Secrets.firstIn(Json.object().set(attribute, value)).isPresent()) {
            scrubbed.add(place + "/" + Json.escape(attribute));
            return;
        }
        try {
            Facts.read(vocabulary, Map.of(attribute, value));
        } catch (Refusal unfit) {
            throw unfit.moved(pointer -> place + pointer.substring("/facts".length()));
        }
        facts.putIfAbsent(attribute, value);
    }

    /** @param at when the run ended; null for now */
    void tell(Receiving receiving, @Nullable Instant at, Locale language) {
        Secrets.Scrubbed kept = Secrets.scrub(Mending.mend(run.document(name)));
        scrubbed.addAll(kept.pointers());
        receiving.hear(told(at, kept.document()), SIZE, receipt -> remark(receipt, language));
    }

    private Told told(@Nullable Instant at, JsonNode document) {
        return Told.reported(
                Kind.DEPLOYMENT_REPORT,
                customer == null ? null : customer.toString(),
                host.element(),
                at,
                facts,
                SOURCE,
                run.id() == null ? Told.Context.NONE : new Told.Context(null, null, run.id()),
                key(),
                document);
    }

    /** A run is told once of an element, by whichever way and however often: told otherwise, it is refused. */
    private @Nullable String key() {
        return run.id() == null ? null : SOURCE + " " + Ids.derived(run.id(), name);
    }

    private void remark(ObjectNode receipt, Locale language) {
        scrubbed.forEach(receipt.putArray("scrubbed")::add);
        ArrayNode parts = receipt.putArray("unread");
        for (Refusal one : unread)
            for (Refusal.Place place : one.places())
                parts.addObject()
                        .put("pointer", place.pointer())
                        .put("detail", place.detail().in(language));
    }
}
