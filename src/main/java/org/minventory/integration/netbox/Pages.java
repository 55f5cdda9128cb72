package org.minventory.integration.netbox;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.minventory.base.Json;
import org.minventory.survey.Mending;
import org.minventory.web.Spool;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;

/**
 * What NetBox's REST API answered, read one object at a time: pages ({@code {"results": […]}}), one after the other or in a
 * list, lists of objects, or one document that holds several lists by their names.
 */
final class Pages {
    private static final String RESULTS = "results";

    private final Spool body;

    Pages(Spool body) {
        this.body = body;
    }

    /** Takes the objects one by one. */
    interface Reader {
        /**
         * One of them.
         *
         * @param list its list, by the name that the document or its own address gives
         */
        void object(String list, JsonNode object, String pointer);
    }

    /**
     * Reads all of them, in their order; as often as it is wanted.
     *
     * @throws org.minventory.base.Refusal for what is no JSON, with the place
     */
    void each(Reader reader) {
        try (InputStream in = body.open();
                JsonParser parser = Json.parser(in)) {
            for (int page = 0; parser.nextToken() != null; page++)
                document(parser, page == 0 ? "" : "#" + page, reader);
        } catch (JacksonException malformed) {
            throw Json.malformed(malformed);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void document(JsonParser parser, String pointer, Reader reader) {
        if (parser.currentToken() == JsonToken.START_ARRAY) list(parser, "", pointer, reader);
        if (parser.currentToken() != JsonToken.START_OBJECT) return;
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            String place = pointer + "/" + Json.escape(name);
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) list(parser, name.equals(RESULTS) ? "" : name, place, reader);
            else if (token == JsonToken.START_OBJECT) page(name, Json.value(parser), place, reader);
        }
    }

    /** Of a list that has no name, each object tells of which it is. */
    private static void list(JsonParser parser, String name, String pointer, Reader reader) {
        for (int place = 0; parser.nextToken() != JsonToken.END_ARRAY; place++)
            if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY)
                page(name, Json.value(parser), pointer + "/" + place, reader);
    }

    /** A page within, or an object. */
    private static void page(String name, JsonNode node, String pointer, Reader reader) {
        JsonNode results = node.path(RESULTS);
        if (!results.isArray()) {
            object(name, node, pointer, reader);
            return;
        }
        for (int place = 0; place < results.size(); place++)
            object(name, results.get(place), pointer + "/" + RESULTS + "/" + place, reader);
    }

    private static void object(String name, JsonNode object, String pointer, Reader reader) {
        if (!object.isObject()) return;
        String own = Listing.nameOf(object);
        reader.object(own.equals("?") && !name.isEmpty() ? name : own, Mending.mend(object), pointer);
    }
}
