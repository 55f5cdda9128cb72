package org.minventory.knowledge;

import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.element.Gaps;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The addresses of a range that living elements hold or are routed by, read in their order as far as they are asked for. */
final class Held implements Gaps.Taken {
    private static final int PAGE = 500;

    static final String PAGE_OF_THEM = """
            select host(address) from (
              (select distinct i.address from identifier i
               where i.customer_id = :customer and i.until is null and i.address >= :from::inet and i.address <= :to::inet
               order by i.address limit :page)
              union
              (select distinct r.first from address_range r
               where r.customer_id = :customer and r.attribute = 'gateway' and r.first >= :from::inet and r.first <= :to::inet
               order by r.first limit :page)) as held (address)
            order by held.address limit :page""";

    private final JdbcClient db;
    private final UUID customer;
    private final IpRange range;
    private TreeSet<IpAddress> page = new TreeSet<>();
    private @Nullable IpRange read;

    Held(JdbcClient db, UUID customer, IpRange range) {
        this.db = db;
        this.customer = customer;
        this.range = range;
    }

    @Override
    public @Nullable IpRange touching(IpRange block) {
        if (read == null || !read.contains(block.first())) readFrom(block.first());
        IpAddress held = page.ceiling(block.first());
        return held == null || !block.contains(held) ? null : new IpRange(held, held);
    }

    /** A page that is not full is the last one: there is nothing behind it. */
    private void readFrom(IpAddress from) {
        List<IpAddress> found = db.sql(PAGE_OF_THEM)
                .param("customer", customer)
                .param("from", from.text())
                .param("to", range.last().text())
                .param("page", PAGE)
                .query((row, n) -> Space.address(row.getString(1)))
                .list();
        page = new TreeSet<>(found);
        read = new IpRange(from, found.size() < PAGE ? range.last() : page.last());
    }
}
