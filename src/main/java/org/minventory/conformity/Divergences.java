package org.minventory.conformity;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Sentence;
import org.minventory.base.Together;
import org.minventory.element.Attribute;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Index;
import org.minventory.knowledge.Picture;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Stance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The living divergences of the elements that one transaction of intake works on: reviewed after each testimony, so that
 * a thousand at once open and resolve exactly what a thousand one by one would.
 */
public final class Divergences {
    /** Where a divergence of an element stands. */
    private record Place(String attribute, String between) {}

    /** What a testimony did to a divergence. */
    public record Turn(Divergence divergence, Change change) {
        /** How it turned. */
        public enum Change {
            OPENED,
            WORSENED,
            RESOLVED
        }
    }

    private final UUID customer;
    private final Map<UUID, Map<Place, Divergence>> living = new HashMap<>();
    private final Map<UUID, Divergence> written = new LinkedHashMap<>();

    private Divergences(UUID customer) {
        this.customer = customer;
    }

    /** No divergence yet; elements are brought in by {@link #load}. */
    public static Divergences of(UUID customer) {
        return new Divergences(customer);
    }

    /** Brings in the living divergences of more elements. */
    public void load(JdbcClient db, Collection<UUID> elements) {
        if (elements.isEmpty()) return;
        db.sql("select * from divergence where customer_id = ? and element_id = any(?) and state <> 'resolved'")
                .param(1, customer)
                .param(2, Arrays.of(List.copyOf(elements)))
                .query((row, n) -> read(customer, row))
                .list()
                .forEach(this::keepLiving);
    }

    private void keepLiving(Divergence divergence) {
        placed(divergence.element()).put(new Place(divergence.attribute(), divergence.between()), divergence);
    }

    private Map<Place, Divergence> placed(UUID element) {
        return living.computeIfAbsent(element, e -> new LinkedHashMap<>());
    }

    /** Holds the touched attributes of a picture against one another, and notes what opened, worsened or was resolved. */
    public List<Turn> review(Picture picture, Set<String> touched, Vocabulary vocabulary, Entry cause) {
        List<Turn> turns = new ArrayList<>();
        Review.disagreements(picture, touched, vocabulary, cause.recordedAt()).forEach((attribute, found) -> {
            found.forEach((between, compared) -> disagree(picture, attribute, between, compared, cause, turns));
            resolveAllBut(found.keySet(), picture.id(), attribute, cause, turns);
        });
        return turns;
    }

    private void disagree(
            Picture picture,
            String attribute,
            String between,
            Review.Compared compared,
            Entry cause,
            List<Turn> turns) {
        Divergence before = placed(picture.id()).get(new Place(attribute, between));
        Divergence.Witnessed expected = witnessed(
                compared.expected(), compared.measure(), compared.pair().expected());
        Picture.Spoken spoken = Objects.requireNonNull(compared.seen());
        Divergence.Witnessed seen =
                witnessed(Review.side(spoken), spoken, compared.stance().word());
        if (before == null)
            open(picture, new Place(attribute, between), nature(compared.pair()), expected, seen, null, cause, turns);
        else change(before, expected, seen, null, turns);
    }

    private void open(
            Picture picture,
            Place place,
            String nature,
            Divergence.Witnessed expected,
            Divergence.Witnessed seen,
            @Nullable Common common,
            Entry cause,
            List<Turn> turns) {
        Divergence opened = new Divergence(
                customer,
                Ids.derived(customer, picture.id(), place.attribute(), place.between(), cause.seq()),
                picture.id(),
                place.attribute(),
                place.between(),
                nature,
                Divergence.State.OPEN,
                cause.seq(),
                cause.recordedAt(),
                null,
                null,
                expected,
                seen,
                common,
                null,
                null,
                null,
                null);
        keep(opened);
        turns.add(new Turn(opened, Turn.Change.OPENED));
    }

