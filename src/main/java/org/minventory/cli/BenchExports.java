package org.minventory.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that other tools read: what the server takes to write one, beside what the tool takes to read it. */
final class BenchExports {
    private static final String ZONE = "bench.example";
    private static final int SECONDS = 60;

    private final BenchRun run;
    private final BenchCast cast;
    private final Path folder;
    private final Map<String, String> environment;

    BenchExports(BenchRun run, BenchCast cast, Path folder, Map<String, String> environment) {
        this.run = run;
        this.cast = cast;
        this.folder = folder;
        this.environment = environment;
    }

    /** A file, and the command that reads it. */
    private record Export(String path, String tool, List<String> arguments) {}

    List<BenchRow> rows(BenchSize size) {
        Path file = folder.resolve("export");
        String last = BenchCast.name(size.elements() - 1);
        return List.of(
                row(size, file, new Export("ssh-config", "ssh", List.of("-F", file.toString(), "-G", last))),
                row(size, file, new Export("zone?zone=" + ZONE, "named-checkzone", List.of(ZONE, file.toString()))));
    }

    private BenchRow row(BenchSize size, Path file, Export export) {
        BenchDocument document = new BenchDocument(cast, "/exports/" + export.path());
        byte[] content = document.read(size);
        BenchSpread own = document.seconds(size, run.repetitions(), new BenchCores(cast.server()));
        String work = "/exports/" + export.path() + " of " + size.elements() + " elements ("
                + BenchSpread.number(content.length / 1e6) + " MB), request to last byte";
        Optional<Path> tool = BenchProgram.find(environment, export.tool());
        if (tool.isEmpty()) return BenchRow.told(work, own.in("s"), export.tool() + " is not on the PATH", "–");
        keep(file, content);
        BenchSpread other = seconds(tool.get(), export);
        return BenchRow.told(
                work,
                own.in("s"),
                "`" + export.tool() + "` reads it: " + other.in("s"),
                BenchSpread.number(own.median() / other.median()) + " ×");
    }

    private static void keep(Path file, byte[] content) {
        try {
            Files.write(file, content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Whether it finds what it looks for is no matter here: it has read the file. */
    private BenchSpread seconds(Path tool, Export export) {
        List<String> command = new ArrayList<>(List.of(tool.toString()));
        command.addAll(export.arguments());
        List<Double> seconds = new ArrayList<>();
        for (int i = 0; i < run.repetitions(); i++)
            seconds.add(BenchProgram.run(command, Map.of(), folder, SECONDS).millis() / 1000);
        return BenchSpread.of(seconds);
    }
}
