package org.minventory.cli;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What stands behind the question mark. */
final class Query {
    static final Query NONE = new Query(List.of());

    private record One(String name, String value) {}

    private final List<One> all;

    private Query(List<One> all) {
        this.all = all;
    }

    /** The same with one more; nothing where there is no value. */
    Query with(String name, @Nullable Object value) {
        if (value == null) return this;
        List<One> more = new ArrayList<>(all);
        more.add(new One(name, value.toString()));
        return new Query(more);
    }

    /** The same with all of these. */
    Query with(String name, List<String> values) {
        Query more = this;
        for (String value : values) more = more.with(name, value);
        return more;
    }

    /** A word as it stands in a path or a query. */
    static String escape(String word) {
        return URLEncoder.encode(word, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return all.isEmpty()
                ? ""
                : all.stream()
                        .map(one -> escape(one.name()) + "=" + escape(one.value()))
                        .collect(Collectors.joining("&", "?", ""));
    }
}
