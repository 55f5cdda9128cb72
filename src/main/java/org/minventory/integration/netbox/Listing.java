package org.minventory.integration.netbox;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Word;
import tools.jackson.databind.JsonNode;

/** The lists of NetBox that are read. */
enum Listing {
    DEVICES,
    VIRTUAL_MACHINES,
    INTERFACES,
    IP_ADDRESSES,
    PREFIXES,
    SERVICES;

    private static final Pattern URL = Pattern.compile(".*/api/[a-z-]+/([a-z-]+)/[0-9]+/?");

    /** The list of that name, however its words are joined, or null. */
    static @Nullable Listing of(String name) {
        String word = name.toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values())
                .filter(list -> Word.of(list).equals(word))
                .findFirst()
                .orElse(null);
    }

    /** The name of the list that an object is of, which its own address tells; a question mark where it tells none. */
    static String nameOf(JsonNode object) {
        Matcher url = URL.matcher(object.path("url").asString(""));
        return url.matches() ? url.group(1) : "?";
    }

    /** Whether its objects are elements, and not only something said of others. */
    boolean isOfElements() {
        return this != INTERFACES;
    }
}
