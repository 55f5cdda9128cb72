package org.minventory.conformity;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.minventory.knowledge.Space;

/** What two elements may not have at once: a list of rules, each about one attribute, each with its sentence. */
public enum Clash {
    /** Two ranges that overlap, neither of which lies in the other. */
    OVERLAP(Space.RANGE, "overlap") {
        @Override
        boolean is(Bearer one, Bearer other) {
            IpRange mine = one.range();
            IpRange its = other.range();
            return mine != null && its != null && mine.overlaps(its) && !mine.contains(its) && !its.contains(mine);
        }
    },
    /**
     * One address borne by two elements that have nothing to do with one another. The element that stands for the
     * address is not counted with those that bear it; private addresses may be borne again in another infrastructure.
     */
    DOUBLE_ASSIGNMENT("address", "double-assignment") {
        @Override
        boolean is(Bearer one, Bearer other) {
            IpAddress mine = one.address();
            return mine != null
                    && mine.equals(other.address())
                    && one.standsForAddress() == other.standsForAddress()
                    && !one.names(other)
                    && !other.names(one)
                    && (!isPrivate(mine) || Objects.equals(one.infrastructure(), other.infrastructure()));
        }
    };

    /** How divergences of these rules are keyed: they are not between stances, but between elements. */
    public static final String BETWEEN = "elements";

    /** RFC 1918, RFC 6598 and RFC 4193. */
    private static final List<IpRange> PRIVATE = Stream.of(
                    "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
            .map(text -> Objects.requireNonNull(IpRange.parse(text)))
            .toList();

    private final String attribute;
    private final String nature;

    Clash(String attribute, String nature) {
        this.attribute = attribute;
        this.nature = nature;
    }

    /** Whether these two have at once what they may not. */
    abstract boolean is(Bearer one, Bearer other);

    /** The attribute of which it is told. */
    public String attribute() {
        return attribute;
    }

    /** How a divergence of it is named. */
    public String nature() {
        return nature;
    }

    /** The names of all of them. */
    static List<String> natures() {
        return Stream.of(values()).map(Clash::nature).toList();
    }

    /** The rule of that name, or null where it names none. */
    static @Nullable Clash of(String nature) {
        return Stream.of(values())
                .filter(clash -> clash.nature.equals(nature))
                .findFirst()
                .orElse(null);
    }

    /** The attributes that the rules look at, besides references. */
    static Set<String> attributes() {
        return Stream.concat(Stream.of(values()).map(Clash::attribute), Stream.of("infrastructure"))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static boolean isPrivate(IpAddress address) {
        return PRIVATE.stream().anyMatch(range -> range.contains(address));
    }
}
