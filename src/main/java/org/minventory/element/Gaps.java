package org.minventory.element;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is free of a range. It goes from one taken thing to the next, never from one address to the next: a /64 with
 * three addresses in use costs four steps.
 */
public final class Gaps {
    /** Addresses that no element can be recognised by, so nobody would know that they are in use. */
    public static final List<IpRange> NOBODYS = List.of(
            block("0.0.0.0", 8),
            block("127.0.0.0", 8),
            block("169.254.0.0", 16),
            block("224.0.0.0", 3),
            block("::", 127),
            block("fe80::", 10),
            block("ff00::", 8));

    private Gaps() {}

    /** Something taken. */
    public interface Taken {
        /** What is taken and shares an address with that block, or null. */
        @Nullable
        IpRange touching(IpRange block);
    }

    /**
     * The first block of that prefix length within a range that shares no address with anything taken; null where there
     * is none.
     */
    public static @Nullable IpRange first(IpRange within, int prefix, List<? extends Taken> taken) {
        @Nullable IpRange block = from(within.first(), prefix);
        while (block != null && within.contains(block)) {
            @Nullable IpRange obstacle = touching(block, taken);
            if (obstacle == null) {
                return block;
            }
            block = after(obstacle.last().compareTo(block.last()) > 0 ? obstacle.last() : block.last(), prefix);
        }
        return null;
    }

    private static @Nullable IpRange touching(IpRange block, List<? extends Taken> taken) {
        for (Taken one : taken) {
            @Nullable IpRange obstacle = one.touching(block);
            if (obstacle != null) {
                return obstacle;
            }
        }
        return null;
    }

    /** The first block that begins at that address or later. */
    private static @Nullable IpRange from(IpAddress address, int prefix) {
        boolean begins = address.equals(address.first(prefix));
        return begins ? IpRange.of(address, prefix) : after(address.last(prefix), prefix);
    }

    /** The first block that begins after that address. */
    private static @Nullable IpRange after(IpAddress address, int prefix) {
        @Nullable IpAddress next = address.next();
        return next == null ? null : from(next, prefix);
    }

    private static IpRange block(String first, int prefix) {
        @Nullable IpAddress address = IpAddress.parse(first);
        if (address == null) {
            throw new IllegalStateException(first);
        }
        return IpRange.of(address, prefix);
    }
}
