package org.minventory.integration.netbox;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Word;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the objects of a document say of one another, gathered before any is told: names by their numbers, and the
 * interfaces and addresses of each machine.
 */
final class Related {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> tenants = new HashMap<>();
    private final Map<String, String> ownersOfInterfaces = new HashMap<>();
    private final Map<String, SequencedSet<String>> addresses = new HashMap<>();
    private final Map<String, List<JsonNode>> nics = new HashMap<>();
    private final Map<String, Integer> read = new TreeMap<>();
    private final Collection<String> passedOver = new TreeSet<>();

    private Related() {}

    /** Interfaces and addresses need to be known by their numbers before one can be told of the other. */
    static Related of(Pages pages) {
        Related related = new Related();
        pages.each((list, object, pointer) -> related.learn(list, object));
        pages.each((list, object, pointer) -> {
            if (Listing.of(list) == Listing.IP_ADDRESSES) related.learnAddress(object);
        });
        return related;
    }

    private void learn(String list, JsonNode object) {
        Listing known = Listing.of(list);
        String plain = list.replace('_', '-');
        name(object).ifPresent(name -> names.put(plain + " " + object.path("id").asString(""), name));
        slug(object.path("tenant"))
                .ifPresent(slug -> tenants.put(plain + " " + object.path("id").asString(""), slug));
        if (known == null) passedOver.add(list);
        else read.merge(Word.of(known).replace('-', '_'), 1, Integer::sum);
        if (known == Listing.INTERFACES) learnInterface(object);
    }

    private void learnInterface(JsonNode object) {
        String owner = owner(object);
        if (owner == null) return;
        ownersOfInterfaces.put(interfaceKey(owner, object.path("id")), owner);
        Optional<String> mac = Reading.text(object.path("mac_address"))
                .or(() -> Reading.text(object.at("/primary_mac_address/mac_address")));
        if (mac.isEmpty()) return;
        ObjectNode nic = Json.object();
        name(object).ifPresent(name -> nic.put("name", name));
        nic.put("mac", mac.get());
        Reading.positive(object.path("speed")).ifPresent(kbit -> nic.put("speed", kbit + " kbit/s"));
        nics.computeIfAbsent(owner, o -> new ArrayList<>()).add(nic);
    }

    /** Interfaces of devices and of virtual machines are counted apart. */
    private static String interfaceKey(String owner, JsonNode id) {
        return owner.substring(0, owner.indexOf(' ')) + " " + id.asString("");
    }

    private void learnAddress(JsonNode object) {
        String owner = ownerOfAddress(object);
        String address = Reading.text(object.path("address")).orElse(null);
        if (owner != null && address != null)
            addresses.computeIfAbsent(owner, o -> new LinkedHashSet<>()).add(address);
    }

    /** The machine that an address is assigned to, or null. */
    @Nullable
    String ownerOfAddress(JsonNode object) {
        JsonNode assigned = object.has("assigned_object") ? object.path("assigned_object") : object.path("interface");
        String owner = owner(assigned);
        if (owner != null) return owner;
        JsonNode id = assigned.isObject() ? assigned.path("id") : object.path("assigned_object_id");
        boolean virtual = object.path("assigned_object_type").asString("").contains("virtualization");
        return ownersOfInterfaces.get((virtual ? "virtual-machines " : "devices ") + id.asString(""));
    }

    /** Of which machine an object is; null where it does not say. */
    @Nullable
    String owner(JsonNode object) {
        JsonNode parent = object.path("parent");
        boolean isVirtual = object.path("parent_object_type").asString("").contains("virtualization");
        String device = key("devices", object.path("device"));
        String virtual = key("virtual-machines", object.path("virtual_machine"));
        if (device != null) return device;
        if (virtual != null) return virtual;
        return parent.isObject() && object.has("parent_object_type")
                ? key(isVirtual ? "virtual-machines" : "devices", parent)
                : null;
    }

    /** A reference may be the number alone; where it is more, its name is learnt. */
    private @Nullable String key(String list, JsonNode reference) {
        JsonNode id = reference.isObject() ? reference.path("id") : reference;
        if (!id.isIntegralNumber()) return null;
        String key = list + " " + id.asString();
        name(reference).ifPresent(name -> names.putIfAbsent(key, name));
        return key;
    }

    /** What the machine of that key is called in NetBox, or null. */
    @Nullable
    String name(String key) {
        return names.get(key);
    }

    /** What a reference refers to is called: itself tells, or the document does. */
    Optional<String> name(String list, JsonNode reference) {
        Optional<String> own = name(reference).or(() -> Reading.text(reference));
        if (own.isPresent() || !reference.isIntegralNumber()) return own;
        return Optional.ofNullable(names.get(list + " " + reference.asString()));
    }

    private static Optional<String> name(JsonNode object) {
        return Reading.text(object.path("name"))
                .or(() -> Reading.text(object.path("model")))
                .or(() -> Reading.text(object.path("display")));
    }

    private static Optional<String> slug(JsonNode reference) {
        return Reading.text(reference.path("slug")).or(() -> Reading.text(reference.path("name")));
    }

    /** The tenant of an object, else that of the machine of which it is. */
    Optional<String> tenant(JsonNode object) {
        JsonNode told = object.path("tenant");
        Optional<String> own = slug(told).or(() -> name("tenants", told));
        String owner = own.isPresent() ? null : owner(object);
        return owner == null ? own : Optional.ofNullable(tenants.get(owner));
    }

    /** The addresses assigned to a machine. */
    Collection<String> addresses(String key) {
        return Objects.requireNonNullElse(addresses.get(key), new LinkedHashSet<>());
    }

    /** The interfaces of a machine that say their MAC. */
    List<JsonNode> nics(String key) {
        return nics.getOrDefault(key, List.of());
    }

    /** How many objects there are, list by list. */
    Map<String, Integer> read() {
        return read;
    }

    /** Lists that tell of no element. */
    Collection<String> passedOver() {
        return passedOver;
    }
}
