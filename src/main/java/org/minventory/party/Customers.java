package org.minventory.party;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Tx;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The owners of infrastructures. Two teams may each know an <i>acme</i>: a slug is resolved among what the caller sees,
 * which row-level security sees to, so every method here works within the scope of the connection it is given.
 */
public final class Customers {
    /** One customer, as everybody who reaches it may see it. */
    public record Customer(UUID id, String slug, String name, Instant createdAt) {}

    private final InstantSource clock;

    public Customers(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Opens a customer. The scope of the connection must hold the new identifier besides the caller's customers, so that
     * the row may be written and a slug that the caller already knows is found. Its record is opened by who calls this.
     *
     * @throws Refusal {@link Problem#SLUG_TAKEN} where the caller sees such a slug, {@link Problem#UNFIT_NAME}
     */
    public Customer open(JdbcClient db, UUID id, UUID team, String slug, String name) {
        Customer customer = new Customer(id, Words.slug(slug, "/slug"), Words.label(name, "/name"), clock.instant());
        takeTurn(db, team, customer.createdAt());
        if (isKnown(db, slug)) throw Refusal.at(Problem.SLUG_TAKEN, "/slug", slug);
        db.sql("insert into customer (customer_id, slug, name, created_at) values (?, ?, ?, ?)")
                .params(id, customer.slug(), customer.name(), Rows.at(customer.createdAt()))
                .update();
        return customer;
    }

    /**
     * Writes down a customer that was known elsewhere, as it was known there. Its record is opened by who calls this.
     *
     * @throws Refusal {@link Problem#CUSTOMER_THERE} where it is here already
     */
    public void settle(JdbcClient db, Customer customer) {
        int written = db.sql("""
                        insert into customer (customer_id, slug, name, created_at) values (?, ?, ?, ?)
                        on conflict (customer_id) do nothing""")
                .params(
                        customer.id(),
                        Words.slug(customer.slug(), "/slug"),
                        Words.label(customer.name(), "/name"),
                        Rows.at(customer.createdAt()))
                .update();
        if (written == 0) throw Refusal.of(Problem.CUSTOMER_THERE, customer.slug());
    }

    /**
     * Demands that a team which is about to reach this customer reaches no other of its slug.
     *
     * @throws Refusal {@link Problem#SLUG_TAKEN}
     */
    void requireFree(JdbcClient db, Customer customer, UUID team) {
        takeTurn(db, team, clock.instant());
        boolean taken = db.sql("select exists (select 1 from customer where slug = ? and customer_id <> ?)")
                .params(customer.slug(), customer.id())
                .query(Boolean.class)
                .single();
        if (taken) throw Refusal.of(Problem.SLUG_TAKEN, customer.slug());
    }

    /**
     * One opening per team at a time; what was opened while this one waited is in reach from here on. When it was opened
     * does not count: the clock of another node may be ahead.
     */
    private static void takeTurn(JdbcClient db, UUID team, Instant now) {
        db.sql("select 1 from ops_team where ops_team_id = ? for no key update")
                .param(team)
                .query()
                .singleValue();
        List<UUID> reached =
                db.sql("""
                        select customer_id from mandate
                        where ops_team_id = ? and state = 'active' and (until_at is null or until_at > ?)""").params(team, Rows.at(now)).query(UUID.class).list();
        Tx.widen(db, reached);
    }

    private static boolean isKnown(JdbcClient db, String slug) {
        return db.sql("select exists (select 1 from customer where slug = ?)")
                .param(slug)
                .query(Boolean.class)
                .single();
    }

    /**
     * The customer of that slug or identifier within the scope.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, the same for what is hidden and what does not exist;
     *     {@link Problem#CUSTOMER_NEEDED} where the slug means several
     */
    public Customer find(JdbcClient db, String slugOrId) {
        UUID id = Ids.parse(slugOrId);
        List<Customer> found = id != null
                ? db.sql("select * from customer where customer_id = ?")
                        .param(id)
                        .query(Customers::row)
                        .list()
                : db.sql("select * from customer where slug = ? limit 2")
                        .param(slugOrId)
                        .query(Customers::row)
                        .list();
        if (found.isEmpty()) throw Refusal.of(Problem.NOT_FOUND);
        if (found.size() > 1) throw Refusal.of(Problem.CUSTOMER_NEEDED);
        return found.getFirst();
    }

    /**
     * The customer that was named, or the only one that the caller speaks for.
     *
     * @throws Refusal {@link Problem#CUSTOMER_NEEDED} where none was named and there are several, {@link Problem#NOT_FOUND}
     */
    public Customer one(JdbcClient db, Caller caller, @Nullable String slugOrId) {
        if (slugOrId != null) return find(db, slugOrId);
        if (caller.customers().isEmpty()) throw Refusal.of(Problem.NOT_FOUND);
        if (caller.customers().size() > 1) throw Refusal.of(Problem.CUSTOMER_NEEDED);
        return find(db, caller.customers().getFirst().toString());
    }

    /** These customers, as far as the scope shows them. */
    public Map<UUID, Customer> named(JdbcClient db, Collection<UUID> ids) {
        Map<UUID, Customer> named = new HashMap<>();
        if (ids.isEmpty()) return named;
        db.sql("select * from customer where customer_id = any (?)")
                .param(Arrays.of(List.copyOf(ids)))
                .query(Customers::row)
                .list()
                .forEach(customer -> named.put(customer.id(), customer));
        return named;
    }

    /** The customers of the scope after that place, by slug. */
    public List<Customer> list(JdbcClient db, @Nullable String afterSlug, @Nullable UUID afterId, int limit) {
        return db.sql("""
                        select * from customer
                        where (slug, customer_id) > (:slug, :id)
                        order by slug, customer_id
                        limit :limit""")
                .param("slug", afterSlug == null ? "" : afterSlug)
                .param("id", afterId == null ? new UUID(0, 0) : afterId)
                .param("limit", limit)
                .query(Customers::row)
                .list();
    }

    /** Says that something readable of this customer has changed, so that no reader believes an old answer. */
    static void touch(JdbcClient db, UUID customer) {
        db.sql("update customer_head set version = version + 1 where customer_id = ?")
                .param(customer)
                .update();
    }

    private static Customer row(ResultSet row, int number) throws SQLException {
        return new Customer(
                Rows.id(row, "customer_id"),
                row.getString("slug"),
                row.getString("name"),
                Rows.instant(row, "created_at"));
    }
}
