package org.minventory.element;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An IPv4 or IPv6 address as a number of 32 or 128 bits. Read by hand: the JDK accepts shortened and octal IPv4 forms
 * which two tools read as two different addresses, and prints IPv6 otherwise than RFC 5952.
 *
 * @param high the upper 64 bits of an IPv6 address, 0 for IPv4
 * @param low the lower 64 bits, or the 32 bits of IPv4
 */
public record IpAddress(boolean six, long high, long low) implements Comparable<IpAddress> {
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;
    private static final long IPV4_MASK = 0xFFFF_FFFFL;

    /** The address written there, or null when it is not one. An IPv6 zone ({@code %eth0}) is left out. */
    public static @Nullable IpAddress parse(String text) {
        return text.indexOf(':') < 0 ? parseFour(text, 0, text.length()) : parseSix(withoutZone(text));
    }

    /** How many bits such an address has: 32 or 128. */
    public int bits() {
        return six ? IPV6_BITS : IPV4_BITS;
    }

    /** The first address of the block of that prefix length: all host bits 0. */
    public IpAddress first(int prefix) {
        return six
                ? new IpAddress(true, high & mask(prefix), low & mask(prefix - Long.SIZE))
                : new IpAddress(false, 0, low & mask(prefix + IPV4_BITS) & IPV4_MASK);
    }

    /** The last address of the block of that prefix length: all host bits 1. */
    public IpAddress last(int prefix) {
        return six
                ? new IpAddress(true, high | ~mask(prefix), low | ~mask(prefix - Long.SIZE))
                : new IpAddress(false, 0, (low | ~mask(prefix + IPV4_BITS)) & IPV4_MASK);
    }

    /** The address after this one, or null after the last of its family. */
    public @Nullable IpAddress next() {
        if (!six) {
            return low == IPV4_MASK ? null : new IpAddress(false, 0, low + 1);
        }
        if (low != -1) {
            return new IpAddress(true, high, low + 1);
        }
        return high == -1 ? null : new IpAddress(true, high + 1, 0);
    }

    /** The number that its bits are. */
    public BigInteger number() {
        return new BigInteger(Long.toUnsignedString(high))
                .shiftLeft(Long.SIZE)
                .or(new BigInteger(Long.toUnsignedString(low)));
    }

    /** Whether an element can be recognised by it: not loopback, link-local, unspecified, multicast or broadcast. */
    public boolean identifies() {
        return six ? identifiesSix() : identifiesFour();
    }

    private boolean identifiesFour() {
        int first = (int) (low >>> 24);
        return first != 0 && first != 127 && first < 224 && (low >>> 16) != 0xA9FE;
    }

    private boolean identifiesSix() {
        boolean loopbackOrUnspecified = high == 0 && (low == 0 || low == 1);
        boolean multicast = (high >>> 56) == 0xFF;
        boolean linkLocal = (high >>> 54) == 0x3FA;
        return !loopbackOrUnspecified && !multicast && !linkLocal;
    }

    @Override
    public int compareTo(IpAddress other) {
        int family = Boolean.compare(six, other.six);
        if (family != 0) {
            return family;
        }
        int upper = Long.compareUnsigned(high, other.high);
        return upper != 0 ? upper : Long.compareUnsigned(low, other.low);
    }

    /** The canonical text: dotted decimal, or RFC 5952. */
    public String text() {
        if (!six) {
            return four(new StringBuilder(15), low).toString();
        }
        boolean mapped = high == 0 && (low >>> 32) == 0xFFFF;
        return mapped ? four(new StringBuilder("::ffff:"), low & IPV4_MASK).toString() : sixText();
    }

    @Override
    public String toString() {
        return text();
    }

    private static StringBuilder four(StringBuilder text, long bits) {
        return text.append(bits >>> 24)
                .append('.')
                .append((bits >>> 16) & 0xFF)
                .append('.')
                .append((bits >>> 8) & 0xFF)
                .append('.')
                .append(bits & 0xFF);
    }

