package org.minventory.integration.netbox;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Sayable;
import org.minventory.base.Sentence;
import org.minventory.element.ElementName;
import org.minventory.element.UnfitValue;
import org.minventory.element.Vocabulary;
import org.minventory.survey.Reading;
import org.minventory.testimony.Secrets;
import org.minventory.testimony.ToldReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one object of NetBox tells. What does not fit, or looks like a secret, is left out and named; the rest is told. */
final class Thing {
    static final String SAID = "org.minventory.integration.netbox.said";

    private final Listing list;
    private final JsonNode object;
    private final Related related;
    private final Vocabulary vocabulary;
    private final SequencedMap<String, JsonNode> facts = new LinkedHashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();

    /** What is not told, and why. */
    record LeftOut(String name, Sayable why) {}

    Thing(Listing list, JsonNode object, Related related, Vocabulary vocabulary) {
        this.list = list;
        this.object = object;
        this.related = related;
        this.vocabulary = vocabulary;
    }

    /** What NetBox calls it, or null. */
    @Nullable
    String name() {
        return switch (list) {
            case PREFIXES -> Reading.text(object.path("prefix")).orElse(null);
            case IP_ADDRESSES -> address(object.path("address"));
            case SERVICES -> nameOfService();
            case DEVICES, VIRTUAL_MACHINES, INTERFACES ->
                Reading.text(object.path("name")).orElse(null);
        };
    }

    private @Nullable String nameOfService() {
        String machine = machine();
        String own = Reading.text(object.path("name")).orElse(null);
        return machine == null || own == null ? null : machine + "-" + own;
    }

    /** The element's name: what stands between the groups of an address may stand in none. */
    @Nullable
    String elementName() {
        String name = name();
        return name == null ? null : ElementName.nearest(name.replace(':', '-').replace('/', '-'));
    }

    private @Nullable String machine() {
        String owner = related.owner(object);
        String name = owner == null ? null : related.name(owner);
        return name == null ? null : ElementName.nearest(name);
    }

    /** The element type; of a device the one that is called like its role, else the usual one. */
    String type(String usual) {
        return switch (list) {
            case VIRTUAL_MACHINES -> "virtual-machine";
            case PREFIXES -> "ip-range";
            case IP_ADDRESSES -> "ip-address";
            case SERVICES -> "service";
            case DEVICES, INTERFACES -> {
                JsonNode role = object.has("role") ? object.path("role") : object.path("device_role");
                String word = ElementName.nearest(Reading.text(role.path("slug"))
                        .or(() -> related.name("device-roles", role))
                        .orElse(""));
                yield word != null && vocabulary.type(word) != null ? word : usual;
            }
        };
    }

