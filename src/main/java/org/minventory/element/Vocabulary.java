package org.minventory.element;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What can be said of elements: the attributes and the element types, those that are shipped and those that a customer
 * adds. One vocabulary per customer, in which an attribute's name means the same on every element type. Immutable;
 * customers who define nothing share one.
 */
public final class Vocabulary {
    private static final int LONGEST_ATTRIBUTE_NAME = 255;

    private final Map<String, Attribute> attributes;
    /** Patterns by what follows their star: {@code .version}. */
    private final Map<String, Attribute> patterns;

    private final Map<String, ElementType> types;

    private Vocabulary(Map<String, Attribute> attributes, Map<String, ElementType> types) {
        this.attributes = Collections.unmodifiableMap(attributes);
        this.types = Collections.unmodifiableMap(types);
        Map<String, Attribute> suffixes = new LinkedHashMap<>();
        for (Attribute attribute : attributes.values()) {
            if (attribute.isPattern()) {
                suffixes.put(attribute.name().substring(1), attribute);
            }
        }
        this.patterns = Collections.unmodifiableMap(suffixes);
    }

    /** The shipped vocabulary: {@code attributes.yaml} and {@code types/*.yaml} beside this class. */
    public static Vocabulary builtIn() {
        return BuiltIn.VOCABULARY;
    }

    private static final class BuiltIn {
        static final Vocabulary VOCABULARY = load();

        private static Vocabulary load() {
            BuiltInDefinitions files = new BuiltInDefinitions();
            return new Vocabulary(byName(files.attributes()), typesByName(files.types()));
        }

        private static Map<String, Attribute> byName(List<Attribute> attributes) {
            Map<String, Attribute> byName = new LinkedHashMap<>();
            for (Attribute attribute : attributes) {
                if (byName.put(attribute.name(), attribute) != null) {
                    throw new IllegalStateException("attributes.yaml defines " + attribute.name() + " twice");
                }
            }
            return byName;
        }

        private static Map<String, ElementType> typesByName(List<ElementType> types) {
            Map<String, ElementType> byName = new LinkedHashMap<>();
            types.forEach(type -> byName.put(type.name(), type));
            return byName;
        }
    }

    /**
     * This vocabulary with a customer's own definitions. A definition of a name that is known already replaces it: a
     * customer may call an attribute otherwise, compare it by another rule, or await testimonies in another rhythm. What
     * an attribute's values <em>are</em> stays: facts told before must keep their meaning.
     *
     * @throws UnfitValue if an attribute's type differs from the one known here
     */
    public Vocabulary with(Collection<Attribute> moreAttributes, Collection<ElementType> moreTypes) {
        if (moreAttributes.isEmpty() && moreTypes.isEmpty()) {
            return this;
        }
        Map<String, Attribute> allAttributes = new LinkedHashMap<>(attributes);
        for (Attribute attribute : moreAttributes) {
            checkSameType(attribute);
            allAttributes.put(attribute.name(), attribute);
        }
        Map<String, ElementType> allTypes = new LinkedHashMap<>(types);
        moreTypes.forEach(type -> allTypes.put(type.name(), type));
        return new Vocabulary(allAttributes, allTypes);
    }

    private void checkSameType(Attribute defined) {
        @Nullable
        Attribute known = attribute(defined.isPattern() ? "x" + defined.name().substring(1) : defined.name());
        if (known != null && !known.type().equals(defined.type())) {
            throw UnfitValue.because("definition.type-differs", defined.name()).under("type");
        }
    }

    /**
     * An attribute as a customer defines it.
     *
     * @throws UnfitValue with a pointer to what is wrong
     */
    public static Attribute parseAttribute(JsonNode told) {
        return DefinitionReader.attribute(told);
    }

    /**
     * An element type as a customer defines it. Its list of attributes holds names, or whole definitions of attributes,
     * of which this keeps the names; {@link #parseInlineAttributes} reads the definitions.
     *
     * @throws UnfitValue with a pointer to what is wrong
     */
    public static ElementType parseType(JsonNode told) {
        return DefinitionReader.elementType(told);
    }

    /** The attributes that the definition of an element type defines in passing. */
    public static List<Attribute> parseInlineAttributes(JsonNode told) {
        return DefinitionReader.inlineAttributes(told);
    }

    /** The definition in the shape in which {@link #parseAttribute} reads it. */
    public static JsonNode write(Attribute attribute) {
        return DefinitionWriter.write(attribute);
    }

    /** The definition in the shape in which {@link #parseType} reads it. */
    public static JsonNode write(ElementType type) {
        return DefinitionWriter.write(type);
    }

    /**
     * The attribute of that name, or the one that the longest fitting pattern makes of it; null when nobody declared it.
     */
    public @Nullable Attribute attribute(String name) {
        @Nullable Attribute exact = attributes.get(name);
        if (exact != null) {
            return exact;
        }
        for (int dot = name.indexOf('.', 1); dot > 0; dot = name.indexOf('.', dot + 1)) {
            @Nullable Attribute pattern = patterns.get(name.substring(dot));
            if (pattern != null) {
                return pattern.named(name);
            }
        }
        return null;
    }

    public @Nullable ElementType type(String name) {
        return types.get(name);
    }

    /** All element types, the shipped ones first. */
    public Collection<ElementType> types() {
        return types.values();
    }

    /** All attributes and patterns, the shipped ones first, in the order in which people look for them. */
    public Collection<Attribute> attributes() {
        return attributes.values();
    }

    /**
     * A told value in the form under which it is kept. A value of an attribute that nobody declared is kept as told, if
     * it is not too deep or too large.
     *
     * @throws UnfitValue if the value cannot be one of that attribute
     */
    public Reading normalise(String attributeName, JsonNode told) {
        @Nullable Attribute attribute = attribute(attributeName);
        if (attribute != null) {
            return new Reading(Normaliser.FIRST_READING.read(attribute.type(), told), true);
        }
        checkName(attributeName);
        return new Reading(Undeclared.check(told), false);
    }

    private static void checkName(String name) {
        if (name.isBlank() || name.length() > LONGEST_ATTRIBUTE_NAME) {
            throw UnfitValue.because("attribute-name", name);
        }
        Undeclared.checkText(name);
    }

    /**
     * What a value means when the decimal prefixes of its disk sizes are read as binary ones: a disk told "256 GB" may be
     * one of 256 GB or of 256 GiB, depending on the tool. Null when there is only one reading.
     */
    public @Nullable JsonNode secondReading(String attributeName, JsonNode told) {
        @Nullable Attribute attribute = attribute(attributeName);
        return attribute == null ? null : secondReading(attribute, told);
    }

    /** The same for an attribute at hand. */
    public static @Nullable JsonNode secondReading(Attribute attribute, JsonNode told) {
        try {
            JsonNode second = Normaliser.SECOND_READING.read(attribute.type(), told);
            return second.equals(Normaliser.FIRST_READING.read(attribute.type(), told)) ? null : second;
        } catch (UnfitValue unfit) {
            return null;
        }
    }

    /** A normalised value as a person of that language reads it. */
    public String display(String attributeName, JsonNode value, Locale locale) {
        return Display.of(attribute(attributeName), value, locale);
    }

    /**
     * The identifiers that a normalised value carries: addresses without their prefix, MACs, serial numbers, names.
     * Leaves out what identifies nobody, such as loopback addresses and the placeholders of manufacturers.
     */
    public List<Identifier> identifiers(String attributeName, JsonNode normalisedValue) {
        return IdentifierReader.read(attribute(attributeName), normalisedValue);
    }
}
