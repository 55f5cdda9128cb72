package org.minventory.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.Json;
import org.minventory.notification.channel.Plain;
import org.minventory.testimony.Kind;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code minventory testify}: says what you saw. */
@Command(
        name = "testify",
        description = "Says what you saw, did, wish or know of an element; what follows from it is told at once.",
        footer = {
            "",
            "With facts it is a survey, without any a note, unless --kind says otherwise.",
            "An attribute that is given twice is a list.",
            "",
            "Examples:",
            "  minventory testify shop-db-1 'memory=64 GiB' cpu.cores=8",
            "  minventory testify shop-db-1 --kind intervention --note 'replaced the second disk'",
            "  minventory testify shop-web-3 --kind wish --type server 'memory=32 GiB' tags=prod tags=web",
            "  minventory testify shop --whole --kind maintenance --note 'new switches'",
        })
final class TestifyCommand implements Callable<Integer> {
    private static final int LONGEST = 300;

    @Mixin
    private ServerOptions server = new ServerOptions();

    @Mixin
    private OutputOptions output = new OutputOptions();

    @Parameters(index = "0", paramLabel = "ELEMENT", description = "Its name or identifier.")
    private String element = "";

    @Parameters(index = "1..*", paramLabel = "ATTRIBUTE=VALUE", description = "What is so: 'memory=64 GiB'.")
    private List<String> facts = List.of();

    @Option(names = "--kind", paramLabel = "KIND", description = "wish, survey, intervention, note…")
    private @Nullable String kind;

    @Option(names = "--note", paramLabel = "TEXT", description = "What is to be said besides.")
    private @Nullable String note;

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "What it is: server, service… Whom nobody knows comes into being as such.")
    private @Nullable String type;

    @Option(
            names = "--whole",
            description = "ELEMENT is an infrastructure, and all of it is meant: maintenance, incident, intervention.")
    private boolean whole;

    @Option(names = "--at", paramLabel = "INSTANT", description = "When it was so; now where it is left out.")
    private @Nullable String at;

    @Option(names = "--order", paramLabel = "NUMBER", description = "The provider's order that it belongs to.")
    private @Nullable String order;

    @Option(names = "--dry-run", description = "Shows what would follow, and says nothing.")
    private boolean dryRun;

    private final Session session;

    TestifyCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        ObjectNode told = told();
        try (Caller caller = server.call(session)) {
            JsonNode receipt = caller.post("/api/v1/testimonies" + (dryRun ? "?dryRun=true" : ""), told);
            if (output.isTable()) print(receipt);
            else output.document(session, receipt);
        }
        return Session.DONE;
    }

    private ObjectNode told() {
        ObjectNode told = Json.object();
        told.put("kind", kind != null ? kind : (facts.isEmpty() ? Kind.NOTE : Kind.SURVEY).word());
        told.put(whole ? "infrastructure" : "element", element);
        put(told, "customer", server.customer());
        put(told, "type", type);
        if (type != null && !Kind.WISH.word().equals(kind)) told.put("create", true);
        put(told, "note", note);
        put(told, "witnessedAt", at);
        put(told, "order", order);
        if (!facts.isEmpty()) told.set("facts", facts());
        return told;
    }

    private static void put(ObjectNode told, String member, @Nullable String value) {
        if (value != null) told.put(member, value);
    }

    private ObjectNode facts() {
        Map<String, ArrayNode> values = new LinkedHashMap<>();
        for (String fact : facts) {
            int equals = fact.indexOf('=');
            if (equals < 1) throw new CannotStart(Said.here("unfit-fact", Plain.line(fact, LONGEST)));
            values.computeIfAbsent(fact.substring(0, equals), name -> Json.MAPPER.createArrayNode())
                    .add(fact.substring(equals + 1));
        }
        ObjectNode json = Json.object();
        values.forEach((name, all) -> json.set(name, all.size() == 1 ? all.get(0) : all));
        return json;
    }

    private void print(JsonNode receipt) {
        session.say(Said.here(outcome(receipt), subject(receipt)));
        for (JsonNode divergence : receipt.path("divergences"))
            session.say("  ! " + Plain.line(divergence.path("sentence").asString(""), LONGEST));
    }

    private String outcome(JsonNode receipt) {
        boolean unattached = receipt.path("unattached").isString();
        if (dryRun) return unattached ? "would-testify-unattached" : "would-testify";
        if (unattached) return "testified-unattached";
        return receipt.path("confirmed").asBoolean(false) ? "testified-again" : "testified";
    }

    private String subject(JsonNode receipt) {
        String name = receipt.at("/element/name").asString(element);
        return Plain.line(name, LONGEST);
    }
}
