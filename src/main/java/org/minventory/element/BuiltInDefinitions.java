package org.minventory.element;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the shipped data files. The files of element types are found by looking, in the folder or in the jar, so that
 * adding a type is adding one file and nothing else.
 */
final class BuiltInDefinitions {
    private static final String FOLDER = "org/minventory/element/";

    private final JsonMapper json = new JsonMapper();

    List<Attribute> attributes() {
        List<Attribute> attributes = new ArrayList<>();
        Resource file = new ClassPathResource(FOLDER + "attributes.yaml");
        read(file).forEach(attribute -> attributes.add(attribute(file, attribute)));
        return attributes;
    }

    List<ElementType> types() {
        try {
            Resource[] files = new PathMatchingResourcePatternResolver(BuiltInDefinitions.class.getClassLoader())
                    .getResources("classpath:" + FOLDER + "types/*.yaml");
            return Arrays.stream(files)
                    .map(this::type)
                    .sorted(Comparator.comparing(ElementType::name))
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Attribute attribute(Resource file, JsonNode told) {
        try {
            return DefinitionReader.attribute(told);
        } catch (UnfitValue unfit) {
            throw new IllegalStateException(file.getFilename() + ", " + told.get("name") + ": " + unfit.getMessage());
        }
    }

    private ElementType type(Resource file) {
        try {
            return DefinitionReader.elementType(read(file));
        } catch (UnfitValue unfit) {
            throw new IllegalStateException(file.getFilename() + ": " + unfit.getMessage());
        }
    }

    private JsonNode read(Resource file) {
        try (InputStream stream = file.getInputStream()) {
            Object document = new Yaml(new SafeConstructor(new LoaderOptions())).load(stream);
            return json.valueToTree(document);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
