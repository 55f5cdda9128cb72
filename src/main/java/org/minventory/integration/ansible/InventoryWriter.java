package org.minventory.integration.ansible;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.export.HostNames;
import org.minventory.export.Inventory;
import org.minventory.export.Reach;

/** Writes elements as hosts, in the order of their names; of what is written only the names and groups are held. */
final class InventoryWriter {
    private final InventoryForm form;
    private final Reach reach;
    private final Instant now;

    private final HostNames names = new HostNames();
    private final Groups groups = new Groups();
    private final List<Inventory.Row> sameName = new ArrayList<>();
    private int skipped;

    InventoryWriter(InventoryForm form, Reach reach, Instant now) {
        this.form = form;
        this.reach = reach;
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
