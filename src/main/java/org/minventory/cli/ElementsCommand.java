package org.minventory.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.cli.OutputOptions.Column;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code minventory elements}: which elements there are. */
@Command(
        name = "elements",
        description = "Lists the elements that you reach, all of them or some.",
        footer = {
            "",
            "Examples:",
            "  minventory elements --type server --diverging",
            "  minventory elements --fact 'memory=ge:64 GiB' --output csv",
            "  minventory elements --infrastructure shop --as-of 2026-06-01T00:00:00Z",
        })
final class ElementsCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            new Column("customer", "/customer"),
            new Column("name", "/name", 60),
            new Column("type", "/type"),
            new Column("status", "/status"),
            new Column("infrastructure", "/infrastructure"),
            new Column("provider", "/provider"),
            new Column("site", "/site"),
            new Column("tags", "/tags"),
            new Column("divergences", "/divergences"));

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Option(
            names = "--infrastructure",
            paramLabel = "NAME",
            description = "Only of these; repeatable, as are the next.")
    private List<String> infrastructures = List.of();

    @Option(names = "--type", paramLabel = "TYPE", description = "Only of these types.")
    private List<String> types = List.of();

    @Option(names = "--status", paramLabel = "STATUS", description = "Only in these statuses.")
    private List<String> statuses = List.of();

    @Option(names = "--provider", paramLabel = "NAME", description = "Only of these providers.")
    private List<String> providers = List.of();

    @Option(names = "--site", paramLabel = "NAME", description = "Only at these sites.")
    private List<String> sites = List.of();

    @Option(names = "--project", paramLabel = "NAME", description = "Only of these projects.")
    private List<String> projects = List.of();

    @Option(names = "--tag", paramLabel = "TAG", description = "Only with one of these tags.")
    private List<String> tags = List.of();

    @Option(
            names = "--fact",
            paramLabel = "ATTRIBUTE=VALUE",
            description = "Only those of which this is known; a comparison may stand before the value (ge:64 GiB).")
    private List<String> facts = List.of();

    @Option(names = "--search", paramLabel = "WORDS", description = "Only what is found by these words.")
    private @Nullable String search;

    @Option(names = "--diverging", description = "Only those of which words diverge.")
    private boolean diverging;

    @Option(names = "--stale", description = "Only those of which an expected word is overdue.")
    private boolean stale;

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "As it was then, as far as that is known today.")
    private @Nullable String asOf;

    private final Session session;

    ElementsCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Caller caller = server.call(session)) {
            output.print(session, COLUMNS, caller.each("/api/v1/elements", query()));
        }
        return Session.DONE;
    }

    private Query query() {
        Query query = Query.NONE
                .with("fields", "id,customer,name,type,status,infrastructure,project,provider,site,tags,divergences")
                .with("limit", asOf == null ? 1000 : 100)
                .with("customer", server.customer())
                .with("infrastructure", infrastructures)
                .with("type", types)
                .with("status", statuses)
                .with("provider", providers)
                .with("site", sites)
                .with("project", projects)
                .with("tag", tags)
                .with("q", search)
                .with("diverging", diverging ? true : null)
                .with("stale", stale ? true : null)
                .with("asOf", asOf);
        for (String fact : facts) {
            int equals = fact.indexOf('=');
            query = query.with("fact." + fact.substring(0, Math.max(0, equals)), fact.substring(equals + 1));
        }
        return query;
    }
}
