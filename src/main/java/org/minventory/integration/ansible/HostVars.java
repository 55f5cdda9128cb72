package org.minventory.integration.ansible;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.minventory.base.Json;
import org.minventory.element.IpAddress;
import org.minventory.element.Vocabulary;
import org.minventory.export.Connection;
import org.minventory.export.Inventory;
import org.minventory.export.PrimaryAddress;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The variables of one host. What is known stands under our own prefix and nowhere else; of Ansible's own variables there
 * are four: the address, once it is certain to be one, and three that an ops wished.
 */
final class HostVars {
    private static final String PREFIX = "minventory_";
    private static final int LONGEST_NAME = 200;

    /** What a variable says of an attribute: what was meant, and if nobody meant anything, what came. */
    private static final List<Stance> MEANT = List.of(Stance.INTENDED, Stance.ORDERED, Stance.DELIVERED);

    private final Inventory.Row row;
    private final Vocabulary vocabulary;
    private final Instant now;
    private final Map<String, Map<Stance, Picture.Best>> known = new TreeMap<>();
    private final SequencedMap<String, JsonNode> vars = new LinkedHashMap<>();

    private HostVars(Inventory.Row row, Vocabulary vocabulary, Instant now) {
        this.row = row;
        this.vocabulary = vocabulary;
        this.now = now;
    }

    /** Name of the variable → value, in the order in which they are written. */
    static SequencedMap<String, JsonNode> of(Inventory.Row row, String customer, Vocabulary vocabulary, Instant now) {
        HostVars host = new HostVars(row, vocabulary, now);
        host.gather();
        host.tellConnection();
        host.tellCard(customer);
        host.tellAttributes();
        host.tellOrganisation();
        host.tellKnown();
        return host.vars;
    }

    private void gather() {
        List<Stance> spokenOn =
                Stream.of(Stance.values()).filter(row.picture()::isSpokenOn).toList();
        for (String attribute : row.picture().attributes()) {
            Map<Stance, Picture.Best> stances = new EnumMap<>(Stance.class);
            for (Stance stance : spokenOn) {
                Picture.Best best = row.picture().best(attribute, stance, vocabulary, now);
                if (best != null) stances.put(stance, best);
            }
            known.put(attribute, stances);
        }
    }

    // ---- Ansible's own ----------------------------------------------------------------------------------------------

    private void tellConnection() {
        IpAddress address = PrimaryAddress.of(row.picture(), vocabulary, now);
        if (address != null) vars.put("ansible_host", Json.text(address.text()));
        Connection connection = new Connection(row.picture(), vocabulary, now);
        String user = connection.user();
        if (user != null) vars.put("ansible_user", Json.text(user));
        Integer port = connection.port();
        if (port != null) vars.put("ansible_port", Json.MAPPER.getNodeFactory().numberNode(port));
        String python = connection.python();
        if (python != null) vars.put("ansible_python_interpreter", Json.text(python));
    }

    // ---- ours -------------------------------------------------------------------------------------------------------

    private void tellCard(String customer) {
        tell("id", Json.text(row.element().toString()));
        tell("name", Json.text(row.name()));
        tell("customer", Json.text(customer));
        tell("type", Json.text(row.type()));
        if (row.status() != null) tell("status", Json.text(row.status()));
        // kept for us: no attribute may pass for it
        vars.put(PREFIX + "known", Json.object());
    }

    /** Of two attributes that would have one variable, the first in the alphabet has it. */
    private void tellAttributes() {
        known.forEach((attribute, stances) -> {
            for (Stance stance : MEANT) {
                Picture.Best best = stances.get(stance);
                if (best == null) continue;
                tell(
                        Harmless.word(attribute, LONGEST_NAME),
                        best.counting().saying().value());
                return;
            }
        });
    }

    /** Where nobody meant it, where it was found to belong: a group of that name has the host too. */
    private void tellOrganisation() {
        if (row.infrastructure() != null) tell("infrastructure", Json.text(row.infrastructure()));
        if (row.project() != null) tell("project", Json.text(row.project()));
        if (row.provider() != null) tell("provider", Json.text(row.provider()));
        if (row.site() != null) tell("site", Json.text(row.site()));
        ArrayNode tags = Json.MAPPER.createArrayNode();
        row.tags().forEach(tags::add);
        tell("tags", tags);
    }

    private void tellKnown() {
        ObjectNode all = Json.object();
        known.forEach((attribute, stances) -> {
            ObjectNode one = all.putObject(attribute);
            stances.forEach((stance, best) ->
                    one.set(stance.word(), best.counting().saying().value()));
        });
        vars.remove(PREFIX + "known");
        vars.put(PREFIX + "known", all);
    }

    private void tell(String name, JsonNode value) {
        vars.putIfAbsent(PREFIX + name, value);
    }
}
