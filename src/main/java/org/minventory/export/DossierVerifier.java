package org.minventory.export;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Sentence;
import org.minventory.export.RecordVerifier.Checkpoint;
import org.minventory.testimony.AttachedFiles;
import org.minventory.testimony.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Proves a dossier from its archive alone, as {@code verify.py} in it does: the chain of the record, each document against
 * the entry that it belongs to, then every file against the list of checksums. It says where the first fault is.
 */
public final class DossierVerifier {
    private static final Set<String> NEEDED =
            Set.of(DossierFile.RECORD, DossierFile.MANIFEST, DossierFile.SUMS, DossierFile.WITNESSES);

    /** What a verification found: the sentence that says it, and the head where all of it holds. */
    public record Verdict(Sentence sentence, @Nullable Checkpoint head) {
        /** Whether nothing is wrong. */
        public boolean holds() {
            return head != null;
        }
    }

    /** Found on the way, wherever that was. */
    private static final class Fault extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Sentence sentence;

        Fault(Sentence sentence) {
            super(null, null, false, false);
            this.sentence = sentence;
        }
    }

    private final ZipFile zip;
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> documents = new HashSet<>();
    private final Set<String> attached = new HashSet<>();

    private DossierVerifier(ZipFile zip) {
        this.zip = zip;
    }

    /**
     * Reads an archive to its end, or to its first fault.
     *
     * @param known heads kept elsewhere that the record has to pass through
     */
    public static Verdict verify(Path file, Checkpoint... known) {
        try (ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            return new DossierVerifier(zip).read(known);
        } catch (Fault fault) {
            return new Verdict(fault.sentence, null);
        } catch (IOException | UncheckedIOException | IllegalArgumentException unreadable) {
            return new Verdict(say("dossier-unreadable", String.valueOf(file.getFileName())), null);
        }
    }

    private static Sentence say(String key, Object... arguments) {
        return Sentence.of(RecordVerifier.BUNDLE, key, arguments);
    }

    private static Fault fault(String key, Object... arguments) {
        return new Fault(say(key, arguments));
    }

    private Verdict read(Checkpoint... known) throws IOException {
        names();
        Checkpoint head = record(known);
        manifest(head);
        sums();
        Sentence holds =
                say("dossier-holds", head.seq(), documents.size(), names.size(), head.seq() + ":" + head.chain());
        return new Verdict(holds, head);
    }

    private void names() {
        zip.stream()
                .filter(entry -> !entry.isDirectory())
                .map(ZipEntry::getName)
                .forEach(name -> {
                    if (!names.add(name)) throw fault("dossier-twice", name);
                });
        for (String needed : NEEDED) requireThere(needed);
    }

    private void requireThere(String name) {
        if (!names.contains(name)) throw fault("dossier-missing", name);
    }

    private InputStream open(String name) throws IOException {
        return new BufferedInputStream(zip.getInputStream(zip.getEntry(name)));
    }

    // ---- the record and its documents -------------------------------------------------------------------------------

    private Checkpoint record(Checkpoint... known) throws IOException {
        try (InputStream record = open(DossierFile.RECORD)) {
            RecordVerifier.Verdict verdict = RecordVerifier.verify(record, this::document, known);
            if (verdict.end() == null) throw fault("dossier-record", DossierFile.RECORD, verdict.sentence());
            for (String name : names)
                if (isProven(name) && !documents.contains(name) && !attached.contains(name))
                    throw fault("dossier-stray", name);
            return verdict.end();
        }
    }

    /** What stands there belongs to entries of the record. */
    private static boolean isProven(String name) {
        return name.startsWith(DossierFile.DOCUMENTS) || name.startsWith(DossierFile.ATTACHMENTS);
    }

    private void document(RecordVerifier.Proven entry) {
        if (entry.document() == null) return;
        JsonNode header = Json.MAPPER.readTree(entry.header());
        String testimony = header.path("id").asString();
        byte[] kept = entry.document().getBytes(StandardCharsets.UTF_8);
        String name = DossierFile.document(testimony);
        requireThere(name);
        hold(name, kept, entry.seq());
        documents.add(name);
        Kind kind = Kind.of(header.path("kind").asString(""));
        if (kind != null && kind.mayCarryFiles()) attached(testimony, kept, entry.seq());
    }

    /** Files that were attached are there as files, too, unless they were taken back: each is the one that was recorded. */
    private void attached(String testimony, byte[] document, long seq) {
        int number = 0;
        for (AttachedFiles.Content one : AttachedFiles.contents(document)) {
            String name = DossierFile.attachment(testimony, ++number, one.file().name());
            if (!names.contains(name)) continue;
            hold(name, one.bytes(), seq);
            attached.add(name);
        }
    }

    private void hold(String name, byte[] recorded, long seq) {
        try (InputStream file = open(name)) {
            if (!Arrays.equals(recorded, file.readNBytes(recorded.length + 1)))
                throw fault("dossier-document", name, seq);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private void manifest(Checkpoint head) throws IOException {
        try (InputStream file = open(DossierFile.MANIFEST)) {
            JsonNode told = Json.MAPPER.readTree(file.readAllBytes());
            boolean fits = told.path("dossier").asInt(0) == Dossier.FORMAT
                    && told.at("/head/seq").asLong(-1) == head.seq()
                    && told.at("/head/chain").asString("").equals(head.chain());
            if (!fits) throw fault("dossier-head");
        } catch (JacksonException unreadable) {
            throw fault("dossier-head");
        }
    }

    // ---- checksums --------------------------------------------------------------------------------------------------

    private void sums() throws IOException {
        Map<String, String> listed = listed();
        for (String name : names)
            if (!name.equals(DossierFile.SUMS) && !listed.containsKey(name)) throw fault("dossier-added", name);
        for (Map.Entry<String, String> one : listed.entrySet()) {
            requireThere(one.getKey());
            if (!sum(one.getKey()).equals(one.getValue())) throw fault("dossier-changed", one.getKey());
        }
    }

    private Map<String, String> listed() throws IOException {
        Map<String, String> listed = new LinkedHashMap<>();
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(open(DossierFile.SUMS), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                boolean fits = line.length() > 66 && line.startsWith("  ", 64);
                if (!fits || listed.put(line.substring(66), line.substring(0, 64)) != null)
                    throw fault("dossier-sums", listed.size() + 1);
            }
        }
        return listed;
    }

    private String sum(String name) throws IOException {
        MessageDigest digest = Ids.sha256();
        byte[] piece = new byte[1 << 16];
        try (InputStream file = open(name)) {
            for (int read = file.read(piece); read >= 0; read = file.read(piece)) digest.update(piece, 0, read);
        }
        return RecordExport.hex(digest.digest());
    }
}
