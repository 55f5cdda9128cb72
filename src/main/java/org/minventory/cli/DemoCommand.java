package org.minventory.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.WallClock;
import org.minventory.party.Secret;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code minventory demo}: a Minventory with a story in it, told through the doors that everybody has. */
@Command(
        name = "demo",
        description =
                "Starts a Minventory of its own and tells it a story: a web shop at two hosting providers, wished,"
                        + " ordered, delivered with half its memory, deployed with another PostgreSQL than was wished. Started"
                        + " again, it is as it was left.",
        footer = {
            "",
            "The tokens of the cast are written to DIR/demo-credentials.json.",
            "",
            "Examples:",
            "  minventory demo",
            "  minventory demo --port 9090 --data /tmp/minventory-demo",
        })
final class DemoCommand implements Callable<Integer> {
    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on (8080).")
    private @Nullable String port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Its folder (minventory-demo in the user's data folder).")
    private @Nullable String data;

    @Option(
            names = "--allow-target",
            paramLabel = "HOST:PORT",
            description = "A receiver of notices that may be on a private network and speak plain http; repeatable.")
    private @Nullable List<String> allowTarget;

    private final Session session;

    DemoCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        Settings settings = settings();
        Instance.requireFreePort(settings);
        Stay stay = session.stay();
        Instance instance = Instance.onDatabase(session.entrance(), settings, stay);
        DemoFolder folder = new DemoFolder(settings.data());
        if (folder.isCutOff()) instance.empty();
        Entrance.House house = instance.openDoors();
        String url = instance.url(house.port());
        Optional<Secret> setup = house.offerSetup();
        if (setup.isPresent()) tell(folder, url, setup.get());
        else if (folder.token("ops").isPresent()) folder.moveTo(url);
        else throw new CannotStart(Said.here("not-the-demo", settings.data()));
        house.open();
        show(folder, url);
        stay.await();
        return Session.DONE;
    }

    /** What the demo can be told, and nothing that would lead it to somebody's real database. */
    private Settings settings() {
        StartOptions options = new StartOptions();
        options.port = port;
        options.data = data;
        options.allowTarget = allowTarget;
        Path usual = session.userData("minventory-demo");
        return Settings.of(options.layers(session.environmentOf(Setting.PORT, Setting.ALLOW_TARGET)), usual);
    }

    private void tell(DemoFolder folder, String url, Secret setup) {
        session.mention(Said.here("telling"));
        folder.begin();
        try (Visitor visitor = new Visitor(url)) {
            folder.told(url, new DemoStory(visitor, WallClock.MICROSECONDS.instant()).tell(setup.text()));
        }
    }

    private void show(DemoFolder folder, String url) {
        String credentials = folder.credentials().toAbsolutePath().normalize().toString();
        session.say(Said.here("demo", url, credentials, "'" + credentials.replace("'", "'\\''") + "'"));
    }
}
