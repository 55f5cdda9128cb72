package org.minventory.ui;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Languages;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.web.Answer;
import org.minventory.web.BySession;
import org.minventory.web.Language;
import org.minventory.web.Public;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;

/** How pages look to this reader: language, theme, shortcuts. Kept in cookies, which tell nothing about anybody. */
@Controller
@BySession
final class LookPage {
    static final String PATH = "/ui/look";

    private static final int YEAR_SECONDS = 365 * 24 * 3600;

    private final Language languages;
    private final Assets assets;

    LookPage(Language languages, Assets assets) {
        this.languages = languages;
        this.assets = assets;
    }

    /** The front door. */
    @Public
    @GetMapping({"/", "/ui", "/ui/"})
    Answer front() {
        return Pages.seeOther(InventoryPage.PATH);
    }

    /** Remembers a choice and goes back to where it was made. */
    @Public
    @GetMapping(PATH)
    Answer choose(
            HttpServletRequest request,
            HttpServletResponse response,
            @RequestParam(required = false) @Nullable String language,
            @RequestParam(required = false) @Nullable String theme,
            @RequestParam(required = false) @Nullable String keys,
            @RequestParam(required = false) @Nullable String next) {
        if (language != null) languages.setLocale(request, response, Languages.of(language));
        if (theme != null)
            keep(request, response, Pages.THEME, theme.equals("light") || theme.equals("dark") ? theme : "");
        if (keys != null) keep(request, response, Pages.KEYS, keys.equals("off") ? "off" : "");
        return Pages.seeOther(next != null && Pages.isOurs(next) ? next : cameFrom(request));
    }

    private static void keep(HttpServletRequest request, HttpServletResponse response, String name, String value) {
        Cookie cookie = new Cookie(name, value);
        cookie.setPath("/ui");
        cookie.setHttpOnly(true);
        cookie.setSecure(request.isSecure());
        cookie.setAttribute("SameSite", "Lax");
        cookie.setMaxAge(value.isEmpty() ? 0 : YEAR_SECONDS);
        response.addCookie(cookie);
    }

    /** Browsers say where a link of ours was followed; pages of errors rely on it, for they tell no address. */
    private static String cameFrom(HttpServletRequest request) {
        String referer = request.getHeader("Referer");
        if (referer == null) return InventoryPage.PATH;
        try {
            URI from = URI.create(referer);
            String address =
                    from.getRawQuery() == null ? from.getRawPath() : from.getRawPath() + "?" + from.getRawQuery();
            boolean here = request.getHeader("Host") != null
                    && request.getHeader("Host").equals(from.getRawAuthority());
            return here && Pages.isOurs(address) ? address : InventoryPage.PATH;
        } catch (IllegalArgumentException notAnAddress) {
            return InventoryPage.PATH;
        }
    }

    /** Style sheet, script and mark. */
    @Public
    @GetMapping(Assets.FOLDER + "{file}")
    Answer file(@PathVariable String file) {
        Answer answer = assets.answer(file);
        if (answer == null) throw Refusal.of(Problem.NOT_FOUND);
        return answer;
    }
}
