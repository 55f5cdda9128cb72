package org.minventory.party;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Lets somebody in to a customer that came from elsewhere: it brings nobody along, for who spoke there has no account
 * here. Only who holds the database does this.
 */
public final class Arrivals {
    /** Somebody who may act for the customer from now on. */
    public record Arrived(Caller caller, Tokens.Minted token) {}

    private final Customers customers;
    private final Teams teams;
    private final Mandates mandates;
    private final Actors actors;
    private final Tokens tokens;

    public Arrivals(Customers customers, Teams teams, Mandates mandates, Actors actors, Tokens tokens) {
        this.customers = customers;
        this.teams = teams;
        this.mandates = mandates;
        this.actors = actors;
        this.tokens = tokens;
    }

    /** The customer's CIO, with a token that gives all that the role gives. */
    public Arrived cio(JdbcClient db, UUID customer, String name) {
        Actors.Actor cio = actors.cio(db, customer, name);
        return new Arrived(caller(cio, customer), tokens.root(db, cio));
    }

    /**
     * The mandate of a team that is here already.
     *
     * @throws Refusal {@link Problem#NOT_FOUND} for a team that is not here, {@link Problem#SLUG_TAKEN} where the team is
     *     mandated by another customer of that slug
     */
    public Mandates.Mandate mandate(JdbcClient db, Customers.Customer customer, String team) {
        Teams.Team found = teams.find(db, team);
        customers.requireFree(db, customer, found.id());
        return mandates.goOn(db, customer.id(), found.id());
    }

    /**
     * Somebody of a team, who takes over for it what no CIO is there to give.
     *
     * @throws Refusal {@link Problem#NOT_FOUND} where nobody is in it
     */
    public Caller member(JdbcClient db, UUID customer, UUID team) {
        List<Actors.Actor> members = actors.members(db, team, null, 1);
        if (members.isEmpty()) throw Refusal.of(Problem.NOT_FOUND);
        return caller(members.getFirst(), customer);
    }

    private static Caller caller(Actors.Actor actor, UUID customer) {
        return new Caller(
                actor.id(), actor.role(), actor.name(), actor.team(), null, Scope.whole(customer), Set.of(), false);
    }
}
