package org.minventory.export;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.minventory.element.ElementName;

/**
 * What elements are called as hosts. A host has its element's name; where several of one answer share it, or the tool
 * means something else by it, each has its customer's behind it: two customers' {@code web-1} must never be one host.
 */
public final class HostNames {
    private final Reach reach;
    private final Set<String> meantOtherwise;
    private final BiConsumer<Inventory.Row, String> hosts;

    private final Set<String> taken = new HashSet<>();
    private final List<Inventory.Row> sameName = new ArrayList<>();
    private int skipped;

    /**
     * @param meantOtherwise by the tool itself: these names are no host's
     * @param hosts takes each element with the name of its host, in the order in which they come
     */
    public HostNames(Reach reach, Set<String> meantOtherwise, BiConsumer<Inventory.Row, String> hosts) {
        this.reach = reach;
        this.meantOtherwise = meantOtherwise;
        this.hosts = hosts;
    }

    /** The next element: its name is not before that of the one before. */
    public void take(Inventory.Row row) {
        if (!ElementName.fits(row.name())) {
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
        boolean plain = !isShared && !meantOtherwise.contains(row.name());
        String qualified = row.name() + "." + reach.slug(row.customer());
        for (String candidate : plain ? List.of(row.name(), qualified) : List.of(qualified))
            if (taken.add(candidate)) return candidate;
        String unique = qualified + "." + row.element();
        taken.add(unique);
        return unique;
    }
}
