package org.minventory.conformity;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Sayable;
import org.minventory.base.Scope;
import org.minventory.base.Sentence;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which other elements share something with the one that diverges, and the elements that they share. Each is kept with
 * its infrastructure, so that a reader is told the names within reach and of all others only that there are some.
 */
public record Common(List<Other> with, List<Other> carriers) {
    /** More names than these are not kept: the sentence is for people. */
    private static final int MOST = 20;

    private static final String HIDDEN = "common.hidden";

    /** Another element, as it was called and where it stood. */
    public record Other(String name, @Nullable String infrastructure) {}

    public Common {
        with = List.copyOf(with.size() > MOST ? with.subList(0, MOST) : with);
        carriers = List.copyOf(carriers.size() > MOST ? carriers.subList(0, MOST) : carriers);
    }

    /** Whether all that it names was named before. */
    boolean isWithin(Common before) {
        return names(before.with).containsAll(names(with))
                && names(before.carriers).containsAll(names(carriers));
    }

    private static List<String> names(List<Other> others) {
        return others.stream().map(Other::name).toList();
    }

    /** The names that a reader may be told. */
    public static List<String> reached(List<Other> others, Scope.Grant reader) {
        return others.stream()
                .filter(one -> reader.reaches(one.name(), one.infrastructure()))
                .map(Other::name)
                .toList();
    }

    /** The names within reach; all others, however many, are "another element". */
    static Sayable said(List<Other> others, Scope.Grant reader, String bundle) {
        List<String> names = reached(others, reader);
        boolean hidden = names.size() < others.size();
        return new Names(names, hidden ? Sentence.of(bundle, HIDDEN) : null);
    }

    private record Names(List<String> names, @Nullable Sentence hidden) implements Sayable {
        @Override
        public String in(Locale language) {
            List<String> all = new ArrayList<>(names);
            if (hidden != null) all.add(hidden.in(language));
            return String.join(", ", all);
        }
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.set("with", json(with));
        json.set("carriers", json(carriers));
        return json;
    }

    private static ArrayNode json(Collection<Other> others) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        for (Other one : others) {
            ObjectNode json = all.addObject().put("name", one.name());
            if (one.infrastructure() != null) json.put("infrastructure", one.infrastructure());
        }
        return all;
    }

    static @Nullable Common read(@Nullable JsonNode json) {
        return json == null ? null : new Common(others(json.path("with")), others(json.path("carriers")));
    }

    private static List<Other> others(JsonNode json) {
        List<Other> others = new ArrayList<>();
        for (JsonNode one : json)
            others.add(new Other(
                    one.path("name").asString(""), one.path("infrastructure").asString(null)));
        return others;
    }
}
