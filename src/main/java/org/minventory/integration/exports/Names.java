package org.minventory.integration.exports;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.export.HostNames;
import org.minventory.export.Inventory;

/**
 * Who is called what in one file, known before its first line is written: in a file of names whatever stands first wins, and
 * nobody may be called like somebody else.
 */
final class Names {
    /** Names that a machine has for itself, and digits that it reads as an address. */
    private static final Pattern MEANT_OTHERWISE =
            Pattern.compile("[0-9.]+|localhost|(?:.+\\.)?localhost(?:\\.localdomain)?|ip6-.*|broadcasthost|none");

    private record Named(UUID customer, String name) {}

    private final Map<UUID, String> hosts = new HashMap<>();
    private final Map<Named, String> byName = new HashMap<>();
    private final Map<String, Integer> firstLabels = new HashMap<>();
    private final Set<String> taken = new HashSet<>();

    /** What a customer is called, by its id. */
    interface Slugs {
        String slug(UUID customer);
    }

    /** @param places in the order of their names */
    Names(List<Inventory.Place> places, Slugs slugs) {
        HostNames given = new HostNames();
        for (int i = 0; i < places.size(); i++) {
            Inventory.Place place = places.get(i);
            if (!given.fits(place.name())) continue;
            boolean isShared = isCalled(place.name(), places, i - 1) || isCalled(place.name(), places, i + 1);
            String customer = slugs.slug(place.customer());
            String host = given.of(place.name(), customer, place.element().toString(), isShared);
            if (isMeantOtherwise(host)) continue;
            hosts.put(place.element(), host);
            byName.put(new Named(place.customer(), place.name()), host);
            firstLabels.merge(Ldh.firstLabel(host), 1, Integer::sum);
        }
        taken.addAll(hosts.values());
    }

    private static boolean isCalled(String name, List<Inventory.Place> places, int index) {
        return index >= 0 && index < places.size() && places.get(index).name().equals(name);
    }

    /** Whether whoever reads a file of hosts takes that name for something else. */
    static boolean isMeantOtherwise(String name) {
        return MEANT_OTHERWISE.matcher(name).matches() || IpAddress.parse(name) != null;
    }

    /** What an element is called, and nobody else; null where its name would mean something else. */
    @Nullable
    String host(UUID element) {
        return hosts.get(element);
    }

    /** What the customer's element of that name is called; null where it is not in the file. */
    @Nullable
    String host(UUID customer, String name) {
        return byName.get(new Named(customer, name));
    }

    /** All names of an element in the file: its full one, its own, its short one; none where its own cannot be written. */
    List<String> all(Exported one, Lines lines) {
        String host = one.host();
        if (host == null) {
            lines.skip();
            return List.of();
        }
        List<String> names = new ArrayList<>();
        Exported.Told told = one.names("fqdn");
        for (int i = 0; i < told.doubtful(); i++) lines.skip();
        String full = told.first();
        if (full != null && !full.equals(host)) {
            if (claim(full)) names.add(full);
            else lines.skip();
        }
        names.add(host);
        String alone = shortName(host);
        if (alone != null) names.add(alone);
        return names;
    }

    /** The first label of a host's name, where no other host is called so or begins so. */
    private @Nullable String shortName(String host) {
        String first = Ldh.firstLabel(host);
        boolean isItsAlone =
                !first.equals(host) && Integer.valueOf(1).equals(firstLabels.get(first)) && !isMeantOtherwise(first);
        return isItsAlone && taken.add(first) ? first : null;
    }

    /** Takes one name more for a host; false where somebody is called so already, or nobody may be. */
    private boolean claim(String name) {
        return !isMeantOtherwise(name) && taken.add(name);
    }
}
