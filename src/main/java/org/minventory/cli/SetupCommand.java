package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;
import org.minventory.base.Json;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code minventory setup}: brings the operator, the first team and its first ops into a fresh instance. */
@Command(
        name = "setup",
        description = "Sets a fresh instance up, with the token that its first start printed: the operator, who keeps"
                + " the instance and reads no customer, and the first ops with their team.",
        footer = {
            "",
            "Example:",
            "  minventory setup --url http://127.0.0.1:8080 --token mns_… \\",
            "                   --operator-name 'Olga Petit' --team 'Agence Morel' --name 'Claire Morel'",
        })
final class SetupCommand implements Callable<Integer> {
    @Option(names = "--url", required = true, paramLabel = "URL", description = "Where the instance answers.")
    private String url = "";

    @Option(names = "--token", required = true, paramLabel = "TOKEN", description = "What the first start printed.")
    private String token = "";

    @Option(names = "--operator-name", required = true, paramLabel = "NAME", description = "Who keeps the instance.")
    private String operatorName = "";

    @Option(names = "--operator-email", paramLabel = "ADDRESS", description = "Their mail address.")
    private @Nullable String operatorEmail;

    @Option(names = "--team", required = true, paramLabel = "NAME", description = "The first ops team.")
    private String team = "";

    @Option(names = "--team-slug", paramLabel = "SLUG", description = "Its short name (made of its name).")
    private @Nullable String teamSlug;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The first ops of that team.")
    private String name = "";

    @Option(names = "--email", paramLabel = "ADDRESS", description = "Their mail address.")
    private @Nullable String email;

    @Option(
            names = "--output",
            paramLabel = "FILE",
            description = "Writes the tokens there, for its owner's eyes alone (0600), instead of printing them.")
    private @Nullable Path output;

    private final Session session;

    SetupCommand(Session session) {
        this.session = session;
    }

    @Override
    public Integer call() {
        try (Visitor visitor = new Visitor(url)) {
            if (output == null) print(found(visitor));
            else write(visitor, output);
        }
        return Session.DONE;
    }

    private JsonNode found(Visitor visitor) {
        try {
            return visitor.post(null, "/api/v1/setup", request());
        } catch (Unanswered refused) {
            throw refused.isNotFound() ? new Unanswered(Said.here("already-set-up", visitor.url()), refused) : refused;
        }
    }

    private ObjectNode request() {
        ObjectNode request = Json.object().put("setupToken", token);
        person(request.putObject("operator"), operatorName, operatorEmail);
        request.putObject("team")
                .put("slug", teamSlug == null ? slug(team) : teamSlug)
                .put("name", team);
        person(request.putObject("ops"), name, email);
        return request;
    }

    private static void person(ObjectNode person, String name, @Nullable String email) {
        person.put("name", name);
        if (email != null) person.put("email", email);
    }

    /** A short name out of a name: "Agence Morel" is agence-morel. */
    static String slug(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFD)
                .replaceAll("\\p{M}+", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private void print(JsonNode founded) {
        session.say(Said.here(
                "founded",
                text(founded, "/operator/name"),
                text(founded, "/operator/token"),
                text(founded, "/ops/name"),
                text(founded, "/team/name"),
                text(founded, "/ops/token")));
    }

    /** The file is there before the tokens are: they are shown once, and a full disk must not swallow them. */
    private void write(Visitor visitor, Path file) {
        SecretFile.reserve(file);
        try {
            SecretFile.write(file, ((ObjectNode) found(visitor)).put("url", visitor.url()));
        } catch (Unanswered refused) {
            giveUp(file);
            throw refused;
        }
        session.say(Said.here("founded-in", file));
    }

    private static void giveUp(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException failed) {
            throw new CannotStart(Said.here("file-unwritable", file), failed);
        }
    }

    private static String text(JsonNode document, String pointer) {
        return document.at(pointer).asString("");
    }
}
