package org.minventory.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.cli.OutputOptions.Column;
import org.minventory.testimony.Stance;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code minventory known}: who said what. */
@Command(
        name = "known",
        description =
                "Shows the last words of every witness about an element, who said them, by which tool, and how fresh"
                        + " they are. Of several on one side, the first counts.",
        footer = {"", "Example:", "  minventory known shop-db-1 --attribute memory"})
final class KnownCommand implements Callable<Integer> {
    private static final List<Column> COLUMNS = List.of(
            new Column("attribute", "/attribute"),
            new Column("stance", "/stance"),
            new Column("value", "/display"),
            new Column("witness", "/witness/name"),
            new Column("source", "/source"),
            new Column("kind", "/kind"),
            Column.instant("last-said", "/confirmedAt"),
            new Column("freshness", "/freshness"));

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(paramLabel = "NAME", description = "Its name or identifier.")
    private String name = "";

    @Option(names = "--attribute", paramLabel = "NAME", description = "Only of this attribute.")
    private @Nullable String attribute;

    @Option(names = "--as-of", paramLabel = "INSTANT", description = "As it was then, as far as that is known today.")
    private @Nullable String asOf;

    private final Session session;

    KnownCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Caller caller = server.call(session)) {
            output.print(session, COLUMNS, words(ElementCommand.read(caller, server, name, asOf)));
        }
        return Session.DONE;
    }

    private List<JsonNode> words(JsonNode element) {
        List<JsonNode> words = new ArrayList<>();
        for (Map.Entry<String, JsonNode> one : element.path("knowledge").properties()) {
            if (attribute != null && !attribute.equals(one.getKey())) continue;
            for (Stance stance : Stance.values()) {
                JsonNode counting = one.getValue().path(stance.word());
                if (counting.isObject()) add(words, one.getKey(), stance, counting);
                for (JsonNode other : counting.path("others")) add(words, one.getKey(), stance, other);
            }
        }
        return words;
    }

    private static void add(List<JsonNode> words, String attribute, Stance stance, JsonNode said) {
        ObjectNode word = (ObjectNode) said.deepCopy();
        word.remove("others");
        words.add(word.put("attribute", attribute).put("stance", stance.word()));
    }
}