    private String sixText() {
        int start = -1;
        int longest = 1;
        for (int at = 0; at < 8; at++) {
            int zeros = zerosFrom(at);
            if (zeros > longest) {
                start = at;
                longest = zeros;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int at = 0; at < 8; at++) {
            if (at == start) {
                text.append("::");
                at += longest - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(group(at)));
            }
        }
        return text.toString();
    }

    private int zerosFrom(int at) {
        int end = at;
        while (end < 8 && group(end) == 0) {
            end++;
        }
        return end - at;
    }

    private int group(int at) {
        return (int) ((at < 4 ? high >>> (48 - 16 * at) : low >>> (48 - 16 * (at - 4))) & 0xFFFF);
    }

    /** The upper so many of 64 bits. */
    private static long mask(int prefix) {
        if (prefix <= 0) {
            return 0;
        }
        return prefix >= Long.SIZE ? -1L : -1L << (Long.SIZE - prefix);
    }

    private static String withoutZone(String text) {
        int zone = text.indexOf('%');
        return zone < 0 ? text : text.substring(0, zone);
    }

    private static @Nullable IpAddress parseFour(String text, int from, int to) {
        long bits = 0;
        int parts = 0;
        int at = from;
        while (at < to) {
            int start = at;
            int part = 0;
            while (at < to && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < 3) {
                part = part * 10 + (text.charAt(at) - '0');
                at++;
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            if (at == start || part > 255 || leadingZero || parts == 4) {
                return null;
            }
            bits = (bits << 8) | part;
            parts++;
            if (at < to && (text.charAt(at) != '.' || ++at == to)) {
                return null;
            }
        }
        return parts == 4 ? new IpAddress(false, 0, bits) : null;
    }

    private static @Nullable IpAddress parseSix(String text) {
        int gap = text.indexOf("::");
        if (gap < 0) {
            int @Nullable [] groups = groups(text, 0, text.length());
            return groups == null || groups.length != 8 ? null : ofGroups(groups, new int[0]);
        }
        int @Nullable [] before = groups(text, 0, gap);
        int @Nullable [] after = groups(text, gap + 2, text.length());
        if (before == null || after == null || before.length + after.length > 7) {
            return null;
        }
        return ofGroups(before, after);
    }

    private static IpAddress ofGroups(int[] before, int[] after) {
        long[] halves = new long[2];
        for (int at = 0; at < before.length; at++) {
            halves[at / 4] |= (long) before[at] << (48 - 16 * (at % 4));
        }
        for (int at = 0; at < after.length; at++) {
            int place = 8 - after.length + at;
            halves[place / 4] |= (long) after[at] << (48 - 16 * (place % 4));
        }
        return new IpAddress(true, halves[0], halves[1]);
    }

    private static int @Nullable [] groups(String text, int from, int to) {
        if (from == to) {
            return new int[0];
        }
        int[] groups = new int[9];
        int count = 0;
        int at = from;
        while (true) {
            int colon = text.indexOf(':', at);
            int end = colon < 0 || colon > to ? to : colon;
            int dot = text.indexOf('.', at);
            if (end == to && to == text.length() && dot >= 0) {
                @Nullable IpAddress four = parseFour(text, at, to);
                if (four == null || count > 6) {
                    return null;
                }
                groups[count++] = (int) (four.low >>> 16);
                groups[count++] = (int) (four.low & 0xFFFF);
                return Arrays.copyOf(groups, count);
            }
            int group = hex(text, at, end);
            if (group < 0 || count == 8) {
                return null;
            }
            groups[count++] = group;
            if (end == to) {
                return Arrays.copyOf(groups, count);
            }
            at = end + 1;
        }
    }

    private static int hex(String text, int from, int to) {
        if (from == to || to - from > 4) {
            return -1;
        }
        int value = 0;
        for (int at = from; at < to; at++) {
            int digit = text.charAt(at) < 128 ? Character.digit(text.charAt(at), 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = (value << 4) | digit;
        }
        return value;
    }
}
