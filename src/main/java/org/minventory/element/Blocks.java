package org.minventory.element;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Ranges laid together: those that overlap or follow one another are one, so that no address is counted twice. */
public final class Blocks implements Gaps.Taken {
    private final NavigableMap<IpAddress, IpRange> byFirst = new TreeMap<>();

    private Blocks() {}

    /** These ranges, laid together. */
    public static Blocks of(Collection<IpRange> ranges) {
        Blocks blocks = new Blocks();
        List<IpRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparing(IpRange::first));
        sorted.forEach(blocks::add);
        return blocks;
    }

    /** In the order of their first addresses. */
    private void add(IpRange range) {
        Map.Entry<IpAddress, IpRange> before = byFirst.lastEntry();
        if (before == null || !before.getValue().reaches(range)) {
            byFirst.put(range.first(), range);
            return;
        }
        IpRange both = before.getValue();
        if (range.last().compareTo(both.last()) > 0) {
            byFirst.put(both.first(), new IpRange(both.first(), range.last()));
        }
    }

    @Override
    public @Nullable IpRange touching(IpRange block) {
        Map.Entry<IpAddress, IpRange> before = byFirst.floorEntry(block.last());
        return before != null && before.getValue().overlaps(block) ? before.getValue() : null;
    }

    /** What of them lies within a range. */
    public Blocks within(IpRange range) {
        Blocks within = new Blocks();
        for (IpRange block : byFirst.values()) {
            if (block.overlaps(range)) {
                within.add(block.within(range));
            }
        }
        return within;
    }

    /** The ranges that they make, in their order. */
    public List<IpRange> ranges() {
        return List.copyOf(byFirst.values());
    }

    /** How many addresses they have. */
    public BigInteger size() {
        return byFirst.values().stream().map(IpRange::size).reduce(BigInteger.ZERO, BigInteger::add);
    }
}
