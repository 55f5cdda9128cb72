package org.minventory.integration.icinga;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.export.Inventory;
import org.minventory.export.NamedHosts;
import org.minventory.export.Reach;
import org.minventory.export.Watched;

/**
 * Writes elements as Icinga watches them: what has an address is a host, what runs on hosts and says where it answers is a
 * service of each of them. Of hosts that are written only names and links are held; services wait for their hosts.
 */
final class ConfigWriter {
    private final ConfigForm form;
    private final Reach reach;
    private final Instant now;
    private final String home;
    private final Function<Collection<String>, List<Inventory.Row>> machines;

    private final NamedHosts names;
    private final Map<Element, String> hosts = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private final List<Needing> needing = new ArrayList<>();
    private final SortedMap<String, String> groups = new TreeMap<>();
    private boolean isAnyWorkedOn;
    private int skipped;

    /** An element by its name. */
    private record Element(String customer, String name) {}

    /** A service whose hosts come later, and its name among hosts: where none comes, it is one. */
    private record Waiting(Card card, Probe probe, String customer, List<String> runsOn, String host) {}

    /** A host, and what it does not work without. */
    private record Needing(String host, Element needed) {}

    /**
     * @param home where people reach this instance
     * @param machines reads those of such names that services may run on, though nobody selected them
     */
    ConfigWriter(
            ConfigForm form,
            Reach reach,
            Instant now,
            String home,
            Function<Collection<String>, List<Inventory.Row>> machines) {
        this.form = form;
        this.reach = reach;
        this.now = now;
        this.home = home;
        this.machines = machines;
        this.names = new NamedHosts(reach, this::take);
    }

    /** The next element: its name is not before that of the one before. */
    void take(Inventory.Row row) {
        names.take(row);
    }

    private void take(Inventory.Row row, String host) {
        Watched one = Watched.of(row, reach, now);
        Probe probe = one.isMachine() ? null : Probe.of(one);
        Card card = Card.of(one, home);
        IpAddress four = one.address(32);
        IpAddress six = one.address(128);
        if (four != null || six != null) {
            write(card, host, text(four), text(six), probe);
            need(one, host);
        } else if (probe != null && !one.runsOn().isEmpty())
            waiting.add(new Waiting(card, probe, one.customer(), one.runsOn(), host));
        else writeByItself(card, host, probe);
    }

    /** Something that runs on one machine does not work without it; on one of several it may. */
    private void need(Watched one, String host) {
        List<String> needed = new ArrayList<>(one.dependsOn());
        if (one.runsOn().size() == 1) needed.add(one.runsOn().getFirst());
        for (String name : needed) needing.add(new Needing(host, new Element(one.customer(), name)));
        hosts.put(new Element(one.customer(), one.row().name()), host);
    }

    /** After the last one: services, dependencies, groups, and downtimes of what is worked on. */
    void end() {
        names.end();
        for (Inventory.Row machine : missing()) names.take(machine);
        names.end();
        waiting.forEach(this::write);
        Dependencies dependencies = new Dependencies();
        for (Needing one : needing) {
            String parent = hosts.get(one.needed());
            if (parent != null && !parent.equals(one.host())) dependencies.add(one.host(), parent);
        }
        dependencies.withoutCircles().forEach(this::write);
        groups.forEach((name, label) -> {
            form.begin("HostGroup", name);
            form.set("display_name", label);
            form.end();
        });
    }

    /** How many of what was selected are not there: nobody knows where to ask. */
    int skipped() {
        return skipped + names.skipped();
    }

    /** Whether anything that was written is in maintenance. */
    boolean isAnyWorkedOn() {
        return isAnyWorkedOn;
    }

    /** Machines that services run on, though they were not selected, and have an address. */
    private List<Inventory.Row> missing() {
        Set<Element> wanted = new HashSet<>();
        for (Waiting one : waiting) for (String name : one.runsOn()) wanted.add(new Element(one.customer(), name));
        wanted.removeAll(hosts.keySet());
        if (wanted.isEmpty()) return List.of();
        return machines.apply(wanted.stream().map(Element::name).distinct().toList()).stream()
                .filter(row -> wanted.contains(new Element(reach.slug(row.customer()), row.name())))
                .filter(row -> Watched.of(row, reach, now).address() != null)
                .toList();
    }

    // ---- objects ----------------------------------------------------------------------------------------------------

    private void write(
            Card card, String host, @Nullable String address, @Nullable String address6, @Nullable Probe probe) {
        form.begin("Host", host);
        form.set("address", address);
        form.set("address6", address6);
        form.set("check_command", probe == null ? "hostalive" : probe.command());
        form.set("groups", List.copyOf(card.groups().keySet()));
        describe(card, probe);
        form.end();
        groups.putAll(card.groups());
    }

    private void describe(Card card, @Nullable Probe probe) {
        form.set("display_name", card.displayName());
        if (!card.notes().isEmpty()) form.set("notes", card.notes());
        form.set("notes_url", card.page());
        form.vars(card.vars());
        if (probe != null) form.vars(probe.vars());
        isAnyWorkedOn |= card.isWorkedOn();
    }

    /** Without a machine, it is asked where its address of the web leads. */
    private void writeByItself(Card card, String host, @Nullable Probe probe) {
        if (probe == null || probe.host() == null) {
            skipped++;
            return;
        }
        IpAddress address = Probe.address(probe.host());
        String six = address != null && address.bits() == 128 ? address.text() : null;
        write(card, host, six == null ? probe.host() : null, six, probe);
    }

    private void write(Waiting one) {
        List<String> known = one.runsOn().stream()
                .map(name -> hosts.get(new Element(one.customer(), name)))
                .filter(java.util.Objects::nonNull)
                .distinct()
                .toList();
        for (String host : known) {
            form.begin("Service", one.host());
            form.set("host_name", host);
            form.set("check_command", one.probe().command());
            describe(one.card(), one.probe());
            form.end();
        }
        if (known.isEmpty()) writeByItself(one.card(), one.host(), one.probe());
    }

    private void write(Dependencies.Link link) {
        form.begin("Dependency", link.parent());
        form.set("parent_host_name", link.parent());
        form.set("child_host_name", link.child());
        form.end();
    }

    private static @Nullable String text(@Nullable IpAddress address) {
        return address == null ? null : address.text();
    }
}