    private void change(
            Divergence before,
            Divergence.Witnessed expected,
            Divergence.Witnessed seen,
            @Nullable Common common,
            List<Turn> turns) {
        Divergence now = before.changed(expected, seen, common);
        if (now.equals(before)) return;
        keep(now);
        if (!before.coversAll(expected, seen, common)) turns.add(new Turn(now, Turn.Change.WORSENED));
    }

    /** Notes whether an element has with another what two may not have at once; of the other it says nothing. */
    void clash(Picture picture, Clash clash, boolean clashes, Vocabulary vocabulary, Entry cause, List<Turn> turns) {
        Place place = new Place(clash.attribute(), Clash.BETWEEN);
        Divergence before = placed(picture.id()).get(place);
        Picture.Spoken own = clashes ? own(picture, clash.attribute(), vocabulary, cause) : null;
        if (own == null) {
            if (before != null) resolve(place, picture.id(), cause, turns);
            return;
        }
        Divergence.Witnessed seen = spoken(own);
        if (before == null) open(picture, place, clash.nature(), ALONE, seen, null, cause, turns);
        else change(before, ALONE, seen, null, turns);
    }

    /**
     * Notes whether an element shares with those it is redundant with what it may not.
     *
     * @param common what is shared, and with whom; null where nothing is
     * @param word its own word of it; null where others alone tell it
     */
    void share(
            Picture picture,
            Sharing sharing,
            @Nullable Common common,
            Picture.@Nullable Spoken word,
            Entry cause,
            List<Turn> turns) {
        Place place = new Place(sharing.attribute(), Clash.BETWEEN);
        Divergence before = placed(picture.id()).get(place);
        if (common == null) {
            if (before != null) resolve(place, picture.id(), cause, turns);
            return;
        }
        Divergence.Witnessed seen = word == null ? ALONE : spoken(word);
        if (before == null) open(picture, place, sharing.nature(), ALONE, seen, common, cause, turns);
        else change(before, ALONE, seen, common, turns);
    }

    private static Divergence.Witnessed spoken(Picture.Spoken word) {
        Stance stance = Objects.requireNonNull(word.heard().kind().stance(), "said on a stance");
        return witnessed(Review.side(word), word, stance.word());
    }

    /** That nobody else has it is no witness's word. */
    private static final Divergence.Witnessed ALONE =
            new Divergence.Witnessed("expected", Json.object().nullNode(), null, null, null, null, null);

    static Picture.@Nullable Spoken own(Picture picture, String attribute, Vocabulary vocabulary, Entry cause) {
        return Index.bestKnownWord(picture, attribute, vocabulary, cause.recordedAt());
    }

    private void resolveAllBut(Set<String> still, UUID element, String attribute, Entry cause, List<Turn> turns) {
        Map<Place, Divergence> ofElement = placed(element);
        for (Place place : List.copyOf(ofElement.keySet())) {
            if (!place.attribute().equals(attribute) || still.contains(place.between())) continue;
            if (place.between().equals(Clash.BETWEEN)) continue;
            resolve(place, element, cause, turns);
        }
    }

    private void resolve(Place place, UUID element, Entry cause, List<Turn> turns) {
        Divergence before = placed(element).remove(place);
        Divergence resolved = Objects.requireNonNull(before).resolved(cause.seq(), cause.recordedAt());
        written.put(resolved.id(), resolved);
        turns.add(new Turn(resolved, Turn.Change.RESOLVED));
    }

    private void keep(Divergence divergence) {
        keepLiving(divergence);
        written.put(divergence.id(), divergence);
    }

    private static String nature(Pair pair) {
        return switch (pair) {
            case ORDERED_INTENDED -> "mismatch";
            case DELIVERED_ORDERED -> "nonconformity";
            case DEPLOYED_INTENDED -> "drift";
            case MONITORED_EXPECTED -> "alarm";
            case WITNESSES -> Divergence.CONTRADICTION;
        };
    }

