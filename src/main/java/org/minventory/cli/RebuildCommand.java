package org.minventory.cli;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.base.WallClock;
import org.minventory.intake.Rebuild;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.project.Consequences;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code minventory rebuild}: works everything that is derived out of the record again. */
@Command(
        name = "rebuild",
        description = "Works out again, from the record alone, all that is derived from it: elements, knowledge,"
                + " divergences, the inbox of what could not be attached. Readers see the old until the new is whole.",
        footer = {
            "",
            "With the embedded database: stop the server first. With an external one it may go on.",
            "",
            "Examples:",
            "  minventory rebuild",
            "  minventory rebuild --customer acme --data /var/lib/minventory",
        })
final class RebuildCommand implements Callable<Integer> {
    private static final long NEWS_EVERY = 5_000;

    @Mixin
    private StartOptions options = new StartOptions();

    @Option(names = "--customer", paramLabel = "SLUG", description = "This customer alone (all of them).")
    private @Nullable String customer;

    private final Session session;

    RebuildCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Settings settings = Settings.of(options.layers(session.environment()), session.userData("minventory"));
        try (Stay stay = session.stay()) {
            Tx tx = Instance.onDatabase(session.entrance(), settings, stay)
                    .enter()
                    .tx();
            for (Customer one : wanted(tx)) rebuild(tx, one);
        }
        return Session.DONE;
    }

    private List<Customer> wanted(Tx tx) {
        List<Customer> all = all(tx);
        List<Customer> wanted = all.stream()
                .filter(one -> customer == null
                        || customer.equals(one.slug())
                        || customer.equals(one.id().toString()))
                .toList();
        if (customer != null && wanted.isEmpty()) throw new CannotStart(Said.here("unknown-customer", customer));
        return wanted;
    }

    /** Mandates are no customer's content, so they can be read without a scope: they tell which customers there are. */
    private static List<Customer> all(Tx tx) {
        List<UUID> ids = tx.read(Scope.NOTHING, db -> db.sql("select distinct customer_id from mandate")
                .query(UUID.class)
                .list());
        Customers customers = new Customers(WallClock.MICROSECONDS);
        return tx.read(Scope.whole(ids), db -> customers.list(db, null, null, Integer.MAX_VALUE));
    }

    private void rebuild(Tx tx, Customer one) {
        long[] told = {0};
        long read = new Rebuild(tx, Consequences.ALL).rebuild(one.id(), entries -> {
            if (entries < told[0] + NEWS_EVERY) return;
            told[0] = entries;
            session.mention(Said.here("rebuilding", one.slug(), entries));
        });
        session.say(Said.here("rebuilt", one.slug(), read));
    }
}
