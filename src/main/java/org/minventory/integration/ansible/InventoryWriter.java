package org.minventory.integration.ansible;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.minventory.base.Json;
import org.minventory.export.HostNames;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;

/** Writes elements as hosts, in the order of their names; of what is written only the names and groups are held. */
final class InventoryWriter {
    private final InventoryForm form;
    private final Reach reach;
    private final Grouping grouping;
    private final Instant now;

    private final HostNames names = new HostNames();
    private final Groups groups = new Groups();
    private final List<Inventory.Row> sameName = new ArrayList<>();
    private int skipped;

    InventoryWriter(InventoryForm form, Reach reach, Grouping grouping, Instant now) {
        this.form = form;
        this.reach = reach;
        this.grouping = grouping;
        this.now = now;
    }

    /** The next element: its name is not before that of the one before. */
    void take(Inventory.Row row) {
        if (!names.fits(row.name())) {
            skipped++;
            return;
        }
        if (!sameName.isEmpty() && !sameName.getLast().name().equals(row.name())) writeWaiting();
        sameName.add(row);
    }

    /** After the last one: the groups, and how many names were unfit. */
    void end() {
        writeWaiting();
        form.end(
                groups.named(),
                Map.of("minventory_skipped", Json.MAPPER.getNodeFactory().numberNode(skipped)));
    }

    private void writeWaiting() {
        for (Inventory.Row row : sameName) write(row, sameName.size() > 1);
        sameName.clear();
    }

    private void write(Inventory.Row row, boolean isShared) {
        String customer = reach.slug(row.customer());
        String host = names.of(row.name(), customer, row.element().toString(), isShared);
        form.host(host, HostVars.of(row, customer, reach.vocabulary(row.customer()), now));
        grouping.group(row, host, groups);
    }
}
