package org.minventory.project;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Stance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All that is wished in a project at one moment: its elements with what is intended of them. */
record Wishes(ArrayNode json, String digest) {
    /** Elements that one project may hold. */
    static final int MOST = 1_000;

    static Wishes of(JdbcClient db, UUID customer, String project, Vocabulary vocabulary, Instant now) {
        return of(pictures(db, customer, project), vocabulary, now);
    }

    static Wishes of(List<Picture> pictures, Vocabulary vocabulary, Instant now) {
        ArrayNode wishes = Json.MAPPER.createArrayNode();
        for (Picture picture : pictures) {
            if (!picture.isSpokenOn(Stance.INTENDED) || picture.closedAt() != null) continue;
            ObjectNode wish = wishes.addObject();
            wish.put("element", picture.id().toString())
                    .put("name", picture.name())
                    .put("type", picture.type());
            ObjectNode facts = wish.putObject("facts");
            for (String attribute : picture.attributes()) {
                Picture.Best best = picture.bestAsRecorded(attribute, Stance.INTENDED, vocabulary, now);
                if (best != null) facts.set(attribute, best.counting().saying().value());
            }
        }
        return new Wishes(wishes, HexFormat.of().formatHex(Ids.sha256().digest(Json.canonical(wishes))));
    }

    /** The elements that are told to belong to a project, by name. */
    static List<Picture> pictures(JdbcClient db, UUID customer, String project) {
        List<UUID> ids =
                db.sql("""
                        select element_id from knowledge where customer_id = ? and project = ?
                        order by name, element_id limit ?""").params(customer, project, MOST).query(UUID.class).list();
        var pictures = Knowledge.pictures(db, customer, ids);
        List<Picture> ordered = new ArrayList<>();
        for (UUID id : ids) ordered.add(Objects.requireNonNull(pictures.get(id)));
        return ordered;
    }

    /** The names of elements that are wished otherwise than in that list, or in one of both alone. */
    List<String> differences(JsonNode others) {
        Map<String, JsonNode> there = byName(others);
        Map<String, JsonNode> here = byName(json);
        Set<String> names = new TreeSet<>(there.keySet());
        names.addAll(here.keySet());
        return names.stream()
                .filter(name -> !Objects.equals(here.get(name), there.get(name)))
                .toList();
    }

    private static Map<String, JsonNode> byName(JsonNode wishes) {
        Map<String, JsonNode> byName = new HashMap<>();
        wishes.forEach(wish -> byName.put(wish.get("name").stringValue(), wish));
        return byName;
    }

    boolean isEmpty() {
        return json.isEmpty();
    }
}
