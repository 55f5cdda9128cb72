package org.minventory.integration.ansible;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.survey.Mending;
import org.minventory.survey.Survey;
import org.minventory.survey.UnreadableDocument;
import org.minventory.web.Body;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the same documents as {@link SetupFacts}, host by host as they arrive: the facts of ten thousand hosts are a
 * gigabyte, and one host at a time is held.
 */
final class SetupReader {
    private static final int MOST_OF_ONE_HOST = Body.MANY;

    private final Counted body;
    private final @Nullable String name;
    private final Listener listener;
    private boolean anyFromSetup;

    /** Hears of one host after the other. */
    interface Listener {
        /** Hears one host; {@code size} is that of its part of the document (bytes). */
        void host(Survey survey, long size);
    }

    /** @param name of the host of a document about one; null to take what the facts call it */
    SetupReader(InputStream body, @Nullable String name, Listener listener) {
        this.body = new Counted(body);
        this.name = name;
        this.listener = listener;
    }

    /**
     * Reads to the end.
     *
     * @throws Refusal for JSON that is none, for a document of another tool, for a host of more than 16 MiB
     */
    void readAll() {
        try (JsonParser parser = Json.parser(body)) {
            JsonToken first = parser.nextToken();
            if (first == null) throw Refusal.of(Problem.EMPTY_BODY);
            if (first == JsonToken.START_OBJECT) members(parser, name, "");
            else if (first == JsonToken.START_ARRAY) items(parser);
            if (!anyFromSetup) throw SetupFacts.notFromThisTool();
            if (parser.nextToken() != null) throw Refusal.of(Problem.INVALID_REQUEST, "JSON");
        } catch (UnreadableDocument unreadable) {
            throw unreadable.refusal();
        } catch (JacksonIOException broken) {
            throw Body.brokenOff();
        } catch (JacksonException malformed) {
            throw Json.malformed(malformed);
        }
    }

    private void items(JsonParser parser) {
        JsonNode before = null;
        int index = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (before != null) hear(null, before, "/" + index++);
            before = Json.value(parser);
        }
        if (before != null) hear(index == 0 ? name : null, before, "/" + index);
    }

    /** An object that is one host, or holds one host per member: a member that only one of both can have decides. */
    private void members(JsonParser parser, @Nullable String ownName, String pointer) {
        ObjectNode undecided = Json.object();
        boolean first = true;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String member = parser.currentName();
            JsonToken token = parser.nextToken();
            if (first && pointer.isEmpty() && member.equals("hosts") && token == JsonToken.START_OBJECT) {
                members(parser, member, "/hosts");
            } else {
                JsonNode value = Json.value(parser);
                if (SetupFacts.speaksOfOneHost(member, value)) {
                    undecided.set(member, value);
                    hear(ownName, rest(parser, undecided), pointer);
                    return;
                }
                if (SetupFacts.isHost(value)) hear(member, value, pointer + "/" + Json.escape(member));
                else undecided.set(member, value);
            }
            first = false;
        }
        for (Map.Entry<String, JsonNode> odd : undecided.properties())
            hear(odd.getKey(), odd.getValue(), pointer + "/" + Json.escape(odd.getKey()));
    }

    private ObjectNode rest(JsonParser parser, ObjectNode begun) {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String member = parser.currentName();
            parser.nextToken();
            begun.set(member, Json.value(parser));
        }
        return begun;
    }

    private void hear(@Nullable String host, JsonNode told, String pointer) {
        Survey survey = SetupFacts.host(host, Mending.mend(told), pointer);
        anyFromSetup |= SetupFacts.isFromSetup(survey);
        listener.host(survey, body.restart());
    }

    /** Counts what one host takes, and does not let it take all memory. */
    private static final class Counted extends FilterInputStream {
        private long count;

        Counted(InputStream in) {
            super(in);
        }

        long restart() {
            long counted = count;
            count = 0;
            return counted;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            if (one >= 0) add(1);
            return one;
        }

        @Override
        public int read(byte[] bytes, int from, int length) throws IOException {
            int read = super.read(bytes, from, length);
            add(Math.max(0, read));
            return read;
        }

        private void add(int read) {
            count += read;
            if (count > MOST_OF_ONE_HOST) throw Refusal.of(Problem.BODY_TOO_LARGE, (MOST_OF_ONE_HOST >> 20) + " MiB");
        }
    }
}
