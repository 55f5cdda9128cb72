package org.minventory.cli;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Somebody with a token before the doors of a running Minventory. */
final class Caller implements AutoCloseable {
    private final Visitor visitor;
    private final String token;

    Caller(Visitor visitor, String token) {
        this.visitor = visitor;
        this.token = token;
    }

    /** Reads one document. */
    JsonNode get(String path, Query query) {
        return visitor.get(token, path + query);
    }

    /** Posts, and reads the answer. */
    JsonNode post(String path, JsonNode body) {
        return visitor.post(token, path, body);
    }

    /** Sends a file, and hears the answer line by line while it comes. */
    void importing(String path, Query query, String mediaType, Path file, Consumer<JsonNode> line) {
        visitor.importing(token, path + query, mediaType, file, line);
    }

    /** All that a list holds, page after page, each read when the one before is used up. */
    Iterable<JsonNode> each(String path, Query query) {
        return () -> new Pages(path, query);
    }

    private final class Pages implements Iterator<JsonNode> {
        private final String path;
        private final Query query;
        private final Deque<JsonNode> read = new ArrayDeque<>();
        private @Nullable String next = "";

        private Pages(String path, Query query) {
            this.path = path;
            this.query = query;
        }

        @Override
        public boolean hasNext() {
            while (read.isEmpty() && next != null) {
                JsonNode page = get(path, next.isEmpty() ? query : query.with("after", next));
                page.path("items").forEach(read::add);
                next = page.path("next").isString() ? page.path("next").stringValue() : null;
            }
            return !read.isEmpty();
        }

        @Override
        public JsonNode next() {
            if (!hasNext()) throw new NoSuchElementException();
            return read.removeFirst();
        }
    }

    @Override
    public void close() {
        visitor.close();
    }
}
