package org.minventory.integration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.minventory.Tool;

/** The Icinga 2 that is installed, which keeps nothing outside of a folder, and runs as whoever runs the test. */
public final class RealIcinga {
    /** Its own configuration, as short as it can be. */
    static final String OURS = """
            include <itl>
            const PluginDir = "/usr/lib/nagios/plugins"
            include <plugins>
            const NodeName = "watcher"
            object CheckerComponent "checker" { }
            object NotificationComponent "notification" { }
            template Host "quick" default { check_interval = 1s; retry_interval = 1s; max_check_attempts = 1 }
            """;

    private final Path folder;

    public RealIcinga(Path folder) {
        this.folder = folder;
    }

    /** Looks at a configuration beside its own; what it says of one that it accepts. */
    public String check(String config) {
        return check(config, "UTC");
    }

    String check(String config, String timeZone) {
        Path file = write("check.conf", OURS + config);
        return Tool.run(
                folder,
                "env",
                Stream.concat(Stream.of("TZ=" + timeZone, "icinga2", "daemon", "-C", "-c", file.toString()), folders())
                        .toArray(String[]::new));
    }

    /** Objects of the configuration that it looked at last. */
    String objects(String type, String name) {
        return Tool.run(
                        folder,
                        "icinga2",
                        Stream.concat(Stream.of("object", "list", "--type", type, "--name", name), folders())
                                .toArray(String[]::new))
                .replaceAll("\u001b\\[[0-9;]*m", "")
                .strip();
    }

    /** Starts it with a configuration beside its own. */
    Tool start(String config) {
        Path file = write("icinga2.conf", OURS + config);
        return Tool.start(
                folder.resolve("icinga2.log"),
                "icinga2",
                Stream.concat(Stream.of("daemon", "-c", file.toString()), folders())
                        .toArray(String[]::new));
    }

    Stream<String> folders() {
        List<String> settings = new ArrayList<>();
        for (String one : List.of("DataDir", "LogDir", "CacheDir", "InitRunDir", "SpoolDir"))
            settings.add(one + "=" + made(one));
        settings.add("RunAsUser=" + Tool.run(folder, "id", "-un").strip());
        settings.add("RunAsGroup=" + Tool.run(folder, "id", "-gn").strip());
        return settings.stream().flatMap(setting -> Stream.of("-D", setting));
    }

    private Path made(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(folder.resolve(name), text);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
