package org.minventory.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code minventory import-file}: sends a table, a NetBox export or an Ansible inventory, and shows how far it has come. */
@Command(
        name = "import-file",
        description =
                "Sends a spreadsheet (CSV), what NetBox holds (JSON) or an inventory of Ansible (YAML) to an instance,"
                        + " shows how far it has come, and names every line that was not taken. Run again, it goes on: what was"
                        + " taken is confirmed. Ends with 1 where a line was refused.",
        footer = {
            "",
            "Examples:",
            "  minventory import-file servers.csv --customer acme --dry-run",
            "  minventory import-file serveurs.csv --map 'Machine:element' --dates dmy",
            "  minventory import-file netbox.json --tenant acme",
            "  minventory import-file hosts.yml --kind wish",
        })
final class ImportFileCommand implements Callable<Integer> {
    /** What a file is by the end of its name: the name of its door, and its media type. */
    private static final Map<String, Form> FORMS = Map.of(
            "csv", Form.TABLE,
            "tsv", Form.TABS,
            "txt", Form.TABLE,
            "json", Form.NETBOX,
            "ndjson", Form.NETBOX,
            "yml", Form.ANSIBLE,
            "yaml", Form.ANSIBLE);

    private enum Form {
        TABLE("csv", "text/csv"),
        TABS("csv", "text/tab-separated-values"),
        NETBOX("netbox", "application/x-ndjson"),
        ANSIBLE("ansible", "application/yaml");

        private final String door;
        private final String mediaType;

        Form(String door, String mediaType) {
            this.door = door;
            this.mediaType = mediaType;
        }
    }

    @Parameters(paramLabel = "FILE", description = "Ends in .csv, .tsv or .txt, .json or .ndjson, .yml or .yaml.")
    private Path file = Path.of("");

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Option(
            names = "--map",
            paramLabel = "COLUMN:ATTRIBUTE",
            description = "What a column or a variable tells; repeatable.")
    private List<String> maps = List.of();

    @Option(names = "--tenant", paramLabel = "SLUG", description = "Of NetBox, this tenant's alone; repeatable.")
    private List<String> tenants = List.of();

    @Option(names = "--kind", paramLabel = "KIND", description = "survey, wish, order, delivery-notice… (survey).")
    private @Nullable String kind;

    @Option(names = "--type", paramLabel = "TYPE", description = "Of elements of which the file says none (server).")
    private @Nullable String type;

    @Option(names = "--dates", paramLabel = "ORDER", description = "dmy (31/12/2026) or mdy (12/31/2026).")
    private @Nullable String dates;

    @Option(names = "--dry-run", description = "Shows what would happen, and writes nothing.")
    private boolean dryRun;

    private final Session session;

    ImportFileCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        if (!Files.isReadable(file)) throw new CannotStart(Said.here("record-unreadable", file));
        Form form = form();
        try (Caller caller = server.call(session)) {
            Listener listener = new Listener();
            caller.importing("/api/v1/imports/" + form.door, query(), form.mediaType, file, listener::hear);
            return listener.end();
        }
    }

    private Form form() {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Form form = FORMS.get(name.substring(name.lastIndexOf('.') + 1));
        if (form == null) throw new CannotStart(Said.here("import-file-form", file));
        return form;
    }

    private Query query() {
        return Query.NONE
                .with("customer", server.customer())
                .with("kind", kind)
                .with("type", type)
                .with("dates", dates)
                .with("map", maps)
                .with("tenant", tenants)
                .with("dryRun", dryRun ? true : null);
    }

    /** Tells what the answer says, while it comes. */
    private final class Listener {
        private @Nullable JsonNode summary;

        void hear(JsonNode line) {
            for (JsonNode column : line.at("/begin/columns"))
                if (column.path("tells").isNull())
                    session.mention(Said.here(
                            "import-file-column", column.path("column").asString("")));
            for (JsonNode name : line.at("/begin/passedOver"))
                session.mention(Said.here("import-file-column", name.asString("")));
            if (line.path("receipt").path("status").asInt(0) >= 400) refused(line.path("receipt"));
            if (line.has("progress"))
                session.mention(Said.here(
                        "import-file-progress",
                        line.at("/progress/percent").asInt(),
                        line.at("/progress/lines").asLong(),
                        line.at("/progress/refused").asLong()));
            if (line.has("summary")) summary = line.get("summary");
        }

        private void refused(JsonNode receipt) {
            String place = receipt.has("line")
                    ? receipt.path("line").asString()
                    : receipt.path("pointer").asString("");
            String name = receipt.path("name").asString("");
            JsonNode problem = receipt.path("problem");
            session.mention(Said.here(
                    "import-file-refused",
                    place,
                    name,
                    Visitor.problem(problem, receipt.path("status").asInt(0))));
        }

        /** Without a summary the answer broke off. */
        int end() {
            if (summary == null) throw new Unanswered(Said.here("import-file-broke"), null);
            session.say(Said.here(
                    dryRun ? "import-file-rehearsed" : "import-file-done",
                    summary.path("lines").asLong(),
                    summary.path("recorded").asLong(),
                    summary.path("confirmed").asLong(),
                    summary.path("unattached").asLong(),
                    summary.path("refused").asLong()));
            return summary.path("refused").asLong() == 0 ? Session.DONE : Session.REFUSED;
        }
    }
}