    /** Its status in NetBox: one word, or that with a label. */
    String status() {
        JsonNode status = object.path("status");
        return status.isObject() ? status.path("value").asString("") : status.asString("");
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    SequencedMap<String, JsonNode> facts() {
        switch (list) {
            case DEVICES -> tellDevice();
            case VIRTUAL_MACHINES -> tellVirtualMachine();
            case PREFIXES -> tellPrefix();
            case IP_ADDRESSES -> tellAddress();
            case SERVICES -> tellService();
            case INTERFACES -> throw new IllegalStateException("An interface is told of its machine");
        }
        tell("infrastructure", related.tenant(object).map(ElementName::nearest));
        tell("label", Reading.text(object.path("description")));
        tellTags();
        tellCustomFields();
        return facts;
    }

    private void tellDevice() {
        JsonNode type = object.path("device_type");
        tell("vendor", related.name("manufacturers", type.path("manufacturer")));
        tell("model", Reading.text(type.path("model")).or(() -> related.name("device-types", type)));
        tell("serial", Reading.text(object.path("serial")));
        tell("asset.tag", Reading.text(object.path("asset_tag")));
        tell("location", place());
        tellMachine("devices");
    }

    private Optional<String> place() {
        List<String> parts = new ArrayList<>();
        related.name("locations", object.path("location")).ifPresent(parts::add);
        related.name("racks", object.path("rack")).ifPresent(parts::add);
        if (object.path("position").isNumber())
            parts.add("U" + object.path("position").asString());
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", parts));
    }

    private void tellVirtualMachine() {
        tell(
                "cpu.cores",
                Reading.positive(object.path("vcpus")).stream()
                        .mapToObj(Long::toString)
                        .findFirst());
        tell(
                "memory",
                Reading.positive(object.path("memory")).stream()
                        .mapToObj(mb -> mb + " MB")
                        .findFirst());
        if (object.path("disk").isNumber()) leftOut.add(new LeftOut("disk", Sentence.of(SAID, "disk-unit")));
        Optional<String> host = related.name("devices", object.path("device"));
        host.map(ElementName::nearest).ifPresent(name -> tell("runs-on", list(List.of(Json.text(name)))));
        tellMachine("virtual-machines");
    }

    private void tellMachine(String which) {
        String key = which + " " + object.path("id").asString("");
        tellSite();
        tell("cluster", related.name("clusters", object.path("cluster")));
        tell("os.name", related.name("platforms", object.path("platform")));
        List<JsonNode> addresses = new ArrayList<>();
        for (String member : List.of("primary_ip4", "primary_ip6", "primary_ip"))
            Reading.text(object.path(member).path("address")).ifPresent(told -> addresses.add(Json.text(told)));
        String primary = address(object.path("primary_ip").path("address"));
        if (primary == null && !addresses.isEmpty()) primary = address(addresses.getFirst());
        tell("address", Optional.ofNullable(primary));
        for (String told : related.addresses(key)) addresses.add(Json.text(told));
        tell("addresses", list(addresses.stream().distinct().toList()));
        tell("nics", list(related.nics(key)));
    }

    private void tellSite() {
        boolean scoped = object.path("scope_type").asString("").equals("dcim.site");
        tell("site", related.name("sites", scoped ? object.path("scope") : object.path("site")));
    }

    private void tellPrefix() {
        tell("range", Reading.text(object.path("prefix")));
        tell(
                "vlan",
                Reading.positive(object.at("/vlan/vid")).stream()
                        .mapToObj(Long::toString)
                        .findFirst());
        tellSite();
    }

    private void tellAddress() {
        tell("address", Optional.ofNullable(address(object.path("address"))));
        tell("reverse", Reading.text(object.path("dns_name")));
    }

    private void tellService() {
        JsonNode protocol = object.path("protocol");
        tell("protocol", Reading.text(protocol).or(() -> Reading.text(protocol.path("value"))));
        tell(
                "port",
                Reading.positive(object.at("/ports/0")).stream()
                        .mapToObj(Long::toString)
                        .findFirst());
        tell("software", Reading.text(object.path("name")));
        String machine = machine();
        if (machine != null) tell("runs-on", list(List.of(Json.text(machine))));
    }

    /** Without the length of its prefix. */
    private static @Nullable String address(JsonNode told) {
        return Reading.text(told).map(text -> text.replaceFirst("/.*", "")).orElse(null);
    }

    private void tellTags() {
        List<JsonNode> tags = new ArrayList<>();
        for (JsonNode tag : object.path("tags"))
            Reading.text(tag.path("slug"))
                    .or(() -> related.name("tags", tag))
                    .ifPresent(word -> tags.add(Json.text(word)));
        tell("tags", list(tags));
    }

    /** An attribute of that name, or one of NetBox's own. */
    private void tellCustomFields() {
        for (Map.Entry<String, JsonNode> field : object.path("custom_fields").properties()) {
            JsonNode value = plain(field.getValue());
            if (value.isNull() || (value.isString() && value.stringValue().isBlank())) continue;
            String name = vocabulary.attribute(field.getKey()) == null ? "netbox." + field.getKey() : field.getKey();
            if (ToldReader.fitsAsName(name)) tell(name, value);
            else leftOut.add(new LeftOut(field.getKey(), Sentence.of(SAID, "unfit-name")));
        }
    }

    /** Of a choice its label, of another object its name. */
    private JsonNode plain(JsonNode value) {
        if (!value.isObject()) return value;
        if (value.has("label")) return value.path("label");
        return related.name("", value).map(Json::text).orElse(value);
    }

    private static ArrayNode list(List<JsonNode> items) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        items.forEach(list::add);
        return list;
    }

    private void tell(String attribute, Optional<String> text) {
        text.ifPresent(told -> tell(attribute, Json.text(told)));
    }

    private void tell(String attribute, JsonNode value) {
        if (value.isArray() && value.isEmpty()) return;
        ObjectNode fact = Json.object();
        fact.set(attribute, value);
        Optional<Secrets.Found> secret = Secrets.firstIn(fact);
        if (secret.isPresent()) {
            leftOut.add(new LeftOut(
                    attribute,
                    Sentence.of(SAID, "secret", secret.get().reason().words().toLowerCase(Locale.ROOT))));
            return;
        }
        try {
            vocabulary.normalise(attribute, value);
            facts.put(attribute, value);
        } catch (UnfitValue unfit) {
            leftOut.add(new LeftOut(attribute, unfit.sentence()));
        }
    }
}
