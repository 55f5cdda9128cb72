package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Sentence;
import org.minventory.party.Caller;

/** A request as a handler sees it: who asks, in which language, for what. */
public final class Asked {
    private static final String KEY = "Idempotency-Key";
    private static final int LONGEST_KEY = 255;

    private final HttpServletRequest request;
    private final Locale language;

    Asked(HttpServletRequest request, Locale language) {
        this.request = request;
        this.language = language;
    }

    /** Who asks. Only a public route may not know. */
    public Caller caller() {
        Caller caller = Gate.caller(request);
        if (caller == null) throw new IllegalStateException("A public route has no caller");
        return caller;
    }

    /** What the caller reaches. */
    public Scope scope() {
        return caller().scope();
    }

    /** The token in use. */
    UUID token() {
        UUID token = caller().token();
        if (token == null) throw Refusal.of(Problem.NOT_SIGNED_IN);
        return token;
    }

    /** The secret of the token in use, which only the caller has; null on pages, whose callers come by a session. */
    @Nullable
    String bearer() {
        return Gate.bearer(request);
    }

    /** French or English. */
    public Locale language() {
        return language;
    }

    public String method() {
        return request.getMethod();
    }

    /** The path, without the query. */
    public String path() {
        return request.getRequestURI();
    }

    /** The query as sent, or nothing. */
    public String query() {
        String query = request.getQueryString();
        return query == null ? "" : query;
    }

    /** The parameters of the query, in the order they were sent. */
    public Map<String, List<String>> parameters() {
        return Query.of(request);
    }

    /**
     * One query parameter, or null where it is left out.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER} where it is given twice
     */
    public @Nullable String parameter(String name) {
        List<String> values = parameters().get(name);
        if (values != null && values.size() > 1)
            throw Refusal.at(Problem.UNFIT_PARAMETER, name, name, Say.of("given-twice"));
        return values == null ? null : values.getFirst();
    }

    /**
     * A query parameter that is true or false, false where it is left out.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}
     */
    public boolean flag(String name) {
        String told = parameter(name);
        if (told == null || told.equals("false")) return false;
        if (told.equals("true")) return true;
        throw Refusal.at(Problem.UNFIT_PARAMETER, name, name, "true, false");
    }

    /** A header, or null; of several the first. */
    public @Nullable String header(String name) {
        return request.getHeader(name);
    }

    /**
     * The {@code Idempotency-Key}, or null.
     *
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}
     */
    public @Nullable String idempotencyKey() {
        List<String> keys = Collections.list(request.getHeaders(KEY));
        if (keys.isEmpty()) return null;
        if (keys.size() > 1) throw unfitKey(Say.of("given-twice"));
        String key = keys.getFirst();
        boolean fit =
                !key.isEmpty() && key.length() <= LONGEST_KEY && key.chars().allMatch(c -> c > ' ' && c < 127);
        if (!fit) throw unfitKey(Say.of("unfit-key", LONGEST_KEY));
        return key;
    }

    private static Refusal unfitKey(Sentence why) {
        return Refusal.at(Problem.UNFIT_PARAMETER, KEY, KEY, why);
    }
}
