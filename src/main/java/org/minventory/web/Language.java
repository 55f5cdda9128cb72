package org.minventory.web;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Languages;
import org.springframework.web.servlet.LocaleResolver;

/** French or English: on pages as the reader chose, else and everywhere else as {@code Accept-Language} says. */
public final class Language implements LocaleResolver {
    /** The cookie of a reader who chose: {@code fr} or {@code en}. It is no secret. */
    public static final String COOKIE = "minventory-language";

    private static final int YEAR_SECONDS = 365 * 24 * 3600;

    @Override
    public Locale resolveLocale(HttpServletRequest request) {
        Cookie[] cookies = request.getRequestURI().startsWith("/ui") ? request.getCookies() : null;
        if (cookies != null)
            for (Cookie cookie : cookies) if (cookie.getName().equals(COOKIE)) return Languages.of(cookie.getValue());
        return Languages.of(request.getHeader("Accept-Language"));
    }

    /** Remembers what the reader chose; null forgets it. */
    @Override
    public void setLocale(
            HttpServletRequest request, @Nullable HttpServletResponse response, @Nullable Locale language) {
        if (response == null) return;
        Cookie cookie = new Cookie(
                COOKIE, language == null ? "" : Languages.nearest(language).getLanguage());
        cookie.setPath("/ui");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        cookie.setMaxAge(language == null ? 0 : YEAR_SECONDS);
        response.addCookie(cookie);
    }
}
