package org.minventory.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.minventory.party.Secret;
import org.minventory.party.Sessions;
import org.springframework.http.ResponseCookie;

/**
 * The cookie of the pages: for this host alone, out of reach of scripts, not sent along from foreign pages. Over https it
 * bears the prefix that no other host can forge; over plain http, where browsers refuse that, it does not.
 */
public final class SessionCookie {
    private static final String NAME = "minventory-session";
    private static final String HOST = "__Host-";

    private SessionCookie() {}

    /** The value sent, or null. */
    public static @Nullable String read(HttpServletRequest request) {
        return read(request, NAME);
    }

    /** Hands the session to the browser. */
    public static void write(HttpServletRequest request, HttpServletResponse response, Secret secret) {
        write(request, response, NAME, secret.text(), Sessions.LONGEST.toSeconds());
    }

    /** Takes it back. */
    public static void clear(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, NAME, "", 0);
    }

    static @Nullable String read(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies == null) return null;
        String wanted = request.isSecure() ? HOST + name : name;
        for (Cookie cookie : cookies) if (cookie.getName().equals(wanted)) return cookie.getValue();
        return null;
    }

    static void write(
            HttpServletRequest request, HttpServletResponse response, String name, String value, long seconds) {
        ResponseCookie cookie = ResponseCookie.from(request.isSecure() ? HOST + name : name, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path("/")
                .maxAge(seconds)
                .build();
        response.addHeader("Set-Cookie", cookie.toString());
    }
}