    private static Divergence.Witnessed witnessed(Side side, Picture.@Nullable Spoken spoken, String stance) {
        if (spoken == null) return new Divergence.Witnessed(stance, side.value(), side.told(), null, null, null, null);
        return new Divergence.Witnessed(
                stance,
                side.value(),
                side.told(),
                spoken.witness().id(),
                spoken.witness().name(),
                spoken.heard().id(),
                spoken.heard().witnessedAt());
    }

    /** What somebody decided about a divergence that {@link #load} brought in. */
    public void decide(Divergence divergence, Divergence.State decision, @Nullable Instant until, Entry cause) {
        Divergence decided = divergence.decided(decision, until, cause.note(), cause.witness(), cause.seq());
        if (divergence.state() == Divergence.State.RESOLVED) written.put(decided.id(), decided);
        else keep(decided);
    }

    /** How many divergences of an element live. */
    public int count(UUID element) {
        return placed(element).size();
    }

    /** Writes what changed, in one statement. */
    public void write(Together writes) {
        Arrays rows = new Arrays(
                "uuid",
                "uuid",
                "text",
                "text",
                "text",
                "text",
                "bigint",
                "timestamptz",
                "bigint",
                "timestamptz",
                "text",
                "timestamptz",
                "text",
                "uuid",
                "bigint");
        for (Divergence d : written.values())
            rows.row(
                    d.id(),
                    d.element(),
                    d.attribute(),
                    d.between(),
                    d.nature(),
                    d.state().word(),
                    d.openedSeq(),
                    d.openedAt(),
                    d.resolvedSeq(),
                    d.resolvedAt(),
                    Json.canonicalText(body(d)),
                    d.acceptedUntil(),
                    d.reason(),
                    d.decidedBy(),
                    d.decidedSeq());
        rows.add(writes, """
                insert into divergence (customer_id, divergence_id, element_id, attribute, "between", nature, state, opened_seq,
                                        opened_at, resolved_seq, resolved_at, body, accepted_until, reason, decided_by, decided_seq)
                select ?, id, element, attribute, pair, nature, state, opened_seq, opened_at::timestamptz, resolved_seq,
                       resolved_at::timestamptz, body::json, accepted_until::timestamptz, reason, decided_by, decided_seq
                from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[], ?::text[], ?::bigint[],
                            ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::bigint[])
                  as now (id, element, attribute, pair, nature, state, opened_seq, opened_at, resolved_seq, resolved_at, body,
                          accepted_until, reason, decided_by, decided_seq)
                on conflict (customer_id, divergence_id) do update
                set state = excluded.state, resolved_seq = excluded.resolved_seq, resolved_at = excluded.resolved_at,
                    body = excluded.body, accepted_until = excluded.accepted_until, reason = excluded.reason,
                    decided_by = excluded.decided_by, decided_seq = excluded.decided_seq""", customer);
        written.clear();
    }

    private static JsonNode body(Divergence divergence) {
        ObjectNode body = Json.object();
        body.set("expected", side(divergence.expected()));
        body.set("seen", side(divergence.seen()));
        if (divergence.common() != null) body.set("common", divergence.common().json());
        return body;
    }

    private static ObjectNode side(Divergence.Witnessed side) {
        ObjectNode json = Json.object().put("stance", side.stance());
        json.set("value", side.value());
        if (side.told() != null) json.set("told", side.told());
        if (side.witness() != null) json.put("witness", side.witness().toString());
        if (side.witnessName() != null) json.put("witnessName", side.witnessName());
        if (side.testimony() != null) json.put("testimony", side.testimony().toString());
        if (side.witnessedAt() != null)
            json.put("witnessedAt", side.witnessedAt().toString());
        return json;
    }

