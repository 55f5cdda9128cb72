package org.minventory.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One person at one terminal, and what the commands share. */
final class Session {
    static final int DONE = 0;
    static final int REFUSED = 1;

    private final Entrance entrance;
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;
    private @Nullable Stay stay;

    Session(Entrance entrance, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this.entrance = entrance;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    Entrance entrance() {
        return entrance;
    }

    Map<String, String> environment() {
        return environment;
    }

    /** The environment as far as these settings are concerned: the others must not lead a demo anywhere. */
    Map<String, String> environmentOf(Setting... settings) {
        Map<String, String> some = new HashMap<>();
        for (Setting setting : settings)
            if (environment.containsKey(setting.variable()))
                some.put(setting.variable(), environment.get(setting.variable()));
        return some;
    }

    /** What this command keeps open until it is stopped. */
    Stay stay() {
        if (stay == null) stay = Stay.untilStopped();
        return stay;
    }

    /** Whether the end has come: what fails from now on is no news. */
    boolean isEnding() {
        return stay != null && stay.isEnding();
    }

    /** Closes what the command left open. */
    void end() {
        if (stay != null) stay.close();
    }

    /** An answer. */
    void say(String words) {
        out.println(words);
        out.flush();
    }

    /** A word in passing, or a refusal: beside the answer, so that a pipe carries answers alone. */
    void mention(String words) {
        err.println(words);
        err.flush();
    }

    Path userData(String name) {
        return Settings.userData(environment, System.getProperty("user.home", "."), name);
    }

    /** What to type to call this program again; the launcher says how it was called. */
    String program() {
        String called = System.getProperty("minventory.called", "./minventory");
        return called.contains(" ") ? "'" + called + "'" : called;
    }

    /** The version the jar was built as. */
    static String version() {
        String version = Session.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
