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
    private final BenchDocument inventory;
    private final Path folder;
    private final Map<String, String> environment;

    BenchInventory(BenchRun run, BenchCast cast, Path folder, Map<String, String> environment) {
        this.run = run;
        this.cast = cast;
        this.inventory = new BenchDocument(cast, PATH);
        this.folder = folder;
        this.environment = environment;
    }

    BenchRow ansible(BenchSize size) {
        double share = size.elements() <= FEW_HOSTS ? 0.05 : 0.15;
        byte[] document = inventory.read(size);
        BenchCores cores = new BenchCores(cast.server());
        BenchSpread own = inventory.seconds(size, run.repetitions(), cores);
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
                        ratio <= share)
                .because(cores.tell());
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
            Path nothing = folder.resolve("ansible.cfg");
            Files.writeString(nothing, "");
            own.put("ANSIBLE_CONFIG", nothing.toString());
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

    /** What the heap holds more while the largest inventory is given out, counted in a dozen full collections. */
    BenchRow heap(BenchSize size) {
        String work = "extra heap while the inventory of " + size.elements() + " hosts is given out";
        String promise = "≤ 64 MB";
        long server = cast.server().handle().pid();
        BenchMemory.liveHeap(server, folder); // what the first collection leaves, the second may take
        OptionalDouble before = BenchMemory.liveHeap(server, folder);
        if (before.isEmpty()) return BenchRow.notMeasured(work, promise, "the Java of this machine has no jcmd");
        OptionalDouble most = BenchMemory.mostLiveHeap(server, folder, () -> inventory.seconds(size));
        if (most.isEmpty()) return BenchRow.notMeasured(work, promise, "the Java of this machine counts no heap");
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
