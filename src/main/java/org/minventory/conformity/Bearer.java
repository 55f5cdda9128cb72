package org.minventory.conformity;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.minventory.element.ValueType;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import tools.jackson.databind.JsonNode;

/** A living element as the rules between elements see it: by its best known words when something was recorded. */
record Bearer(
        UUID id,
        String name,
        String type,
        @Nullable IpRange range,
        @Nullable IpAddress address,
        @Nullable String infrastructure,
        Set<String> named) {

    /** A closed element bears nothing any more. */
    static Bearer of(Picture picture, Vocabulary vocabulary, Instant at) {
        boolean closed = picture.closedAt() != null;
        JsonNode range = closed ? null : Index.bestKnown(picture, Clash.OVERLAP.attribute(), vocabulary, at);
        JsonNode address =
                closed ? null : Index.bestKnown(picture, Clash.DOUBLE_ASSIGNMENT.attribute(), vocabulary, at);
        return new Bearer(
                picture.id(),
                picture.name(),
                picture.type(),
                range == null ? null : IpRange.parse(range.asString("")),
                address == null ? null : address(address.asString("")),
                Knowledge.Card.infrastructure(picture, vocabulary, at),
                address == null ? Set.of() : named(picture, vocabulary, at));
    }

    /** The address without its prefix length, where an element can be recognised by it. */
    static @Nullable IpAddress address(String told) {
        int slash = told.indexOf('/');
        IpAddress address = IpAddress.parse(slash < 0 ? told : told.substring(0, slash));
        return address == null || !address.identifies() ? null : address;
    }

    private static Set<String> named(Picture picture, Vocabulary vocabulary, Instant at) {
        Set<String> named = new LinkedHashSet<>();
        for (String attribute : picture.attributes()) {
            Attribute declared = vocabulary.attribute(attribute);
            if (declared == null || !isReference(declared.type())) continue;
            JsonNode value = Index.bestKnown(picture, attribute, vocabulary, at);
            if (value == null) continue;
            if (value.isArray()) value.forEach(one -> named.add(one.asString("")));
            else named.add(value.asString(""));
        }
        return named;
    }

    static boolean isReference(ValueType type) {
        return type == ValueType.Simple.REFERENCE
                || (type instanceof ValueType.ListOf list && list.item() == ValueType.Simple.REFERENCE);
    }

    boolean names(Bearer other) {
        return named.contains(other.name) || named.contains(other.id.toString());
    }

    boolean standsForAddress() {
        return type.equals("ip-address");
    }
}
