package org.minventory.conformity;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Attribute;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import tools.jackson.databind.JsonNode;

/**
 * Every expected address is there. Prefix lengths are not compared: a provider tells {@code /32} of an address that the
 * machine bears with {@code /24}. A deployed machine may have more addresses (containers, private networks). A block
 * that a provider gives ({@code 2001:db8::/64}) is there when one address in it is; a block that nobody uses yet does
 * not diverge.
 *
 * <p>Two witnesses agree when they share an address: each sees its part of a machine.
 */
final class AddressesRule implements Rule {
    @Override
    public Finding judge(Attribute attribute, Pair pair, Side expected, Side seen) {
        Addresses measures = Addresses.of(expected.value());
        Addresses found = Addresses.of(seen.value());
        if (measures.isEmpty() || found.isEmpty()) {
            return measures.isEmpty() && !pair.isEven() ? Finding.agrees("nothing-expected") : Finding.unknown("vague");
        }
        return pair.isEven() ? witnesses(measures, found) : expectation(measures, found);
    }

    private static Finding expectation(Addresses expected, Addresses seen) {
        for (IpAddress address : expected.single) {
            if (!seen.has(address)) {
                return Finding.DIVERGES;
            }
        }
        boolean onlyUnusedBlocks =
                expected.single.isEmpty() && expected.blocks.stream().noneMatch(seen::uses);
        return onlyUnusedBlocks ? Finding.unknown("unused-block") : Finding.agrees("addresses");
    }

    private static Finding witnesses(Addresses first, Addresses second) {
        boolean share = first.single.stream().anyMatch(second::has)
                || second.single.stream().anyMatch(first::has)
                || first.blocks.stream().anyMatch(second.blocks::contains);
        return share ? Finding.agrees("addresses") : Finding.DIVERGES;
    }

    /** Addresses without their prefix lengths, apart from blocks. */
    private record Addresses(Set<IpAddress> single, List<IpRange> blocks) {

        static Addresses of(JsonNode value) {
            Addresses addresses = new Addresses(new HashSet<>(), new ArrayList<>());
            if (value.isArray()) {
                value.forEach(addresses::add);
            } else {
                addresses.add(value);
            }
            return addresses;
        }

        private void add(JsonNode told) {
            String text = told.asString("");
            int slash = text.indexOf('/');
            @Nullable IpAddress address = IpAddress.parse(slash < 0 ? text : text.substring(0, slash));
            @Nullable IpRange range = slash < 0 ? null : IpRange.parse(text);
            if (address == null) {
                return;
            }
            boolean wholeBlock =
                    range != null && range.first().equals(address) && range.prefixLength() < address.bits() - 1;
            if (wholeBlock) {
                blocks.add(range);
            } else {
                single.add(address);
            }
        }

        boolean isEmpty() {
            return single.isEmpty() && blocks.isEmpty();
        }

        boolean has(IpAddress address) {
            return single.contains(address) || blocks.stream().anyMatch(block -> block.contains(address));
        }

        boolean uses(IpRange block) {
            return blocks.contains(block) || single.stream().anyMatch(block::contains);
        }
    }
}
