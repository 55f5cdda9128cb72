package org.minventory.notification.channel;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A receiver of notices that the operator allows although it is not on the public internet, and over plain http.
 *
 * @param host a DNS name, an IPv4 address, or an IPv6 address without its brackets
 */
public record Target(String host, int port) {
    private static final Pattern SHAPE =
            Pattern.compile("(?:\\[([0-9a-fA-F:.]{2,45})\\]|([a-zA-Z0-9][a-zA-Z0-9.-]{0,252})):(\\d{1,5})");
    private static final int LAST_PORT = 65_535;

    /** Reads {@code HOST:PORT} or {@code [IPv6]:PORT}; null where it is neither. */
    public static @Nullable Target read(String told) {
        Matcher shape = SHAPE.matcher(told.strip());
        if (!shape.matches()) return null;
        int port = Integer.parseInt(shape.group(3));
        if (port < 1 || port > LAST_PORT) return null;
        String host = shape.group(1) == null ? shape.group(2) : shape.group(1);
        return new Target(host.toLowerCase(Locale.ROOT), port);
    }

    @Override
    public String toString() {
        return host.contains(":") ? "[" + host + "]:" + port : host + ":" + port;
    }
}
