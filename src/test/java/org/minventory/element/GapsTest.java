package org.minventory.element;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GapsTest {
    private static IpRange range(String text) {
        return Objects.requireNonNull(IpRange.parse(text), text);
    }

    private static IpAddress address(long low) {
        return new IpAddress(false, 0, low);
    }

    /** The long way: every block of the range, one after the other. */
    private static @Nullable IpRange slowly(IpRange within, int prefix, List<IpRange> taken) {
        for (long at = within.first().low(); at <= within.last().low(); at++) {
            IpRange block = IpRange.of(address(at), prefix);
            boolean begins = block.first().low() == at;
            if (begins && within.contains(block) && taken.stream().noneMatch(block::overlaps)) return block;
        }
        return null;
    }

    @Property
    void finds_what_walking_through_every_address_finds(
            @ForAll("smallRange") IpRange within,
            @ForAll("smallRanges") List<IpRange> taken,
            @ForAll("length") int prefix) {
        assertThat(Gaps.first(within, prefix, List.of(Blocks.of(taken)))).isEqualTo(slowly(within, prefix, taken));
    }

    @Property
    void blocks_count_every_address_once(@ForAll("smallRanges") List<IpRange> ranges) {
        TreeSet<Long> addresses = new TreeSet<>();
        for (IpRange range : ranges)
            for (long at = range.first().low(); at <= range.last().low(); at++) addresses.add(at);
        Blocks blocks = Blocks.of(ranges);
        assertThat(blocks.size()).isEqualTo(BigInteger.valueOf(addresses.size()));
        List<IpRange> again = new ArrayList<>(blocks.ranges());
        assertThat(Blocks.of(again).ranges()).isEqualTo(again);
    }

    @Property
    void what_lies_within_is_what_both_have(
            @ForAll("smallRange") IpRange within, @ForAll("smallRanges") List<IpRange> all) {
        Blocks cut = Blocks.of(all).within(within);
        for (long at = 0; at < 300; at++) {
            IpAddress one = address(at);
            boolean both = within.contains(one) && all.stream().anyMatch(range -> range.contains(one));
            assertThat(cut.touching(new IpRange(one, one)) != null)
                    .as(one.text())
                    .isEqualTo(both);
        }
    }

    @Property
    void every_address_has_the_next_number(@ForAll long high, @ForAll long low) {
        IpAddress address = new IpAddress(true, high, low);
        IpAddress next = address.next();
        if (high == -1 && low == -1) assertThat(next).isNull();
        else
            assertThat(Objects.requireNonNull(next).number())
                    .isEqualTo(address.number().add(BigInteger.ONE));
    }

    @Property
    void nobodys_are_those_that_identify_nobody(@ForAll boolean six, @ForAll long high, @ForAll long low) {
        IpAddress address = six ? new IpAddress(true, high, low) : address(low & 0xFFFF_FFFFL);
        assertThat(Blocks.of(Gaps.NOBODYS).touching(new IpRange(address, address)) == null)
                .isEqualTo(address.identifies());
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 192.0.2.0;192.0.2.255",
        "192.0.2.0/30, 192.0.2.0;192.0.2.3",
        "192.0.2.0/31, ''",
        "192.0.2.0/32, ''",
        "192.0.2.0-192.0.2.9, ''",
        "2001:db8::/64, 2001:db8::",
        "2001:db8::/127, ''",
    })
    void some_addresses_of_a_block_are_no_machines(String block, String ends) {
        assertThat(range(block).ends().stream().map(IpAddress::text).toList())
                .isEqualTo(ends.isEmpty() ? List.of() : List.of(ends.split(";")));
    }

    @Test
    void the_end_of_all_addresses_is_no_gap() {
        assertThat(Gaps.first(range("255.255.255.254/31"), 32, List.of(Blocks.of(List.of(range("255.255.255.0/24"))))))
                .isNull();
        IpRange lastOfSix = range("ffff:ffff:ffff:ffff::/64");
        assertThat(Gaps.first(lastOfSix, 128, List.of(Blocks.of(List.of(lastOfSix)))))
                .isNull();
        assertThat(Gaps.first(range("2001:db8::/32"), 48, List.of())).isEqualTo(range("2001:db8::/48"));
        assertThat(range("::/0").size()).isEqualTo(BigInteger.TWO.pow(128));
    }

    @Provide
    Arbitrary<IpRange> smallRange() {
        Arbitrary<Long> numbers = Arbitraries.longs().between(0, 300);
        return Combinators.combine(numbers, numbers)
                .as((a, b) -> new IpRange(address(Math.min(a, b)), address(Math.max(a, b))));
    }

    @Provide
    Arbitrary<List<IpRange>> smallRanges() {
        Arbitrary<Long> firsts = Arbitraries.longs().between(0, 300);
        Arbitrary<Long> lengths = Arbitraries.longs().between(0, 40);
        return Combinators.combine(firsts, lengths)
                .as((first, length) -> new IpRange(address(first), address(first + length)))
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<Integer> length() {
        return Arbitraries.integers().between(24, 32);
    }
}
