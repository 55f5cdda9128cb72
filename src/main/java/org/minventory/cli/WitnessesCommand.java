package org.minventory.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.minventory.cli.OutputOptions.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code minventory witnesses}: who speaks, how often, and who fell silent. */
@Command(
        name = "witnesses",
        description =
                "Lists people and robots by each of their tools: when they were last heard, how soon they are awaited"
                        + " again (seconds), and of how many elements they speak in time, are late, or have fallen silent.",
        footer = {"", "Example:", "  minventory witnesses --silent"})
final class WitnessesCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            new Column("customer", "/customer/slug"),
            new Column("name", "/name"),
            new Column("role", "/role"),
            new Column("source", "/heard/source"),
            Column.instant("last-said", "/heard/lastHeardAt"),
            new Column("awaited", "/heard/awaitedWithin"),
            new Column("freshness", "/heard/freshness"),
            new Column("fresh", "/heard/elements/fresh"),
            new Column("late", "/heard/elements/late"),
            new Column("stale", "/heard/elements/stale"));

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(names = "--silent", description = "Only those who are late or silent about something.")
    private boolean silent;

    private final Session session;

    WitnessesCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Query query = Query.NONE.with("limit", 1000).with("customer", server.customer());
        List<JsonNode> lines = new ArrayList<>();
        try (Caller caller = server.call(session)) {
            for (JsonNode witness : caller.each("/api/v1/witnesses", query)) add(lines, witness);
        }
        output.print(session, COLUMNS, lines);
        return Session.DONE;
    }

    /** One line by each tool; whoever was never heard has one without. */
    private void add(List<JsonNode> lines, JsonNode witness) {
        for (JsonNode heard : witness.path("heard"))
            if (!silent || isSilent(heard)) lines.add(((ObjectNode) witness.deepCopy()).set("heard", heard));
        if (!silent && witness.path("heard").isEmpty()) lines.add(((ObjectNode) witness.deepCopy()).putNull("heard"));
    }

    private static boolean isSilent(JsonNode heard) {
        return heard.at("/elements/late").asInt(0) + heard.at("/elements/stale").asInt(0) > 0;
    }
}
