package org.minventory.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/**
 * The archive of a dossier while it is written: one file after the other, never whole in memory, each with its SHA-256,
 * which the last file lists.
 */
final class DossierFile {
    static final String SUMS = "SHA256SUMS";
    static final String MANIFEST = "manifest.json";
    static final String RECORD = "record.ndjson";
    static final String WITNESSES = "witnesses.json";
    static final String DOCUMENTS = "documents/";
    static final String ATTACHMENTS = "attachments/";

    /** Where the document of a testimony stands. */
    static String document(String testimony) {
        return DOCUMENTS + testimony + ".json";
    }

    /** Where a file stands that was attached to a testimony: under its number and its ending, for its name may be anything. */
    static String attachment(String testimony, int number, String name) {
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return ATTACHMENTS + testimony + "/" + number + "." + ending;
    }

    /** What writes a file. */
    interface Writing {
        /** Writes all of it. */
        void to(OutputStream out) throws IOException;
    }

    private final ZipOutputStream zip;
    private final long at;
    private final Map<String, String> sums = new LinkedHashMap<>();

    DossierFile(OutputStream out, Instant at) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.at = at.toEpochMilli();
    }

    void add(String name, Writing writing) {
        MessageDigest digest = Ids.sha256();
        try {
            open(name);
            OutputStream out = new DigestOutputStream(new Kept(zip), digest);
            writing.to(out);
            out.flush();
            zip.closeEntry();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        sums.put(name, RecordExport.hex(digest.digest()));
    }

    void add(String name, byte[] bytes) {
        add(name, out -> out.write(bytes));
    }

    void add(String name, String text) {
        add(name, text.getBytes(StandardCharsets.UTF_8));
    }

    void add(String name, JsonNode document) {
        add(name, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    }

    /** Lists the sums, as {@code sha256sum -c} reads them, and closes the archive. */
    void close() {
        StringBuilder list = new StringBuilder();
        sums.forEach((name, sum) -> list.append(sum).append("  ").append(name).append('\n'));
        try {
            open(SUMS);
            zip.write(list.toString().getBytes(StandardCharsets.UTF_8));
            zip.closeEntry();
            zip.finish();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private void open(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(at);
        zip.putNextEntry(entry);
    }

    /** The archive goes on after a file of it is closed. */
    private static final class Kept extends OutputStream {
        private final OutputStream out;

        Kept(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int one) throws IOException {
            out.write(one);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }
    }
}
