package org.minventory.cli;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;

/** Who kept the processors busy while a work was measured: the first thing to know of one that falls short. */
final class BenchCores {
    private final BenchServer server;
    private final double[] busy = new double[3];
    private double seconds;

    BenchCores(BenchServer server) {
        this.server = server;
    }

    /** Does a work, and counts its time. */
    <T> T during(Supplier<T> work) {
        double[] before = busyUntilNow();
        long begun = System.nanoTime();
        T done = work.get();
        seconds += (System.nanoTime() - begun) / 1e9;
        double[] after = busyUntilNow();
        for (int i = 0; i < busy.length; i++) busy[i] += after[i] - before[i];
        return done;
    }

    private double[] busyUntilNow() {
        return new double[] {
            busy(List.of(server.handle())),
            busy(BenchMemory.families(server.postmaster())),
            busy(Set.of(ProcessHandle.current()))
        };
    }

    private static double busy(Collection<ProcessHandle> processes) {
        return processes.stream()
                        .flatMap(process -> process.info().totalCpuDuration().stream())
                        .mapToDouble(Duration::toNanos)
                        .sum()
                / 1e9;
    }

    /** In words. */
    String tell() {
        return String.format(
                Locale.ROOT,
                "meanwhile the server kept %.2f cores busy, PostgreSQL %.2f and the load generator %.2f, of %d",
                busy[0] / seconds,
                busy[1] / seconds,
                busy[2] / seconds,
                Runtime.getRuntime().availableProcessors());
    }
}
