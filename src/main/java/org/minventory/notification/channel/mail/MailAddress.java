package org.minventory.notification.channel.mail;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One plain mail address (RFC 5321): no name beside it and no quotes. Its domain is a name with a dot: an address literal
 * or {@code localhost} would lead the mail server to machines that are nobody's mailbox.
 *
 * @param domain in ASCII, also where it was written in other letters (RFC 5890)
 */
public record MailAddress(String local, String domain) {
    private static final String ATOM = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+";
    private static final Pattern LOCAL = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN =
            Pattern.compile("(?:" + LABEL + "\\.)+(?!localhost$)[a-z](?:[a-z0-9-]{0,61}[a-z0-9])");
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST = 254;

    /** The address that stands there, or null where something else does. */
    public static @Nullable MailAddress read(String told) {
        int at = told.lastIndexOf('@');
        if (at < 1 || at > LONGEST_LOCAL || told.length() > LONGEST) return null;
        String local = told.substring(0, at);
        String domain = ascii(told.substring(at + 1));
        boolean fits = LOCAL.matcher(local).matches()
                && DOMAIN.matcher(domain).matches()
                && at + 1 + domain.length() <= LONGEST;
        return fits ? new MailAddress(local, domain) : null;
    }

    private static String ascii(String domain) {
        try {
            return IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException noName) {
            return "";
        }
    }

    /** The whole of it. */
    public String text() {
        return local + "@" + domain;
    }

    /** As a journal may show it: whose it is sees that it is his, nobody else learns it. */
    public String masked() {
        return (local.length() > 1 ? local.substring(0, 1) : "") + "…@" + domain;
    }

    /** Never the whole: it would end in a log. */
    @Override
    public String toString() {
        return masked();
    }
}
