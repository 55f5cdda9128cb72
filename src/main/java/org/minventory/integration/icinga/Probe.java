package org.minventory.integration.icinga;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.export.Watched;

/**
 * How something that answers is asked: by a check command that comes with Icinga.
 *
 * @param vars what the command has to know
 * @param host whom to ask where no machine is known: the name or address in its address of the web, or null
 */
record Probe(
        String command,
        SequencedMap<String, Object> vars,
        @Nullable String host) {
    private static final String HTTPS = "https";

    /** By its address of the web, else at its port, else where it gives its figures; null where it says none of these. */
    static @Nullable Probe of(Watched one) {
        URI url = one.url();
        if (url != null) return ofWeb(url);
        if (one.port() != null) return ofPort(one.port(), one.word("protocol"));
        Integer figures = one.metricsPort();
        String path = Objects.requireNonNullElse(one.metricsPath(), "/metrics");
        return figures == null ? null : http(figures, path, HTTPS.equals(one.metricsScheme()), null);
    }

    private static Probe ofWeb(URI url) {
        boolean secure = HTTPS.equals(url.getScheme());
        URI ascii = URI.create(url.toASCIIString());
        String path = ascii.getRawPath().isEmpty() ? "/" : ascii.getRawPath();
        String asked = ascii.getRawQuery() == null ? path : path + "?" + ascii.getRawQuery();
        int port = url.getPort() < 0 ? secure ? 443 : 80 : url.getPort();
        return http(port, asked, secure, url.getHost());
    }

    /** Whatever the protocol is called, it is reached by TCP, unless it says that it is not. */
    private static @Nullable Probe ofPort(int port, @Nullable String protocol) {
        String word = protocol == null ? "tcp" : protocol.toLowerCase(Locale.ROOT);
        if (word.equals("http") || word.equals(HTTPS)) return http(port, "/", word.equals(HTTPS), null);
        if (word.contains("udp") && !word.contains("tcp")) return null;
        SequencedMap<String, Object> vars = new LinkedHashMap<>();
        vars.put("tcp_port", port);
        return new Probe("tcp", vars, null);
    }

    private static Probe http(int port, String path, boolean secure, @Nullable String host) {
        SequencedMap<String, Object> vars = new LinkedHashMap<>();
        if (host != null) vars.put("http_vhost", host);
        vars.put("http_port", port);
        vars.put("http_uri", path);
        vars.put("http_ssl", secure);
        vars.put("http_sni", secure && host != null && address(host) == null);
        return new Probe("http", vars, host);
    }

    /** The address that the host of a URL is; null where it is a name. */
    static @Nullable IpAddress address(String host) {
        return IpAddress.parse(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
}
