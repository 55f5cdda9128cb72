package org.minventory.ui;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.party.Caller;
import org.minventory.web.Answer;
import org.springframework.security.web.csrf.CsrfToken;

/** Lays a page out: the template of its name, with what it shows, in the reader's language and theme. */
public final class Pages {
    static final String THEME = "minventory-theme";
    static final String KEYS = "minventory-keys";

    private static final String TEMPLATES = "org/minventory/ui/";
    private static final String HTML = "text/html;charset=UTF-8";

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Assets assets;

    public Pages(Assets assets) {
        this.assets = assets;
    }

    /** The page as an answer. */
    Answer answer(int status, String template, Object page, Locale language) {
        Utf8ByteOutput out = new Utf8ByteOutput();
        templates.render(TEMPLATES + template + ".jte", page, out);
        return Answer.of(status, HTML, out.toByteArray())
                .header("Content-Language", language.getLanguage())
                .header("Cache-Control", "no-store");
    }

    /** On to another page of ours. */
    static Answer seeOther(String address) {
        return Answer.of(303, HTML, new byte[0]).header("Location", address);
    }

    /** The frame of a page for somebody who is not known, or whose page must not depend on who it is. */
    Frame bare(HttpServletRequest request, Words words, String title, String here) {
        return new Frame(
                words,
                title,
                theme(request),
                keys(request),
                assets.style(),
                assets.script(),
                assets.icon(),
                here,
                null,
                "",
                List.of(),
                "",
                "",
                null);
    }

    /** The frame of a page that is shown by a link: it keeps no cookie, its address tells how it looks. */
    Frame shared(Words words, String title, @Nullable String theme) {
        return new Frame(
                words,
                title,
                theme,
                false,
                assets.style(),
                assets.script(),
                assets.icon(),
                "",
                null,
                "",
                List.of(),
                "",
                "",
                null);
    }

    /** The frame of a page for somebody who is signed in. */
    Frame of(HttpServletRequest request, Words words, Caller caller, String title, Around around) {
        return new Frame(
                words,
                title,
                theme(request),
                keys(request),
                assets.style(),
                assets.script(),
                assets.icon(),
                here(request),
                new Frame.Who(
                        caller.name(),
                        initials(caller.name()),
                        words.role(caller.role().word())),
                csrf(request),
                around.customers(),
                around.customer(),
                around.search(),
                around.held());
    }

    /** What the page itself puts into the bar above it. */
    record Around(
            List<Frame.Choice> customers,
            String customer,
            String search,
            @Nullable String held) {}

    /** The proof that a form of this page is ours. */
    static String csrf(HttpServletRequest request) {
        CsrfToken token = (CsrfToken) request.getAttribute(CsrfToken.class.getName());
        return Objects.requireNonNull(token, "a page outside of the wall").getToken();
    }

    /** Path and query of this page. */
    static String here(HttpServletRequest request) {
        String query = request.getQueryString();
        return query == null ? request.getRequestURI() : request.getRequestURI() + "?" + query;
    }

    /** Whether an address is one of our pages: nobody is led elsewhere by a link that somebody else wrote. */
    static boolean isOurs(String address) {
        return address.length() <= 2_000
                && (address.equals("/ui") || address.startsWith("/ui/") || address.startsWith("/ui?"))
                && address.chars().allMatch(c -> c > ' ' && c < 127 && c != '\\');
    }

    private static String initials(String name) {
        return Stream.of(name.strip().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .limit(2)
                .map(word -> word.substring(0, word.offsetByCodePoints(0, 1)).toUpperCase(Locale.ROOT))
                .collect(Collectors.joining());
    }

    private static @Nullable String theme(HttpServletRequest request) {
        String chosen = cookie(request, THEME);
        return "light".equals(chosen) || "dark".equals(chosen) ? chosen : null;
    }

    private static boolean keys(HttpServletRequest request) {
        return !"off".equals(cookie(request, KEYS));
    }

    private static @Nullable String cookie(HttpServletRequest request, String name) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) for (Cookie cookie : cookies) if (cookie.getName().equals(name)) return cookie.getValue();
        return null;
    }
}
