package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import picocli.CommandLine.Option;

/** Where a command asks, and as whom. A token is never an argument: everybody on a machine reads those of all programs. */
final class ServerOptions {
    private static final String USUAL = "http://127.0.0.1:8080";
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9._~+/=-]+");
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "Where Minventory answers (MINVENTORY_URL, else " + USUAL + ").")
    private @Nullable String server;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds your token (else MINVENTORY_TOKEN holds it, else ~/.config/minventory/token).")
    private @Nullable Path tokenFile;

    @Option(
            names = "--customer",
            paramLabel = "SLUG",
            description = "Which customer, where your token reaches several.")
    private @Nullable String customer;

    @Nullable
    String customer() {
        return customer;
    }

    /** The server, before which somebody stands with a token; to be closed. */
    Caller call(Session session) {
        Map<String, String> environment = session.environment();
        String token = token(session, environment);
        String told = server == null ? environment.getOrDefault("MINVENTORY_URL", "") : server;
        return new Caller(new Visitor(told.isBlank() ? USUAL : told.strip()), token);
    }

    private String token(Session session, Map<String, String> environment) {
        String told = environment.getOrDefault("MINVENTORY_TOKEN", "").strip();
        String token = tokenFile == null && !told.isEmpty() ? told : read(session, environment);
        if (!TOKEN.matcher(token).matches()) throw new CannotStart(Said.here("no-token-in-it"));
        return token;
    }

    private String read(Session session, Map<String, String> environment) {
        Path file = tokenFile == null ? usual(environment) : tokenFile;
        if (tokenFile == null && !Files.exists(file)) throw new CannotStart(Said.here("token-needed", file));
        try {
            if (Files.getPosixFilePermissions(file).stream().anyMatch(OF_OTHERS::contains))
                session.mention(Said.here("token-read-by-others", file));
            return Files.readString(file).strip();
        } catch (IOException | UnsupportedOperationException unreadable) {
            throw new CannotStart(Said.here("record-unreadable", file), unreadable);
        }
    }

    /** Where people keep what configures their programs (XDG Base Directory Specification). */
    private static Path usual(Map<String, String> environment) {
        String told = environment.getOrDefault("XDG_CONFIG_HOME", "");
        String home = environment.getOrDefault("HOME", System.getProperty("user.home", "."));
        return (told.startsWith("/") ? Path.of(told) : Path.of(home, ".config")).resolve("minventory/token");
    }
}
