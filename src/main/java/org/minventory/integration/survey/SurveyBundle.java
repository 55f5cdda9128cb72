package org.minventory.integration.survey;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.survey.Surveyed;
import org.minventory.survey.Unreadable;
import org.minventory.survey.UnreadableDocument;
import org.minventory.testimony.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the bundle that {@code survey.sh} prints: {@code {"survey.sh": 1, "witnessedAt": …, "parts": {…}}}, each part the
 * outcome of one tool ({@link BundlePart}).
 *
 * <p>Every part may be missing, failed, cut off or nonsense: it then tells nothing, is named with its reason among what
 * was not read, and loses none of the others.
 */
public final class SurveyBundle {

    private static final String TOOL = "survey.sh";
    private static final String EXPECTED = "{\"survey.sh\": 1, \"witnessedAt\": …, \"parts\": {…}}";

    private SurveyBundle() {}

    /**
     * What the bundle says of its machine.
     *
     * @param name the name under which the inventory knows the machine; null to take what the machine calls itself
     * @throws UnreadableDocument where this is no bundle, or one that tells nothing
     */
    public static Surveyed read(JsonNode document, @Nullable String name) {
        if (!document.isObject() || !document.has(TOOL)) {
            throw new UnreadableDocument("", Unreadable.Reason.NOT_FROM_THIS_TOOL, TOOL, EXPECTED);
        }
        if (!document.path("parts").isObject()) {
            throw new UnreadableDocument("/parts", Unreadable.Reason.NOT_FROM_THIS_TOOL, TOOL, EXPECTED);
        }
        Secrets.Scrubbed kept = withoutSecrets((ObjectNode) document);
        BundleMachine machine = new BundleMachine(kept.document().path("parts"));
        SortedMap<String, JsonNode> facts = machine.facts();
        if (facts.isEmpty()) {
            throw new UnreadableDocument("/parts", Unreadable.Reason.NOTHING_TOLD, TOOL);
        }
        boolean isNamed = name != null && !name.isBlank();
        return new Surveyed(
                isNamed ? name : machine.name().orElse(null),
                facts,
                kept.document(),
                kept.pointers(),
                machine.unread());
    }

    /** A secret among the lines that a tool printed takes its line along, and not all that the tool said. */
    private static Secrets.Scrubbed withoutSecrets(ObjectNode document) {
        List<Secrets.Found> found = new ArrayList<>();
        ObjectNode parts = Json.object();
        for (Map.Entry<String, JsonNode> part : document.path("parts").properties()) {
            String pointer = "/parts/" + Json.escape(part.getKey());
            parts.set(part.getKey(), withoutSecretLines(part.getValue(), pointer, found));
        }
        ObjectNode copy = Json.object().setAll(document);
        copy.set("parts", parts);
        Secrets.Scrubbed scrubbed = Secrets.scrub(copy);
        found.addAll(scrubbed.found());
        return new Secrets.Scrubbed(scrubbed.document(), found);
    }

    private static JsonNode withoutSecretLines(JsonNode part, String pointer, List<Secrets.Found> found) {
        if (!(part instanceof ObjectNode whole)) {
            return part;
        }
        ObjectNode copy = Json.object().setAll(whole);
        for (String member : List.of("output", "error")) {
            JsonNode text = whole.path(member);
            Optional<Secrets.Reason> reason = text.isString() ? Secrets.inText(text.stringValue()) : Optional.empty();
            if (reason.isPresent() && reason.get() != Secrets.Reason.PRIVATE_KEY) {
                copy.put(member, withoutSecretLines(text.stringValue()));
                found.add(new Secrets.Found(pointer + "/" + member, reason.get()));
            }
        }
        return copy;
    }

    /** A private key goes over many lines, of which only the first is known as such: it is left for the whole to be taken. */
    private static String withoutSecretLines(String text) {
        StringBuilder kept = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            Optional<Secrets.Reason> reason = Secrets.inText(line).filter(one -> one != Secrets.Reason.PRIVATE_KEY);
            kept.append(reason.map(one -> one.mark().toString()).orElse(line)).append('\n');
        }
        return kept.substring(0, kept.length() - 1);
    }
}
