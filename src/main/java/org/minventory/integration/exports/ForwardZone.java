package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.export.Selection;

/**
 * A zone of names: addresses of hosts and the fingerprints of their keys, and further names of services. A service without an
 * address of its own is an alias of the one host that it runs on, else it has the addresses of all of them.
 */
final class ForwardZone implements Form {
    private static final String DOMAIN = "domain";

    private final Lines lines;
    private final ZoneHead head;
    private final SortedMap<String, Owner> owners = new TreeMap<>();
    private final SortedMap<String, Set<Machine>> aliases = new TreeMap<>();
    private final Map<Machine, Target> machines = new HashMap<>();
    private final Set<String> nameServers = new LinkedHashSet<>();

    /** What a name of the zone leads to. */
    private record Owner(Set<IpAddress> addresses, Set<HostKey> keys) {}

    /** An element, as another one says that it runs on it. */
    private record Machine(UUID customer, String name) {}

    /** Where a machine is found, and its full name, or null. */
    private record Target(@Nullable String name, List<IpAddress> addresses) {}

    ForwardZone(ZoneHead head, OutputStream out) {
        this.lines = new Lines(out);
        this.head = head;
    }

    @Override
    public void take(Exported one) {
        String host = one.host();
        if (host == null) {
            lines.skip();
            return;
        }
        List<String> full = believed(one, "fqdn");
        if (one.row().type().equals(DOMAIN)) takeDomain(one, full);
        List<String> names = full.isEmpty() ? ownName(one, host) : full;
        List<IpAddress> addresses = one.addresses();
        machines.put(
                new Machine(one.row().customer(), one.row().name()),
                new Target(names.isEmpty() ? null : names.getFirst(), addresses));
        for (String name : names) if (isInside(name) && !addresses.isEmpty()) own(name, addresses, one);
        for (String name : believed(one, "names")) if (isInside(name)) takeService(one, name, addresses);
    }

    private List<String> believed(Exported one, String attribute) {
        Exported.Told told = one.names(attribute);
        for (int i = 0; i < told.doubtful(); i++) lines.skip();
        return told.names();
    }

    /** A machine that has no full name is called by its own within the zone. */
    private List<String> ownName(Exported one, String host) {
        boolean isFull = one.row().name().indexOf('.') > 0;
        if (!isFull && !Selection.MACHINES.contains(one.row().type())) return List.of();
        String name = isFull ? host : host + "." + head.zone();
        if (Ldh.fits(name)) return List.of(name);
        lines.skip();
        return List.of();
    }

    private boolean isInside(String name) {
        return Ldh.isWithin(name, head.zone());
    }

    private void takeDomain(Exported one, List<String> full) {
        if (full.contains(head.zone()) || one.row().name().equals(head.zone()))
            nameServers.addAll(believed(one, "nameservers"));
    }

    private void takeService(Exported one, String name, List<IpAddress> addresses) {
        if (!addresses.isEmpty()) own(name, addresses, one);
        else
            for (String machine : one.runsOn())
                aliases.computeIfAbsent(name, n -> new LinkedHashSet<>())
                        .add(new Machine(one.row().customer(), machine));
    }

    private void own(String name, List<IpAddress> addresses, Exported one) {
        Owner owner = owners.computeIfAbsent(name, n -> new Owner(new LinkedHashSet<>(), new LinkedHashSet<>()));
        owner.addresses().addAll(addresses);
        owner.keys().addAll(one.hostKeys());
        for (int i = 0; i < one.unfitHostKeys(); i++) lines.skip();
    }

    @Override
    public int end() {
        SortedMap<String, String> leading = new TreeMap<>();
        aliases.forEach((name, on) -> resolve(name, on, leading));
        head.write(lines, head.servers(answering()));
        owners.forEach(this::write);
        leading.forEach((name, target) -> lines.line(name + ". IN CNAME " + target + "."));
        return lines.end(";");
    }

    /** An alias stands alone at its name, so never where an address is, nor at the head of the zone. */
    private void resolve(String name, Set<Machine> on, SortedMap<String, String> leading) {
        List<Target> targets =
                on.stream().map(machines::get).filter(target -> target != null).toList();
        String alone = targets.size() == 1 ? targets.getFirst().name() : null;
        boolean mayBeAlias = !owners.containsKey(name) && !name.equals(head.zone()) && !isNameServer(name);
        if (alone != null && mayBeAlias && !alone.equals(name)) {
            leading.put(name, alone);
            return;
        }
        Set<IpAddress> addresses = new LinkedHashSet<>();
        targets.forEach(target -> addresses.addAll(target.addresses()));
        if (addresses.isEmpty()) lines.skip();
        else
            owners.computeIfAbsent(name, n -> new Owner(new LinkedHashSet<>(), new LinkedHashSet<>()))
                    .addresses()
                    .addAll(addresses);
    }

    private boolean isNameServer(String name) {
        return nameServers.contains(name) || head.asked().contains(name);
    }

    /** The name servers that are known of the zone, and found where they are within it. */
    private List<String> answering() {
        for (String server : head.asked()) if (!isFound(server)) throw head.withoutAddress(server);
        List<String> answering = new ArrayList<>();
        for (String server : nameServers) {
            if (isFound(server)) answering.add(server);
            else lines.skip();
        }
        return answering;
    }

    private boolean isFound(String server) {
        return !isInside(server) || owners.containsKey(server);
    }

    private void write(String name, Owner owner) {
        for (IpAddress address : owner.addresses())
            lines.line(name + ". IN " + (address.six() ? "AAAA " : "A ") + address.text());
        for (HostKey key : owner.keys()) lines.line(name + ". IN SSHFP " + key.fingerprint());
    }
}
