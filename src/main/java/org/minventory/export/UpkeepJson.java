package org.minventory.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.knowledge.Spell;
import org.minventory.knowledge.Upkeep;
import org.minventory.knowledge.Upkeeps;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What is open and planned of whole infrastructures, as the API shows it: as far as the reader reaches what was said. */
public final class UpkeepJson {
    private final Map<Infrastructure, Upkeep> upkeeps;
    private final Map<UUID, Map<Long, Said>> said;
    private final Instant now;

    /** An infrastructure of a customer. */
    public record Infrastructure(UUID customer, String name) {}

    private record Said(@Nullable String note) {}

    private UpkeepJson(Map<Infrastructure, Upkeep> upkeeps, Map<UUID, Map<Long, Said>> said, Instant now) {
        this.upkeeps = upkeeps;
        this.said = said;
        this.now = now;
    }

    /** Reads all of a scope: in one statement, and one more for each customer where something is planned or open. */
    public static UpkeepJson of(JdbcClient db, Scope scope, Instant now) {
        Map<Infrastructure, Upkeep> upkeeps = new HashMap<>();
        Map<UUID, List<Long>> told = new HashMap<>();
        for (Upkeeps.Kept kept : Upkeeps.within(db, scope)) {
            upkeeps.put(new Infrastructure(kept.customer(), kept.infrastructure()), kept.upkeep());
            for (Spell spell : spells(kept.upkeep(), now))
                told.computeIfAbsent(kept.customer(), c -> new ArrayList<>()).add(spell.seq());
        }
        Map<UUID, Map<Long, Said>> said = new HashMap<>();
        for (Scope.Grant grant : scope.grants()) {
            List<Long> seqs = told.get(grant.customer());
            if (seqs != null) said.put(grant.customer(), said(db, grant, seqs));
        }
        return new UpkeepJson(upkeeps, said, now);
    }

    private static List<Spell> spells(Upkeep upkeep, Instant now) {
        List<Spell> spells = new ArrayList<>(upkeep.planned(now));
        spells.addAll(upkeep.incidents());
        if (upkeep.maintenance() != null) spells.add(upkeep.maintenance());
        return spells;
    }

    private static Map<Long, Said> said(JdbcClient db, Scope.Grant grant, List<Long> seqs) {
        Map<Long, Said> said = new HashMap<>();
        Conditions where = new Conditions()
                .and("t.customer_id = ?", grant.customer())
                .and("t.seq = any(?)", Arrays.of("bigint", seqs));
        WholeInfrastructures.within(where, grant)
                .run(
                        db,
                        "select t.seq, convert_from(t.note, 'UTF8') as note from testimony t "
                                + WholeInfrastructures.JOIN + " where {where}")
                .query(row -> {
                    said.put(row.getLong("seq"), new Said(row.getString("note")));
                });
        return said;
    }

    /** The infrastructures of which something was told as a whole. */
    public Set<Infrastructure> infrastructures() {
        return upkeeps.keySet();
    }

    /** Writes what is open and planned of one. */
    public void write(ObjectNode json, Infrastructure infrastructure) {
        Upkeep upkeep = upkeeps.getOrDefault(infrastructure, new Upkeep());
        Map<Long, Said> readable = said.getOrDefault(infrastructure.customer(), Map.of());
        json.set("maintenance", maintenance(upkeep, readable));
        ArrayNode planned = json.putArray("planned");
        for (Spell spell : upkeep.planned(now)) {
            ObjectNode one = json(spell, readable);
            if (one == null) continue;
            put(one, "from", spell.from());
            put(one, "until", spell.until());
            planned.add(one);
        }
        ArrayNode incidents = json.putArray("incidents");
        for (Spell spell : upkeep.incidents()) {
            ObjectNode one = json(spell, readable);
            if (one != null) incidents.add(one.put("since", spell.at().toString()));
        }
    }

    /** What is planned of one, as far as a beginning was told. */
    public List<Window> planned(Infrastructure infrastructure) {
        ObjectNode told = Json.object();
        write(told, infrastructure);
        List<Window> windows = new ArrayList<>();
        for (JsonNode plan : told.get("planned")) {
            Window window = Window.planned(plan);
            if (window != null) windows.add(window);
        }
        return windows;
    }

    private static @Nullable ObjectNode maintenance(Upkeep upkeep, Map<Long, Said> readable) {
        Spell open = upkeep.maintenance();
        ObjectNode json = open == null ? null : json(open, readable);
        if (open == null || json == null) return null;
        put(json, "since", open.at());
        put(json, "until", upkeep.expectedEnd());
        return json;
    }

    /** What was said, by whom; null where it is not the reader's to know. */
    private static @Nullable ObjectNode json(Spell spell, Map<Long, Said> readable) {
        Said said = readable.get(spell.seq());
        if (said == null) return null;
        ObjectNode json = Json.object().put("testimony", spell.testimony().toString());
        json.set("witness", ElementJson.witness(spell.witness()));
        return json.put("note", said.note());
    }

    private static void put(ObjectNode json, String member, @Nullable Instant at) {
        json.put(member, at == null ? null : at.toString());
    }
}
