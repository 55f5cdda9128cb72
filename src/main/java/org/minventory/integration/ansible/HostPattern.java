package org.minventory.integration.ansible;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Several hosts in one name, as Ansible writes them: {@code web[01:50]}, {@code db-[a:f].example.com}, {@code n[0:10:2]}. */
final class HostPattern {
    private static final Pattern RANGE =
            Pattern.compile("(.*?)\\[(?:([0-9]{1,6}):([0-9]{1,6})|([a-z]):([a-z]))(?::([0-9]{1,4}))?](.*)");

    /** Ranges in one name. */
    private static final int MOST_RANGES = 3;

    /** Characters of a name in which ranges are read: no host is called longer. */
    private static final int LONGEST = 1_000;

    private HostPattern() {}

    /** The hosts that a name means, at most one more than that many; itself where it is plain. */
    static List<String> expand(String name, int most) {
        if (name.length() > LONGEST) return List.of(name);
        List<String> names = List.of(name);
        for (int range = 0; range < MOST_RANGES; range++) {
            List<String> next = new ArrayList<>();
            for (String one : names) expand(one, most, next);
            if (next.equals(names)) return names;
            names = next;
        }
        return names;
    }

    private static void expand(String name, int most, List<String> names) {
        Matcher range = RANGE.matcher(name);
        if (!range.matches()) {
            names.add(name);
            return;
        }
        boolean letters = range.group(4) != null;
        int from = letters ? range.group(4).charAt(0) : Integer.parseInt(range.group(2));
        int to = letters ? range.group(5).charAt(0) : Integer.parseInt(range.group(3));
        int step = range.group(6) == null ? 1 : Math.max(1, Integer.parseInt(range.group(6)));
        int width =
                letters || !range.group(2).startsWith("0") ? 0 : range.group(2).length();
        for (int i = from; i <= to && names.size() <= most; i += step) {
            String middle = letters ? String.valueOf((char) i) : padded(i, width);
            names.add(range.group(1) + middle + range.group(7));
        }
    }

    private static String padded(int number, int width) {
        String digits = Integer.toString(number);
        return "0".repeat(Math.max(0, width - digits.length())) + digits;
    }
}
