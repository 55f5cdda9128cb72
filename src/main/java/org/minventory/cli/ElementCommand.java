package org.minventory.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.cli.OutputOptions.Column;
import org.minventory.notification.channel.Plain;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code minventory element}: what is known of one, side by side. */
@Command(
        name = "element",
        description =
                "Shows what is known of an element: what was intended, ordered, delivered, deployed and monitored,"
                        + " side by side.",
        footer = {
            "",
            "Examples:",
            "  minventory element shop-db-1",
            "  minventory element shop-db-1 --as-of 2026-06-01T00:00:00Z --output json",
        })
final class ElementCommand implements Callable<Integer> {
    private static final int LONGEST = 100;
    private static final List<Column> COLUMNS = List.of(
            new Column("attribute", "/attribute"),
            new Column("intended", "/intended/display"),
            new Column("ordered", "/ordered/display"),
            new Column("delivered", "/delivered/display"),
            new Column("deployed", "/deployed/display"),
            new Column("monitored", "/monitored/display"),
            new Column("verdict", "/verdict"));

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", description = "Its name or identifier.")
    private String name = "";

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "As it was then, as far as that is known today.")
    private @Nullable String asOf;

    private final Session session;

    ElementCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Caller caller = server.call(session)) {
            JsonNode element = read(caller, server, name, asOf);
            if (output.isJson()) output.document(session, element);
            else {
                if (output.isTable()) session.say(title(element));
                output.print(session, COLUMNS, attributes(element));
            }
        }
        return Session.DONE;
    }

    /** One element as the server knows it. */
    static JsonNode read(Caller caller, ServerOptions server, String name, @Nullable String asOf) {
        return caller.get(
                "/api/v1/elements/" + Query.escape(name),
                Query.NONE.with("customer", server.customer()).with("asOf", asOf));
    }

    private static String title(JsonNode element) {
        List<String> words = new ArrayList<>();
        for (String member : List.of("name", "type", "status", "customer", "infrastructure"))
            if (element.path(member).isString())
                words.add(Plain.line(element.path(member).stringValue(), LONGEST));
        return String.join(" · ", words);
    }

    private static List<JsonNode> attributes(JsonNode element) {
        List<JsonNode> attributes = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : element.path("knowledge").properties())
            attributes.add(((ObjectNode) one.getValue().deepCopy()).put("attribute", one.getKey()));
        return attributes;
    }
}
