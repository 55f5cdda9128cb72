package org.minventory.web;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import tools.jackson.databind.JsonNode;

/**
 * A JSON object read member by member, strictly: whatever was not asked for when {@link #done} is called is refused by
 * name, and every refusal says where. A member that is null is a member left out.
 */
public final class Members {
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("3000-01-01T00:00:00Z");

    private final JsonNode object;
    private final String pointer;
    private final Set<String> known = new TreeSet<>();

    private Members(JsonNode object, String pointer) {
        this.object = object;
        this.pointer = pointer;
    }

    /** The members of an object; {@link Problem#WRONG_TYPE} where it is none. */
    public static Members of(JsonNode object, String pointer) {
        if (!object.isObject()) throw Refusal.at(Problem.WRONG_TYPE, pointer, Say.of("an-object"));
        return new Members(object, pointer);
    }

    /** Text that has to be there. */
    public String text(String name) {
        String text = textOrNull(name);
        if (text == null) throw missing(name);
        return text;
    }

    /** Text, or null where it was left out. */
    public @Nullable String textOrNull(String name) {
        JsonNode value = value(name);
        if (value == null) return null;
        if (!value.isString()) throw wrong(name, "text");
        return value.stringValue();
    }

    /** A boolean, or what it is where it was left out. */
    public boolean flag(String name, boolean otherwise) {
        JsonNode value = value(name);
        if (value == null) return otherwise;
        if (!value.isBoolean()) throw wrong(name, "a-boolean");
        return value.booleanValue();
    }

    /** An instant of RFC 3339, or null where it was left out. */
    public @Nullable Instant instantOrNull(String name) {
        String text = textOrNull(name);
        if (text == null) return null;
        try {
            Instant instant = OffsetDateTime.parse(text).toInstant();
            if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) throw unfitDate(name, text);
            return instant;
        } catch (DateTimeException unreadable) {
            throw unfitDate(name, text);
        }
    }

    /** A list of texts, or null where it was left out. */
    public @Nullable List<String> textsOrNull(String name) {
        JsonNode value = value(name);
        if (value == null) return null;
        if (!value.isArray()) throw wrong(name, "a-list");
        List<String> texts = new ArrayList<>(value.size());
        for (int i = 0; i < value.size(); i++) {
            if (!value.get(i).isString()) throw Refusal.at(Problem.WRONG_TYPE, place(name) + "/" + i, Say.of("text"));
            texts.add(value.get(i).stringValue());
        }
        return texts;
    }

    /** An object read by a reader of its own, which has to be there. The reader calls {@link #done} itself. */
    public <T> T object(String name, Function<Members, T> reader) {
        T read = objectOrNull(name, reader);
        if (read == null) throw missing(name);
        return read;
    }

    /** An object read by a reader of its own, or null where it was left out. */
    public <T> @Nullable T objectOrNull(String name, Function<Members, T> reader) {
        JsonNode value = value(name);
        return value == null ? null : reader.apply(of(value, place(name)));
    }

    /** A list of objects, each read by a reader of its own, which calls {@link #done} itself; nothing where it was left out. */
    public void objects(String name, Consumer<Members> reader) {
        JsonNode value = value(name);
        if (value == null) return;
        if (!value.isArray()) throw wrong(name, "a-list");
        for (int i = 0; i < value.size(); i++) reader.accept(of(value.get(i), place(name) + "/" + i));
    }

    /** Any JSON, or null where it was left out. */
    public @Nullable JsonNode anyOrNull(String name) {
        return value(name);
    }

    /** Whether it has no member at all. */
    public boolean isEmpty() {
        return object.isEmpty();
    }

    /** Nothing else is known here: throws {@link Problem#UNKNOWN_MEMBER} for the first member that was not asked for. */
    public void done() {
        for (String name : object.propertyNames())
            if (!known.contains(name))
                throw Refusal.at(Problem.UNKNOWN_MEMBER, place(name), name, String.join(", ", known));
    }

    private @Nullable JsonNode value(String name) {
        known.add(name);
        JsonNode value = object.get(name);
        return value == null || value.isNull() ? null : value;
    }

    private String place(String name) {
        return pointer + "/" + Json.escape(name);
    }

    private Refusal missing(String name) {
        return Refusal.at(Problem.MISSING_MEMBER, place(name), name);
    }

    private Refusal wrong(String name, String expected) {
        return Refusal.at(Problem.WRONG_TYPE, place(name), Say.of(expected));
    }

    private Refusal unfitDate(String name, String text) {
        return Refusal.at(Problem.UNFIT_DATE, place(name), text);
    }
}
