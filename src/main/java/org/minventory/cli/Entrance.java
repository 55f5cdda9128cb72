package org.minventory.cli;

import java.util.Optional;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres.Connection;
import org.minventory.base.Tx;
import org.minventory.element.EndOfSupport;
import org.minventory.notification.channel.Outward;
import org.minventory.party.Secret;

/**
 * What the entrance lends to the command line: the entrance alone sees the whole house, a door sees no other door.
 */
public interface Entrance {
    /**
     * Migrates the database and opens the doors; until {@link House#open()} the house says that it is not ready.
     *
     * @throws CannotStart with the sentence to show
     */
    House start(Wish wish);

    /**
     * Migrates the database and goes in without opening a door: for what is done while nobody visits.
     *
     * @throws CannotStart with the sentence to show
     */
    Backroom enter(Connection owner, Connection app);

    /**
     * How the house is wished.
     *
     * @param port 0 for any that is free
     * @param owner of the database, who migrates
     * @param app the role of the running program
     * @param endOfSupport until when systems, databases and languages are supported
     * @param outward what the operator says of the way out
     * @param masterKey seals the secrets that the database keeps for us
     */
    record Wish(
            String address,
            int port,
            Connection owner,
            Connection app,
            EndOfSupport endOfSupport,
            Outward outward,
            byte[] masterKey) {}

    /** A house with its doors open. */
    interface House extends AutoCloseable {
        int port();

        /** A fresh setup token, while nobody has set the instance up. */
        Optional<Secret> offerSetup();

        /** From now on the house says that it is ready. */
        void open();

        /** Lets the requests that run end, and closes. */
        @Override
        void close();
    }

    /** The database without the doors. */
    interface Backroom extends AutoCloseable {
        Tx tx();

        @Override
        void close();
    }
}
