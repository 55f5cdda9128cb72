package org.minventory.integration.ansible;

import java.util.Locale;

/**
 * What may reach Ansible as it is. Every string of an inventory is code to it: {@code {{ lookup('pipe', …) }}} in a
 * hostvar runs on the machine of whoever prints it, and a member {@code __ansible_vault} makes a value unusable. Values
 * come from testimonies, which strangers write; so a string that could be a template is marked unsafe, and a name that
 * could mean something is written so that it means nothing.
 */
final class Harmless {
    /** Before {@code __ansible…}, where it is the name of a member. */
    private static final String NOT_ANSIBLES = "minventory";

    private Harmless() {}

    /**
     * Whether the text could be a template or become part of one: every marker of Jinja has a brace, and a header that
     * gives it other markers begins with the word.
     */
    static boolean isPlain(String text) {
        return text.indexOf('{') < 0
                && text.indexOf('}') < 0
                && (text.indexOf('#') < 0 || !text.toLowerCase(Locale.ROOT).contains("#jinja2"));
    }

    /** The name of a member: one that Ansible reads as its own is put under ours, braces become parentheses. */
    static String name(String told) {
        String name =
                isPlain(told) ? told : told.replace('{', '(').replace('}', ')').replace("#", "_");
        return name.stripLeading().toLowerCase(Locale.ROOT).startsWith("__ansible") ? NOT_ANSIBLES + name : name;
    }

    /** Letters, digits and underscores, as variables and groups need them: everything else becomes an underscore. */
    static String word(String told, int longest) {
        String lower = told.toLowerCase(Locale.ROOT);
        StringBuilder word = new StringBuilder(Math.min(lower.length(), longest));
        for (int i = 0; i < lower.length() && i < longest; i++) {
            char c = lower.charAt(i);
            boolean plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
            word.append(plain ? c : '_');
        }
        return word.toString();
    }
}
