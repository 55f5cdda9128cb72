package org.minventory.testimony;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.element.ElementName;
import org.minventory.element.Reference;
import tools.jackson.databind.JsonNode;

/** Reads a testimony from JSON and names the place of whatever does not fit. It looks nothing up and keeps nothing. */
public final class ToldReader {
    /** Facts that one testimony may hold. */
    public static final int MAX_FACTS = 1_000;

    /** Characters that a note or a reason may have. */
    public static final int MAX_NOTE = 10_000;

    private static final int MAX_WORD = 200;
    private static final Instant EARLIEST = Instant.EPOCH;
    private static final long FURTHEST_AHEAD_DAYS = 366;
    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private static final Set<String> COMMON =
            Set.of("kind", "customer", "witnessedAt", "note", "source", "order", "project", "run", "key");
    private static final Set<String> OF_ELEMENT = Set.of("element");
    private static final Set<String> OF_INFRASTRUCTURE = Set.of("infrastructure");
    private static final Set<String> OF_FACTS = Set.of("facts", "complete", "create", "type");
    private static final Set<String> OF_TESTIMONY = Set.of("testimony");
    private static final Set<String> OF_DECISION = Set.of("divergence", "decision", "until");
    private static final Set<String> ALL =
            Set.copyOf(union(COMMON, OF_ELEMENT, OF_INFRASTRUCTURE, OF_FACTS, OF_TESTIMONY, OF_DECISION));

    private ToldReader() {}

    /**
     * The testimony that the object tells.
     *
     * @param now the server's time, to refuse dates that no clock error explains
     */
    public static Told read(JsonNode told, Instant now) {
        if (!told.isObject()) throw Refusal.at(Problem.WRONG_TYPE, "", "a testimony as a JSON object");
        refuseUnknownMembers(told);
        Kind kind = kind(told);
        refuseForeignMembers(told, kind);
        Told.Decision decision = kind.subject() == Kind.Subject.DIVERGENCE ? decision(told, now) : null;
        String note = text(told, "note", MAX_NOTE);
        if (kind.subject() == Kind.Subject.PROJECT) needed(word(told, "project"), "project");
        if (kind.subject() == Kind.Subject.ORDER) needed(word(told, "order"), "order");
        boolean create = flag(told, "create");
        if (create && (!kind.mayCreate() || isTold(told, "infrastructure")))
            throw Refusal.at(Problem.NOT_FOR_THIS_KIND, "/create", kind.word(), "create");
        return new Told(
                kind,
                word(told, "customer"),
                element(told, kind),
                infrastructure(told),
                instant(told, "witnessedAt", now),
                facts(told),
                flag(told, "complete"),
                note,
                orElse(word(told, "source"), Told.BY_HAND),
                context(told),
                create,
                word(told, "type"),
                kind.subject() == Kind.Subject.TESTIMONY ? needed(id(told, "testimony"), "testimony") : null,
                decision,
                word(told, "key"),
                null,
                false);
    }

    private static void refuseUnknownMembers(JsonNode told) {
        for (String member : told.propertyNames()) if (!ALL.contains(member)) throw unknown(member, ALL);
    }

    private static Refusal unknown(String member, Set<String> known) {
        return Refusal.at(
                Problem.UNKNOWN_MEMBER,
                "/" + Json.escape(shortened(member)),
                shortened(member),
                String.join(", ", new TreeSet<>(known)));
    }

