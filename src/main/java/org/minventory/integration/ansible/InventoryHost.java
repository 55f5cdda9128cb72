package org.minventory.integration.ansible;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Scope;
import org.minventory.element.Reference;
import org.minventory.export.HostNames;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which element a host of ours is; {@link HostNames} the other way round. A host has its element's name, or, where
 * several customers' elements share it, the customer's behind it.
 *
 * @param element null where no element could be called so
 * @param customer null where nobody in reach has such an element
 */
record InventoryHost(@Nullable Reference element, @Nullable UUID customer) {

    /** All of these hosts, found in one statement. Who is not found, or would be several, is what its name says. */
    static Map<String, InventoryHost> find(JdbcClient db, Reach reach, Collection<String> hosts) {
        Map<String, List<InventoryHost>> meant = new HashMap<>();
        Set<String> names = new HashSet<>();
        for (String host : hosts) {
            List<InventoryHost> possible = possible(host.toLowerCase(Locale.ROOT), reach);
            meant.put(host, possible);
            for (InventoryHost one : possible)
                if (one.element instanceof Reference.Named named) names.add(named.name());
        }
        Set<InventoryHost> known = new HashSet<>();
        for (Inventory.Place place : Inventory.named(db, reach.scope(), names))
            known.add(new InventoryHost(new Reference.Named(place.name()), place.customer()));
        Map<String, InventoryHost> found = new HashMap<>();
        meant.forEach((host, possible) -> found.put(host, chosen(host, possible, known)));
        return found;
    }

    private static InventoryHost chosen(String host, List<InventoryHost> possible, Set<InventoryHost> known) {
        Reference asItStands = reference(host);
        List<InventoryHost> there = possible.stream()
                .filter(one -> one.element instanceof Reference.Identified || known.contains(one))
                .toList();
        List<InventoryHost> plain = there.stream()
                .filter(one -> Objects.equals(one.element, asItStands))
                .toList();
        List<InventoryHost> nearest = plain.isEmpty() ? there : plain;
        return nearest.size() == 1 ? nearest.getFirst() : new InventoryHost(asItStands, null);
    }

    /** What a host is called by itself; null for the machine that Ansible runs on. */
    private static @Nullable Reference reference(String host) {
        return HostNames.isMeantOtherwise(host) ? null : Reference.ofHost(host);
    }

    /** The elements that a host of that name could be: its own name of anybody, what stands before a customer's of that one. */
    private static List<InventoryHost> possible(String host, Reach reach) {
        LinkedHashSet<InventoryHost> possible = new LinkedHashSet<>();
        for (Scope.Grant grant : reach.scope().grants()) {
            UUID customer = grant.customer();
            if (reference(host) instanceof Reference.Named named) possible.add(new InventoryHost(named, customer));
            String qualifier = "." + reach.slug(customer);
            int at = host.lastIndexOf(qualifier);
            if (at <= 0) continue;
            String rest = host.substring(at + qualifier.length());
            UUID id = rest.startsWith(".") ? Ids.parse(rest.substring(1)) : null;
            if (id != null) possible.add(new InventoryHost(new Reference.Identified(id), customer));
            else if (rest.isEmpty() && Reference.ofHost(host.substring(0, at)) instanceof Reference.Named named)
                possible.add(new InventoryHost(named, customer));
        }
        return new ArrayList<>(possible);
    }
}
