package org.minventory.integration.table;

import java.util.HashMap;
import java.util.Map;
import org.minventory.element.ElementType;
import org.minventory.element.Vocabulary;

/** Element types by their names, and by what people call them in English and in French. */
final class Types {
    private final Map<String, String> words = new HashMap<>();

    Types(Vocabulary vocabulary) {
        words.put("vm", "virtual-machine");
        for (ElementType type : vocabulary.types()) {
            words.put(Headings.key(type.name()), type.name());
            words.putIfAbsent(Headings.key(type.singular().english()), type.name());
            words.putIfAbsent(Headings.key(type.singular().french()), type.name());
        }
    }

    /** The name of the type; what is none as it is told, for the refusal that lists them all. */
    String word(String told) {
        return words.getOrDefault(Headings.key(told), told);
    }
}
