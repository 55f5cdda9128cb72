package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.party.Caller;
import org.minventory.party.Callers;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * The one place where it is decided whether a request gets in: who is calling, how often, and whether the route lets
 * that caller in. A path that no route has is answered before, the same to everybody.
 */
public final class Gate implements HandlerInterceptor {
    /** Where pages lead those who are not signed in. */
    public static final String SIGN_IN = "/ui/sign-in";

    private static final String CALLER = Gate.class.getName() + ".caller";
    private static final String BEARER = "bearer ";

    private final Callers callers;
    private final Rates rates;
    private final ConcurrentHashMap<Method, Route> routes = new ConcurrentHashMap<>();

    public Gate(Callers callers, Rates rates) {
        this.callers = callers;
        this.rates = rates;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws Exception {
        if (!(handler instanceof HandlerMethod method)) return true; // a static file
        if (request.getMethod().equals("OPTIONS")) return true; // Spring answers with the methods of the route
        Route route = routes.computeIfAbsent(method.getMethod(), first -> Route.of(method));
        if (route.bySession()) return enterPage(request, response, route);
        if (!route.isPublic() && caller(request) == null) admit(request, response, route, identify(request));
        route.require(Query.of(request));
        return true;
    }

    /** By the token; who follows a link on a page, to read only, is known by the session as on the page. */
    private Caller identify(HttpServletRequest request) {
        boolean reads = request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
        String cookie = reads && request.getHeader("Authorization") == null ? SessionCookie.read(request) : null;
        return cookie == null ? callers.of(bearer(request)) : callers.ofSession(cookie);
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, Route route, Caller caller) {
        response.setHeader("Cache-Control", "no-store");
        if (caller.token() != null) slow(caller.token(), route);
        route.require(caller);
        request.setAttribute(CALLER, caller);
    }

    private void slow(UUID token, Route route) {
        try {
            rates.take(token);
        } catch (Refusal tooMany) {
            throw route.patient() ? Refusal.because(tooMany, Problem.BUSY) : tooMany;
        }
    }

    private boolean enterPage(HttpServletRequest request, HttpServletResponse response, Route route) throws Exception {
        if (route.isPublic() || caller(request) != null) return true;
        response.setHeader("Cache-Control", "no-store");
        Caller caller;
        try {
            caller = callers.ofSession(SessionCookie.read(request));
        } catch (Refusal refusal) {
            if (refusal.problem() != Problem.NOT_SIGNED_IN) throw refusal;
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader(
                    "Location", SIGN_IN + "?next=" + URLEncoder.encode(wanted(request), StandardCharsets.UTF_8));
            return false;
        }
        admit(request, response, route, caller);
        return true;
    }

    /** Where to go after the sign-in: back to the page, never to the answer of a form. */
    private static String wanted(HttpServletRequest request) {
        if (!request.getMethod().equals("GET")) return "/ui";
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    /** The caller let in, or null before that and on public routes. */
    static @Nullable Caller caller(HttpServletRequest request) {
        return (Caller) request.getAttribute(CALLER);
    }

    /** The token of the one Authorization header; never of the query, where logs and histories would keep it. */
    static @Nullable String bearer(HttpServletRequest request) {
        List<String> headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.size() != 1) return null;
        String header = headers.getFirst();
        return header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }
}
