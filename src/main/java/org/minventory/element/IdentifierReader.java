package org.minventory.element;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * Finds the identifiers that a normalised value carries. Leaves out what many machines share, since an identifier held
 * by two elements identifies neither: loopback and link-local addresses, networks, placeholders of manufacturers.
 */
final class IdentifierReader {
    private static final Set<String> SERIAL_PLACEHOLDERS = Set.of(
            "",
            "na",
            "n/a",
            "none",
            "null",
            "nil",
            "unknown",
            "default",
            "default string",
            "empty",
            "invalid",
            "oem",
            "to be filled by o.e.m.",
            "to be filled by o.e.m",
            "not specified",
            "not available",
            "not applicable",
            "not present",
            "no asset tag",
            "no asset information",
            "serial number",
            "system serial number",
            "chassis serial number",
            "base board serial number",
            "0123456789",
            "123456789",
            "1234567890",
            "0123456789abcdef",
            "0123456789.",
            ".123456789abcdef");

    private IdentifierReader() {}

    static List<Identifier> read(@Nullable Attribute attribute, JsonNode value) {
        @Nullable IdentifierSource source = attribute == null ? null : attribute.identifier();
        if (source == null) {
            return List.of();
        }
        if (!value.isArray()) {
            @Nullable Identifier one = one(source, value);
            return one == null ? List.of() : List.of(one);
        }
        List<Identifier> found = new ArrayList<>(value.size());
        for (JsonNode item : value) {
            @Nullable Identifier one = one(source, item);
            if (one != null && !found.contains(one)) {
                found.add(one);
            }
        }
        return found;
    }

    /** The identifier that somebody names an element by, or null where the text is none. */
    static @Nullable Identifier told(IdentifierKind kind, String text) {
        String spelled = kind == IdentifierKind.MAC
                ? text.strip().toLowerCase(Locale.ROOT).replace('-', ':')
                : text;
        return one(new IdentifierSource(kind, null), Json.text(spelled));
    }

    private static @Nullable Identifier one(IdentifierSource source, JsonNode item) {
        @Nullable JsonNode told = source.member() == null || !item.isObject() ? item : item.get(source.member());
        if (told == null || !told.isString()) {
            return null;
        }
        String text = told.stringValue();
        @Nullable
        String value =
                switch (source.kind()) {
                    case FQDN -> fqdn(text);
                    case ADDRESS -> address(text);
                    case MAC -> mac(text);
                    case SERIAL -> serial(text);
                    case PROVIDER_REF -> text.isBlank() ? null : text.strip();
                };
        return value == null ? null : new Identifier(source.kind(), value);
    }

    /** A name with a dot: a short host name is borne by one machine in every infrastructure. */
    private static @Nullable String fqdn(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        String name = lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
        boolean shared = name.indexOf('.') < 0 || name.startsWith("*") || name.startsWith("localhost.");
        return shared ? null : name;
    }

    private static @Nullable String address(String text) {
        int slash = text.indexOf('/');
        @Nullable IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
        if (address == null || !address.identifies()) {
            return null;
        }
        int prefix = slash < 0 ? address.bits() : IpRange.prefix(text.substring(slash + 1), address);
        // A block such as 2001:db8::/64 names a network; the shortest prefixes of links are addresses.
        boolean network = prefix >= 0 && prefix < address.bits() - 1 && address.equals(address.first(prefix));
        return network ? null : address.text();
    }

    private static @Nullable String mac(String text) {
        return text.startsWith("00:00:00:00:00") || text.startsWith("ff:ff:ff:ff:ff") ? null : text;
    }

    private static @Nullable String serial(String text) {
        String serial = text.strip();
        boolean placeholder =
                SERIAL_PLACEHOLDERS.contains(serial.toLowerCase(Locale.ROOT)) || isOneLetterRepeated(serial);
        return placeholder ? null : serial;
    }

    private static boolean isOneLetterRepeated(String serial) {
        for (int at = 1; at < serial.length(); at++) {
            if (serial.charAt(at) != serial.charAt(0)) {
                return false;
            }
        }
        return true;
    }
}