    private static void refuseForeignMembers(JsonNode told, Kind kind) {
        Set<String> fitting =
                switch (kind.subject()) {
                    case ELEMENT ->
                        union(COMMON, OF_ELEMENT, OF_FACTS, kind.isOfInfrastructures() ? OF_INFRASTRUCTURE : Set.of());
                    case TESTIMONY ->
                        kind == Kind.ATTACHMENT
                                ? union(COMMON, OF_TESTIMONY, OF_ELEMENT, OF_INFRASTRUCTURE, Set.of("create", "type"))
                                : union(COMMON, OF_TESTIMONY);
                    case DIVERGENCE -> union(COMMON, OF_DECISION);
                    case DELIVERY, IDENTITY -> union(COMMON, OF_ELEMENT, Set.of("facts"));
                    case PROJECT, ORDER, WITNESS -> union(COMMON, Set.of("facts"));
                    case DEFINITION, MANDATE -> COMMON;
                };
        if (told.has("infrastructure") && !fitting.contains("infrastructure")) throw unknown("infrastructure", fitting);
        for (String member : told.propertyNames())
            if (!fitting.contains(member))
                throw Refusal.at(Problem.NOT_FOR_THIS_KIND, "/" + member, kind.word(), member);
    }

    private static Kind kind(JsonNode told) {
        JsonNode member = told.get("kind");
        if (member == null) throw Refusal.at(Problem.MISSING_MEMBER, "/kind", "kind");
        if (!member.isString()) throw Refusal.at(Problem.WRONG_TYPE, "/kind", "\"wish\", \"survey\"…");
        Kind kind = Kind.of(member.stringValue());
        if (kind == null || !kind.isTold())
            throw Refusal.at(Problem.UNKNOWN_KIND, "/kind", shortened(member.stringValue()), Kind.words());
        return kind;
    }

    private static @Nullable Reference element(JsonNode told, Kind kind) {
        if (isTold(told, "infrastructure")) {
            if (isTold(told, "element")) throw Refusal.at(Problem.ONE_SUBJECT, "/infrastructure");
            return null;
        }
        JsonNode member = told.get("element");
        if (member != null && !member.isNull()) {
            refuseSecret(member, "/element");
            return Reference.read(member, "/element");
        }
        boolean needed = kind.subject() == Kind.Subject.ELEMENT
                || kind.subject() == Kind.Subject.DELIVERY
                || kind.subject() == Kind.Subject.IDENTITY
                || kind == Kind.ATTACHMENT;
        if (needed) throw Refusal.at(Problem.MISSING_MEMBER, "/element", "element");
        return null;
    }

    /** A whole infrastructure, by its name or id: instead of an element, never beside one. */
    private static @Nullable String infrastructure(JsonNode told) {
        String infrastructure = word(told, "infrastructure");
        if (infrastructure == null) return null;
        if (Ids.parse(infrastructure) == null && !ElementName.fits(infrastructure))
            throw Refusal.at(Problem.UNFIT_NAME, "/infrastructure", shortened(infrastructure));
        return infrastructure;
    }

    private static boolean isTold(JsonNode told, String member) {
        JsonNode value = told.get(member);
        return value != null && !value.isNull();
    }

    private static SequencedMap<String, JsonNode> facts(JsonNode told) {
        SequencedMap<String, JsonNode> facts = new LinkedHashMap<>();
        JsonNode member = told.get("facts");
        if (member == null || member.isNull()) return facts;
        if (!member.isObject()) throw Refusal.at(Problem.WRONG_TYPE, "/facts", "{\"memory\": \"64 GiB\", …}");
        if (member.size() > MAX_FACTS) throw Refusal.at(Problem.TOO_MANY_FACTS, "/facts", member.size(), MAX_FACTS);
        for (Map.Entry<String, JsonNode> fact : member.properties()) {
            if (!fitsAsName(fact.getKey()))
                throw Refusal.at(
                        Problem.UNFIT_FACT_NAME,
                        "/facts/" + Json.escape(shortened(fact.getKey())),
                        shortened(fact.getKey()));
            facts.put(fact.getKey(), fact.getValue());
        }
        return facts;
    }

    /** Letters, digits and {@code . _ - : /}, at most 128, beginning with a letter or an underscore. */
    public static boolean fitsAsName(String name) {
        if (name.isEmpty() || name.length() > 128) return false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
            boolean inside = (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '/';
            if (!letter && (i == 0 || !inside)) return false;
        }
        return true;
    }

