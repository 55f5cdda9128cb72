package org.minventory.integration.ansible;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.export.HostNames;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;

/** Writes elements as hosts, in the order of their names; of what is written only the names and groups are held. */
final class InventoryWriter {
    /** Ansible's own groups, and names that mean the machine it runs on, whatever element is called so. */
    static final Set<String> MEANT_OTHERWISE = Set.of("all", "ungrouped", "localhost", "127.0.0.1");

    private final InventoryForm form;
    private final Reach reach;
    private final Instant now;

    private final HostNames names;
    private final Groups groups = new Groups();

    InventoryWriter(InventoryForm form, Reach reach, Instant now) {
        this.form = form;
        this.reach = reach;
        this.now = now;
        this.names = new HostNames(reach, MEANT_OTHERWISE, this::write);
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
        groups.add("customer", customer, row.customer().toString(), host);
        add("type", row.type(), host);
        add("status", row.status(), host);
        add("infrastructure", row.infrastructure(), host);
        add("provider", row.provider(), host);
        add("site", row.site(), host);
        add("project", row.project(), host);
        for (String tag : row.tags()) add("tag", tag, host);
    }

    private void add(String dimension, @Nullable String value, String host) {
        if (value != null) groups.add(dimension, value, value, host);
    }
}
