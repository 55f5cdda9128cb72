package org.minventory.web;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.export.Csv;
import org.minventory.party.Caller;
import org.springframework.util.FastByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code ?limit=} and {@code ?after=}: keyset pages, no offsets. A handler fetches {@link #fetch} rows after the
 * {@link #key}s and hands them to {@link #page}.
 */
public final class Paging {
    private static final int USUAL = 50;
    private static final int MOST = 1000;

    private final HttpServletRequest request;
    private final Cursors cursors;
    private final String list;
    private final int limit;
    private final List<String> place;

    private Paging(HttpServletRequest request, Cursors cursors, String list, int limit, List<String> place) {
        this.request = request;
        this.cursors = cursors;
        this.list = list;
        this.limit = limit;
        this.place = place;
    }

    static Paging of(HttpServletRequest request, Cursors cursors) {
        Map<String, List<String>> query = Query.of(request);
        String list = request.getRequestURI() + '\0' + Query.selection(request) + '\0' + reach(Gate.caller(request));
        List<String> after = query.get("after");
        List<String> place = after == null ? List.of() : cursors.open(list, after.getFirst());
        return new Paging(request, cursors, list, limit(query.get("limit")), place);
    }

    private static String reach(@Nullable Caller caller) {
        if (caller == null) return "";
        return caller.role() + " " + caller.team() + " "
                + caller.customers().stream().sorted().map(UUID::toString).collect(Collectors.joining(","));
    }

    private static int limit(@Nullable List<String> told) {
        if (told == null) return USUAL;
        try {
            int limit = Integer.parseInt(told.getFirst());
            if (limit >= 1 && limit <= MOST) return limit;
        } catch (NumberFormatException notANumber) {
            // refused below
        }
        throw Refusal.at(Problem.UNFIT_PARAMETER, "limit", "limit", Say.of("between", 1, MOST));
    }

    /** Rows to fetch: one more than the page holds, which tells whether there is another page. */
    public int fetch() {
        return limit + 1;
    }

    /** Items of this page at most. */
    public int limit() {
        return limit;
    }

    /** A list that allows fewer items a page than others: the larger limit is refused. */
    public Paging atMost(int most) {
        if (limit > most) throw Refusal.at(Problem.UNFIT_PARAMETER, "limit", "limit", Say.of("between", 1, most));
        return this;
    }

    /** The key after which this page begins, or null at the beginning. */
    public @Nullable String key(int index) {
        return place.isEmpty() ? null : place.get(index);
    }

    /** The same as an identifier. */
    public @Nullable UUID id(int index) {
        return Ids.parse(key(index));
    }

    /**
     * The page made of the rows fetched.
     *
     * @param keys the keys of a row, in the order of the list
     */
    public <T> Page<T> page(List<T> fetched, Function<T, List<String>> keys) {
        if (fetched.size() <= limit) return new Page<>(fetched, null, null);
        List<T> items = fetched.subList(0, limit);
        String next = cursors.seal(list, keys.apply(items.getLast()));
        return new Page<>(items, next, link(next));
    }

    private String link(String next) {
        List<String> query = new ArrayList<>();
        Query.of(request).forEach((name, values) -> {
            if (!name.equals("after")) values.forEach(value -> query.add(encoded(name) + "=" + encoded(value)));
        });
        query.add("after=" + next);
        return "<" + request.getRequestURI() + "?" + String.join("&", query) + ">; rel=\"next\"";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** One page of a list, and the cursor of the next one. */
    public record Page<T>(
            List<T> items, @Nullable String next, @Nullable String link) {
        /** The first buffer of a page, in bytes; it grows by new ones and copies none. */
        private static final int WRITTEN = 8 << 10;

        /** {@code {"items": […], "next": …}}; of the items, only the one being written is held as a tree. */
        public Answer json(Thinning fields, Function<T, ObjectNode> item) {
            FastByteArrayOutputStream out = new FastByteArrayOutputStream(WRITTEN);
            try (JsonGenerator json = Json.MAPPER.createGenerator(out)) {
                json.writeStartObject().writeArrayPropertyStart("items");
                for (T each : items) json.writePOJO(fields.thin(item.apply(each)));
                json.writeEndArray().writeStringProperty("next", next).writeEndObject();
            }
            return linked(Answer.of(200, Answer.JSON, out.toByteArrayUnsafe()));
        }

        /** One item a line; the next page stands in the {@code Link} header alone. */
        public Answer ndjson(Thinning fields, Function<T, ObjectNode> item) {
            ByteArrayOutputStream out = new ByteArrayOutputStream(WRITTEN);
            for (T each : items) {
                out.writeBytes(Json.write(fields.thin(item.apply(each))));
                out.write('\n');
            }
            return linked(Answer.of(200, Format.NDJSON.mediaType(), out.toByteArray()));
        }

        /** One item a row under the names of the columns; the next page stands in the {@code Link} header alone. */
        public Answer csv(List<String> columns, Function<T, List<@Nullable String>> row) {
            return linked(Answer.of(
                    200,
                    Format.CSV.mediaType() + ";charset=UTF-8",
                    Csv.of(columns, items.stream().map(row).toList())));
        }

        private Answer linked(Answer answer) {
            return link == null ? answer : answer.header("Link", link);
        }
    }
}
