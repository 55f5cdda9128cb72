package org.minventory.integration.lshw;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.survey.Reading;
import tools.jackson.databind.JsonNode;

/**
 * One piece of hardware where it stands in the tree.
 *
 * @param parent what it is plugged into; null at the root
 * @param pointer JSON pointer of its object in the document
 */
record LshwNode(JsonNode json, @Nullable LshwNode parent, String pointer) {

    JsonNode path(String member) {
        return json.path(member);
    }

    Optional<String> text(String member) {
        return Reading.text(path(member));
    }

    /** Some ids ("memory:1", "cpu:0") count; the word before tells what it is. */
    String id() {
        return text("id").orElse("");
    }

    boolean isOfClass(String name) {
        return text("class").filter(name::equals).isPresent();
    }

    boolean isCapableOf(String capability) {
        return path("capabilities").has(capability);
    }

    Optional<String> configuration(String setting) {
        return Reading.text(path("configuration").path(setting));
    }

    /** The kernel's names for it, without {@code /dev/}; a mount point may stand among them. */
    List<String> logicalNames() {
        JsonNode told = path("logicalname");
        Stream<JsonNode> names = told.isArray() ? told.valueStream() : Stream.of(told);
        return names.map(Reading::text)
                .flatMap(Optional::stream)
                .map(name -> name.startsWith("/dev/") ? name.substring("/dev/".length()) : name)
                .filter(name -> name.indexOf('/') < 0)
                .toList();
    }

    List<LshwNode> children() {
        JsonNode told = path("children");
        List<LshwNode> children = new ArrayList<>();
        for (int index = 0; told.isArray() && index < told.size(); index++) {
            children.add(new LshwNode(told.path(index), this, pointer + "/children/" + index));
        }
        return children;
    }

    /** What it is plugged into, directly or not. */
    Stream<LshwNode> ancestors() {
        return parent == null ? Stream.empty() : Stream.iterate(parent, Objects::nonNull, LshwNode::parent);
    }

    /** A set of nodes told apart by where they stand: two disks may well look the same. */
    static Set<LshwNode> noneYet() {
        return Collections.newSetFromMap(new IdentityHashMap<>());
    }
}
