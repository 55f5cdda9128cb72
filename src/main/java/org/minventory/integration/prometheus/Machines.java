package org.minventory.integration.prometheus;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.export.Watched;

/** Where machines are reached, by customer and name, for what runs on them. */
final class Machines {
    private record Named(String customer, String name) {}

    private final Map<Named, String> hosts = new HashMap<>();

    void add(Watched machine) {
        String host = machine.host();
        if (host != null) hosts.put(new Named(machine.customer(), machine.row().name()), host);
    }

    /** Where the machine of that name is reached, or null. */
    @Nullable
    String host(String customer, String name) {
        return hosts.get(new Named(customer, name));
    }
}
