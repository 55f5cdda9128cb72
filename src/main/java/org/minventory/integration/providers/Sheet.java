package org.minventory.integration.providers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.UnfitValue;
import org.minventory.element.Vocabulary;
import org.minventory.survey.Unreadable;
import org.minventory.testimony.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Gathers what a paper tells. What is absent is left unsaid; what does not fit the vocabulary costs only itself. */
final class Sheet {
    private final SortedMap<String, JsonNode> facts = new TreeMap<>();
    private final List<Unreadable> unread = new ArrayList<>();

    SortedMap<String, JsonNode> facts() {
        return facts;
    }

    List<Unreadable> unread() {
        return List.copyOf(unread);
    }

    /** Whether anything was told. */
    boolean isEmpty() {
        return facts.isEmpty();
    }

    Sheet tell(String attribute, Optional<String> text) {
        text.ifPresent(told -> put(attribute, Json.text(told)));
        return this;
    }

    Sheet tell(String attribute, OptionalLong number) {
        number.ifPresent(told -> put(attribute, JsonNodeFactory.instance.numberNode(told)));
        return this;
    }

    Sheet tell(String attribute, @Nullable Money money) {
        if (money != null) put(attribute, money.json());
        return this;
    }

    Sheet tell(String attribute, List<? extends JsonNode> items) {
        if (items.isEmpty()) return this;
        ArrayNode list = JsonNodeFactory.instance.arrayNode(items.size());
        items.forEach(list::add);
        put(attribute, list);
        return this;
    }

    private void put(String attribute, JsonNode told) {
        try {
            Vocabulary.builtIn().normalise(attribute, told);
            if (Secrets.firstIn(told).isEmpty()) facts.put(attribute, told);
        } catch (UnfitValue unfit) {
            unread.add(new Unreadable("/facts/" + attribute, Unreadable.Reason.UNFIT, List.of(attribute)));
        }
    }
}
