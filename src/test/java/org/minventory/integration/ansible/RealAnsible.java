package org.minventory.integration.ansible;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.minventory.Story;

/** The Ansible that is installed, run in a folder of its own, with nothing in its environment but what a test gives it. */
public final class RealAnsible {
    /** What is shipped for it. */
    public static final Path SHIPPED = Path.of("integrations/ansible").toAbsolutePath();

    public static final Path INVENTORY = SHIPPED.resolve("minventory.sh");

    private final Path folder;
    private final Story story;

    public RealAnsible(Path folder, Story story) {
        this.folder = folder;
        this.story = story;
    }

    /** How a command ended, and what it printed. */
    public record Outcome(int status, String out, String errors) {
        public Outcome expect(int expected) {
            if (status != expected)
                throw new AssertionError("expected " + expected + ", got " + status + ": " + out + errors);
            return this;
        }
    }

    public Outcome run(String token, Map<String, String> more, List<String> command)
            throws IOException, InterruptedException {
        Path out = Files.createTempFile(folder, "out", "");
        Path errors = Files.createTempFile(folder, "err", "");
        ProcessBuilder process = new ProcessBuilder(new ArrayList<>(command))
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(errors.toFile());
        Map<String, String> environment = process.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("ANSIBLE_")
                        || name.startsWith("MINVENTORY_")
                        || name.toLowerCase(Locale.ROOT).endsWith("_proxy"));
        environment.put("HOME", folder.toString());
        environment.put("LC_ALL", "C.UTF-8");
        environment.put("ANSIBLE_NOCOLOR", "1");
        environment.put("ANSIBLE_INVENTORY_ANY_UNPARSED_IS_FAILED", "True");
        environment.put("MINVENTORY_URL", story.server().url());
        environment.put("MINVENTORY_TOKEN", token);
        environment.putAll(more);
        Process running = process.start();
        if (!running.waitFor(180, TimeUnit.SECONDS)) {
            running.destroyForcibly();
            throw new AssertionError(command + " does not end");
        }
        return new Outcome(running.exitValue(), Files.readString(out), Files.readString(errors));
    }
}
