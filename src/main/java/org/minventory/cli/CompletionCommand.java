package org.minventory.cli;

import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code minventory completion}: what makes a shell complete commands and options. */
@Command(
        name = "completion",
        description = "Prints a script by which your shell completes commands and options.",
        footer = {
            "",
            "Examples:",
            "  source <(minventory completion bash)                     for now",
            "  minventory completion bash > ~/.local/share/bash-completion/completions/minventory",
            "  minventory completion zsh > ~/.minventory-completion && echo 'source ~/.minventory-completion' >> ~/.zshrc",
        })
final class CompletionCommand implements Callable<Integer> {
    /** The shells that there are: the one script is written for both. */
    enum Shell {
        BASH,
        ZSH;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Parameters(paramLabel = "SHELL", description = "${COMPLETION-CANDIDATES}")
    private Shell shell = Shell.BASH;

    @Spec
    private @Nullable CommandSpec spec;

    private final Session session;

    CompletionCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        CommandSpec root = Objects.requireNonNull(spec).root();
        session.say("# For " + shell + "; the other one reads it just as well.");
        session.say(AutoComplete.bash(root.name(), root.commandLine()));
        return Session.DONE;
    }
}
