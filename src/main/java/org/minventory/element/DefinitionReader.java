package org.minventory.element;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.minventory.element.ValueType.Choice;
import org.minventory.element.ValueType.ListOf;
import org.minventory.element.ValueType.Members;
import org.minventory.element.ValueType.Option;
import org.minventory.element.ValueType.Quantity;
import org.minventory.element.ValueType.Simple;
import tools.jackson.databind.JsonNode;

/**
 * Reads definitions of attributes and element types. The built-in data files and what customers define through the API
 * have the same shape and come through here.
 */
final class DefinitionReader {
    private static final int LONGEST_NAME = 128;
    private static final int LONGEST_LABEL = 200;
    private static final int MOST_ENTRIES = 500;
    private static final int DEEPEST_TYPE = 4;
    private static final Duration LONGEST_RHYTHM = Duration.ofDays(3660);

    private static final Set<String> ATTRIBUTE_MEMBERS = Set.of(
            "name",
            "type",
            "dimension",
            "of",
            "members",
            "summary",
            "options",
            "open",
            "rule",
            "searchable",
            "identifier",
            "family",
            "labels",
            "precedence",
            "inverse");
    private static final Set<String> TYPE_MEMBERS = Set.of("name", "labels", "attributes", "rhythms");
    private static final Set<String> VALUE_TYPE_MEMBERS =
            Set.of("type", "dimension", "of", "members", "summary", "options", "open");

    private DefinitionReader() {}

    static Attribute attribute(JsonNode told) {
        onlyMembers(told, ATTRIBUTE_MEMBERS);
        String word = text(told, "name");
        String name = in("name", () -> attributeName(word));
        boolean isPattern = name.startsWith("*.");
        Labels labels = labels(told, "labels", isPattern ? Labels.both("*, " + name.substring(2)) : Labels.both(name));
        @Nullable JsonNode inverse = told.get("inverse");
        return new Attribute(
                name,
                valueType(told, 0),
                optionalText(told, "rule"),
                flag(told, "searchable"),
                identifier(told),
                family(told),
                labels,
                in("precedence", () -> precedence(told.get("precedence"))),
                inverse == null ? null : labels(told, "inverse", labels));
    }

    static ElementType elementType(JsonNode told) {
        onlyMembers(told, TYPE_MEMBERS);
        String word = text(told, "name");
        String name = in("name", () -> typeName(word));
        return new ElementType(
                name,
                number(told, name, "singular"),
                number(told, name, "plural"),
                in("attributes", () -> attributeNames(told.get("attributes"))),
                in("rhythms", () -> rhythms(told.get("rhythms"))));
    }

    /** The attributes that an element type defines in passing: objects in its list of attributes. */
    static List<Attribute> inlineAttributes(JsonNode told) {
        @Nullable JsonNode attributes = told.get("attributes");
        if (attributes == null || !attributes.isArray()) {
            return List.of();
        }
        List<Attribute> inline = new ArrayList<>();
        for (int at = 0; at < attributes.size(); at++) {
            JsonNode entry = attributes.get(at);
            if (entry.isObject()) {
                inline.add(in("attributes", String.valueOf(at), () -> attribute(entry)));
            }
        }
        return inline;
    }

    // ---- names

    private static String attributeName(String name) {
        String plain = name.startsWith("*.") ? name.substring(2) : name;
        boolean fits = !plain.isEmpty() && name.length() <= LONGEST_NAME && isLetterOrDigit(plain.charAt(0));
        for (int at = 0; fits && at < plain.length(); at++) {
            char letter = plain.charAt(at);
            fits = isLetterOrDigit(letter) || letter == '.' || letter == '-' || letter == '_';
        }
        if (!fits) {
            throw UnfitValue.because("definition.attribute-name", name);
        }
        return name;
    }

    private static String typeName(String name) {
        boolean fits = ElementName.fits(name) && name.length() <= 63 && name.indexOf('.') < 0;
        if (!fits) {
            throw UnfitValue.because("definition.type-name", name);
        }
        return name;
    }

    private static boolean isLetterOrDigit(char letter) {
        return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || (letter >= '0' && letter <= '9');
    }

    private static List<String> attributeNames(@Nullable JsonNode told) {
        if (told == null) {
            return List.of();
        }
        checkList(told);
        List<String> names = new ArrayList<>();
        for (int at = 0; at < told.size(); at++) {
            JsonNode entry = told.get(at);
            names.add(
                    in(String.valueOf(at), () -> attributeName(entry.isObject() ? text(entry, "name") : word(entry))));
        }
        return names;
    }

    private static List<String> precedence(@Nullable JsonNode told) {
        if (told == null) {
            return List.of();
        }
        checkList(told);
        List<String> witnesses = new ArrayList<>();
        for (int at = 0; at < told.size(); at++) {
            JsonNode entry = told.get(at);
            witnesses.add(in(String.valueOf(at), () -> word(entry)));
        }
        return List.copyOf(witnesses);
    }

    // ---- value types

