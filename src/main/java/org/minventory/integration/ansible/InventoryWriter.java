package org.minventory.integration.ansible;

import java.time.Instant;
import java.util.Map;
import org.minventory.base.Json;
import org.minventory.export.Inventory;
import org.minventory.export.NamedHosts;
import org.minventory.export.Reach;

/** Writes elements as hosts, in the order of their names; of what is written only the names and groups are held. */
final class InventoryWriter {
    private final InventoryForm form;
    private final Reach reach;
    private final Grouping grouping;
    private final Instant now;

    private final NamedHosts names;
    private final Groups groups = new Groups();

    InventoryWriter(InventoryForm form, Reach reach, Grouping grouping, Instant now) {
        this.form = form;
        this.reach = reach;
        this.grouping = grouping;
        this.now = now;
        this.names = new NamedHosts(reach, this::write);
    }

    /** The next element: its name is not before that of the one before. */
    void take(Inventory.Row row) {
        names.take(row);
    }

    /** After the last one: the groups, and how many names were unfit. */
    void end() {
        names.end();
        form.end(
                groups.named(),
                Map.of("minventory_skipped", Json.MAPPER.getNodeFactory().numberNode(names.skipped())));
    }

    private void write(Inventory.Row row, String host) {
        String customer = reach.slug(row.customer());
        form.host(host, HostVars.of(row, customer, reach.vocabulary(row.customer()), now));
        grouping.group(row, host, groups);
    }
}
