package org.minventory.integration.prometheus;

import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.export.Watched;

/** Which of what is watched is asked where. */
final class Targets {
    private final Machines machines;
    private final @Nullable Integer port;

    /** @param port of machines that say none of their own; null to leave these out */
    Targets(Machines machines, @Nullable Integer port) {
        this.machines = machines;
        this.port = port;
    }

    /** Where to ask, and what Prometheus has to know for asking. */
    record Group(List<String> addresses, Map<String, String> asking) {
        static final Group NONE = new Group(List.of(), Map.of());
    }

    /** What gives its own figures, at the port that it says. */
    Group scraped(Watched one) {
        Integer own = one.metricsPort() == null && one.isMachine() ? port : one.metricsPort();
        if (own == null) return Group.NONE;
        List<String> addresses =
                hosts(one).stream().map(host -> host + ":" + own).distinct().toList();
        Map<String, String> asking = new LinkedHashMap<>();
        if (one.metricsScheme() != null) asking.put("__scheme__", one.metricsScheme());
        if (one.metricsPath() != null) asking.put("__metrics_path__", one.metricsPath());
        return new Group(addresses, asking);
    }

    /** By its own address, else by those of the machines that it runs on. */
    private List<String> hosts(Watched one) {
        String own = one.host();
        if (own != null) return List.of(own);
        List<String> hosts = new ArrayList<>();
        for (String name : one.runsOn()) {
            String host = machines.host(one.customer(), name);
            if (host != null) hosts.add(host);
        }
        return hosts;
    }

    /** What another asks from outside: its address of the web goes along, for the exporter that probes it. */
    Group probed(Watched one) {
        URI url = one.url();
        if (url == null) return Group.NONE;
        int usual = Objects.equals(url.getScheme(), "https") ? 443 : 80;
        int at = url.getPort() < 0 ? usual : url.getPort();
        return new Group(List.of(url.getHost() + ":" + at), Map.of("__param_target", url.toASCIIString()));
    }
}
