package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What processes hold in memory, as Linux and the JVM tell it. */
final class BenchMemory {
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)$");
    private static final double MEGA = 1e6;
    private static final int JCMD_SECONDS = 20;
    private static final int MOMENTS = 12;

    private BenchMemory() {}

    /** Megabytes of some processes and their children, shared memory counted once; empty where Linux does not tell. */
    static OptionalDouble resident(long... roots) {
        double sum = 0;
        for (ProcessHandle process : families(roots)) {
            try {
                Path rollup = Path.of("/proc", Long.toString(process.pid()), "smaps_rollup");
                Matcher pss = PSS.matcher(Files.readString(rollup));
                if (pss.find()) sum += Long.parseLong(pss.group(1)) * 1024 / MEGA;
            } catch (IOException notForUs) {
                if (process.isAlive()) return OptionalDouble.empty();
            }
        }
        return sum == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum);
    }

    /** Each process once, also where one root descends from another. */
    static Set<ProcessHandle> families(long... roots) {
        Set<ProcessHandle> all = new LinkedHashSet<>();
        for (long root : roots)
            ProcessHandle.of(root).ifPresent(process -> {
                all.add(process);
                process.descendants().forEach(all::add);
            });
        return all;
    }

    /** What a JVM can reach on its heap, counted in a full collection, in megabytes; empty without a jcmd. */
    static OptionalDouble liveHeap(long process, Path folder) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) return OptionalDouble.empty();
        List<String> command = List.of(jcmd.toString(), Long.toString(process), "GC.class_histogram");
        return total(BenchProgram.run(command, Map.of(), folder, JCMD_SECONDS).said());
    }

    /** The last line of a histogram of classes, in megabytes. */
    static OptionalDouble total(String histogram) {
        Matcher total = TOTAL.matcher(histogram);
        return total.find() ? OptionalDouble.of(Long.parseLong(total.group(1)) / MEGA) : OptionalDouble.empty();
    }

    /** The most that was live at some moments while a work was done again and again. */
    static OptionalDouble mostLiveHeap(long process, Path folder, Runnable work) {
        AtomicBoolean enough = new AtomicBoolean();
        CompletableFuture<Void> working = CompletableFuture.runAsync(() -> {
            while (!enough.get()) work.run();
        });
        OptionalDouble most = OptionalDouble.empty();
        try {
            for (int i = 0; i < MOMENTS && !working.isDone(); i++) {
                OptionalDouble live = liveHeap(process, folder);
                if (live.isPresent()) most = OptionalDouble.of(Math.max(live.getAsDouble(), most.orElse(0)));
            }
        } finally {
            enough.set(true);
        }
        try {
            working.join();
        } catch (CompletionException failed) {
            throw new Unanswered("the work failed: " + failed.getCause(), failed);
        }
        return most;
    }
}
