package org.minventory.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code minventory version}: what to name in a report. */
@Command(name = "version", description = "Prints the version, and the Java that runs it.")
final class VersionCommand implements Callable<Integer> {
    private final Session session;

    VersionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        session.say("Minventory " + Session.version() + " (Java " + Runtime.version() + ")");
        return Session.DONE;
    }
}
