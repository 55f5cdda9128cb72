package org.minventory.integration.ansible;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.minventory.base.Ids;

/**
 * Which hosts belong together, by customer, infrastructure, provider and so on. A group is called by its dimension and
 * its value: {@code provider_ovhcloud}. Names of groups have an underscore, names of hosts never do, so none is both.
 * Values that would get one name ({@code prod-eu} and {@code prod.eu}) stay apart: the one nearest to the name has it,
 * each other has the beginning of its own hash behind it.
 */
final class Groups {
    private static final int LONGEST_VALUE = 120;
    private static final int HASH_BYTES = 4;

    private static final Comparator<Value> NEAREST_FIRST =
            Comparator.comparingInt(Value::changes).thenComparing(Value::text).thenComparing(Value::id);

    private final Map<Value, List<String>> members = new HashMap<>();

    /**
     * One value of one dimension.
     *
     * @param id what tells it from others of the same text: a customer's id, elsewhere the text itself
     */
    private record Value(String dimension, String text, String id) {
        String group() {
            return dimension + "_" + Harmless.word(text, LONGEST_VALUE);
        }

        /** How many of its characters the name of the group changes. */
        int changes() {
            String group = group();
            int kept = 0;
            for (int i = 0; i < Math.min(text.length(), LONGEST_VALUE); i++)
                if (text.charAt(i) == group.charAt(dimension.length() + 1 + i)) kept++;
            return text.length() - kept;
        }

        String hash() {
            byte[] digest = Ids.sha256().digest((text + "\0" + id).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, HASH_BYTES));
        }
    }

    /** Puts a host into the group of a value. */
    void add(String dimension, String text, String id, String host) {
        if (text.isBlank()) return;
        List<String> hosts = members.computeIfAbsent(new Value(dimension, text, id), v -> new ArrayList<>());
        if (hosts.isEmpty() || !hosts.getLast().equals(host)) hosts.add(host);
    }

    /** Name of the group → its hosts, in alphabetical order. */
    SortedMap<String, List<String>> named() {
        List<Value> values = new ArrayList<>(members.keySet());
        values.sort(NEAREST_FIRST);
        SortedMap<String, List<String>> groups = new TreeMap<>();
        for (Value value : values) {
            String name = value.group();
            if (groups.containsKey(name)) name += "_" + value.hash();
            while (groups.containsKey(name)) name += "_";
            groups.put(name, members.getOrDefault(value, List.of()));
        }
        return groups;
    }
}
