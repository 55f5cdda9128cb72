package org.minventory.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/** The Ansible inventory, whole: what the server takes beside what Ansible takes to read it. */
final class BenchInventory {
    private static final String PATH = "/integrations/ansible/inventory";
    private static final int FEW_HOSTS = 1_000;
    private static final int MANY_HOSTS = 20_000;
    private static final int ANSIBLE_SECONDS = 90;
    private static final double HEAP_MEGABYTES = 64;

    private final BenchRun run;
    private final BenchCast cast;
    private final Path folder;
    private final Map<String, String> environment;

    BenchInventory(BenchRun run, BenchCast cast, Path folder, Map<String, String> environment) {
        this.run = run;
        this.cast = cast;
        this.folder = folder;
        this.environment = environment;
    }

    private static byte[] request(BenchSize size) {
        return BenchHttp.get(PATH, size.robots().getFirst(), "");
    }

    BenchRow ansible(BenchSize size) {
        double share = size.elements() <= FEW_HOSTS ? 0.05 : 0.15;
        byte[] document = Objects.requireNonNull(cast.send(request(size), 200).body());
        List<Double> ours = new ArrayList<>();
        for (int i = 0; i < run.repetitions(); i++) ours.add(seconds(size));
        BenchSpread own = BenchSpread.of(ours);
        String work = "Ansible inventory of " + size.elements() + " hosts (" + BenchSpread.number(document.length / 1e6)
                + " MB), request to last byte";
        Optional<Path> ansible = BenchProgram.find(environment, "ansible");
        String promise = String.format(Locale.ROOT, "≤ %.0f %%", share * 100);
        if (ansible.isEmpty())
            return new BenchRow(
                    work, own.in("s"), "–", promise, "–", BenchRow.Verdict.NOT_MEASURED, "ansible is not on the PATH");
        List<Double> theirs = new ArrayList<>();
        int times = size.elements() > MANY_HOSTS ? 1 : run.repetitions();
        for (int i = 0; i < times; i++) theirs.add(ansibleSeconds(ansible.get(), document));
        BenchSpread other = BenchSpread.of(theirs);
        double ratio = own.median() / other.median();
        return BenchRow.judged(
                work,
                own.in("s"),
                "`ansible -i … --list-hosts all`: " + other.in("s"),
                promise,
                String.format(Locale.ROOT, "%.1f %%", ratio * 100),
                ratio <= share);
    }

    private double seconds(BenchSize size) {
        try (BenchHttp http = new BenchHttp(cast.server().port())) {
            long begun = System.nanoTime();
            int status = http.send(request(size), false).status();
            double seconds = (System.nanoTime() - begun) / 1e9;
            if (status != 200) throw new Unanswered("the inventory answered " + status, status);
            return seconds;
        } catch (IOException failed) {
            throw new Unanswered("the inventory broke off: " + failed, failed);
        }
    }

    /** The document as a script of Ansible's gives it, the way the wrapper in integrations/ansible does. */
    private double ansibleSeconds(Path ansible, byte[] document) {
        try {
            Path file = folder.resolve("inventory.json");
            Files.write(file, document);
            Path script = folder.resolve("inventory.sh");
            Files.writeString(script, "#!/bin/sh\nexec cat '" + file + "'\n");
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
            Map<String, String> own = new HashMap<>();
            own.put("ANSIBLE_HOME", folder.resolve("ansible").toString());
            own.put("ANSIBLE_CONFIG", "/dev/null");
            own.put("ANSIBLE_NOCOLOR", "1");
            BenchProgram.Ran ran = BenchProgram.run(
                    List.of(ansible.toString(), "-i", script.toString(), "--list-hosts", "all"),
                    own,
                    folder,
                    ANSIBLE_SECONDS);
            ran.orThrow();
            return ran.millis() / 1000;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What the heap holds more while the largest inventory is given out, a full collection again and again. */
    BenchRow heap(BenchSize size) {
        String work = "extra heap while the inventory of " + size.elements() + " hosts is given out";
        String promise = "≤ 64 MB";
        long server = cast.server().processId();
        OptionalDouble before = BenchMemory.liveHeap(server, folder);
        if (before.isEmpty()) return BenchRow.notMeasured(work, promise, "the Java of this machine has no jcmd");
        OptionalDouble most = BenchMemory.mostLiveHeap(server, folder, () -> seconds(size));
        if (most.isEmpty()) return BenchRow.notMeasured(work, promise, "the export was over too soon");
        double extra = Math.max(0, most.getAsDouble() - before.getAsDouble());
        return BenchRow.judged(
                work,
                BenchSpread.number(most.getAsDouble()) + " MB live at most",
                "before: " + BenchSpread.number(before.getAsDouble()) + " MB",
                promise,
                BenchSpread.number(extra) + " MB",
                extra <= HEAP_MEGABYTES);
    }
}
