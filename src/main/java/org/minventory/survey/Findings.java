package org.minventory.survey;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Gathers the facts of one machine; what is absent is left unsaid. */
public final class Findings {

    /** More disks, ports or addresses than this on one machine are a mistake or an attack. */
    public static final int LONGEST_LIST = 1000;

    private final SortedMap<String, JsonNode> facts = new TreeMap<>();

    public Findings tell(String attribute, Optional<String> text) {
        text.ifPresent(told -> facts.put(attribute, JsonNodeFactory.instance.stringNode(told)));
        return this;
    }

    public Findings tell(String attribute, OptionalLong number) {
        number.ifPresent(told -> facts.put(attribute, JsonNodeFactory.instance.numberNode(told)));
        return this;
    }

    /**
     * Tells a list, unless it is empty.
     *
     * @param pointer where the list stands, in case it is too long
     * @throws UnreadableDocument where it is
     */
    public Findings tell(String attribute, List<? extends JsonNode> list, String pointer) {
        if (list.size() > LONGEST_LIST) {
            throw new UnreadableDocument(
                    pointer,
                    Unreadable.Reason.TOO_MANY,
                    attribute,
                    Integer.toString(list.size()),
                    Integer.toString(LONGEST_LIST));
        }
        if (!list.isEmpty()) {
            ArrayNode told = JsonNodeFactory.instance.arrayNode(list.size());
            list.forEach(told::add);
            facts.put(attribute, told);
        }
        return this;
    }

    public SortedMap<String, JsonNode> facts() {
        return facts;
    }
}
