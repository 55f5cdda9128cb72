package org.minventory.ui;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param theme {@code light} or {@code dark}; null follows the system
 * @param keys whether single keys are shortcuts
 * @param here where to come back to after a change of language or theme; nothing where a page must not tell its address
 * @param who is signed in; null before the sign-in and on pages of errors
 * @param csrf proof for the form that signs out
 * @param customers to switch between; nothing where there is one only
 * @param search what is searched for at the moment
 * @param held hidden fields of the search form: the customer chosen
 */
public record Frame(
        Words words,
        String title,
        @Nullable String theme,
        boolean keys,
        String style,
        String script,
        String icon,
        String here,
        @Nullable Who who,
        String csrf,
        List<Choice> customers,
        String customer,
        String search,
        @Nullable String held) {

    /** The reader. */
    public record Who(String name, String initials, String role) {}

    /** One of several to choose from. */
    public record Choice(String word, String href, boolean current) {}

    /** The address that changes a preference and comes back. */
    public String look(String what, String value) {
        Link link = Link.to(LookPage.PATH).with(what, value);
        return (here.isEmpty() ? link : link.with("next", here)).toString();
    }

    /** The theme that the button leads to: system, light, dark, and round again. */
    public String nextTheme() {
        if (theme == null) return "light";
        return theme.equals("light") ? "dark" : "system";
    }

    /** The theme as it is named. */
    public String themeWord() {
        return words.say("theme." + (theme == null ? "system" : theme));
    }
}
