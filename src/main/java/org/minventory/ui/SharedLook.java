package org.minventory.ui;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a page shown by a link looks: it keeps no cookie, so its address tells.
 *
 * @param chosen whether the language was chosen, or is what the browser says
 * @param theme {@code light} or {@code dark}; anything else follows the system
 */
public record SharedLook(
        String secret,
        Locale language,
        boolean chosen,
        @Nullable String theme) {
    public SharedLook {
        theme = "light".equals(theme) || "dark".equals(theme) ? theme : null;
    }

    private Link address(String path, @Nullable String tag, @Nullable String other) {
        Link link = Link.to(path);
        if (tag != null) link = link.with("lang", tag);
        return other == null ? link : link.with("theme", other);
    }

    private @Nullable String tag() {
        return chosen ? language.getLanguage() : null;
    }

    /** The page as it looks now. */
    String page() {
        return address(SharePage.PATH + secret, tag(), theme).toString();
    }

    /** The page in that language. */
    public String in(String tag) {
        return address(SharePage.PATH + secret, tag, theme).toString();
    }

    /** The page in the next theme: light, dark, as the system, and round again. */
    public String nextTheme() {
        String next = theme == null ? "light" : theme.equals("light") ? "dark" : null;
        return address(SharePage.PATH + secret, tag(), next).toString();
    }

    /** The same for programs. */
    public String json() {
        return address(SharePage.PATH + secret + ".json", tag(), null).toString();
    }

    /** Below it are the files that are attached to what is shown. */
    static String attachments(String secret) {
        return SharePage.PATH + secret + "/attachments/";
    }

    /** Where the decision goes. */
    public String decision() {
        return address(SharePage.PATH + secret + "/approval", tag(), theme).toString();
    }
}
