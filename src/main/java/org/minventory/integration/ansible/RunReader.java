package org.minventory.integration.ansible;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.survey.Mending;
import org.minventory.survey.Unreadable;
import org.minventory.survey.UnreadableDocument;
import org.minventory.testimony.ToldReader;
import org.minventory.web.Body;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Reads what the callback {@code ansible.posix.json} writes, and what ours sends in the same shape, as it arrives. The
 * results of tasks are passed over but for what says that one failed: most of such a document is never held.
 */
final class RunReader {
    private static final String TOOL = "ANSIBLE_STDOUT_CALLBACK=ansible.posix.json";
    private static final String EXPECTED = "{\"plays\": […], \"stats\": {…}}";

    /** Under which the playbook declares facts, and our own callback says what the other one does not know. */
    private static final String OURS = "minventory";

    private final JsonParser parser;
    private final Run run = new Run();
    private boolean hasStats;

    private RunReader(JsonParser parser) {
        this.parser = parser;
    }

    /**
     * Reads to the end.
     *
     * @throws Refusal for JSON that is none, for a document of another tool
     */
    static Run read(InputStream body) {
        try (JsonParser parser = Json.parser(body)) {
            RunReader reader = new RunReader(parser);
            reader.readAll();
            return reader.run;
        } catch (JacksonIOException broken) {
            throw Body.brokenOff();
        } catch (JacksonException malformed) {
            throw Json.malformed(malformed);
        }
    }

    private void readAll() {
        JsonToken first = parser.nextToken();
        if (first == null) throw Refusal.of(Problem.EMPTY_BODY);
        if (first == JsonToken.START_OBJECT) members(this::member);
        if (!hasStats) throw new UnreadableDocument("", Unreadable.Reason.NOT_FROM_THIS_TOOL, TOOL, EXPECTED).refusal();
        if (parser.nextToken() != null) throw Refusal.of(Problem.INVALID_REQUEST, "JSON");
    }

    private void member(String name) {
        switch (name) {
            case "plays" -> items(() -> members(new Play()));
            case "stats" -> {
                hasStats = parser.currentToken() == JsonToken.START_OBJECT;
                members(host -> run.tallies(host, Json.value(parser)));
            }
            case "custom_stats" -> members(host -> members(this::declaration));
            case "global_custom_stats" -> members(this::declaration);
            case OURS -> members(this::remark);
            default -> parser.skipChildren();
        }
    }

    private void declaration(String name) {
        if (name.equals(OURS)) members(element -> run.declared(element, Mending.mend(Json.value(parser))));
        else parser.skipChildren();
    }

    private void remark(String name) {
        switch (name) {
            case "run" -> run.called(text());
            case "partial" -> items(() -> run.partial(text()));
            default -> parser.skipChildren();
        }
    }

    /** A play: what it is, and its tasks. */
    private final class Play implements Members {
        @Override
        public void read(String name) {
            switch (name) {
                case "play" -> {
                    JsonNode play = Json.value(parser);
                    String ended = play.at("/duration/end")
                            .asString(play.at("/duration/start").asString(""));
                    run.play(play, ToldReader.parse(ended));
                }
                case "tasks" -> items(this::task);
                default -> parser.skipChildren();
            }
        }

        private void task() {
            Task task = new Task();
            members(task);
            for (Result result : task.failed) run.failure(result.host, task.told, result.unreachable, result.message);
        }
    }

    /** A task, with the hosts on which it failed: their results stand before its name. */
    private final class Task implements Members {
        private final List<Result> failed = new ArrayList<>();
        private JsonNode told = MissingNode.getInstance();

        @Override
        public void read(String name) {
            switch (name) {
                case "task" -> told = Json.value(parser);
                case "hosts" -> members(this::host);
                default -> parser.skipChildren();
            }
        }

        private void host(String name) {
            Result result = new Result(name);
            members(result);
            if (result.failed || result.unreachable) failed.add(result);
        }
    }

    /** What a task came to on one host. Of one that must not be logged, that it must not is all that is said. */
    private final class Result implements Members {
        private final String host;
        private boolean failed;
        private boolean unreachable;
        private @Nullable String message;

        Result(String host) {
            this.host = host;
        }

        @Override
        public void read(String name) {
            switch (name) {
                case "failed" -> failed = isTrue();
                case "unreachable" -> unreachable = isTrue();
                case "msg", "censored" -> message = Run.message(text());
                default -> parser.skipChildren();
            }
        }
    }

    // ---- shapes -----------------------------------------------------------------------------------------------------

    /** Reads the value of a member that has that name. */
    private interface Members {
        void read(String name);
    }

    /** Of anything but an object there are none. */
    private void members(Members reader) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            reader.read(name);
        }
    }

    private void items(Runnable reader) {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) reader.run();
    }

    private boolean isTrue() {
        boolean isTrue = parser.currentToken() == JsonToken.VALUE_TRUE;
        parser.skipChildren();
        return isTrue;
    }

    private String text() {
        if (parser.currentToken() == JsonToken.VALUE_STRING) return parser.getString();
        parser.skipChildren();
        return "";
    }
}