    private static Told.Context context(JsonNode told) {
        String order = word(told, "order");
        String project = word(told, "project");
        String run = word(told, "run");
        return order == null && project == null && run == null
                ? Told.Context.NONE
                : new Told.Context(order, project, run);
    }

    private static Told.Decision decision(JsonNode told, Instant now) {
        UUID divergence = needed(id(told, "divergence"), "divergence");
        String word = needed(word(told, "decision"), "decision");
        Told.Decision.Verb verb = Arrays.stream(Told.Decision.Verb.values())
                .filter(v -> v.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.at(Problem.WRONG_TYPE, "/decision", "acknowledge, accept, reopen"));
        Instant until = instant(told, "until", Instant.ofEpochSecond(now.getEpochSecond() + 20L * 366 * 86_400));
        if (verb == Told.Decision.Verb.ACCEPT) {
            needed(until, "until");
            String reason = text(told, "note", MAX_NOTE);
            if (reason == null || reason.isBlank()) throw Refusal.at(Problem.REASON_NEEDED, "/note");
        }
        return new Told.Decision(divergence, verb, until);
    }

    /** A short text; it is kept and shown, so it may be no secret. */
    private static @Nullable String word(JsonNode told, String member) {
        String word = text(told, member, MAX_WORD);
        if (word != null) refuseSecret(Json.text(word), "/" + member);
        return word;
    }

    private static void refuseSecret(JsonNode told, String pointer) {
        Secrets.firstIn(told).ifPresent(found -> {
            throw Refusal.at(
                    Problem.LOOKS_LIKE_A_SECRET,
                    pointer + found.pointer(),
                    found.reason().words());
        });
    }

    private static @Nullable String text(JsonNode told, String member, int longest) {
        JsonNode value = told.get(member);
        if (value == null || value.isNull()) return null;
        if (!value.isString() || value.stringValue().length() > longest)
            throw Refusal.at(Problem.WRONG_TYPE, "/" + member, "text ≤ " + longest);
        return value.stringValue();
    }

    private static boolean flag(JsonNode told, String member) {
        JsonNode value = told.get(member);
        if (value == null || value.isNull()) return false;
        if (!value.isBoolean()) throw Refusal.at(Problem.WRONG_TYPE, "/" + member, "true, false");
        return value.booleanValue();
    }

    private static @Nullable UUID id(JsonNode told, String member) {
        String text = word(told, member);
        if (text == null) return null;
        UUID id = Ids.parse(text);
        if (id == null) throw Refusal.at(Problem.WRONG_TYPE, "/" + member, "UUID");
        return id;
    }

    private static @Nullable Instant instant(JsonNode told, String member, Instant now) {
        String text = word(told, member);
        if (text == null) return null;
        Instant instant = parse(text);
        boolean fits = instant != null && instant.isBefore(now.plusSeconds(FURTHEST_AHEAD_DAYS * 86_400));
        if (!fits) throw Refusal.at(Problem.UNFIT_DATE, "/" + member, shortened(text));
        return instant;
    }

    /**
     * An RFC 3339 instant cut to microseconds, which is what PostgreSQL keeps; null where it is none, or before 1970 or after
     * 9999, which nobody means.
     */
    public static @Nullable Instant parse(String text) {
        try {
            Instant told = OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant();
            boolean isMeant = !told.isBefore(EARLIEST) && !told.isAfter(LATEST);
            return isMeant ? told.truncatedTo(java.time.temporal.ChronoUnit.MICROS) : null;
        } catch (DateTimeException notAnInstant) {
            return null;
        }
    }

    private static <T> T needed(@Nullable T value, String member) {
        if (value == null) throw Refusal.at(Problem.MISSING_MEMBER, "/" + member, member);
        return value;
    }

    private static String orElse(@Nullable String value, String other) {
        return value == null || value.isBlank() ? other : value;
    }

    private static String shortened(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }

    @SafeVarargs
    private static Set<String> union(Set<String>... sets) {
        Set<String> all = new TreeSet<>();
        for (Set<String> set : sets) all.addAll(set);
        return all;
    }
}
