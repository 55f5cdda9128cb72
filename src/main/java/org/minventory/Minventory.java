package org.minventory;

import org.minventory.base.EmbeddedPostgres.Connection;
import org.minventory.cli.Commands;
import org.minventory.cli.Entrance;

/** Where the program begins: everything it can do is said by {@code minventory --help}. */
public final class Minventory {

    private Minventory() {}

    /** Runs one command and leaves with its exit code: 0 done, 1 refused or failed, 2 misspoken. */
    public static void main(String[] arguments) {
        System.exit(Commands.run(entrance(), arguments));
    }

    static Entrance entrance() {
        return new Whole();
    }

    /** The entrance sees all: here the command line gets what it may not import. */
    private static final class Whole implements Entrance {
        @Override
        public House start(Wish wish) {
            Server.Settings local = Server.Settings.local(wish.port(), wish.owner(), wish.app());
            return Server.start(new Server.Settings(
                    wish.address(),
                    local.port(),
                    local.owner(),
                    local.app(),
                    local.requestsPerSecond(),
                    local.burst(),
                    local.clock(),
                    wish.endOfSupport(),
                    wish.outward(),
                    wish.masterKey()));
        }

        @Override
        public Backroom enter(Connection owner, Connection app) {
            return Pool.enter(owner, app);
        }
    }
}
