package org.minventory.notification.channel;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;

/**
 * What of the address space is the public internet: all of IPv4, and of IPv6 what is given out as global unicast, save the
 * blocks of IANA's special-purpose registries (RFC 6890 and what came after). Blocks there that are reachable from
 * everywhere (anycast sinks and relays) are nobody's receiver of notices, and are left out too.
 */
final class PublicInternet {
    private static final IpRange GLOBAL_UNICAST =
            block("2000::/3"); // and so no mapped, translated, local or multicast one

    private static final List<IpRange> SPECIAL = List.of(
            block("0.0.0.0/8"), // this network
            block("10.0.0.0/8"), // private
            block("100.64.0.0/10"), // shared by a provider's customers; the metadata of some clouds
            block("127.0.0.0/8"), // loopback
            block("169.254.0.0/16"), // link-local; the metadata of most clouds
            block("168.63.129.16/32"), // not in the registry: what a cloud tells its own machines
            block("172.16.0.0/12"), // private
            block("192.0.0.0/24"), // protocol assignments
            block("192.0.2.0/24"), // documentation
            block("192.31.196.0/24"), // AS112
            block("192.52.193.0/24"), // multicast tunnels
            block("192.88.99.0/24"), // 6to4 relays
            block("192.168.0.0/16"), // private
            block("192.175.48.0/24"), // AS112
            block("198.18.0.0/15"), // benchmarks
            block("198.51.100.0/24"), // documentation
            block("203.0.113.0/24"), // documentation
            block("224.0.0.0/4"), // multicast
            block("240.0.0.0/4"), // reserved, broadcast
            block("2001::/23"), // protocol assignments: Teredo, benchmarks, ORCHID
            block("2001:db8::/32"), // documentation
            block("2002::/16"), // 6to4: an IPv4 address within
            block("2620:4f:8000::/48"), // AS112
            block("3fff::/20")); // documentation

    private PublicInternet() {}

    /** Whether a machine of the public internet can have that address. */
    static boolean holds(InetAddress address) {
        IpAddress number = number(address);
        return (!number.six() || GLOBAL_UNICAST.contains(number))
                && SPECIAL.stream().noneMatch(block -> block.contains(number));
    }

    private static IpAddress number(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        boolean six = bytes.remaining() > Integer.BYTES;
        return six
                ? new IpAddress(true, bytes.getLong(), bytes.getLong())
                : new IpAddress(false, 0, Integer.toUnsignedLong(bytes.getInt()));
    }

    private static IpRange block(String cidr) {
        return Objects.requireNonNull(IpRange.parse(cidr));
    }
}
