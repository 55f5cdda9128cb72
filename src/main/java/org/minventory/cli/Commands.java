package org.minventory.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The list of what can be asked of Minventory in a terminal. */
@Command(
        name = "minventory",
        description = {
            "The shared memory of web infrastructures: witnesses testify what was intended, ordered,"
                    + " delivered, deployed and monitored; Minventory keeps every word, knows what is so,"
                    + " and shows where they disagree."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Commands.Version.class)
public final class Commands implements Runnable {

    private Commands() {}

    /** Answers one command line and returns the exit code of the process. */
    public static int run(String... arguments) {
        return new CommandLine(new Commands()).execute(arguments);
    }

    /** Said alone, the name answers with what can be asked. */
    @Override
    public void run() {
        CommandLine.usage(this, System.out);
    }

    /** Tells the version the jar was built as. */
    static final class Version implements CommandLine.IVersionProvider {

        @Override
        public String[] getVersion() {
            String version = Commands.class.getPackage().getImplementationVersion();
            return new String[] {"Minventory " + (version == null ? "(not packaged)" : version)};
        }
    }
}
