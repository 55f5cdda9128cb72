package org.minventory.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.cli.OutputOptions.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code minventory divergences}: what disagrees. */
@Command(
        name = "divergences",
        description = "Lists what disagrees, the newest first.",
        footer = {
            "",
            "Examples:",
            "  minventory divergences --infrastructure shop",
            "  minventory divergences --element shop-db-1 --state all --output json",
        })
final class DivergencesCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            new Column("customer", "/customer"),
            new Column("element", "/element/name", 60),
            new Column("attribute", "/attribute"),
            new Column("nature", "/nature"),
            new Column("state", "/state"),
            Column.instant("since", "/openedAt"),
            new Column("sentence", "/sentence", 200));

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--element", paramLabel = "NAME", description = "Only of this element.")
    private @Nullable String element;

    @Option(names = "--infrastructure", paramLabel = "NAME", description = "Only of these; repeatable.")
    private List<String> infrastructures = List.of();

    @Option(names = "--attribute", paramLabel = "NAME", description = "Only of this attribute.")
    private @Nullable String attribute;

    @Option(
            names = "--state",
            paramLabel = "STATE",
            description = "living (unless you say otherwise), open, acknowledged, accepted, resolved or all.")
    private @Nullable String state;

    private final Session session;

    DivergencesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Query query = Query.NONE
                .with("limit", 1000)
                .with("customer", server.customer())
                .with("element", element)
                .with("infrastructure", infrastructures)
                .with("attribute", attribute)
                .with("state", state);
        try (Caller caller = server.call(session)) {
            output.print(session, COLUMNS, caller.each("/api/v1/divergences", query));
        }
        return Session.DONE;
    }
}