    /** A row of the table as a divergence. */
    public static Divergence read(UUID customer, ResultSet row) throws SQLException {
        JsonNode body = Json.MAPPER.readTree(row.getString("body"));
        return new Divergence(
                customer,
                row.getObject("divergence_id", UUID.class),
                row.getObject("element_id", UUID.class),
                row.getString("attribute"),
                row.getString("between"),
                row.getString("nature"),
                Divergence.State.of(row.getString("state")),
                row.getLong("opened_seq"),
                row.getTimestamp("opened_at").toInstant(),
                row.getObject("resolved_seq", Long.class),
                instant(row, "resolved_at"),
                side(body.get("expected")),
                side(body.get("seen")),
                Common.read(body.get("common")),
                instant(row, "accepted_until"),
                row.getString("reason"),
                row.getObject("decided_by", UUID.class),
                row.getObject("decided_seq", Long.class));
    }

    private static Divergence.Witnessed side(JsonNode json) {
        return new Divergence.Witnessed(
                json.get("stance").stringValue(),
                json.get("value"),
                json.get("told"),
                Ids.parse(json.path("witness").asString("")),
                json.has("witnessName") ? json.get("witnessName").stringValue() : null,
                Ids.parse(json.path("testimony").asString("")),
                json.has("witnessedAt") ? Instant.parse(json.get("witnessedAt").stringValue()) : null);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    /**
     * The sentence that says it, from what both sides said.
     *
     * @param reader what its reader reaches: other elements are named within it only
     */
    public static Sentence sentence(Divergence divergence, Vocabulary vocabulary, Scope.Grant reader) {
        Attribute attribute = Objects.requireNonNull(vocabulary.attribute(divergence.attribute()));
        Side expected =
                new Side(divergence.expected().value(), divergence.expected().told());
        Side seen = new Side(divergence.seen().value(), divergence.seen().told());
        if (divergence.common() != null)
            return Outcome.sharing(divergence.nature(), attribute, seen, divergence.common(), reader);
        if (divergence.between().equals(Clash.BETWEEN)) return Outcome.clash(divergence.nature(), attribute, seen);
        if (divergence.isContradiction())
            return Comparison.compareWitnesses(
                            attribute, expected, name(divergence.expected()), seen, name(divergence.seen()))
                    .sentence();
        Pair pair = pair(divergence.between());
        return Comparison.compare(attribute, pair, expected, seen).sentence();
    }

    private static Pair pair(String between) {
        for (Pair pair : Pair.values()) if (pair.word().equals(between)) return pair;
        throw new IllegalStateException("no such pair: " + between);
    }

    private static String name(Divergence.Witnessed side) {
        return side.witnessName() == null ? "?" : side.witnessName();
    }

    /** The divergence of that id, living or resolved, or null. */
    public static @Nullable Divergence withId(JdbcClient db, UUID customer, UUID id) {
        return db.sql("select * from divergence where customer_id = ? and divergence_id = ?")
                .params(customer, id)
                .query((row, n) -> read(customer, row))
                .optional()
                .orElse(null);
    }

    /** The same of many, those that there are. */
    public static Map<UUID, Divergence> withIds(JdbcClient db, UUID customer, Collection<UUID> ids) {
        Map<UUID, Divergence> byId = new HashMap<>();
        if (ids.isEmpty()) return byId;
        db.sql("select * from divergence where customer_id = ? and divergence_id = any(?)")
                .param(1, customer)
                .param(2, Arrays.of(List.copyOf(ids)))
                .query((row, n) -> read(customer, row))
                .list()
                .forEach(divergence -> byId.put(divergence.id(), divergence));
        return byId;
    }

    /** The living divergences of elements, for their pages. */
    public static Map<UUID, List<Divergence>> living(JdbcClient db, UUID customer, Collection<UUID> elements) {
        Map<UUID, List<Divergence>> byElement = new HashMap<>();
        Divergences all = of(customer);
        all.load(db, elements);
        all.living.forEach((element, divergences) -> byElement.put(element, List.copyOf(divergences.values())));
        return byElement;
    }
}
