package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres.Connection;
import org.minventory.base.Word;
import org.minventory.element.EndOfSupport;
import org.minventory.element.UnfitFile;
import org.minventory.notification.channel.Outward;
import org.minventory.notification.channel.Outward.MailServer;

/**
 * How to start, once everything that was said has been weighed.
 *
 * @param address to listen on
 * @param port to listen on
 * @param data the folder of the embedded database, and of the master key where nobody names another file
 * @param external null where the embedded database serves
 * @param endOfSupport until when systems, databases and languages are supported
 * @param outward what is said of the way out
 * @param masterKey the file of the key that seals what the database keeps secret for us
 */
record Settings(
        String address,
        int port,
        Path data,
        @Nullable External external,
        EndOfSupport endOfSupport,
        Outward outward,
        Path masterKey) {
    private static final String LOOPBACK = "127.0.0.1";
    private static final String USUAL_PORT = "8080";
    private static final int LAST_PORT = 65_535;

    /** A PostgreSQL that somebody else keeps: the role that owns the database, and the one of the running program. */
    record External(Connection owner, Connection app) {}

    /**
     * Weighs what was said.
     *
     * @param usualData the data folder where nobody names one
     * @throws CannotStart where a value does not fit
     */
    static Settings of(Layers layers, Path usualData) {
        Path data = layers.value(Setting.DATA).map(Path::of).orElse(usualData);
        return new Settings(
                layers.value(Setting.ADDRESS).orElse(LOOPBACK),
                port(layers.value(Setting.PORT).orElse(USUAL_PORT)),
                data,
                external(layers),
                layers.value(Setting.END_OF_SUPPORT).map(Settings::endOfSupport).orElse(EndOfSupport.shipped()),
                WayOut.of(layers),
                layers.value(Setting.MASTER_KEY_FILE).map(Path::of).orElse(data.resolve(MasterKey.NAME)));
    }

    /** The folder for data that a program keeps for its user (XDG Base Directory Specification). */
    static Path userData(Map<String, String> environment, String home, String name) {
        String told = environment.getOrDefault("XDG_DATA_HOME", "");
        Path base = told.startsWith("/") ? Path.of(told) : Path.of(home, ".local", "share");
        return base.resolve(name);
    }

    private static int port(String told) {
        try {
            int port = Integer.parseInt(told.strip());
            if (port >= 0 && port <= LAST_PORT) return port;
        } catch (NumberFormatException refusedBelow) {
            // the same sentence for what is no number and what is no port
        }
        throw new CannotStart(Said.here("unfit-port", told));
    }

    private static EndOfSupport endOfSupport(String file) {
        try {
            return EndOfSupport.shipped().with(Files.readString(Path.of(file)));
        } catch (UnfitFile unfit) {
            throw new CannotStart(Said.here("end-of-support-unfit", file, unfit.line(), unfit.sentence()), unfit);
        } catch (IOException | InvalidPathException unreadable) {
            throw new CannotStart(Said.here("end-of-support-unreadable", file), unreadable);
        }
    }

    private static @Nullable External external(Layers layers) {
        String url = layers.value(Setting.DATABASE_URL).orElse(null);
        if (url == null) return null;
        DatabaseUrl app =
                DatabaseUrl.read(url).as(layers.value(Setting.DATABASE_USER), layers.value(Setting.DATABASE_PASSWORD));
        Optional<String> ownerUrl = layers.value(Setting.DATABASE_OWNER_URL);
        Optional<String> ownerUser = layers.value(Setting.DATABASE_OWNER_USER);
        if (ownerUrl.isEmpty() && ownerUser.isEmpty()) throw new CannotStart(Said.here("owner-needed"));
        DatabaseUrl owner = ownerUrl.map(DatabaseUrl::read)
                .orElse(app.alone())
                .as(ownerUser, layers.value(Setting.DATABASE_OWNER_PASSWORD));
        if (app.user() == null || owner.user() == null) throw new CannotStart(Said.here("database-user-needed"));
        return new External(owner.connection(), app.connection());
    }

    /** The lines of a file for {@code --config} that would say the same, each with its source; secrets stay untold. */
    static String print(Layers layers, Settings settings) {
        List<String> lines = new ArrayList<>();
        for (Setting setting : Setting.values()) {
            Optional<Layers.Found> found = layers.find(setting);
            String source = found.map(Layers.Found::source).orElse(Said.here("by-default"));
            List<String> values = found.map(Layers.Found::values).orElse(settings.usual(setting));
            if (values.isEmpty()) lines.add("# " + setting.word() + ":");
            else if (setting.isSecret()) lines.add("# " + setting.word() + ": " + Said.here("secret-set", source));
            else lines.add(setting.word() + ": " + shown(setting, values) + "  # " + source);
        }
        return String.join("\n", lines);
    }

    private static String shown(Setting setting, List<String> values) {
        List<String> quoted = values.stream()
                .map(value -> setting.word().endsWith("url") ? DatabaseUrl.withoutPassword(value) : value)
                .map(value -> "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"")
                .toList();
        return setting == Setting.ALLOW_TARGET ? "[" + String.join(", ", quoted) + "]" : quoted.getLast();
    }

    private List<String> usual(Setting setting) {
        return switch (setting) {
            case ADDRESS -> List.of(address);
            case PORT -> List.of(Integer.toString(port));
            case DATA -> List.of(data.toString());
            case MASTER_KEY_FILE -> List.of(masterKey.toString());
            case MAIL_PORT -> mail(server -> Integer.toString(server.port()));
            case MAIL_SECURITY -> mail(server -> Word.of(server.security()));
            case DATABASE_URL,
                    DATABASE_USER,
                    DATABASE_PASSWORD,
                    DATABASE_OWNER_URL,
                    DATABASE_OWNER_USER,
                    DATABASE_OWNER_PASSWORD,
                    END_OF_SUPPORT,
                    PUBLIC_URL,
                    ALLOW_TARGET,
                    MAIL_HOST,
                    MAIL_USER,
                    MAIL_PASSWORD,
                    MAIL_FROM -> List.of();
        };
    }

    private List<String> mail(Function<MailServer, String> said) {
        return outward.mail() == null ? List.of() : List.of(said.apply(outward.mail()));
    }
}
