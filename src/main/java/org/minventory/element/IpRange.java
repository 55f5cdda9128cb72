package org.minventory.element;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses in a row, both ends included; shown as a CIDR when it is one. */
public record IpRange(IpAddress first, IpAddress last) {

    public IpRange {
        if (first.six() != last.six() || first.compareTo(last) > 0) {
            throw new IllegalArgumentException(first + " to " + last + " is no range");
        }
    }

    /** The block of that prefix length in which an address lies. */
    public static IpRange of(IpAddress address, int prefix) {
        return new IpRange(address.first(prefix), address.last(prefix));
    }

    /**
     * The range written there, or null when it is not one: a CIDR (host bits are masked), an address and a dotted mask,
     * one address alone, or two addresses joined by a dash.
     */
    public static @Nullable IpRange parse(String text) {
        int slash = text.indexOf('/');
        if (slash >= 0) {
            @Nullable IpAddress address = IpAddress.parse(text.substring(0, slash));
            int prefix = address == null ? -1 : prefix(text.substring(slash + 1), address);
            return address == null || prefix < 0 ? null : of(address, prefix);
        }
        int dash = Math.max(text.indexOf('-'), text.indexOf('–'));
        if (dash < 0) {
            @Nullable IpAddress address = IpAddress.parse(text);
            return address == null ? null : new IpRange(address, address);
        }
        @Nullable IpAddress first = IpAddress.parse(text.substring(0, dash).strip());
        @Nullable IpAddress last = IpAddress.parse(text.substring(dash + 1).strip());
        if (first == null || last == null || first.six() != last.six() || first.compareTo(last) > 0) {
            return null;
        }
        return new IpRange(first, last);
    }

    /** The prefix length written there, as a number or as a dotted mask, or -1. */
    static int prefix(String text, IpAddress address) {
        if (text.indexOf('.') >= 0) {
            return address.six() ? -1 : maskLength(IpAddress.parse(text));
        }
        if (text.isEmpty() || text.length() > 3) {
            return -1;
        }
        int prefix = 0;
        for (int at = 0; at < text.length(); at++) {
            int digit = text.charAt(at) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            prefix = prefix * 10 + digit;
        }
        return prefix <= address.bits() ? prefix : -1;
    }

    private static int maskLength(@Nullable IpAddress mask) {
        if (mask == null) {
            return -1;
        }
        int length = Long.bitCount(mask.low());
        boolean contiguous = mask.equals(new IpAddress(false, 0, 0xFFFF_FFFFL).first(length));
        return contiguous ? length : -1;
    }

    public boolean contains(IpAddress address) {
        return address.six() == first.six() && first.compareTo(address) <= 0 && address.compareTo(last) <= 0;
    }

    public boolean contains(IpRange other) {
        return contains(other.first) && contains(other.last);
    }

    public boolean overlaps(IpRange other) {
        return first.six() == other.first.six() && first.compareTo(other.last) <= 0 && other.first.compareTo(last) <= 0;
    }

    /** Whether a range that begins no earlier than this one overlaps it, or follows it without a gap. */
    boolean reaches(IpRange later) {
        return overlaps(later) || later.first().equals(last.next());
    }

    /** What of it lies within another range that overlaps it. */
    public IpRange within(IpRange other) {
        IpAddress from = first.compareTo(other.first) < 0 ? other.first : first;
        IpAddress to = last.compareTo(other.last) > 0 ? other.last : last;
        return new IpRange(from, to);
    }

    /** How many addresses it has. */
    public BigInteger size() {
        return last.number().subtract(first.number()).add(BigInteger.ONE);
    }

    /**
     * The addresses of a block that no machine bears: network and broadcast of IPv4 up to a /30 (RFC 1122; a /31 has
     * neither, RFC 3021), the anycast address of its routers in IPv6 up to a /126 (RFC 4291; not on a /127, RFC 6164).
     * None where the range is no block.
     */
    public List<IpAddress> ends() {
        int prefix = prefixLength();
        if (prefix < 0 || prefix > first.bits() - 2) {
            return List.of();
        }
        return first.six() ? List.of(first) : List.of(first, last);
    }

    /** The fewest CIDR blocks that are together exactly this range, in their order. */
    public List<IpRange> cidrs() {
        List<IpRange> cidrs = new ArrayList<>();
        @Nullable IpAddress from = first;
        while (from != null && from.compareTo(last) <= 0) {
            IpRange widest = widestFrom(from);
            cidrs.add(widest);
            from = widest.last().next();
        }
        return cidrs;
    }

    private IpRange widestFrom(IpAddress from) {
        int prefix = 0;
        while (!from.equals(from.first(prefix)) || from.last(prefix).compareTo(last) > 0) {
            prefix++;
        }
        return of(from, prefix);
    }

    /** {@code 192.0.2.0/24} when it is a CIDR, else {@code 192.0.2.10-192.0.2.20}. */
    public String text() {
        int prefix = prefixLength();
        return prefix < 0 ? first.text() + "-" + last.text() : first.text() + "/" + prefix;
    }

    @Override
    public String toString() {
        return text();
    }

    /** The prefix length when the range is one CIDR block, else -1. */
    public int prefixLength() {
        for (int prefix = first.bits(); prefix >= 0; prefix--) {
            if (first.equals(first.first(prefix)) && last.equals(first.last(prefix))) {
                return prefix;
            }
        }
        return -1;
    }
}
