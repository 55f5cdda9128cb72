package org.minventory.notification.channel;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.IpAddress;

/**
 * Where something is posted to: an address that somebody wrote, read strictly, and the machines that it leads to, each
 * looked at. Whoever sends connects to one of these and asks for no other: a name that leads elsewhere a moment later
 * leads nowhere.
 *
 * @param host a DNS name, or an address without brackets; it stays the name for TLS and {@code Host}
 * @param path path and query as they were written
 */
public record Destination(String scheme, String host, int port, String path, List<InetAddress> addresses) {
    private static final String PLACE = "/channel/url";
    private static final int LONGEST = 2_000;
    private static final int LONGEST_NAME = 253;
    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private static final Pattern SHAPE = Pattern.compile("(?<scheme>[a-zA-Z][a-zA-Z0-9+.-]*)://"
            + "(?:\\[(?<six>[0-9a-fA-F:.]+)\\]|(?<host>[a-zA-Z0-9.-]+))(?::(?<port>[1-9][0-9]{0,4}))?"
            + "(?<path>[/?][!-~&&[^#\\\\]]*)?");

    /** The last label begins with a letter: what ends in a number is an address in some disguise. */
    private static final Pattern NAME =
            Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])");

    public Destination {
        addresses = List.copyOf(addresses);
    }

    /**
     * Reads an address and looks at where it leads: https to port 443 of machines on the public internet, by a full DNS
     * name or a canonical IP literal; anything, and plain http, at what the operator allows.
     *
     * @throws Refusal {@link Problem#UNFIT_TARGET} at {@code /channel/url}
     */
    static Destination check(String url, Outward outward, Resolver resolver) {
        Matcher shape = SHAPE.matcher(url);
        if (url.length() > LONGEST || !shape.matches() || !isUri(url)) throw unfit("target.shape");
        String scheme = shape.group("scheme").toLowerCase(Locale.ROOT);
        boolean secure = scheme.equals("https");
        if (!secure && !scheme.equals("http")) throw unfit("target.scheme");
        String host = host(shape);
        int port = shape.group("port") == null ? secure ? HTTPS : HTTP : Integer.parseInt(shape.group("port"));
        boolean allowed = outward.allowed().stream().anyMatch(target -> isSame(target, host, port));
        if (!allowed && !secure) throw unfit("target.scheme");
        if (!allowed && port != HTTPS) throw unfit("target.port");
        return new Destination(scheme, host, port, path(shape), machines(host, allowed, resolver));
    }

    /** Whether the port is the one that its scheme has anyway. */
    boolean isUsualPort() {
        return port == (scheme.equals("https") ? HTTPS : HTTP);
    }

    private static String host(Matcher shape) {
        String six = shape.group("six");
        return (six == null ? shape.group("host") : six).toLowerCase(Locale.ROOT);
    }

    private static String path(Matcher shape) {
        String path = shape.group("path");
        if (path == null) return "/";
        return path.startsWith("?") ? "/" + path : path;
    }

    private static boolean isUri(String url) {
        try {
            return new URI(url).getRawUserInfo() == null;
        } catch (URISyntaxException unreadable) {
            return false;
        }
    }

    private static boolean isSame(Target target, String host, int port) {
        return target.port() == port && canonical(target.host()).equals(canonical(host));
    }

    private static String canonical(String host) {
        IpAddress address = IpAddress.parse(host);
        return address == null ? host : address.text();
    }

    /** An operator's word is taken for whatever machine stands behind; a name of nobody's is looked at, machine by machine. */
    private static List<InetAddress> machines(String host, boolean allowed, Resolver resolver) {
        IpAddress literal = IpAddress.parse(host);
        boolean wellFormed = literal == null
                ? host.length() <= LONGEST_NAME && NAME.matcher(host).matches()
                : literal.text().equals(host);
        if (!allowed && !wellFormed) throw unfit("target.host");
        try {
            List<InetAddress> machines =
                    literal == null ? resolver.resolve(host) : List.of(InetAddress.getByAddress(bytes(literal)));
            boolean fit = allowed || machines.stream().allMatch(PublicInternet::holds);
            if (machines.isEmpty() || !fit) throw elsewhere(host);
            return machines;
        } catch (UnknownHostException unknown) {
            throw elsewhere(host);
        }
    }

    private static byte[] bytes(IpAddress address) {
        return address.six()
                ? ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(address.high())
                        .putLong(address.low())
                        .array()
                : ByteBuffer.allocate(Integer.BYTES).putInt((int) address.low()).array();
    }

    private static Refusal unfit(String key) {
        return Refusal.at(Problem.UNFIT_TARGET, PLACE, (Object) Said.of(key));
    }

    /** One sentence for a name that leads nowhere and for one that leads inside: which names there are inside is nobody's business. */
    private static Refusal elsewhere(String host) {
        return Refusal.at(Problem.UNFIT_TARGET, PLACE, (Object) Said.of("target.machine", host));
    }
}
