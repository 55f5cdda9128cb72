package org.minventory.integration.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.Attribute;
import org.minventory.element.ElementName;
import org.minventory.element.UnfitValue;
import org.minventory.element.ValueType;
import org.minventory.element.Vocabulary;
import org.minventory.survey.Mending;
import org.minventory.survey.Reading;
import org.minventory.testimony.Secrets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is read of one resource: its address and its type, and of a type that is known the few values that tell something.
 * Nothing else of it is kept.
 */
final class Resource {
    static final String ADDRESS = "terraform.address";
    static final String TYPE = "terraform.type";

    private static final String OS = "os";
    private static final Pattern IMAGE = Pattern.compile(
            "(?i)(debian|ubuntu|rocky|alma(?:linux)?|centos|fedora|opensuse|freebsd)[^0-9a-z]{0,3}([0-9]{1,4}(?:[._][0-9]{1,2})?)?");
    private static final Pattern PLACE = Pattern.compile("(\\S+)(?: as (\\S+))?");

    /** Of a reference that names a zone before its number. */
    private static final Pattern WITHIN_ZONE = Pattern.compile(".*/");

    private final String address;
    private final String type;
    private final ResourceTypes.@Nullable ResourceType known;
    private final Discretion.Open open;
    private final Vocabulary vocabulary;
    private final ObjectNode read = Json.object();
    private final List<String> unfit = new ArrayList<>();

    Resource(JsonNode shown, Vocabulary vocabulary) {
        JsonNode resource = Mending.mend(shown);
        this.address = Reading.text(resource.path("address")).orElse("");
        this.type = Reading.text(resource.path("type")).orElse("");
        this.known = ResourceTypes.of(type);
        this.open = Discretion.of(resource);
        this.vocabulary = vocabulary;
    }

    String address() {
        return address;
    }

    String type() {
        return type;
    }

    /** Where a sensitive value was taken out before anything was read. */
    List<String> withheld() {
        return open.withheld();
    }

    /** Attributes of which something was said that does not fit them. */
    List<String> unfit() {
        return unfit;
    }

    /** The element type that it is; null where nothing is read of it but its address and type. */
    @Nullable
    String element() {
        return known == null ? null : known.element();
    }

    /** What the element is called: its own name, else its address. */
    @Nullable
    String name() {
        if (known != null)
            for (String place : known.names())
                for (JsonNode value : at(place)) {
                    String name = Reading.text(value).map(ElementName::nearest).orElse(null);
                    if (name != null) return name;
                }
        return ElementName.nearest(address);
    }

    /** All that is told of it. */
    SequencedMap<String, JsonNode> facts() {
        SequencedMap<String, JsonNode> facts = new LinkedHashMap<>();
        facts.put(ADDRESS, Json.text(address));
        facts.put(TYPE, Json.text(type));
        if (known == null) return facts;
        if (known.provider() != null) facts.put("provider", Json.text(known.provider()));
        if (known.reference() != null) tellReference(facts, known.reference());
        known.facts().forEach((attribute, places) -> {
            if (attribute.equals(OS)) tellSystem(facts, places);
            else tell(facts, attribute, value(attribute, places));
        });
        return facts;
    }

    private void tellReference(SequencedMap<String, JsonNode> facts, String reference) {
        for (JsonNode number : at(ResourceTypes.ResourceType.place(reference)))
            Reading.text(number).ifPresent(told -> {
                String bare = WITHIN_ZONE.matcher(told).replaceFirst("");
                tell(facts, "providerRef", Json.text(ResourceTypes.ResourceType.beginning(reference) + bare));
            });
    }

    private void tellSystem(SequencedMap<String, JsonNode> facts, List<String> places) {
        for (String place : places)
            for (JsonNode value : at(place)) {
                Matcher image = IMAGE.matcher(value.asString(""));
                if (!image.find()) continue;
                tell(facts, "os.name", Json.text(image.group(1)));
                if (image.group(2) != null)
                    tell(facts, "os.version", Json.text(image.group(2).replace('_', '.')));
                return;
            }
    }

    private void tell(SequencedMap<String, JsonNode> facts, String attribute, @Nullable JsonNode value) {
        if (value == null
                || Secrets.firstIn(Json.object().set(attribute, value)).isPresent()) return;
        try {
            vocabulary.normalise(attribute, value);
            facts.put(attribute, value);
        } catch (UnfitValue unfitting) {
            unfit.add(attribute);
        }
    }

    private @Nullable JsonNode value(String attribute, List<String> places) {
        Attribute declared = vocabulary.attribute(attribute);
        boolean isList = declared != null && declared.type() instanceof ValueType.ListOf;
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (String place : places)
            for (JsonNode value : at(place)) {
                if (value.isNull() || value.isContainer() || value.asString("").isBlank()) continue;
                JsonNode told = measured(place, value);
                JsonNode item = attribute.equals("disks") ? Json.object().set("size", told) : told;
                if (all.valueStream().noneMatch(item::equals)) all.add(item);
            }
        if (all.isEmpty()) return null;
        return isList ? all : all.get(0);
    }

    private static JsonNode measured(String place, JsonNode value) {
        Matcher parts = PLACE.matcher(place);
        return parts.matches() && parts.group(2) != null ? Json.text(value.asString() + " " + parts.group(2)) : value;
    }

    /** What stands at a place; under a star, at that of every item. What is read is kept. */
    private List<JsonNode> at(String place) {
        Matcher parts = PLACE.matcher(place);
        String pointer = parts.matches() ? parts.group(1) : place;
        List<JsonNode> here = List.of(open.values());
        for (String step : pointer.substring(1).split("/", -1)) {
            List<JsonNode> next = new ArrayList<>();
            for (JsonNode node : here)
                if (step.equals("*")) node.forEach(next::add);
                else next.add(node.path(step));
            here = next;
        }
        List<JsonNode> found = here.stream()
                .filter(node -> node.isValueNode() && !node.isNull())
                .toList();
        if (!found.isEmpty()) read.set(pointer, found.size() == 1 ? found.getFirst() : list(found));
        return found;
    }

    private static JsonNode list(List<JsonNode> items) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        items.forEach(list::add);
        return list;
    }

    /** What is kept beside the testimony: where it stood, and what was read of it. To be asked for after the facts. */
    JsonNode document() {
        ObjectNode document = Json.object().put("address", address).put("type", type);
        document.set("values", Secrets.scrub(read).document());
        return document;
    }
}
