package org.minventory.knowledge;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.element.Blocks;
import org.minventory.element.Gaps;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What is free of a range, for whoever holds the customer's pen. Taken is what anybody says that a living element has: its
 * addresses, the smaller ranges that are given away, gateways, what is never given. Nothing walks through addresses one
 * by one; a /64 costs as much as it has holders.
 */
public final class Space {
    /** The attribute by which an element holds a range. */
    public static final String RANGE = "range";

    /** The attribute by which an element lies in a range that it does not hold. */
    public static final String NETWORK = "network";

    /** The attribute by which addresses of a range are kept from being given. */
    public static final String WITHHELD = "withheld";

    private final JdbcClient db;
    private final UUID customer;
    private final IpRange range;

    private Space(JdbcClient db, UUID customer, IpRange range) {
        this.db = db;
        this.customer = customer;
        this.range = range;
    }

    /** The range that an element holds, or null where it holds none or was closed. */
    public static @Nullable IpRange heldBy(JdbcClient db, UUID customer, UUID element) {
        return db.sql("""
                        select host(first) as first, host(last) as last from address_range
                        where customer_id = ? and element_id = ? and attribute = ? order by first limit 1""")
                .params(customer, element, RANGE)
                .query((row, n) -> range(row.getString("first"), row.getString("last")))
                .optional()
                .orElse(null);
    }

    /** The range between two addresses as PostgreSQL writes them. */
    public static IpRange range(String first, String last) {
        return new IpRange(address(first), address(last));
    }

    static IpAddress address(String text) {
        return Objects.requireNonNull(IpAddress.parse(text), text);
    }

    /** The first address of a range that may be given, or null. */
    public static @Nullable IpAddress nextAddress(JdbcClient db, UUID customer, IpRange range) {
        Space space = new Space(db, customer, range);
        List<Told> told = space.told();
        List<IpRange> taken = new ArrayList<>(space.givenAway(told));
        taken.addAll(Gaps.NOBODYS);
        for (Told one : told) if (one.isAround(range)) taken.addAll(ends(one.range()));
        IpRange found =
                Gaps.first(range, range.first().bits(), List.of(Blocks.of(taken), new Held(db, customer, range)));
        return found == null ? null : found.first();
    }

    /** The first block of that prefix length within a range that may be given, or null. */
    public static @Nullable IpRange nextBlock(JdbcClient db, UUID customer, IpRange range, int prefixLength) {
        Space space = new Space(db, customer, range);
        Blocks taken = Blocks.of(space.givenAway(space.told()));
        return Gaps.first(range, prefixLength, List.of(taken, new Held(db, customer, range)));
    }

    /** The addresses of a block that no machine bears, as ranges of one. */
    public static List<IpRange> ends(IpRange block) {
        return block.ends().stream().map(end -> new IpRange(end, end)).toList();
    }

    /** A range that somebody tells of. */
    private record Told(String attribute, IpRange range) {
        /** Whether the whole of another range lies in it. */
        boolean isAround(IpRange other) {
            return !attribute.equals(WITHHELD) && range.contains(other);
        }

        /** Whether it takes something of another range away; what lies in a network leaves the network as it is. */
        boolean takesFrom(IpRange other) {
            return attribute.equals(WITHHELD) || (attribute.equals(RANGE) && !range.contains(other));
        }
    }

    private List<IpRange> givenAway(List<Told> told) {
        return told.stream()
                .filter(one -> one.takesFrom(range))
                .map(Told::range)
                .toList();
    }

    /** All ranges that touch this one, each once. */
    private List<Told> told() {
        return db.sql("""
                        select distinct attribute, host(first) as first, host(last) as last from address_range
                        where customer_id = ? and attribute = any(?) and first <= ?::inet and last >= ?::inet""")
                .params(
                        customer,
                        Arrays.of("text", List.of(RANGE, NETWORK, WITHHELD)),
                        range.last().text(),
                        range.first().text())
                .query((row, n) ->
                        new Told(row.getString("attribute"), range(row.getString("first"), row.getString("last"))))
                .list();
    }
}
