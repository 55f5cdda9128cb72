package org.minventory.export;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** Gives the elements of one answer, as they come, the names of their hosts. */
public final class NamedHosts {
    private final Reach reach;
    private final BiConsumer<Inventory.Row, String> hosts;

    private final HostNames names = new HostNames();
    private final List<Inventory.Row> sameName = new ArrayList<>();
    private int skipped;

    /** @param hosts takes each element with the name of its host, in the order in which they come */
    public NamedHosts(Reach reach, BiConsumer<Inventory.Row, String> hosts) {
        this.reach = reach;
        this.hosts = hosts;
    }

    /** The next element: its name is not before that of the one before. */
    public void take(Inventory.Row row) {
        if (!names.fits(row.name())) {
            skipped++;
            return;
        }
        if (!sameName.isEmpty() && !sameName.getLast().name().equals(row.name())) end();
        sameName.add(row);
    }

    /** After the last one. */
    public void end() {
        for (Inventory.Row row : sameName) hosts.accept(row, name(row, sameName.size() > 1));
        sameName.clear();
    }

    /** How many have a name that no host may have. */
    public int skipped() {
        return skipped;
    }

    private String name(Inventory.Row row, boolean isShared) {
        return names.of(row.name(), reach.slug(row.customer()), row.element().toString(), isShared);
    }
}
