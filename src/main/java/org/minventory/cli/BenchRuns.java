package org.minventory.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.minventory.base.Json;
import org.minventory.base.WallClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A run of a playbook over all hosts of a customer, told by the document of {@code ansible.posix.json}. */
final class BenchRuns {
    private static final String PATH = "/integrations/ansible/runs";
    private static final int TASKS = 3;
    private static final int FAILS = 100;
    private static final int SECONDS = 60;

    private final BenchRun run;
    private final BenchCast cast;
    private final Path folder;
    private final Map<String, String> environment;

    BenchRuns(BenchRun run, BenchCast cast, Path folder, Map<String, String> environment) {
        this.run = run;
        this.cast = cast;
        this.folder = folder;
        this.environment = environment;
    }

    /** From the first byte sent to the last receipt, beside what the language of Ansible takes to read the document alone. */
    BenchRow row(BenchSize size) {
        List<Double> ours = new ArrayList<>();
        byte[] document = document(size, 0);
        for (int turn = 1; turn <= run.repetitions(); turn++) {
            document = document(size, turn);
            ours.add(seconds(size, document));
        }
        BenchSpread own = BenchSpread.of(ours);
        String work = "run of a playbook over " + size.elements() + " hosts, " + TASKS + " tasks ("
                + BenchSpread.number(document.length / 1e6) + " MB), request to last receipt, "
                + BenchSpread.number(size.elements() / own.median()) + " hosts/s";
        Optional<Path> python = BenchProgram.find(environment, "python3");
        if (python.isEmpty()) return BenchRow.told(work, own.in("s"), "python3 is not on the PATH", "–");
        BenchSpread read = reading(python.get(), document);
        return BenchRow.told(
                work,
                own.in("s"),
                "`json.load` of Python reads it: " + read.in("s"),
                BenchSpread.number(own.median() / read.median()) + " ×");
    }

    private double seconds(BenchSize size, byte[] document) {
        byte[] request = BenchHttp.post(PATH, size.robot(0), "application/json", document);
        long begun = System.nanoTime();
        BenchHttp.Reply reply = cast.send(request, 200);
        double seconds = (System.nanoTime() - begun) / 1e9;
        JsonNode receipts = Json.ours(Objects.requireNonNull(reply.body())).path("receipts");
        if (receipts.size() != size.elements())
            throw new Unanswered(receipts.size() + " receipts for " + size.elements() + " hosts", null);
        return seconds;
    }

    private BenchSpread reading(Path python, byte[] document) {
        try {
            Path file = folder.resolve("run.json");
            Files.write(file, document);
            List<String> command =
                    List.of(python.toString(), "-c", "import json, sys; json.load(open(sys.argv[1]))", file.toString());
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < run.repetitions(); i++) {
                BenchProgram.Ran ran = BenchProgram.run(command, Map.of(), folder, SECONDS);
                ran.orThrow();
                seconds.add(ran.millis() / 1000);
            }
            return BenchSpread.of(seconds);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As the callback writes it; one host in a hundred fails at the last task. */
    private static byte[] document(BenchSize size, int turn) {
        Instant now = WallClock.MICROSECONDS.instant();
        ObjectNode document = Json.object();
        document.putObject("custom_stats");
        document.putObject("global_custom_stats");
        ObjectNode play = document.putArray("plays").addObject();
        play.putObject("play")
                .put("id", "00000000-0000-4000-8000-" + String.format(Locale.ROOT, "%012d", turn))
                .put("name", "Deploy " + turn)
                .putObject("duration")
                .put("start", now.minusSeconds(60).toString())
                .put("end", now.toString());
        for (int task = 0; task < TASKS; task++) {
            ObjectNode told = play.withArray("tasks").addObject();
            told.putObject("task").put("id", "task-" + task).put("name", "Task " + task);
            ObjectNode hosts = told.putObject("hosts");
            for (int host = 0; host < size.elements(); host++)
                result(hosts.putObject(BenchCast.name(host)), task == TASKS - 1 && host % FAILS == 0);
        }
        ObjectNode stats = document.putObject("stats");
        for (int host = 0; host < size.elements(); host++) tallies(stats, host);
        return Json.write(document);
    }

    private static void result(ObjectNode result, boolean failed) {
        result.put("_ansible_no_log", false)
                .put("action", "ansible.builtin.copy")
                .put("changed", !failed);
        result.put("checksum", "3ee1454031fad94fe121a912b1f4dca8ff579214").put("dest", "/etc/motd");
        result.put("mode", "0644").put("owner", "root").put("group", "root").put("size", 1024);
        if (failed) result.put("failed", true).put("msg", "No space left on device");
    }

    private static void tallies(ObjectNode stats, int host) {
        int failures = host % FAILS == 0 ? 1 : 0;
        stats.putObject(BenchCast.name(host))
                .put("ok", TASKS - failures)
                .put("changed", TASKS - failures)
                .put("failures", failures)
                .put("unreachable", 0)
                .put("skipped", 0)
                .put("rescued", 0)
                .put("ignored", 0);
    }
}
