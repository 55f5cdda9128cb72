package org.minventory.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A server with the database of its own, as anybody starts it: how long that takes, what it holds, on a slow disk. */
final class BenchStart {
    private static final double SECONDS_PROMISED = 3;
    private static final double MEGABYTES_PROMISED = 300;
    private static final int COMPILER_SECONDS = 30;

    private static final String SLOW_DISK = """
            #define _GNU_SOURCE
            #include <dlfcn.h>
            #include <time.h>
            #include <unistd.h>

            int fdatasync(int fd) {
                static int (*real)(int);
                struct timespec pause = {0, 1500000};
                if (!real) real = (int (*)(int)) dlsym(RTLD_NEXT, "fdatasync");
                nanosleep(&pause, 0);
                return real(fd);
            }
            """;

    private final BenchRun run;
    private final Path folder;
    private final Path data;
    private final Map<String, String> environment;

    BenchStart(BenchRun run, Path folder, Map<String, String> environment) {
        this.run = run;
        this.folder = folder;
        this.data = folder.resolve("alone");
        this.environment = environment;
    }

    List<BenchRow> warm() {
        double cold;
        try (BenchServer first = BenchServer.alone(data, folder, Map.of())) {
            cold = first.startMillis() / 1000;
        }
        List<Double> seconds = new ArrayList<>();
        OptionalDouble idle = OptionalDouble.empty();
        for (int i = 0; i < run.repetitions(); i++) {
            try (BenchServer server = BenchServer.alone(data, folder, Map.of())) {
                seconds.add(server.startMillis() / 1000);
                if (i < run.repetitions() - 1) continue;
                BenchServer.pause(run.seconds() * 1000L);
                idle = BenchMemory.resident(server.processId(), postmaster());
            }
        }
        BenchSpread start = BenchSpread.of(seconds);
        String memory = "idle memory of JVM and PostgreSQL after a start (shared pages once)";
        return List.of(
                BenchRow.judged(
                        "start to first 200, warm embedded database, without an AOT cache",
                        start.in("s"),
                        "a first start, which makes the database: " + BenchSpread.number(cold) + " s",
                        "≤ 3 s",
                        BenchSpread.number(start.median()) + " s",
                        start.median() <= SECONDS_PROMISED),
                idle.isEmpty()
                        ? BenchRow.notMeasured(memory, "≤ 300 MB", "Linux does not tell of these processes")
                        : BenchRow.judged(
                                memory,
                                BenchSpread.number(idle.getAsDouble()) + " MB",
                                "–",
                                "≤ 300 MB",
                                BenchSpread.number(idle.getAsDouble()) + " MB",
                                idle.getAsDouble() <= MEGABYTES_PROMISED));
    }

    private long postmaster() {
        try {
            return Long.parseLong(Files.readAllLines(data.resolve("pg18").resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
        } catch (IOException | RuntimeException gone) {
            throw new Unanswered("PostgreSQL's process is not noted", gone);
        }
    }

    /** The writers again, where each fdatasync takes 1.5 ms longer. */
    BenchRow slowDisk(BenchWrites writes) {
        String how = ", fdatasync slowed by 1.5 ms";
        Optional<Path> compiler = BenchProgram.find(environment, "gcc");
        String work = "32 writers on one customer" + how;
        String promise = "≥ 0.8 ×, p99 ≤ 50 ms";
        if (compiler.isEmpty()) return BenchRow.notMeasured(work, promise, "gcc is not on the PATH");
        Path library = compile(compiler.get());
        try (BenchServer slow = BenchServer.alone(data, folder, Map.of("LD_PRELOAD", library.toString()))) {
            return writes.crowd(BenchCast.bringIn(slow), how);
        }
    }

    private Path compile(Path compiler) {
        try {
            Path source = folder.resolve("slow.c");
            Path library = folder.resolve("slow.so");
            Files.writeString(source, SLOW_DISK);
            BenchProgram.run(
                            List.of(
                                    compiler.toString(),
                                    "-shared",
                                    "-fPIC",
                                    "-O2",
                                    "-o",
                                    library.toString(),
                                    source.toString(),
                                    "-ldl"),
                            Map.of(),
                            folder,
                            COMPILER_SECONDS)
                    .orThrow();
            return library;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
