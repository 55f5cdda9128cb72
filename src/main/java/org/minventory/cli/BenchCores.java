package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Who kept the processors busy while a work was measured: the first thing to know of one that falls short, and whether
 * the machine was quiet.
 */
final class BenchCores {
    private static final Path MACHINE = Path.of("/proc/stat");
    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final double TICKS = 100;

    private final BenchServer server;
    private double program;
    private double postgres;
    private double load;
    private double machine;
    private double seconds;

    BenchCores(BenchServer server) {
        this.server = server;
    }

    /** Does a work, and counts its time. */
    <T> T during(Supplier<T> work) {
        Moment before = moment();
        T done = work.get();
        Moment after = moment();
        program += grown(before.program(), after.program());
        postgres += grown(before.postgres(), after.postgres());
        load += grown(before.load(), after.load());
        machine += after.machine() - before.machine();
        seconds += (after.nanos() - before.nanos()) / 1e9;
        return done;
    }

    /** Seconds of processor time by process, and of the whole machine. */
    private record Moment(
            long nanos,
            Map<Long, Double> program,
            Map<Long, Double> postgres,
            Map<Long, Double> load,
            double machine) {}

    private Moment moment() {
        return new Moment(
                System.nanoTime(),
                busy(List.of(server.handle())),
                busy(BenchMemory.families(server.postmaster())),
                busy(Set.of(ProcessHandle.current())),
                machineBusy());
    }

    private static Map<Long, Double> busy(Collection<ProcessHandle> processes) {
        Map<Long, Double> seconds = new HashMap<>();
        for (ProcessHandle process : processes)
            process.info()
                    .totalCpuDuration()
                    .map(Duration::toNanos)
                    .ifPresent(nanos -> seconds.put(process.pid(), nanos / 1e9));
        return seconds;
    }

    /** What a process took that ended meanwhile is nobody's. */
    private static double grown(Map<Long, Double> before, Map<Long, Double> after) {
        return after.entrySet().stream()
                .mapToDouble(now -> now.getValue() - before.getOrDefault(now.getKey(), 0.0))
                .sum();
    }

    /** User, nice, system and what serves interrupts; 0 where Linux does not tell. */
    private static double machineBusy() {
        try {
            String all = Files.readAllLines(MACHINE).getFirst();
            long[] ticks = Arrays.stream(BLANK.split(all, -1))
                    .skip(1)
                    .mapToLong(Long::parseLong)
                    .toArray();
            return (ticks[0] + ticks[1] + ticks[2] + ticks[5] + ticks[6]) / TICKS;
        } catch (IOException | RuntimeException untold) {
            return 0;
        }
    }

    /** In words. */
    String tell() {
        return String.format(
                Locale.ROOT,
                "meanwhile the server kept %.2f cores busy, PostgreSQL %.2f, the load generator %.2f and others %.2f, of %d",
                program / seconds,
                postgres / seconds,
                load / seconds,
                Math.max(0, machine - program - postgres - load) / seconds,
                Runtime.getRuntime().availableProcessors());
    }
}
