package org.minventory.integration.exports;

import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.Blocks;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;

/**
 * The addresses of a selection as firewalls take them: one CIDR a line, none within another. Ranges that machines stand in
 * are there only where their type is asked for, since they hold others too.
 */
final class CidrList implements Form {
    static final String FAMILY = "family";
    private static final String RANGE = "range";
    private static final String BLOCKS = "blocks";

    private final Lines lines;
    private final boolean isOfRanges;
    private final @Nullable Boolean six;
    private final List<IpRange> ranges = new ArrayList<>();

    CidrList(Asking asking, OutputStream out) {
        this.lines = new Lines(out);
        this.isOfRanges = !asking.selection().types().isEmpty();
        this.six = six(asking.parameter(FAMILY));
    }

    private static @Nullable Boolean six(@Nullable String told) {
        return switch (told == null ? "" : told) {
            case "" -> null;
            case "4", "ipv4" -> false;
            case "6", "ipv6" -> true;
            default -> throw Refusal.at(Problem.UNFIT_PARAMETER, FAMILY, FAMILY, "4, 6");
        };
    }

    @Override
    public void take(Exported one) {
        for (IpAddress address : one.addresses()) add(new IpRange(address, address));
        for (String attribute : isOfRanges ? List.of(BLOCKS, RANGE) : List.of(BLOCKS))
            for (String told : Exported.texts(one.known(attribute))) {
                IpRange range = IpRange.parse(told);
                if (range == null) lines.skip();
                else add(range);
            }
    }

    private void add(IpRange range) {
        if (six == null || range.first().six() == six) ranges.add(range);
    }

    @Override
    public int end() {
        for (IpRange block : Blocks.of(ranges).ranges()) for (IpRange cidr : block.cidrs()) lines.line(cidr.text());
        return lines.end();
    }
}
