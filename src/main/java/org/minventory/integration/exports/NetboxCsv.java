package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.Status;
import org.minventory.export.Column;
import org.minventory.export.Csv;
import org.minventory.export.Selection;
import tools.jackson.databind.JsonNode;

/**
 * Rows that NetBox imports in bulk: devices, or virtual machines where their type is asked for, since it has a form for each.
 * Its sites, roles, types and tenants have to be there before.
 */
final class NetboxCsv implements Form {
    static final String FORM = "form";
    static final String WORD = "netbox";

    private static final String DEVICES = "server";
    private static final String MACHINES = "virtual-machine";
    private static final int LONGEST_SLUG = 100;

    private static final Map<Status, String> STATUSES = Map.of(
            Status.WISHED, "planned",
            Status.ORDERED, "planned",
            Status.DELIVERED, "staged",
            Status.ACCEPTED, "staged",
            Status.DEPLOYED, "staged",
            Status.IN_SERVICE, "active",
            Status.MAINTENANCE, "active",
            Status.DECOMMISSIONED, "decommissioning",
            Status.REFUSED, "offline",
            Status.CANCELLED, "offline");

    private static final List<Column<Exported>> OF_DEVICES = List.of(
            new Column<>("name", NetboxCsv::name),
            new Column<>("role", one -> one.row().type()),
            new Column<>("manufacturer", one -> one.text("vendor")),
            new Column<>("device_type", one -> one.text("model")),
            new Column<>("serial", one -> one.text("serial")),
            new Column<>("status", NetboxCsv::status),
            new Column<>("site", one -> one.row().site()),
            new Column<>("tenant", Exported::customer),
            new Column<>("platform", one -> one.text("os.name")),
            new Column<>("description", one -> one.text("label")),
            new Column<>("comments", NetboxCsv::origin),
            new Column<>("tags", NetboxCsv::tags));

    private static final List<Column<Exported>> OF_MACHINES = List.of(
            new Column<>("name", NetboxCsv::name),
            new Column<>("status", NetboxCsv::status),
            new Column<>("site", one -> one.row().site()),
            new Column<>("tenant", Exported::customer),
            new Column<>("platform", one -> one.text("os.name")),
            new Column<>("vcpus", one -> one.text("cpu.cores")),
            new Column<>("memory", one -> amount(one.known("memory"), 1 << 20)),
            new Column<>("disk", NetboxCsv::disk),
            new Column<>("description", one -> one.text("label")),
            new Column<>("comments", NetboxCsv::origin),
            new Column<>("tags", NetboxCsv::tags));

    private final OutputStream out;
    private final List<Column<Exported>> columns;
    private int skipped;

    NetboxCsv(Asking asking, OutputStream out) {
        this.out = out;
        this.columns = isOfMachines(asking.selection()) ? OF_MACHINES : OF_DEVICES;
        ElementsCsv.write(out, Csv.of(Column.names(columns), List.of()));
    }

    /** The selection, of one of both types. */
    static Selection narrowed(Selection selection) {
        return isOfMachines(selection) ? selection : selection.ofTypes(List.of(DEVICES));
    }

    private static boolean isOfMachines(Selection selection) {
        List<String> types = selection.types();
        if (types.isEmpty() || types.equals(List.of(DEVICES))) return false;
        if (types.equals(List.of(MACHINES))) return true;
        throw Refusal.at(Problem.UNFIT_PARAMETER, "type", "type", DEVICES + ", " + MACHINES);
    }

    @Override
    public void take(Exported one) {
        if (one.host() == null) skipped++;
        else ElementsCsv.write(out, ElementsCsv.row(Column.cells(columns, one)));
    }

    @Override
    public int end() {
        return skipped;
    }

    private static @Nullable String name(Exported one) {
        return one.host();
    }

    private static @Nullable String status(Exported one) {
        String status = one.row().status();
        return status == null ? null : STATUSES.get(Status.of(status));
    }

    private static String origin(Exported one) {
        return "Minventory " + one.row().element();
    }

    /** As slugs, which is how NetBox names tags. */
    private static String tags(Exported one) {
        return one.row().tags().stream()
                .map(NetboxCsv::slug)
                .filter(slug -> !slug.isEmpty())
                .distinct()
                .collect(Collectors.joining(","));
    }

    private static String slug(String tag) {
        String slug = tag.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        return slug.length() > LONGEST_SLUG ? slug.substring(0, LONGEST_SLUG) : slug;
    }

    /** In megabytes. */
    private static @Nullable String disk(Exported one) {
        JsonNode disks = one.known("disks");
        long bytes = 0;
        if (disks != null)
            for (JsonNode disk : disks) bytes += disk.path("size").asLong(0);
        return bytes <= 0 ? null : Long.toString(bytes / 1_000_000);
    }

    private static @Nullable String amount(@Nullable JsonNode value, long unit) {
        return value == null || !value.isNumber() ? null : Long.toString(value.asLong(0) / unit);
    }
}
