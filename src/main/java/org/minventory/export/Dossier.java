package org.minventory.export;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.minventory.base.Json;
import org.minventory.element.EndOfSupport;
import org.minventory.intake.Vocabularies;
import org.minventory.party.Customers.Customer;
import org.minventory.testimony.AttachedFiles;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The reversibility dossier: all that a customer takes along when a mandate ends, in one archive. The record proves
 * itself; the rest says the same for people and for spreadsheets, and could be worked out of the record again.
 */
public final class Dossier {
    /** Of the archive; a reader refuses one that it does not know. */
    public static final int FORMAT = 1;

    /** The media type. */
    public static final String MEDIA_TYPE = "application/zip";

    private static final int TOGETHER = 500;

    private final JdbcClient db;
    private final Customer customer;
    private final Horizon horizon;
    private final Vocabularies vocabularies;
    private final Locale language;
    private final EndOfSupport endOfSupport;
    private final String program;
    private final Instant now;

    /**
     * A dossier of what stands in this transaction, which has to be one moment (repeatable read).
     *
     * @param horizon up to where it looks
     * @param language of what people read in it
     * @param program the version of the program that writes
     */
    public Dossier(
            JdbcClient db,
            Customer customer,
            Horizon horizon,
            Vocabularies vocabularies,
            Locale language,
            EndOfSupport endOfSupport,
            String program,
            Instant now) {
        this.db = db;
        this.customer = customer;
        this.horizon = horizon;
        this.vocabularies = vocabularies;
        this.language = language;
        this.endOfSupport = endOfSupport;
        this.program = program;
        this.now = now;
    }

    /** Writes the archive. */
    public void write(OutputStream out) {
        Sight sight = Sight.of(db, customer, horizon, vocabularies, language, endOfSupport, now);
        DossierFile file = new DossierFile(out, now);
        file.add(DossierFile.MANIFEST, manifest());
        file.add("README.txt", readme());
        file.add("verify.py", resource("verify.py"));
        String page = new DossierPage(sight, customer, horizon, language, now).write();
        file.add("summary.html", page);
        file.add("summary.pdf", Pdf.of(page));
        file.add(DossierFile.RECORD, record -> RecordExport.write(db, customer, horizon, program, now, record));
        file.add("record.csv", this::table);
        file.add("inventory.json", inventory -> inventory(sight, inventory));
        file.add("elements.csv", elements -> elements(sight, elements));
        file.add("definitions.json", array(sight.definitions()));
        file.add(DossierFile.WITNESSES, array(sight.witnesses()));
        file.add("mandates.json", array(sight.mandates()));
        documents(file);
        file.close();
    }

    private ObjectNode manifest() {
        ObjectNode json = Json.object()
                .put("dossier", FORMAT)
                .put("program", program)
                .put("at", now.toString())
                .put("language", language.getLanguage());
        json.putObject("customer")
                .put("id", customer.id().toString())
                .put("slug", customer.slug())
                .put("name", customer.name())
                .put("createdAt", customer.createdAt().toString());
        json.put(
                "knownAt",
                horizon.at() == null
                        ? null
                        : Objects.requireNonNull(horizon.at()).toString());
        json.putObject("head").put("seq", horizon.seq()).put("chain", RecordExport.hex(horizon.chain()));
        return json;
    }

    private String readme() {
        return new String(resource("dossier.txt"), StandardCharsets.UTF_8)
                .replace("{customer}", customer.name())
                .replace("{at}", (horizon.at() == null ? now : horizon.at()).toString())
                .replace("{head}", horizon.head());
    }

    private static byte[] resource(String name) {
        try (InputStream shipped = Dossier.class.getResourceAsStream(name)) {
            return Objects.requireNonNull(shipped, name).readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static JsonNode array(List<ObjectNode> items) {
        return Json.MAPPER.createArrayNode().addAll(items);
    }

    // ---- the record as a table --------------------------------------------------------------------------------------

    private void table(OutputStream out) throws IOException {
        print(out, Csv.line(new ArrayList<>(Column.names(TestimonyTable.COLUMNS))));
        for (long after = 0; after < horizon.seq(); after += TOGETHER) {
            List<RecordReader.Place> places = new ArrayList<>();
            for (long seq = after + 1; seq <= Math.min(after + TOGETHER, horizon.seq()); seq++)
                places.add(new RecordReader.Place(customer.id(), seq, Instant.EPOCH));
            List<RecordReader.Row> rows =
                    RecordReader.asKnown(db, customer.id(), horizon, RecordReader.rows(db, places));
            for (RecordReader.Row row : rows) print(out, Csv.line(Column.cells(TestimonyTable.COLUMNS, row)));
        }
    }

    // ---- the inventory ----------------------------------------------------------------------------------------------

    private void inventory(Sight sight, OutputStream out) throws IOException {
        print(
                out,
                "{\"customer\":" + Json.MAPPER.writeValueAsString(customer.slug()) + ",\"judgedAt\":\""
                        + sight.judgedAt() + "\"");
        list(out, "elements", items -> sight.elements(seen -> items.accept(sight.element(seen))));
        list(out, "divergences", sight::divergences);
        list(out, "projects", items -> sight.projects().forEach(items));
        list(out, "orders", items -> sight.orders().forEach(items));
        list(out, "deliveries", sight::deliveries);
        list(out, "deadlines", items -> sight.deadlines().forEach(items));
        print(out, "\n}\n");
    }

    private interface Items {
        void tell(Consumer<ObjectNode> items);
    }

    private static void list(OutputStream out, String name, Items items) throws IOException {
        print(out, ",\n\"" + name + "\":[");
        String[] between = {"\n"};
        items.tell(item -> {
            print(out, between[0] + Json.MAPPER.writeValueAsString(item));
            between[0] = ",\n";
        });
        print(out, "]");
    }

    private static void elements(Sight sight, OutputStream out) {
        ElementTable table = new ElementTable(sight.reach(), column -> true);
        print(out, Csv.line(new ArrayList<>(table.columns())));
        sight.elements(seen -> print(out, Csv.line(table.row(seen.row(), seen.judgedAt()))));
    }

    private static void print(OutputStream out, String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    // ---- documents --------------------------------------------------------------------------------------------------

    /** As they were kept; what people attached as files, too, unless they took it back. */
    private void documents(DossierFile file) {
        Testimonies.eachDocument(db, customer.id(), horizon.seq(), document -> {
            String testimony = document.testimony().toString();
            file.add(DossierFile.document(testimony), document.bytes());
            int number = 0;
            for (AttachedFiles.Content attached : document.files())
                file.add(
                        DossierFile.attachment(
                                testimony, ++number, attached.file().name()),
                        attached.bytes());
        });
    }
}
