package org.minventory.export;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * Where tools reach an element: the one address that it is meant to have or was given, else the first of all that were
 * seen. No name, no loopback, nothing but an address.
 */
public final class PrimaryAddress {
    private static final List<Stance> REACHED_AT =
            List.of(Stance.INTENDED, Stance.ORDERED, Stance.DELIVERED, Stance.DEPLOYED);

    private static final List<String> ATTRIBUTES = List.of("address", "addresses");

    private PrimaryAddress() {}

    /** The address, or null where none is known for certain. */
    public static @Nullable IpAddress of(Picture picture, Vocabulary vocabulary, Instant now) {
        for (String attribute : ATTRIBUTES) {
            List<IpAddress> told = told(picture, attribute, vocabulary, now);
            if (!told.isEmpty()) return told.getFirst();
        }
        return null;
    }

    /** All addresses at which it is reached, each once, the primary one first. */
    public static List<IpAddress> all(Picture picture, Vocabulary vocabulary, Instant now) {
        return ATTRIBUTES.stream()
                .flatMap(attribute -> told(picture, attribute, vocabulary, now).stream())
                .distinct()
                .toList();
    }

    /** The addresses that a value holds, without their prefix lengths. */
    public static List<IpAddress> in(JsonNode value) {
        return (value.isString() ? Stream.of(value) : value.valueStream())
                .filter(JsonNode::isString)
                .flatMap(told -> Stream.ofNullable(address(told.stringValue())))
                .toList();
    }

    /** What the first stance on which any is told says. */
    private static List<IpAddress> told(Picture picture, String attribute, Vocabulary vocabulary, Instant now) {
        for (Stance stance : REACHED_AT) {
            Picture.Best best = picture.best(attribute, stance, vocabulary, now);
            List<IpAddress> addresses =
                    best == null ? List.of() : in(best.counting().saying().value());
            if (!addresses.isEmpty()) return addresses;
        }
        return List.of();
    }

    private static @Nullable IpAddress address(String told) {
        IpAddress address = IpAddress.parse(told.split("/", 2)[0]);
        return address == null || !address.identifies() ? null : address;
    }
}
