package org.minventory.integration.lshw;

import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.survey.Surveyed;
import org.minventory.survey.Unreadable;
import org.minventory.survey.UnreadableDocument;
import org.minventory.testimony.Secrets;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@code lshw -json} prints of one machine: the system as an object, or, as other builds print it
 * and {@code -class} always does, a list of objects.
 *
 * <p>lshw reads the memory modules that were delivered, not what the kernel left of them, and must run as root
 * to see them; run as another user or in a guest it tells less, and what it does not tell stays unsaid.
 */
public final class LshwSurvey {

    private static final String TOOL = "lshw -json";
    private static final String EXPECTED = "{\"id\": …, \"class\": \"system\", \"children\": […]}";

    private LshwSurvey() {}

    /**
     * What the document says of its machine.
     *
     * @param name the name under which the inventory knows the machine; null to take the host name that lshw saw
     * @throws UnreadableDocument where this is no document of lshw, tells nothing, or is about several machines
     */
    public static Surveyed read(JsonNode document, @Nullable String name) {
        if (!isFromLshw(document)) {
            throw new UnreadableDocument("", Unreadable.Reason.NOT_FROM_THIS_TOOL, TOOL, EXPECTED);
        }
        Secrets.Scrubbed kept = Secrets.scrub(document);
        LshwTree tree = LshwTree.of(kept.document());
        List<LshwNode> systems = tree.systems();
        if (systems.size() > 1) {
            throw new UnreadableDocument(
                    systems.get(1).pointer(),
                    Unreadable.Reason.SEVERAL_MACHINES,
                    TOOL,
                    Integer.toString(systems.size()));
        }
        LshwMachine machine = new LshwMachine(tree);
        SortedMap<String, JsonNode> facts = machine.facts();
        if (facts.isEmpty()) {
            throw new UnreadableDocument("", Unreadable.Reason.NOTHING_TOLD, TOOL);
        }
        boolean isNamed = name != null && !name.isBlank();
        return new Surveyed(isNamed ? name : machine.name().orElse(null), facts, kept.document(), kept.pointers());
    }

    private static boolean isFromLshw(JsonNode document) {
        if (document.isArray()) {
            return document.valueStream().anyMatch(LshwSurvey::isNode);
        }
        return isNode(document);
    }

    private static boolean isNode(JsonNode value) {
        return value.isObject() && (value.has("class") || value.has("id") || value.has("children"));
    }
}
