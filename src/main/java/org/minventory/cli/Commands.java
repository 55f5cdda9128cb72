package org.minventory.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.Refusal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The list of what can be asked of Minventory in a terminal. */
@Command(
        name = "minventory",
        description = {
            "The shared memory of web infrastructures: witnesses testify what was intended, ordered,"
                    + " delivered, deployed and monitored; Minventory keeps every word, knows what is so,"
                    + " and shows where they disagree."
        },
        footer = {
            "",
            "Begin with:",
            "  minventory demo              a look around, with a story in it",
            "  minventory serve             the real thing",
            "  minventory elements          what there is, on a server that runs",
            "  minventory serve --help      all about one command",
        },
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        versionProvider = Commands.Version.class)
public final class Commands implements Runnable {
    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Says more, and where a failure comes from.")
    void speakUp(boolean more) {
        verbose = more;
        // Read when the first line is logged, which is later.
        if (more) System.setProperty("logging.level.root", "info");
        if (more) System.setProperty("minventory.log", "INFO");
    }

    @Spec
    private @Nullable CommandSpec spec;

    private final Session session;
    private boolean verbose;

    private Commands(Session session) {
        this.session = session;
    }

    /** Answers one command line and returns the exit code of the process. */
    public static int run(Entrance entrance, String... arguments) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        return run(new Session(entrance, System.getenv(), out, err), out, err, arguments);
    }

    /** The same, for a terminal that is not this process's own. */
    public static int run(
            Entrance entrance, Map<String, String> environment, PrintWriter out, PrintWriter err, String... arguments) {
        return run(new Session(entrance, environment, out, err), out, err, arguments);
    }

    private static int run(Session session, PrintWriter out, PrintWriter err, String... arguments) {
        Commands commands = new Commands(session);
        return new CommandLine(commands)
                .addSubcommand(new TestifyCommand(session))
                .addSubcommand(new ElementsCommand(session))
                .addSubcommand(new ElementCommand(session))
                .addSubcommand(new KnownCommand(session))
                .addSubcommand(new DivergencesCommand(session))
                .addSubcommand(new WitnessesCommand(session))
                .addSubcommand(new ServeCommand(session))
                .addSubcommand(new SetupCommand(session))
                .addSubcommand(new DemoCommand(session))
                .addSubcommand(new RebuildCommand(session))
                .addSubcommand(new ImportCommand(session))
                .addSubcommand(new ImportFileCommand(session))
                .addSubcommand(new BenchCommand(session))
                .addSubcommand(new VerifyCommand(session))
                .addSubcommand(new CompletionCommand(session))
                .addSubcommand(new VersionCommand(session))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(out)
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler(commands::misspoken)
                .setExecutionExceptionHandler(commands.new Sentences())
                .execute(arguments);
    }

    /** Said alone, the name answers with what can be asked. */
    @Override
    public void run() {
        session.say(Objects.requireNonNull(spec).commandLine().getUsageMessage().stripTrailing());
    }

    /** What was not understood, and where it is explained. */
    private int misspoken(ParameterException failed, String[] arguments) {
        String command = failed.getCommandLine().getCommandSpec().qualifiedName();
        session.mention(Said.here("misspoken", String.valueOf(failed.getMessage()), command));
        return CommandLine.ExitCode.USAGE;
    }

    /** A failure is one sentence; where it comes from is for those who ask. */
    private final class Sentences implements IExecutionExceptionHandler {
        @Override
        public int handleExecutionException(Exception failed, CommandLine command, ParseResult parsed) {
            boolean news = !session.isEnding();
            if (news) session.mention(sentence(failed));
            if (news && verbose) failed.printStackTrace(command.getErr());
            session.end();
            return Session.REFUSED;
        }

        private static String sentence(Exception failed) {
            if (failed instanceof CannotStart known) return Objects.requireNonNull(known.getMessage());
            if (failed instanceof Unanswered known) return Objects.requireNonNull(known.getMessage());
            if (failed instanceof Refusal refusal) return Said.here("refused", refusal.sentence());
            return Said.here("unforeseen", failed.toString());
        }
    }

    /** Tells the version the jar was built as. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"Minventory " + Session.version()};
        }
    }
}
