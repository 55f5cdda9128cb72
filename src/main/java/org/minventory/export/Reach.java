package org.minventory.export;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.minventory.base.Arrays;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.element.Vocabulary;
import org.minventory.intake.Vocabularies;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a reader reaches, looked up once per request: the customers by their names, each with its vocabulary. */
public final class Reach {
    private record Customer(String slug, Vocabulary vocabulary) {}

    private final Scope scope;
    private final Map<UUID, Customer> customers;

    private Reach(Scope scope, Map<UUID, Customer> customers) {
        this.scope = scope;
        this.customers = customers;
    }

    /** Everything that the scope reaches, in one statement while no definition changes. */
    public static Reach of(JdbcClient db, Scope scope, Vocabularies vocabularies) {
        record Found(UUID id, String slug, long definitions) {}
        Map<UUID, Customer> customers = new HashMap<>();
        List<Found> found = db.sql("""
                        select c.customer_id, c.slug, h.definitions
                        from customer c join customer_head h on h.customer_id = c.customer_id
                        where c.customer_id = any(?)""")
                .param(Arrays.of(scope.customers()))
                .query((row, n) -> new Found(row.getObject(1, UUID.class), row.getString(2), row.getLong(3)))
                .list();
        for (Found one : found)
            customers.put(one.id(), new Customer(one.slug(), vocabularies.of(db, one.id(), one.definitions())));
        return new Reach(scope, customers);
    }

    /**
     * The part that these customers make, named by slug or id; all of it where none is named.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, the same for who is hidden and who does not exist
     */
    public Reach only(Collection<String> slugsOrIds) {
        if (slugsOrIds.isEmpty()) return this;
        for (String told : slugsOrIds)
            if (scope.grants().stream().noneMatch(grant -> isCalled(grant.customer(), told)))
                throw Refusal.of(Problem.NOT_FOUND);
        Scope cut = new Scope(scope.grants().stream()
                .filter(grant -> slugsOrIds.stream().anyMatch(told -> isCalled(grant.customer(), told)))
                .toList());
        return new Reach(cut, customers);
    }

    /** The same with another vocabulary of one customer: that of an earlier day. */
    Reach speaking(UUID customer, Vocabulary vocabulary) {
        Map<UUID, Customer> more = new HashMap<>(customers);
        more.put(customer, new Customer(slug(customer), vocabulary));
        return new Reach(scope, more);
    }

    private boolean isCalled(UUID customer, String told) {
        return slug(customer).equals(told) || customer.toString().equals(told);
    }

    public Scope scope() {
        return scope;
    }

    /** What is reached of a customer: nothing of one that is not reached. */
    public Scope.Grant grant(UUID customer) {
        Scope.Grant grant = scope.grant(customer);
        return grant == null ? new Scope.Grant(customer, Set.of(), Set.of()) : grant;
    }

    /** The name of a customer; one that disappeared meanwhile has its id for a name. */
    public String slug(UUID customer) {
        Customer known = customers.get(customer);
        return known == null ? customer.toString() : known.slug();
    }

    public Vocabulary vocabulary(UUID customer) {
        Customer known = customers.get(customer);
        return known == null ? Vocabulary.builtIn() : known.vocabulary();
    }

    /** The vocabularies of those reached, each once: most customers share the shipped one. */
    public List<Vocabulary> vocabularies() {
        List<Vocabulary> distinct = scope.grants().stream()
                .map(grant -> vocabulary(grant.customer()))
                .distinct()
                .toList();
        return distinct.isEmpty() ? List.of(Vocabulary.builtIn()) : distinct;
    }
}
