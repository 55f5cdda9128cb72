package org.minventory.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.Sentence;
import org.minventory.export.DossierVerifier;
import org.minventory.export.RecordVerifier;
import org.minventory.export.RecordVerifier.Checkpoint;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code minventory verify}: proves from an exported record alone that nothing in it was altered. */
@Command(
        name = "verify",
        description =
                "Works every link of an exported record's chain out again, and names the first entry that was edited,"
                        + " removed, added or moved; of a dossier (.zip) also every document and every other file. It"
                        + " needs neither a server nor a database.",
        footer = {
            "",
            "The last line of a good end is a checkpoint: kept elsewhere, it also finds a record that was rewritten whole.",
            "",
            "Examples:",
            "  minventory verify acme.ndjson",
            "  curl -H \"Authorization: Bearer $token\" \"$url/api/v1/record?customer=acme\" | minventory verify -",
            "  minventory verify acme-dossier.zip",
            "  minventory verify acme-dossier.zip --head 43:9f86d081884c7d65…",
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Pattern CHECKPOINT = Pattern.compile("(\\d{1,18}):(\\S+)");

    @Parameters(
            paramLabel = "FILE",
            description = "A dossier, or what GET /api/v1/record answered; - for a record that comes through a pipe.")
    private String file = "";

    @Option(
            names = {"--head", "--checkpoint"},
            paramLabel = "SEQ:CHAIN",
            description = "What an earlier verification said, which the record has to pass through; repeatable.")
    private List<String> checkpoints = List.of();

    private final Session session;

    VerifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Checkpoint[] known = checkpoints.stream().map(VerifyCommand::checkpoint).toArray(Checkpoint[]::new);
        if (isArchive()) {
            DossierVerifier.Verdict verdict = DossierVerifier.verify(Path.of(file), known);
            return told(verdict.sentence(), verdict.head());
        }
        RecordVerifier.Verdict verdict = verify(known);
        return told(verdict.sentence(), verdict.end());
    }

    private int told(Sentence verdict, @Nullable Checkpoint end) {
        session.say(verdict.in(Locale.getDefault(Locale.Category.DISPLAY)));
        if (end == null) return Session.REFUSED;
        session.say(end.seq() + ":" + end.chain());
        return Session.DONE;
    }

    /** By its name, or by its first bytes: a dossier that was cut off at its beginning is one all the same. */
    private boolean isArchive() {
        if (file.equals("-")) return false;
        if (file.toLowerCase(Locale.ROOT).endsWith(".zip") && Files.exists(Path.of(file))) return true;
        try (InputStream begun = Files.newInputStream(Path.of(file))) {
            return new String(begun.readNBytes(2), StandardCharsets.US_ASCII).equals("PK");
        } catch (IOException unreadable) {
            throw new CannotStart(Said.here("record-unreadable", file), unreadable);
        }
    }

    private RecordVerifier.Verdict verify(Checkpoint[] known) {
        if (file.equals("-")) return RecordVerifier.verify(new BufferedInputStream(System.in), known);
        try (InputStream export = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
            return RecordVerifier.verify(export, known);
        } catch (IOException unreadable) {
            throw new CannotStart(Said.here("record-unreadable", file), unreadable);
        }
    }

    /** A head as an earlier verification said it. */
    static Checkpoint checkpoint(String told) {
        Matcher shape = CHECKPOINT.matcher(told.strip());
        if (!shape.matches()) throw new CannotStart(Said.here("unfit-checkpoint", told));
        return new Checkpoint(Long.parseLong(shape.group(1)), shape.group(2));
    }
}
