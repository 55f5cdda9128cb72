package org.minventory.export;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
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

    private PrimaryAddress() {}

    /** The address, or null where none is known for certain. */
    public static @Nullable IpAddress of(Picture picture, Vocabulary vocabulary, Instant now) {
        return of(picture, vocabulary, now, address -> true);
    }

    /** The same among the addresses of so many bits: 32 or 128. */
    public static @Nullable IpAddress of(Picture picture, Vocabulary vocabulary, Instant now, int bits) {
        return of(picture, vocabulary, now, address -> address.bits() == bits);
    }

    private static @Nullable IpAddress of(
            Picture picture, Vocabulary vocabulary, Instant now, Predicate<IpAddress> meant) {
        for (String attribute : List.of("address", "addresses"))
            for (Stance stance : REACHED_AT) {
                Picture.Best best = picture.best(attribute, stance, vocabulary, now);
                IpAddress address =
                        best == null ? null : first(best.counting().saying().value(), meant);
                if (address != null) return address;
            }
        return null;
    }

    private static @Nullable IpAddress first(JsonNode told, Predicate<IpAddress> meant) {
        for (JsonNode each : told.isString() ? List.of(told) : told) {
            IpAddress address = each.isString() ? address(each.stringValue()) : null;
            if (address != null && meant.test(address)) return address;
        }
        return null;
    }

    private static @Nullable IpAddress address(String told) {
        IpAddress address = IpAddress.parse(told.split("/", 2)[0]);
        return address == null || !address.identifies() ? null : address;
    }
}
