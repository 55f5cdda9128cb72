package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;

/**
 * A zone of addresses: the name of each ({@code PTR}), which is its reverse name where one is told, else the full name of who
 * has it. What two have by the same right is given to neither.
 */
final class ReverseZone implements Form {
    private static final int BY_OPS = 2;
    private static final int TOLD_AS_REVERSE = 1;
    private static final int NIBBLES = 32;

    private final Lines lines;
    private final ZoneHead head;
    private final SortedMap<IpAddress, Claim> claims = new TreeMap<>();

    /** A name for an address; null where two claim it by the same right. */
    private record Claim(@Nullable String name, int right) {
        Claim or(Claim other) {
            if (other.right != right) return other.right > right ? other : this;
            return other.name != null && other.name.equals(name) ? this : new Claim(null, right);
        }
    }

    ReverseZone(ZoneHead head, OutputStream out) {
        this.lines = new Lines(out);
        this.head = head;
    }

    @Override
    public void take(Exported one) {
        List<IpAddress> addresses = one.addresses();
        if (addresses.stream().noneMatch(this::isInside)) return;
        List<IpAddress> certain = one.certainAddresses();
        String reverse = believed(one, "reverse");
        String full = fullName(one);
        for (IpAddress address : addresses) {
            if (!isInside(address)) continue;
            boolean isReverse = reverse != null && address.equals(addresses.getFirst());
            String name = isReverse ? reverse : full;
            if (name == null) lines.skip();
            else
                claims.merge(
                        address,
                        new Claim(name, (certain.contains(address) ? BY_OPS : 0) + (isReverse ? TOLD_AS_REVERSE : 0)),
                        Claim::or);
        }
    }

    private @Nullable String believed(Exported one, String attribute) {
        Exported.Told told = one.names(attribute);
        for (int i = 0; i < told.doubtful(); i++) lines.skip();
        return told.first();
    }

    private @Nullable String fullName(Exported one) {
        String told = believed(one, "fqdn");
        if (told != null) return told;
        return Ldh.isFull(one.row().name()) && !Names.isMeantOtherwise(one.row().name())
                ? one.row().name()
                : null;
    }

    private boolean isInside(IpAddress address) {
        return Ldh.isWithin(reverse(address), head.zone());
    }

    /** The name under which an address stands in its zone (RFC 1035, 3596). */
    static String reverse(IpAddress address) {
        StringBuilder name = new StringBuilder(72);
        if (!address.six()) {
            for (int bit = 0; bit < 32; bit += 8)
                name.append((address.low() >>> bit) & 0xFF).append('.');
            return name.append("in-addr.arpa").toString();
        }
        for (int nibble = 0; nibble < NIBBLES; nibble++) {
            long half = nibble < NIBBLES / 2 ? address.low() : address.high();
            name.append(Character.forDigit((int) ((half >>> (4 * (nibble % (NIBBLES / 2)))) & 0xF), 16))
                    .append('.');
        }
        return name.append("ip6.arpa").toString();
    }

    @Override
    public int end() {
        head.write(lines, head.servers(List.of()));
        claims.forEach((address, claim) -> {
            if (claim.name() == null) lines.skip();
            else lines.line(reverse(address) + ". IN PTR " + claim.name() + ".");
        });
        return lines.end(";");
    }
}
