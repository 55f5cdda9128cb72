package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.element.IpAddress;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hosts as import sources of monitoring take them (Icinga Director, Zabbix, Checkmk): an array of flat objects, {@code id}
 * unique. What goes into their objects is read once more when a check runs: a text with a macro is left out.
 */
final class FlatJson implements Form {
    static final String FLAT = "flat";

    private final JsonGenerator json;
    private final Names names;
    private int skipped;

    FlatJson(Asking asking, OutputStream out) {
        this.json = Json.MAPPER.createGenerator(out);
        this.names = asking.names();
        json.writeStartArray();
    }

    @Override
    public void take(Exported one) {
        String host = one.host();
        if (host == null) {
            skipped++;
            return;
        }
        List<IpAddress> addresses = one.addresses();
        Exported.Told full = one.names("fqdn");
        skipped += full.doubtful();
        ObjectNode flat = Json.object();
        flat.put("id", one.row().element().toString());
        flat.put("hostname", host);
        flat.put("name", one.row().name());
        flat.put("fqdn", full.first());
        flat.put("address", first(addresses, false));
        flat.put("address6", first(addresses, true));
        flat.put("client", one.customer());
        put(flat, "project", one.row().project());
        put(flat, "infrastructure", one.row().infrastructure());
        flat.put("type", one.row().type());
        flat.put("status", one.row().status());
        put(flat, "provider", one.row().provider());
        put(flat, "site", one.row().site());
        flat.put("parent", parent(one));
        put(flat, "tags", String.join(",", one.row().tags()));
        put(flat, "os_name", one.text("os.name"));
        put(flat, "os_version", one.text("os.version"));
        put(flat, "label", one.text("label"));
        json.writePOJO(flat);
    }

    private static @Nullable String first(List<IpAddress> addresses, boolean six) {
        return addresses.stream()
                .filter(address -> address.six() == six)
                .map(IpAddress::text)
                .findFirst()
                .orElse(null);
    }

    /** What it runs on, where that is one host of the same answer. */
    private @Nullable String parent(Exported one) {
        List<String> below = one.runsOn();
        return below.size() == 1 ? names.host(one.row().customer(), below.getFirst()) : null;
    }

    private void put(ObjectNode flat, String key, @Nullable String text) {
        boolean isHarmless = text == null || text.codePoints().allMatch(FlatJson::isHarmless);
        if (!isHarmless) skipped++;
        flat.put(key, isHarmless ? text : null);
    }

    /** No macro begins with it, and nobody who reads it sees another order or line than is written. */
    private static boolean isHarmless(int c) {
        return c != '$'
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.SURROGATE,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR -> false;
                    default -> true;
                };
    }

    @Override
    public int end() {
        json.writeEndArray();
        json.close();
        return skipped;
    }
}
