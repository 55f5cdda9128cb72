package org.minventory.integration.icinga;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which host is not reached without which other. Witnesses may tell of a circle, with which Icinga would not start: there
 * the link is left out that would close it.
 */
final class Dependencies {
    /** One of them. */
    record Link(String child, String parent) {}

    private final SortedMap<String, Set<String>> parents = new TreeMap<>();

    void add(String child, String parent) {
        parents.computeIfAbsent(child, c -> new LinkedHashSet<>()).add(parent);
    }

    /** Those that make no circle, found in one walk over all of them; the same ones each time. */
    List<Link> withoutCircles() {
        List<Link> links = new ArrayList<>();
        Set<String> done = new HashSet<>();
        for (String host : parents.keySet()) if (!done.contains(host)) walk(host, done, links);
        return links;
    }

    private void walk(String from, Set<String> done, List<Link> links) {
        Map<String, Iterator<String>> way = new HashMap<>();
        Deque<String> path = new ArrayDeque<>();
        enter(from, path, way);
        while (!path.isEmpty()) {
            String child = path.getLast();
            Iterator<String> rest = way.get(child);
            if (rest == null || !rest.hasNext()) {
                done.add(path.removeLast());
                way.remove(child);
                continue;
            }
            String parent = rest.next();
            if (way.containsKey(parent)) continue;
            links.add(new Link(child, parent));
            if (!done.contains(parent)) enter(parent, path, way);
        }
    }

    private void enter(String host, Deque<String> path, Map<String, Iterator<String>> way) {
        path.addLast(host);
        way.put(host, parents.getOrDefault(host, Set.of()).iterator());
    }
}
