package org.minventory;

import com.zaxxer.hikari.pool.HikariPool;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres.Connection;
import org.minventory.base.Ids;
import org.minventory.base.Schema;
import org.minventory.base.Scope;
import org.minventory.base.Strongbox;
import org.minventory.base.Tx;
import org.minventory.base.WallClock;
import org.minventory.cli.Entrance;
import org.minventory.element.EndOfSupport;
import org.minventory.notification.channel.Outward;
import org.minventory.party.Secret;
import org.minventory.party.Setup;
import org.minventory.web.Readiness;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** A running Minventory: the house with its doors open, on one port, over one database. */
public final class Server implements Entrance.House {
    /** Requests a second and per token, and how many may come at once. */
    private static final double USUAL_RATE = 200;

    private static final double USUAL_BURST = 2_000;

    private final ServletWebServerApplicationContext context;

    private Server(ServletWebServerApplicationContext context) {
        this.context = context;
    }

    /**
     * How to start.
     *
     * @param address to listen on; the loopback one unless somebody decides otherwise
     * @param port 0 for any that is free
     * @param owner of the database: it migrates, and its connection is closed again before the first request
     * @param app the role of the running program, which owns nothing
     * @param endOfSupport until when systems, databases and languages are supported
     * @param outward what the operator says of the way out
     * @param masterKey seals the secrets that the database keeps for us
     */
    public record Settings(
            String address,
            int port,
            Connection owner,
            Connection app,
            double requestsPerSecond,
            double burst,
            InstantSource clock,
            EndOfSupport endOfSupport,
            Outward outward,
            byte[] masterKey) {

        /** As anybody would start it on this machine, for once: what it seals nobody opens after it. */
        public static Settings local(int port, Connection owner, Connection app) {
            return new Settings(
                    "127.0.0.1",
                    port,
                    owner,
                    app,
                    USUAL_RATE,
                    USUAL_BURST,
                    WallClock.MICROSECONDS,
                    EndOfSupport.shipped(),
                    Outward.USUAL,
                    Ids.random(Strongbox.KEY_LENGTH));
        }
    }

    /**
     * Migrates the database and opens the doors.
     *
     * @throws CannotStart with the sentence to show, where that is not possible
     */
    public static Server start(Settings settings) {
        Schema.migrate(settings.owner(), settings.app().user());
        SpringApplication application = new SpringApplication(House.class);
        application.setWebApplicationType(WebApplicationType.SERVLET);
        application.setBannerMode(Banner.Mode.OFF);
        application.setLogStartupInfo(false);
        application.setRegisterShutdownHook(false); // who starts it closes it, before the database
        application.setDefaultProperties(Map.of(
                "logging.level.root", "warn", "logging.level.org.springframework.web.servlet.PageNotFound", "error"));
        application.addInitializers(context -> keep(context, settings));
        try {
            return new Server((ServletWebServerApplicationContext) application.run());
        } catch (RuntimeException failed) {
            throw sentence(failed, settings);
        }
    }

    private static void keep(ConfigurableApplicationContext context, Settings settings) {
        context.getBeanFactory().registerSingleton("settings", settings);
    }

    private static RuntimeException sentence(RuntimeException failed, Settings settings) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof CannotStart known) return known;
            if (cause instanceof PortInUseException)
                return new CannotStart(
                        "The port " + settings.port() + " is taken by another program: give another one with --port.",
                        failed);
            if (cause instanceof HikariPool.PoolInitializationException refused)
                return Pool.refused(settings.app(), refused);
        }
        return failed;
    }

    /** The port it listens on. */
    @Override
    public int port() {
        return Objects.requireNonNull(context.getWebServer()).getPort();
    }

    /** Where it answers, without a slash at the end. */
    public String url() {
        return "http://127.0.0.1:" + port();
    }

    /** A fresh setup token to print, while nobody has set the instance up. */
    @Override
    public Optional<Secret> offerSetup() {
        return context.getBean(Tx.class).write(Scope.NOTHING, context.getBean(Setup.class)::offer);
    }

    /** From now on {@code /health/ready} answers 200. */
    @Override
    public void open() {
        context.getBean(Readiness.class).open();
    }

    /** A part of the house, for those who stand within it: the demo, the bench, tests. */
    public <T> T room(Class<T> type) {
        return context.getBean(type);
    }

    /** Lets the requests that run end, and closes. */
    @Override
    public void close() {
        context.close();
    }
}
