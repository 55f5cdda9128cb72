package org.minventory.survey;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Addresses and names as machines tell them: only those by which somebody else could reach the machine. */
public final class Addresses {

    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-f:.]{2,45}");

    private static final Pattern LABELS =
            Pattern.compile("[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?(?:\\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?){0,126}");
    private static final int LONGEST_NAME = 253;

    /** IPv4 first, then IPv6, each in the order of its bytes; then by prefix. */
    public static final Comparator<String> IN_ORDER = Comparator.comparing(Addresses::bytesOf, Addresses::compareBytes)
            .thenComparingInt(Addresses::prefixOf)
            .thenComparing(Comparator.naturalOrder());

    private Addresses() {}

    /** The address, in lower case; absent where it is none, or loopback, link-local, multicast or unspecified. */
    public static Optional<String> reachable(String told) {
        String address = told.strip().toLowerCase(Locale.ROOT);
        return parse(address).filter(Addresses::isReachable).map(parsed -> address);
    }

    /** Any address at all, in lower case: that of a router may be link-local. */
    public static Optional<String> literal(String told) {
        String address = told.strip().toLowerCase(Locale.ROOT);
        return parse(address).map(parsed -> address);
    }

    /** A reachable address with the prefix of its network ({@code 192.0.2.10/24}), or alone where none is known. */
    public static Optional<String> withPrefix(String told, OptionalInt prefix) {
        return reachable(told).map(address -> {
            int longest = address.indexOf(':') < 0 ? 32 : 128;
            boolean isKnown = prefix.isPresent() && prefix.getAsInt() >= 0 && prefix.getAsInt() <= longest;
            return isKnown ? address + "/" + prefix.getAsInt() : address;
        });
    }

    /** The prefix that a dotted IPv4 netmask means; absent where its bits have a gap. */
    public static OptionalInt prefixOfNetmask(String netmask) {
        if (!IPV4.matcher(netmask).matches()) {
            return OptionalInt.empty();
        }
        int bits = 0;
        for (byte part : InetAddress.ofLiteral(netmask).getAddress()) {
            bits = bits << 8 | (part & 0xff);
        }
        int ones = Integer.bitCount(bits);
        boolean hasGap = ones < 32 && bits << ones != 0;
        return hasGap ? OptionalInt.empty() : OptionalInt.of(ones);
    }

    /** A host's own name, in lower case; absent where every machine calls itself so. */
    public static Optional<String> hostname(String told) {
        String name = told.strip().toLowerCase(Locale.ROOT);
        boolean isName = name.length() <= LONGEST_NAME
                && LABELS.matcher(name).matches()
                && !name.startsWith("localhost")
                && !IPV4.matcher(name).matches();
        return isName ? Optional.of(name) : Optional.empty();
    }

    /** A fully qualified name: one with a dot that says where in the world it stands. */
    public static Optional<String> fqdn(String told) {
        return hostname(told.strip().replaceFirst("\\.$", ""))
                .filter(name -> name.indexOf('.') > 0 && !name.endsWith(".localdomain") && !name.endsWith(".arpa"));
    }

    private static Optional<InetAddress> parse(String address) {
        boolean isLiteral = IPV4.matcher(address).matches()
                || (address.indexOf(':') >= 0 && IPV6.matcher(address).matches());
        if (!isLiteral) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(address));
        } catch (IllegalArgumentException notAnAddress) {
            return Optional.empty();
        }
    }

    private static boolean isReachable(InetAddress address) {
        return !(address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isMulticastAddress()
                || address.isAnyLocalAddress());
    }

    private static byte[] bytesOf(String addressAndPrefix) {
        return parse(addressAndPrefix.split("/", 2)[0])
                .map(InetAddress::getAddress)
                .orElseGet(() -> new byte[0]);
    }

    private static int compareBytes(byte[] left, byte[] right) {
        int byFamily = Integer.compare(left.length, right.length);
        return byFamily == 0 ? Arrays.compareUnsigned(left, right) : byFamily;
    }

    private static int prefixOf(String addressAndPrefix) {
        int slash = addressAndPrefix.indexOf('/');
        return slash < 0 ? Integer.MAX_VALUE : Integer.parseInt(addressAndPrefix.substring(slash + 1));
    }
}
