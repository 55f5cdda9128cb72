package org.minventory.export;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.intake.Takeover;
import org.minventory.party.Customers.Customer;
import org.minventory.party.Role;
import org.minventory.testimony.Chain;
import org.minventory.testimony.Testimonies.Raw;
import tools.jackson.databind.JsonNode;

/** A dossier as what may be taken over: read line by line, after it was verified. */
public final class DossierReader implements Takeover.Source, AutoCloseable {
    private final ZipFile zip;
    private final Customer customer;

    private DossierReader(ZipFile zip) {
        this.zip = zip;
        JsonNode told = json(DossierFile.MANIFEST).get("customer");
        this.customer = new Customer(
                UUID.fromString(told.get("id").stringValue()),
                told.get("slug").stringValue(),
                told.get("name").stringValue(),
                instant(told, "createdAt"));
    }

    /**
     * Opens a dossier that {@link DossierVerifier} found whole.
     *
     * @throws IllegalArgumentException where it lacks what a dossier holds all the same
     */
    public static DossierReader open(Path file) {
        try {
            return new DossierReader(new ZipFile(file.toFile(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (NullPointerException | tools.jackson.core.JacksonException | DateTimeException unfit) {
            throw new IllegalArgumentException(unfit);
        }
    }

    @Override
    public Customer customer() {
        return customer;
    }

    @Override
    public List<Takeover.Witness> witnesses() {
        List<Takeover.Witness> witnesses = new ArrayList<>();
        for (JsonNode told : json(DossierFile.WITNESSES))
            witnesses.add(new Takeover.Witness(
                    UUID.fromString(told.get("id").stringValue()),
                    Role.of(told.get("role").stringValue()).word(),
                    told.get("name").stringValue(),
                    instant(told, "firstAt")));
        return witnesses;
    }

    @Override
    public void tell(Consumer<Raw> entries, Consumer<Takeover.Run> runs) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(zip.getInputStream(entry(DossierFile.RECORD)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode told = Json.ours(line.getBytes(StandardCharsets.UTF_8));
                String sort = told.path("line").asString("");
                if (sort.equals(RecordExport.ENTRY)) entries.accept(raw(told));
                if (sort.equals(RecordExport.HEARING)) runs.accept(run(told));
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static Raw raw(JsonNode told) {
        byte[] document = text(told, "document");
        byte[] documentSalt = salt(told, "document");
        byte[] documentLeaf = told.has("documentLeaf")
                ? HexFormat.of().parseHex(told.get("documentLeaf").stringValue())
                : document == null ? null : Chain.leaf(documentSalt, document);
        return new Raw(
                told.get("seq").longValue(),
                Objects.requireNonNull(text(told, "header")),
                Objects.requireNonNull(salt(told, "header")),
                text(told, "facts"),
                salt(told, "facts"),
                text(told, "note"),
                salt(told, "note"),
                document,
                documentSalt,
                documentLeaf,
                HexFormat.of().parseHex(told.get("chain").stringValue()));
    }

    private static byte @Nullable [] text(JsonNode told, String name) {
        JsonNode text = told.get(name);
        return text == null ? null : text.stringValue().getBytes(StandardCharsets.UTF_8);
    }

    private static byte @Nullable [] salt(JsonNode told, String name) {
        JsonNode salt = told.get(name + "Salt");
        return salt == null ? null : Base64.getUrlDecoder().decode(salt.stringValue());
    }

    private static Takeover.Run run(JsonNode told) {
        return new Takeover.Run(
                told.get("seq").longValue(),
                UUID.fromString(told.get("element").stringValue()),
                instant(told, "firstAt"),
                instant(told, "lastAt"),
                instant(told, "heardAt"),
                told.get("heard").intValue(),
                told.get("sealed").intValue(),
                told.get("ended").booleanValue());
    }

    private static Instant instant(JsonNode told, String name) {
        return Instant.parse(told.get(name).stringValue());
    }

    private JsonNode json(String name) {
        try (var file = zip.getInputStream(entry(name))) {
            return Json.ours(file.readAllBytes());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private ZipEntry entry(String name) {
        return Objects.requireNonNull(zip.getEntry(name), name);
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