    private static ValueType valueType(JsonNode told, int depth) {
        if (depth > DEEPEST_TYPE) {
            throw UnfitValue.because("definition.depth");
        }
        @Nullable String word = optionalText(told, "type");
        if (word == null) {
            throw missing("type");
        }
        return switch (word) {
            case "quantity" -> quantity(told);
            case "choice" -> choice(told);
            case "list" -> list(told, depth);
            case "record" -> members(told, depth);
            default -> in("type", () -> wordType(word));
        };
    }

    private static ListOf list(JsonNode told, int depth) {
        JsonNode item = required(told, "of");
        return new ListOf(in("of", () -> nestedType(item, depth + 1)));
    }

    /** A type told as one word, or as an object like that of an attribute. */
    private static ValueType nestedType(JsonNode told, int depth) {
        if (told.isString()) {
            return wordType(told.stringValue());
        }
        onlyMembers(told, VALUE_TYPE_MEMBERS);
        return valueType(told, depth);
    }

    /** One word: a simple type, or a dimension, which means a quantity of it. */
    private static ValueType wordType(String word) {
        @Nullable Simple simple = Simple.of(word);
        if (simple != null) {
            return simple;
        }
        @Nullable Dimension dimension = Dimension.of(word);
        if (dimension == null) {
            throw UnfitValue.because("definition.type", word, typeWords());
        }
        return new Quantity(dimension);
    }

    private static String typeWords() {
        List<String> words = new ArrayList<>();
        for (Simple simple : Simple.values()) {
            words.add(simple.word());
        }
        words.addAll(List.of("quantity", "choice", "list", "record"));
        return String.join(", ", words);
    }

    private static ValueType quantity(JsonNode told) {
        String word = text(told, "dimension");
        @Nullable Dimension dimension = Dimension.of(word);
        if (dimension == null) {
            throw oneOf(
                            word,
                            List.of(Dimension.values()).stream()
                                    .map(Dimension::word)
                                    .toList())
                    .under("dimension");
        }
        return new Quantity(dimension);
    }

    private static Choice choice(JsonNode told) {
        JsonNode options = required(told, "options");
        return in("options", () -> {
            if (!options.isObject() || options.isEmpty() || options.size() > MOST_ENTRIES) {
                throw UnfitValue.because("definition.options");
            }
            List<Option> read = new ArrayList<>();
            for (Map.Entry<String, JsonNode> option : options.properties()) {
                read.add(in(option.getKey(), () -> option(option.getKey(), option.getValue())));
            }
            return new Choice(read, flag(told, "open"));
        });
    }

    private static Option option(String value, JsonNode told) {
        onlyMembers(told, Set.of("en", "fr", "synonyms"));
        List<String> synonyms = new ArrayList<>();
        @Nullable JsonNode words = told.get("synonyms");
        if (words != null) {
            in("synonyms", () -> {
                checkList(words);
                words.forEach(synonym -> synonyms.add(word(synonym)));
                return words;
            });
        }
        return new Option(value, translations(told, Labels.both(value)), synonyms);
    }

