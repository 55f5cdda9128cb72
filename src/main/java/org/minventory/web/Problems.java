package org.minventory.web;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Refusals as answers: RFC 9457, in the reader's language. Nothing of a single request stands in the body, so that what
 * is hidden and what is unknown answer the same bytes.
 */
public final class Problems {
    /** Media type of RFC 9457. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static final String VARY = "Accept, Accept-Language, Authorization, Cookie";

    private static final int RETRY_SECONDS = 5;

    private Problems() {}

    /** The document of a refusal; also what stands under {@code problem} in the receipt of one item of many. */
    public static ObjectNode document(Refusal refusal, Locale language) {
        Problem problem = refusal.problem();
        ObjectNode document = Json.object();
        document.put("type", "/problems/" + problem.slug());
        document.put("title", title(problem, language));
        document.put("status", problem.status());
        document.put("detail", refusal.sentence().in(language));
        if (refusal.places().isEmpty()) return document;
        ArrayNode errors = document.putArray("errors");
        for (Refusal.Place place : refusal.places())
            errors.addObject()
                    .put("pointer", place.pointer())
                    .put("detail", place.detail().in(language));
        return document;
    }

    /** What problems of this status have in common. */
    public static String title(Problem problem, Locale language) {
        return Say.of("status-" + problem.status()).in(language);
    }

    /** The refusal as an answer. */
    public static Answer answer(Refusal refusal, Locale language) {
        Problem problem = refusal.problem();
        Answer answer = Answer.of(problem.status(), MEDIA_TYPE, Json.write(document(refusal, language)))
                .header("Content-Language", language.getLanguage())
                .header("Cache-Control", "no-store");
        String retry = retryAfter(refusal);
        if (retry != null) answer = answer.header("Retry-After", retry);
        return problem == Problem.NOT_SIGNED_IN ? answer.header("WWW-Authenticate", "Bearer") : answer;
    }

    private static @Nullable String retryAfter(Refusal refusal) {
        if (refusal.problem() == Problem.TOO_MANY_REQUESTS)
            return refusal.sentence().arguments().getFirst().toString();
        boolean passes = refusal.problem().status() == 503 || refusal.problem() == Problem.KEY_IN_USE;
        return passes ? Integer.toString(refusal.problem() == Problem.KEY_IN_USE ? 1 : RETRY_SECONDS) : null;
    }

    static void write(HttpServletResponse response, Refusal refusal, Locale language) throws IOException {
        write(response, answer(refusal, language));
    }

    static void write(HttpServletResponse response, Answer answer) throws IOException {
        response.resetBuffer();
        AnswerWriter.write(response, answer);
        response.flushBuffer();
    }
}
