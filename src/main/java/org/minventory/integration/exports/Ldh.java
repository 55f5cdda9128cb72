package org.minventory.integration.exports;

import java.util.regex.Pattern;

/** Names of hosts as name servers demand them: labels of letters, digits and hyphens (RFC 952, RFC 1123). */
final class Ldh {
    private static final int LONGEST = 253;
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(?:\\." + LABEL + "){0,126}");

    private Ldh() {}

    static boolean fits(String name) {
        return name.length() <= LONGEST && NAME.matcher(name).matches();
    }

    /** Whether it is a host name that says where in the world it stands. */
    static boolean isFull(String name) {
        return name.indexOf('.') > 0 && fits(name);
    }

    /** Whether a name is the zone or stands below it. */
    static boolean isWithin(String name, String zone) {
        return name.equals(zone) || name.endsWith("." + zone);
    }

    static String firstLabel(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
