package org.minventory.integration.ansible;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Sayable;
import org.minventory.base.Sentence;
import org.minventory.element.Attribute;
import org.minventory.element.ElementName;
import org.minventory.element.IpAddress;
import org.minventory.element.UnfitValue;
import org.minventory.element.ValueType;
import org.minventory.element.Vocabulary;
import org.minventory.testimony.Secrets;
import org.yaml.snakeyaml.nodes.Node;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What an inventory's file says of one host: its facts, how it is reached, and what is left out. */
final class WrittenHost {
    /** How Ansible connects, as far as it is kept: an ops wishes it. */
    static final Set<String> CONNECTION = Set.of("ansible_port", "ansible_user", "ansible_python_interpreter");

    private static final Map<String, String> FORMER_NAMES = Map.of(
            "ansible_ssh_host", "ansible_host",
            "ansible_ssh_port", "ansible_port",
            "ansible_ssh_user", "ansible_user");

    private static final String OURS = "minventory_";
    private static final String ADDRESS = "address";
    private static final String FQDN = "fqdn";

    private final String name;
    private final Variables variables;
    private final SequencedMap<String, JsonNode> facts = new LinkedHashMap<>();
    private final SequencedMap<String, JsonNode> connection = new LinkedHashMap<>();
    private final List<LeftOut> leftOut = new ArrayList<>();
    private @Nullable String type;

    /** What is not told, and why. */
    record LeftOut(String name, Sayable why) {}

    WrittenHost(String name, SequencedMap<String, Node> vars, Set<String> groups, Variables variables) {
        this.name = name;
        this.variables = variables;
        vars.forEach(this::read);
        tellName();
        if (!vars.containsKey(OURS + "tags")) tellGroups(groups);
    }

    private void read(String told, Node node) {
        String variable = FORMER_NAMES.getOrDefault(told, told);
        try {
            if (CONNECTION.contains(variable)) connection.put(variable, WrittenValue.of(node));
            else if (variable.equals("ansible_host"))
                reached(WrittenValue.of(node).asString(""));
            else if (variable.startsWith("ansible_")) throw new WrittenValue.LeftOut("connection");
            else if (variable.equals(OURS + "type"))
                type = WrittenValue.of(node).asString("");
            else tellOf(variable, node);
        } catch (WrittenValue.LeftOut left) {
            leftOut.add(new LeftOut(told, left.why()));
        }
    }

    private void tellOf(String variable, Node node) {
        String attribute = variables.attribute(variable);
        if (attribute != null) tell(variable, attribute, WrittenValue.of(node));
    }

    /** By an address, or by a name. */
    private void reached(String host) {
        tell("ansible_host", IpAddress.parse(host) == null ? FQDN : ADDRESS, Json.text(host));
    }

    /** A name that is an address, or that has a domain, says something itself. */
    private void tellName() {
        if (IpAddress.parse(name) != null) facts.putIfAbsent(ADDRESS, Json.text(name));
        else if (name.indexOf('.') > 0 && !facts.containsKey(FQDN)) tell("inventory_hostname", FQDN, Json.text(name));
    }

    private void tellGroups(Set<String> groups) {
        ArrayNode tags = Json.MAPPER.createArrayNode();
        groups.stream()
                .filter(group -> !group.equals(WrittenGroups.ALL) && !group.equals(WrittenGroups.UNGROUPED))
                .sorted()
                .forEach(tags::add);
        if (!tags.isEmpty()) tell("groups", "tags", tags);
    }

    private void tell(String variable, String attribute, JsonNode told) {
        if (told.isNull() || (told.isString() && told.stringValue().isBlank())) return;
        JsonNode value = variables.inShape(attribute, told);
        Optional<Secrets.Found> secret =
                Secrets.firstIn(fact(attribute, value)).or(() -> Secrets.firstIn(fact(variable, value)));
        if (secret.isPresent()) {
            Sentence why = Sentence.of(
                    WrittenInventory.SAID, "secret", secret.get().reason().words());
            leftOut.add(new LeftOut(variable, why));
            return;
        }
        try {
            variables.vocabulary().normalise(attribute, value);
            facts.put(attribute, value);
        } catch (UnfitValue unfit) {
            leftOut.add(new LeftOut(variable, unfit.sentence()));
        }
    }

    private static ObjectNode fact(String name, JsonNode value) {
        ObjectNode fact = Json.object();
        fact.set(name, value);
        return fact;
    }

    String name() {
        return name;
    }

    /** What the element is called, or null where nothing of the host's name can stand in one. */
    @Nullable
    String elementName() {
        return ElementName.nearest(name);
    }

    /** The element type that it says itself, or null. */
    @Nullable
    String type() {
        return type;
    }

    SequencedMap<String, JsonNode> facts() {
        return facts;
    }

    /** Of the variables by which Ansible connects, those that are kept. */
    SequencedMap<String, JsonNode> connection() {
        return connection;
    }

    List<LeftOut> leftOut() {
        return leftOut;
    }

    /** What variables mean: an attribute's own name, with underscores for its dots, ours before it or not; or as is told. */
    static final class Variables {
        private final Vocabulary vocabulary;
        private final Map<String, String> attributes = new LinkedHashMap<>();

        /** @param maps variable → attribute, where the importer says so */
        Variables(Vocabulary vocabulary, Map<String, String> maps) {
            this.vocabulary = vocabulary;
            for (Attribute attribute : vocabulary.attributes())
                if (!attribute.name().startsWith("*"))
                    attributes.putIfAbsent(
                            Harmless.word(attribute.name(), attribute.name().length()), attribute.name());
            attributes.putAll(maps);
        }

        Vocabulary vocabulary() {
            return vocabulary;
        }

        @Nullable
        String attribute(String variable) {
            String bare = variable.startsWith(OURS) ? variable.substring(OURS.length()) : variable;
            String known = attributes.get(bare);
            return known != null || vocabulary.attribute(bare) == null ? known : bare;
        }

        /** One value of a list is so often written without brackets that it is read so. */
        JsonNode inShape(String attribute, JsonNode told) {
            Attribute declared = vocabulary.attribute(attribute);
            boolean alone = declared != null && declared.type() instanceof ValueType.ListOf && !told.isArray();
            return alone ? Json.MAPPER.createArrayNode().add(told) : told;
        }
    }
}