    private static Members members(JsonNode told, int depth) {
        JsonNode members = required(told, "members");
        return in("members", () -> {
            if (!members.isObject() || members.isEmpty() || members.size() > MOST_ENTRIES) {
                throw UnfitValue.because("definition.members");
            }
            Map<String, ValueType> types = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : members.properties()) {
                types.put(member.getKey(), in(member.getKey(), () -> nestedType(member.getValue(), depth + 1)));
            }
            return new Members(types, summary(told, types));
        });
    }

    private static List<String> summary(JsonNode told, Map<String, ValueType> types) {
        @Nullable JsonNode summary = told.get("summary");
        if (summary == null) {
            return List.copyOf(types.keySet());
        }
        checkList(summary);
        List<String> shown = new ArrayList<>();
        summary.forEach(member -> shown.add(word(member)));
        return shown;
    }

    // ---- the rest

    private static @Nullable IdentifierSource identifier(JsonNode told) {
        @Nullable JsonNode identifier = told.get("identifier");
        if (identifier == null) {
            return null;
        }
        return in("identifier", () -> {
            if (identifier.isString()) {
                return new IdentifierSource(identifierKind(identifier.stringValue()), null);
            }
            onlyMembers(identifier, Set.of("kind", "member"));
            return new IdentifierSource(identifierKind(text(identifier, "kind")), text(identifier, "member"));
        });
    }

    private static IdentifierKind identifierKind(String word) {
        @Nullable IdentifierKind kind = IdentifierKind.of(word);
        if (kind == null) {
            throw oneOf(
                    word,
                    List.of(IdentifierKind.values()).stream()
                            .map(IdentifierKind::word)
                            .toList());
        }
        return kind;
    }

    private static Family family(JsonNode told) {
        @Nullable String word = optionalText(told, "family");
        if (word == null) {
            return Family.SYSTEM;
        }
        @Nullable Family family = Family.of(word);
        if (family == null) {
            throw oneOf(
                            word,
                            List.of(Family.values()).stream().map(Family::word).toList())
                    .under("family");
        }
        return family;
    }

    private static Map<String, Rhythm> rhythms(@Nullable JsonNode told) {
        if (told == null) {
            return Map.of();
        }
        if (!told.isObject() || told.size() > MOST_ENTRIES) {
            throw UnfitValue.because("definition.rhythm");
        }
        Map<String, Rhythm> rhythms = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> entry : told.properties()) {
            rhythms.put(entry.getKey(), in(entry.getKey(), () -> rhythm(entry.getValue())));
        }
        return rhythms;
    }

    private static Rhythm rhythm(JsonNode told) {
        onlyMembers(told, Set.of("rhythm", "grace"));
        String word = text(told, "rhythm");
        Duration rhythm = in("rhythm", () -> duration(word));
        @Nullable String grace = optionalText(told, "grace");
        return new Rhythm(rhythm, grace == null ? Duration.ZERO : in("grace", () -> duration(grace)));
    }

    private static Duration duration(String text) {
        try {
            Duration duration = Duration.parse(text);
            if (!duration.isNegative() && duration.compareTo(LONGEST_RHYTHM) <= 0) {
                return duration;
            }
        } catch (DateTimeException notADuration) {
            // said below, with the durations that are too long
        }
        throw UnfitValue.because("definition.duration", text);
    }

    private static Labels number(JsonNode told, String name, String number) {
        @Nullable JsonNode labels = told.get("labels");
        if (labels == null) {
            return Labels.both(name);
        }
        return in("labels", () -> {
            onlyMembers(labels, Set.of("en", "fr"));
            String english = inflected(labels, "en", number, name);
            return new Labels(english, inflected(labels, "fr", number, english));
        });
    }

    /** A label told as one word, or in the singular and the plural. */
    private static String inflected(JsonNode labels, String language, String number, String otherwise) {
        @Nullable JsonNode label = labels.get(language);
        if (label == null) {
            return otherwise;
        }
        return in(language, () -> {
            if (label.isString()) {
                return word(label);
            }
            onlyMembers(label, Set.of("singular", "plural"));
            @Nullable String told = optionalText(label, number);
            return told == null ? text(label, "singular") : told;
        });
    }

    private static Labels labels(JsonNode told, String member, Labels otherwise) {
        @Nullable JsonNode labels = told.get(member);
        if (labels == null) {
            return otherwise;
        }
        return in(member, () -> {
            onlyMembers(labels, Set.of("en", "fr"));
            return translations(labels, otherwise);
        });
    }

    private static Labels translations(JsonNode told, Labels otherwise) {
        @Nullable String english = optionalText(told, "en");
        @Nullable String french = optionalText(told, "fr");
        if (english == null) {
            return french == null ? otherwise : Labels.both(french);
        }
        return new Labels(english, french == null ? english : french);
    }

    // ---- JSON

    private interface Step<T> {
        T take();
    }

    /** Takes a step inside a member, so that a refusal says where it happened. */
    private static <T> T in(String member, Step<T> step) {
        try {
            return step.take();
        } catch (UnfitValue unfit) {
            throw unfit.under(member);
        }
    }

    private static <T> T in(String member, String below, Step<T> step) {
        return in(member, () -> in(below, step));
    }

    private static void onlyMembers(JsonNode told, Set<String> known) {
        if (!told.isObject()) {
            throw UnfitValue.expecting("record", String.join(", ", new TreeSet<>(known)));
        }
        for (String member : told.propertyNames()) {
            if (!known.contains(member)) {
                throw UnfitValue.because("definition.unknown-member", member, String.join(", ", new TreeSet<>(known)))
                        .under(member);
            }
        }
    }

    private static void checkList(JsonNode told) {
        if (!told.isArray()) {
            throw UnfitValue.because("list");
        }
        if (told.size() > MOST_ENTRIES) {
            throw UnfitValue.because("long-list", Integer.toString(MOST_ENTRIES));
        }
    }

    private static JsonNode required(JsonNode told, String member) {
        @Nullable JsonNode value = told.get(member);
        if (value == null || value.isNull()) {
            throw missing(member);
        }
        return value;
    }

    private static String text(JsonNode told, String member) {
        JsonNode value = required(told, member);
        return in(member, () -> word(value));
    }

    private static @Nullable String optionalText(JsonNode told, String member) {
        @Nullable JsonNode value = told.get(member);
        return value == null || value.isNull() ? null : in(member, () -> word(value));
    }

    private static String word(JsonNode told) {
        if (!told.isString()) {
            throw UnfitValue.because("text");
        }
        String word = Undeclared.checkText(told.stringValue()).strip();
        if (word.isEmpty() || word.length() > LONGEST_LABEL) {
            throw UnfitValue.because("definition.word", Integer.toString(LONGEST_LABEL));
        }
        return word;
    }

    private static boolean flag(JsonNode told, String member) {
        @Nullable JsonNode value = told.get(member);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw UnfitValue.because("boolean", value.isContainer() ? "…" : value.asString())
                    .under(member);
        }
        return value.booleanValue();
    }

    private static UnfitValue missing(String member) {
        return UnfitValue.because("definition.missing", member).under(member);
    }

    private static UnfitValue oneOf(String told, List<String> words) {
        return UnfitValue.because("choice", told, String.join(", ", words));
    }
}
