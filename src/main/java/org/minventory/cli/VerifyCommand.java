package org.minventory.cli;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.minventory.base.CannotStart;
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
                        + " removed, added or moved. It needs neither a server nor a database.",
        footer = {
            "",
            "The last line of a good end is a checkpoint: kept elsewhere, it also finds a record that was rewritten whole.",
            "",
            "Examples:",
            "  minventory verify acme.ndjson",
            "  curl -H \"Authorization: Bearer $token\" \"$url/api/v1/record?customer=acme\" | minventory verify -",
            "  minventory verify acme.ndjson --checkpoint 43:9f86d081884c7d65…",
        })
final class VerifyCommand implements Callable<Integer> {
    private static final Pattern CHECKPOINT = Pattern.compile("(\\d{1,18}):(\\S+)");

    @Parameters(paramLabel = "FILE", description = "What GET /api/v1/record answered; - for what comes through a pipe.")
    private String file = "";

    @Option(
            names = "--checkpoint",
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
        RecordVerifier.Verdict verdict = verify(known);
        session.say(verdict.sentence().in(Locale.getDefault(Locale.Category.DISPLAY)));
        Checkpoint end = verdict.end();
        if (end != null) session.say(end.seq() + ":" + end.chain());
        return verdict.holds() ? Session.DONE : Session.REFUSED;
    }

    private RecordVerifier.Verdict verify(Checkpoint[] known) {
        if (file.equals("-")) return RecordVerifier.verify(new BufferedInputStream(System.in), known);
        try (InputStream export = new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
            return RecordVerifier.verify(export, known);
        } catch (IOException unreadable) {
            throw new CannotStart(Said.here("record-unreadable", file), unreadable);
        }
    }

    private static Checkpoint checkpoint(String told) {
        Matcher shape = CHECKPOINT.matcher(told.strip());
        if (!shape.matches()) throw new CannotStart(Said.here("unfit-checkpoint", told));
        return new Checkpoint(Long.parseLong(shape.group(1)), shape.group(2));
    }
}
