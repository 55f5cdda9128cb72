package org.minventory;

import org.minventory.cli.Commands;

/** Where the program begins: everything it can do is said by {@code minventory --help}. */
public final class Minventory {

    private Minventory() {}

    /** Runs one command and leaves with its exit code: 0 done, 1 refused or failed, 2 misspoken. */
    public static void main(String[] arguments) {
        System.exit(Commands.run(arguments));
    }
}
