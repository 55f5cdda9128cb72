package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;

/** The query of a request, read from its text: asking the server for parameters would swallow the body of a form. */
final class Query {
    private Query() {}

    /**
     * Names and their values, in the order they were sent.
     *
     * @throws Refusal {@link Problem#INVALID_REQUEST} for escapes that are none, {@link Problem#UNFIT_TEXT} for a NUL
     */
    static Map<String, List<String>> of(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? new LinkedHashMap<>() : read(query);
    }

    /** The same of a text that is encoded like a query: a form. */
    static Map<String, List<String>> read(String query) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) continue;
            int equals = pair.indexOf('=');
            String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
            if (value.indexOf(0) >= 0 || name.indexOf(0) >= 0)
                throw Refusal.at(Problem.UNFIT_TEXT, name.replace("\0", ""));
            parameters.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
        }
        return parameters;
    }

    /** The query without what only pages through the answer: the same selection, the same text. */
    static String selection(HttpServletRequest request) {
        Map<String, List<String>> sorted = new TreeMap<>(of(request));
        sorted.keySet().removeAll(List.of("limit", "after", "fields"));
        return sorted.toString();
    }

    /** Escapes are bytes of UTF-8: others would become a character that nobody sent. */
    private static String decoded(String text) {
        try {
            byte[] bytes = URLDecoder.decode(text, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException unfit) {
            throw Refusal.of(Problem.INVALID_REQUEST, Say.of("unfit-query", text));
        }
    }
}
