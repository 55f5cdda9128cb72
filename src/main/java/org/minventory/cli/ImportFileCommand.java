package org.minventory.cli;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import picocli.CommandLine.Command;
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
            "The token is read from MINVENTORY_TOKEN, or from a file with --token-file.",
            "",
            "Examples:",
            "  minventory import-file servers.csv --url http://127.0.0.1:8080 --customer acme --dry-run",
            "  minventory import-file serveurs.csv --url … --map 'Machine:element' --dates dmy",
            "  minventory import-file netbox.json --url … --tenant acme",
            "  minventory import-file hosts.yml --url … --kind wish",
        })
final class ImportFileCommand implements Callable<Integer> {
    private static final String TOKEN = "MINVENTORY_TOKEN";

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

    @Option(names = "--url", required = true, paramLabel = "URL", description = "Where the instance answers.")
    private String url = "";

    @Option(names = "--token-file", paramLabel = "FILE", description = "Holds the token, alone on its first line.")
    private @Nullable Path tokenFile;

    @Option(names = "--customer", paramLabel = "SLUG", description = "Whose it is, where the token speaks for several.")
    private @Nullable String customer;

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
        try (Visitor visitor = new Visitor(url)) {
            Listener listener = new Listener();
            visitor.importing(token(), path(form), form.mediaType, file, listener::hear);
            return listener.end();
        }
    }

    private Form form() {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        Form form = FORMS.get(name.substring(name.lastIndexOf('.') + 1));
        if (form == null) throw new CannotStart(Said.here("import-file-form", file));
        return form;
    }

    private String token() {
        String token = session.environment().get(TOKEN);
        if (tokenFile != null) token = firstLine(tokenFile);
        if (token == null || token.isBlank()) throw new CannotStart(Said.here("token-needed", TOKEN));
        return token.strip();
    }

    private static String firstLine(Path file) {
        try {
            return Files.readString(file).lines().findFirst().orElse("");
        } catch (IOException unreadable) {
            throw new CannotStart(Said.here("record-unreadable", file), unreadable);
        }
    }

    private String path(Form form) {
        List<String> query = new ArrayList<>();
        add(query, "customer", customer);
        add(query, "kind", kind);
        add(query, "type", type);
        add(query, "dates", dates);
        for (String map : maps) add(query, "map", map);
        for (String tenant : tenants) add(query, "tenant", tenant);
        if (dryRun) add(query, "dryRun", "true");
        return "/api/v1/imports/" + form.door + (query.isEmpty() ? "" : "?" + String.join("&", query));
    }

    private static void add(List<String> query, String name, @Nullable String value) {
        if (value != null) query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
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
            if (summary == null) throw new Unanswered(Said.here("import-file-broke", url), null);
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
