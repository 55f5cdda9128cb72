package org.minventory.knowledge;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The maintenance and the incidents of a whole infrastructure, told in any order: what is planned, what is open. Each
 * lasts until its end is told; an end ends all that began before it. It is folded from the entries about the
 * infrastructure and from nothing else, as the life of an element is from those about the element.
 */
public final class Upkeep {
    /** The kinds of testimonies that it is folded from. */
    public static final List<Kind> KINDS = List.of(Kind.MAINTENANCE, Kind.INCIDENT);

    /** Whoever begins something a thousand times without an end is not remembered each time: the first and the last are. */
    private static final int MOST = 100;

    private static final Comparator<Spell> IN_ORDER =
            Comparator.comparing(Spell::at).thenComparingLong(Spell::seq);

    private final List<Spell> maintenances = new ArrayList<>();
    private final List<Spell> planned = new ArrayList<>();
    private final List<Spell> incidents = new ArrayList<>();
    private @Nullable Spell closed;
    private @Nullable Spell resolved;

    // ---- taking in ------------------------------------------------------------------------------------------------

    /** Takes in one entry about the infrastructure. */
    public void take(Entry entry, Facts facts, Picture.Witness witness) {
        Spell spell = spell(entry, facts, witness);
        if (entry.kind() == Kind.MAINTENANCE) {
            switch (word(facts, "maintenance.state")) {
                case "planned" -> add(planned, spell);
                case "closed" -> closed = end(maintenances, closed, spell);
                default -> begin(maintenances, closed, spell);
            }
            planned.removeIf(plan -> isBegun(plan) || plan.isOver(entry.recordedAt()));
        } else if (entry.kind() == Kind.INCIDENT) {
            if (word(facts, "incident.state").equals("resolved")) resolved = end(incidents, resolved, spell);
            else begin(incidents, resolved, spell);
        }
    }

    private static Spell spell(Entry entry, Facts facts, Picture.Witness witness) {
        return new Spell(
                entry.seq(),
                entry.id(),
                entry.effectiveAt(),
                witness,
                instant(facts, "maintenance.from"),
                instant(facts, "maintenance.until"));
    }

    private static void begin(List<Spell> open, @Nullable Spell end, Spell begun) {
        if (end == null || end.isBefore(begun)) add(open, begun);
    }

    /** What began before the end is over. */
    private static Spell end(List<Spell> open, @Nullable Spell before, Spell end) {
        open.removeIf(begun -> begun.isBefore(end));
        return before == null || before.isBefore(end) ? end : before;
    }

    private static void add(List<Spell> spells, Spell one) {
        spells.add(one);
        spells.sort(IN_ORDER);
        if (spells.size() > MOST) spells.remove(1);
    }

    /** What was planned is so no longer once a beginning or an end was told after its plan, and of its time. */
    private boolean isBegun(Spell plan) {
        return maintenances.stream().anyMatch(begun -> isOf(begun, plan)) || (closed != null && isOf(closed, plan));
    }

    private static boolean isOf(Spell told, Spell plan) {
        return plan.isBefore(told) && !told.at().isBefore(plan.begins());
    }

    private static String word(Facts facts, String attribute) {
        Facts.Value told = facts.values().get(attribute);
        return told == null ? "" : told.value().asString("");
    }

    private static @Nullable Instant instant(Facts facts, String attribute) {
        String word = word(facts, attribute);
        try {
            return word.isEmpty() ? null : OffsetDateTime.parse(word).toInstant();
        } catch (DateTimeException undefined) {
            return null; // read by a definition that makes no instant of it
        }
    }

    // ---- what follows from it ---------------------------------------------------------------------------------------

    /** The maintenance that is open, by its beginning; null where none is. */
    public @Nullable Spell maintenance() {
        return maintenances.isEmpty() ? null : maintenances.getFirst();
    }

    /** When the open maintenance is expected to end, as it was told last; null where nobody said. */
    public @Nullable Instant expectedEnd() {
        return maintenances.reversed().stream()
                .map(Spell::until)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    /** What is planned, as long as nothing more was told of its time and its window is not over at that instant. */
    public List<Spell> planned(Instant now) {
        return planned.stream().filter(plan -> !plan.isOver(now)).toList();
    }

    /** The incidents that are open, in the order in which they began. */
    public List<Spell> incidents() {
        return List.copyOf(incidents);
    }

    // ---- what is kept of it -----------------------------------------------------------------------------------------

    /** As it is kept: the same state is the same bytes. */
    byte[] write() {
        ObjectNode doc = Json.object();
        put(doc, "maintenance", maintenances);
        put(doc, "planned", planned);
        put(doc, "incidents", incidents);
        put(doc, "closed", orNone(closed));
        put(doc, "resolved", orNone(resolved));
        return Json.canonical(doc);
    }

    static Upkeep read(byte[] bytes) {
        JsonNode doc = Json.ours(bytes);
        Upkeep upkeep = new Upkeep();
        each(doc, "maintenance", upkeep.maintenances::add);
        each(doc, "planned", upkeep.planned::add);
        each(doc, "incidents", upkeep.incidents::add);
        each(doc, "closed", spell -> upkeep.closed = spell);
        each(doc, "resolved", spell -> upkeep.resolved = spell);
        return upkeep;
    }

    private static List<Spell> orNone(@Nullable Spell spell) {
        return spell == null ? List.of() : List.of(spell);
    }

    private static void put(ObjectNode doc, String member, List<Spell> spells) {
        if (spells.isEmpty()) return;
        ArrayNode array = doc.putArray(member);
        for (Spell spell : spells) array.add(json(spell));
    }

    private static void each(JsonNode doc, String member, Consumer<Spell> reader) {
        for (JsonNode one : doc.path(member)) reader.accept(spell(one));
    }

    static ArrayNode json(Spell spell) {
        return Json.MAPPER
                .createArrayNode()
                .add(spell.seq())
                .add(spell.testimony().toString())
                .add(spell.at().toString())
                .add(spell.witness().id().toString())
                .add(spell.witness().name())
                .add(spell.witness().role())
                .add(spell.from() == null ? null : spell.from().toString())
                .add(spell.until() == null ? null : spell.until().toString());
    }

    static Spell spell(JsonNode one) {
        return new Spell(
                one.get(0).longValue(),
                UUID.fromString(one.get(1).stringValue()),
                Instant.parse(one.get(2).stringValue()),
                new Picture.Witness(
                        UUID.fromString(one.get(3).stringValue()),
                        one.get(4).stringValue(),
                        one.get(5).stringValue()),
                instantOrNull(one.get(6)),
                instantOrNull(one.get(7)));
    }

    private static @Nullable Instant instantOrNull(JsonNode told) {
        return told.isNull() ? null : Instant.parse(told.stringValue());
    }
}
