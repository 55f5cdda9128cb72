package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What processes hold in memory, as Linux and the JVM tell it. */
final class BenchMemory {
    private static final Pattern PSS = Pattern.compile("(?m)^Pss:\\s+(\\d+) kB");
    private static final Pattern HEAP =
            Pattern.compile("(?m)^.*\\btotal\\b[^,\\n]*,(?: committed \\d+K,)? used (\\d+)K");
    private static final double MEGA = 1e6;
    private static final int JCMD_SECONDS = 20;

    private BenchMemory() {}

    /** Megabytes of some processes and their children, shared memory counted once; empty where Linux does not tell. */
    static OptionalDouble resident(long... processes) {
        double sum = 0;
        for (long process : processes) {
            ProcessHandle handle = ProcessHandle.of(process).orElse(null);
            if (handle == null) return OptionalDouble.empty();
            for (ProcessHandle one : (Iterable<ProcessHandle>) java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(handle), handle.descendants())::iterator) {
                try {
                    Matcher pss =
                            PSS.matcher(Files.readString(Path.of("/proc", Long.toString(one.pid()), "smaps_rollup")));
                    if (pss.find()) sum += Long.parseLong(pss.group(1)) * 1024 / MEGA;
                } catch (IOException notForUs) {
                    if (one.isAlive()) return OptionalDouble.empty();
                }
            }
        }
        return OptionalDouble.of(sum);
    }

    /** What of the heap of a JVM is in use just after a full collection, in megabytes. */
    static OptionalDouble liveHeap(long process, Path folder) {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        if (!Files.isExecutable(jcmd)) return OptionalDouble.empty();
        String pid = Long.toString(process);
        BenchProgram.run(List.of(jcmd.toString(), pid, "GC.run"), Map.of(), folder, JCMD_SECONDS);
        BenchProgram.Ran told =
                BenchProgram.run(List.of(jcmd.toString(), pid, "GC.heap_info"), Map.of(), folder, JCMD_SECONDS);
        return heap(told.said());
    }

    /** The sum over the generations, in megabytes; what classes take is not of the heap. */
    static OptionalDouble heap(String info) {
        double sum = 0;
        boolean found = false;
        Matcher used = HEAP.matcher(info);
        while (used.find()) {
            sum += Long.parseLong(used.group(1)) * 1024 / MEGA;
            found = true;
        }
        return found ? OptionalDouble.of(sum) : OptionalDouble.empty();
    }

    /** The most that was live while some work was done, with a collection again and again. */
    static OptionalDouble mostLiveHeap(long process, Path folder, Runnable work) {
        AtomicBoolean done = new AtomicBoolean();
        Thread worker = Thread.ofPlatform().start(() -> {
            try {
                work.run();
            } finally {
                done.set(true);
            }
        });
        double most = 0;
        boolean told = false;
        while (!done.get()) {
            OptionalDouble live = liveHeap(process, folder);
            if (done.get() && told) break;
            if (live.isEmpty()) break;
            told = true;
            most = Math.max(most, live.getAsDouble());
        }
        try {
            worker.join();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        return told ? OptionalDouble.of(most) : OptionalDouble.empty();
    }
}
