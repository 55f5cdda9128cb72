package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.minventory.base.CannotStart;
import org.minventory.base.Json;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the demo keeps beside its database: the tokens of its cast, and while the story is being told a mark, by which the
 * next start knows that it was cut off.
 */
final class DemoFolder {
    private final Path credentials;
    private final Path mark;

    DemoFolder(Path folder) {
        this.credentials = folder.resolve("demo-credentials.json");
        this.mark = folder.resolve("demo-untold");
    }

    Path credentials() {
        return credentials;
    }

    /** Whether a story was begun here and never came to its end. */
    boolean isCutOff() {
        return Files.exists(mark);
    }

    /** From now on, until {@link #told}, what the database holds is thrown away at the next start. */
    void begin() {
        try {
            Files.writeString(
                    mark, "The demo's story was begun and not told to its end: the next start begins anew.\n");
        } catch (IOException failed) {
            throw new CannotStart(Said.here("file-unwritable", mark), failed);
        }
    }

    /** The story is whole; these are the tokens of its cast. */
    void told(String url, Map<String, String> tokens) {
        ObjectNode document = Json.object().put("url", url);
        ObjectNode all = document.putObject("tokens");
        tokens.forEach(all::put);
        SecretFile.write(credentials, document);
        try {
            Files.delete(mark);
        } catch (IOException failed) {
            throw new CannotStart(Said.here("file-unwritable", mark), failed);
        }
    }

    /** Says where the demo answers today; the tokens stay. */
    void moveTo(String url) {
        JsonNode document = read();
        if (document.path("url").asString("").equals(url)) return;
        SecretFile.write(credentials, ((ObjectNode) document).put("url", url));
    }

    /** A token of the cast, where the credentials are still there. */
    Optional<String> token(String name) {
        return Files.exists(credentials)
                ? Optional.of(read().path("tokens").path(name).asString(""))
                : Optional.empty();
    }

    private JsonNode read() {
        try {
            JsonNode document = Json.ours(Files.readAllBytes(credentials));
            if (document.isObject()) return document;
            throw new CannotStart(Said.here("credentials-unreadable", credentials));
        } catch (IOException | JacksonException unreadable) {
            throw new CannotStart(Said.here("credentials-unreadable", credentials), unreadable);
        }
    }
}
