package org.minventory.ui;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/** An address of ours with its query, to which filters are added and taken off. */
final class Link {
    private final String path;
    private final Map<String, List<String>> query;

    private Link(String path, Map<String, List<String>> query) {
        this.path = path;
        this.query = query;
    }

    /** The path without a query. */
    static Link to(String path) {
        return new Link(path, new LinkedHashMap<>());
    }

    /** The path with those of the parameters that are filled. */
    static Link to(String path, Map<String, List<String>> query) {
        Link link = to(path);
        query.forEach((name, values) ->
                values.stream().filter(value -> !value.isEmpty()).forEach(value -> link.add(name, value)));
        return link;
    }

    private void add(String name, String value) {
        query.computeIfAbsent(name, n -> new ArrayList<>()).add(value);
    }

    private Link copy(String otherPath) {
        Link copy = to(otherPath);
        query.forEach((name, values) -> values.forEach(value -> copy.add(name, value)));
        return copy;
    }

    /** The same query at another path. */
    Link at(String otherPath) {
        return copy(otherPath);
    }

    /** With this value alone. */
    Link with(String name, String value) {
        Link copy = without(name);
        copy.add(name, value);
        return copy;
    }

    /** Without any value of that name. */
    Link without(String... names) {
        Link copy = copy(path);
        for (String name : names) copy.query.remove(name);
        return copy;
    }

    /** Without one of the values of that name. */
    Link less(String name, String value) {
        Link copy = copy(path);
        List<String> values = copy.query.get(name);
        if (values != null) values.remove(value);
        if (values != null && values.isEmpty()) copy.query.remove(name);
        return copy;
    }

    /** The address as a browser is sent to it. */
    @Override
    public String toString() {
        if (query.isEmpty()) return path;
        StringJoiner joined = new StringJoiner("&", path + "?", "");
        query.forEach((name, values) -> values.forEach(value -> joined.add(encoded(name) + "=" + encoded(value))));
        return joined.toString();
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
