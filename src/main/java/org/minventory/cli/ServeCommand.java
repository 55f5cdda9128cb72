package org.minventory.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.minventory.party.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code minventory serve}: the production start. */
@Command(
        name = "serve",
        description = "Starts Minventory, with a PostgreSQL of its own unless --database-url names another.",
        footer = {
            "",
            "Each option is also a variable (--database-url: MINVENTORY_DATABASE_URL) and a line of the file named"
                    + " by --config (database-url: …). An option wins over a variable, a variable over the file.",
            "",
            "Examples:",
            "  minventory serve --data /var/lib/minventory",
            "  minventory serve --address 0.0.0.0 --port 80 --config /etc/minventory.yaml",
            "  minventory serve --database-url jdbc:postgresql://db:5432/minventory --database-user minventory_app \\",
            "                   --database-owner-user minventory_owner",
        })
final class ServeCommand implements Callable<Integer> {
    @Mixin
    private StartOptions options = new StartOptions();

    @Option(
            names = "--print-config",
            description = "Prints the settings as they would count, without secrets, and ends.")
    private boolean printConfig;

    private final Session session;

    ServeCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Layers layers = options.layers(session.environment());
        Settings settings = Settings.of(layers, session.userData("minventory"));
        if (printConfig) session.say(Settings.print(layers, settings));
        else serve(settings);
        return Session.DONE;
    }

    private void serve(Settings settings) {
        Instance.requireFreePort(settings);
        Stay stay = session.stay();
        Instance instance = Instance.onDatabase(session.entrance(), settings, stay);
        Entrance.House house = instance.openDoors();
        Optional<Secret> setup = house.offerSetup();
        house.open();
        String url = instance.url(house.port());
        session.say(Said.here("serving", Session.version(), url));
        session.say(
                settings.external() == null
                        ? Said.here("data-in", absolute(settings.data()))
                        : Said.here("data-at", settings.external().app().url()));
        setup.ifPresent(secret -> session.say(Said.here("first-start", session.program(), url, secret.text())));
        stay.await();
    }

    private static Path absolute(Path folder) {
        return folder.toAbsolutePath().normalize();
    }
}
