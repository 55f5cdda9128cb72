package org.minventory.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Somebody types a command; what was said, and how it ended. */
public record Terminal(int code, String out, String err) {
    /** Types, in an environment in which nothing is set. */
    public static Terminal type(Entrance entrance, String... arguments) {
        return type(entrance, Map.of(), arguments);
    }

    /** Types, in that environment. */
    public static Terminal type(Entrance entrance, Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = Commands.run(entrance, environment, new PrintWriter(out), new PrintWriter(err), arguments);
        return new Terminal(code, out.toString(), err.toString());
    }
}
