package org.minventory.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres;
import org.minventory.base.EmbeddedPostgres.Connection;

/** One running Minventory: its database, then its doors. */
final class Instance {
    private final Entrance entrance;
    private final Settings settings;
    private final Stay stay;
    private final @Nullable EmbeddedPostgres embedded;

    private Instance(Entrance entrance, Settings settings, Stay stay, @Nullable EmbeddedPostgres embedded) {
        this.entrance = entrance;
        this.settings = settings;
        this.stay = stay;
        this.embedded = embedded;
    }

    /** The database alone, embedded unless the settings name another. */
    static Instance onDatabase(Entrance entrance, Settings settings, Stay stay) {
        EmbeddedPostgres embedded =
                settings.external() == null ? stay.open(() -> EmbeddedPostgres.start(settings.data())) : null;
        return new Instance(entrance, settings, stay, embedded);
    }

    /** What a person types into a browser on this machine. */
    String url(int port) {
        boolean everywhere =
                settings.address().equals("0.0.0.0") || settings.address().equals("::");
        String host = everywhere ? "127.0.0.1" : settings.address();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }

    /** Throws the content of the embedded database away: for a demo whose story was cut off. */
    void empty() {
        if (embedded != null) embedded.empty();
    }

    /** Opens the doors. */
    Entrance.House openDoors() {
        return stay.open(() -> entrance.start(new Entrance.Wish(
                settings.address(),
                settings.port(),
                owner(),
                app(),
                settings.endOfSupport(),
                settings.outward(),
                MasterKey.in(settings.masterKey()))));
    }

    /** Goes in without opening a door. */
    Entrance.Backroom enter() {
        return stay.open(() -> entrance.enter(owner(), app()));
    }

    private Connection owner() {
        return settings.external() == null
                ? running().owner()
                : settings.external().owner();
    }

    private Connection app() {
        return settings.external() == null
                ? running().app()
                : settings.external().app();
    }

    private EmbeddedPostgres running() {
        if (embedded == null) throw new IllegalStateException("there is no database");
        return embedded;
    }

    /**
     * Tells at once, and not after the seconds that a database takes to start, that nobody could listen.
     *
     * @throws CannotStart where the port is taken or the address is not of this machine
     */
    static void requireFreePort(Settings settings) {
        try (ServerSocket trial = new ServerSocket()) {
            trial.bind(new InetSocketAddress(InetAddress.getByName(settings.address()), settings.port()));
        } catch (UnknownHostException unknown) {
            throw new CannotStart(Said.here("unfit-address", settings.address()), unknown);
        } catch (BindException refused) {
            String why = String.valueOf(refused.getMessage());
            if (why.contains("assign")) throw new CannotStart(Said.here("unfit-address", settings.address()), refused);
            if (why.contains("ermission")) throw new CannotStart(Said.here("port-reserved", port(settings)), refused);
            throw new CannotStart(Said.here("port-taken", port(settings)), refused);
        } catch (IOException failed) {
            throw new CannotStart(
                    Said.here("port-failed", port(settings), String.valueOf(failed.getMessage())), failed);
        }
    }

    private static String port(Settings settings) {
        return Integer.toString(settings.port());
    }
}
