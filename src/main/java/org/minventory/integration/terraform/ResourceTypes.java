package org.minventory.integration.terraform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;

/** What is read of which resources: {@code resources.yaml}. */
final class ResourceTypes {
    private static final JsonNode TABLE = load();

    private ResourceTypes() {}

    private static JsonNode load() {
        try (InputStream file =
                new ClassPathResource("org/minventory/integration/terraform/resources.yaml").getInputStream()) {
            Map<String, Object> table = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return Json.MAPPER.valueToTree(table);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * What is read of one type.
     *
     * @param reference the beginning of the provider's reference and the place of its number, or null
     */
    record ResourceType(
            String element,
            @Nullable String provider,
            @Nullable String reference,
            List<String> names,
            Map<String, List<String>> facts) {
        /** The beginning of the provider's reference. */
        static String beginning(String reference) {
            return reference.substring(0, reference.indexOf('/'));
        }

        /** The place of its number. */
        static String place(String reference) {
            return reference.substring(reference.indexOf('/'));
        }
    }

    /** The type of that name, or null where it is none that is read. */
    static @Nullable ResourceType of(String name) {
        JsonNode told = TABLE.get(name);
        if (told == null) return null;
        Map<String, List<String>> facts = new LinkedHashMap<>();
        told.path("facts").properties().forEach(fact -> facts.put(fact.getKey(), texts(fact.getValue())));
        return new ResourceType(
                told.path("element").asString(),
                told.path("provider").stringValue(null),
                told.path("reference").stringValue(null),
                texts(told.path("names")),
                facts);
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::stringValue).toList();
    }
}
