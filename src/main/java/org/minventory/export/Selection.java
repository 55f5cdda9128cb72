package org.minventory.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Sentence;
import org.minventory.base.Word;
import org.minventory.element.Attribute;
import org.minventory.element.Status;
import org.minventory.element.UnfitValue;
import org.minventory.element.ValueType;
import org.minventory.element.Vocabulary;
import tools.jackson.databind.JsonNode;

/**
 * Which elements: the filters that lists, pages, exports and tools share, read from the same query parameters. Values of
 * one filter are alternatives; filters add up.
 *
 * @param customers slugs or ids, as asked; empty for all that the reader reaches
 * @param diverging whether only those with a living divergence; null for no matter
 * @param stale whether only those of which something expected is stale
 * @param now the instant at which staleness is judged
 */
public record Selection(
        List<String> customers,
        List<String> infrastructures,
        List<String> types,
        List<String> statuses,
        List<String> providers,
        List<String> sites,
        List<String> projects,
        List<String> tags,
        @Nullable Boolean diverging,
        @Nullable Boolean stale,
        Instant now,
        @Nullable String q,
        List<FactFilter> facts) {

    /** The query parameters that make a selection, besides {@code fact.*}. */
    public static final List<String> PARAMETERS = List.of(
            "customer",
            "infrastructure",
            "type",
            "status",
            "provider",
            "site",
            "project",
            "tag",
            "diverging",
            "stale",
            "q");

    /** What is reached by an address of its own, and may be logged in to. */
    public static final List<String> MACHINES = List.of("server", "virtual-machine");

    /** The statuses of what is there: from delivered to in service, and in maintenance. */
    public static final List<String> STANDING =
            List.of(Status.DELIVERED, Status.ACCEPTED, Status.DEPLOYED, Status.IN_SERVICE, Status.MAINTENANCE).stream()
                    .map(Status::word)
                    .toList();

    /** The prefix of filters on what is known. */
    public static final String FACT = "fact.";

    /** Filters on what is known at most: each is looked up for every element that the others leave. */
    public static final int MOST_FACTS = 20;

    /** Everything that the reader reaches. */
    public static final Selection EVERYTHING = all(null, Instant.EPOCH);

    /** Of whom nobody spoke in time. */
    static Selection stale(Instant now) {
        return all(true, now);
    }

    private static Selection all(@Nullable Boolean stale, Instant now) {
        return new Selection(
                List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), null, stale,
                now, null, List.of());
    }

    /** A comparison with the best known value of an attribute. */
    public record FactFilter(
            String attribute, Op op, String text, @Nullable Double number) {
        /** How values are compared. */
        public enum Op {
            EQ("="),
            NE("<>"),
            LT("<"),
            LE("<="),
            GT(">"),
            GE(">=");

            private final String sql;

            Op(String sql) {
                this.sql = sql;
            }

            String sql() {
                return sql;
            }

            /** The word in the query: {@code eq}, {@code ge}… */
            String word() {
                return Word.of(this);
            }
        }
    }

    /** The same selection of one customer only. */
    public Selection ofCustomer(UUID customer) {
        return new Selection(
                List.of(customer.toString()),
                infrastructures,
                types,
                statuses,
                providers,
                sites,
                projects,
                tags,
                diverging,
                stale,
                now,
                q,
                facts);
    }

    /** The same selection of these statuses. */
    public Selection ofStatuses(List<String> words) {
        return new Selection(
                customers,
                infrastructures,
                types,
                words,
                providers,
                sites,
                projects,
                tags,
                diverging,
                stale,
                now,
                q,
                facts);
    }

    /** The same selection of these types. */
    public Selection ofTypes(List<String> names) {
        return new Selection(
                customers,
                infrastructures,
                names,
                statuses,
                providers,
                sites,
                projects,
                tags,
                diverging,
                stale,
                now,
                q,
                facts);
    }

    /** The same of what is there, unless it was said in which statuses. */
    public Selection standing() {
        return statuses.isEmpty() ? ofStatuses(STANDING) : this;
    }

    /** The same of servers and virtual machines, unless it was said of which types. */
    public Selection ofMachines() {
        return types.isEmpty() ? ofTypes(MACHINES) : this;
    }

    /** Whether it needs what only today's tables tell, and not the record of the past. */
    public boolean isOfTodayOnly() {
        return !facts.isEmpty() || q != null || diverging != null || stale != null;
    }

    /**
     * Reads the query parameters.
     *
     * @param vocabulary by which values of {@code fact.*} are read
     * @throws Refusal {@link Problem#UNFIT_PARAMETER}
     */
    public static Selection read(Map<String, List<String>> query, Vocabulary vocabulary, Instant now) {
        return read(query, List.of(vocabulary), now);
    }

    /** The same over several customers: a filter is read by the first vocabulary that knows its attribute. */
    public static Selection read(Map<String, List<String>> query, List<Vocabulary> vocabularies, Instant now) {
        return new Selection(
                values(query, "customer"),
                values(query, "infrastructure"),
                values(query, "type"),
                statuses(query),
                values(query, "provider"),
                values(query, "site"),
                values(query, "project"),
                values(query, "tag"),
                flag(query, "diverging"),
                flag(query, "stale"),
                now,
                text(query, "q"),
                facts(query, vocabularies));
    }

    private static List<FactFilter> facts(Map<String, List<String>> query, List<Vocabulary> vocabularies) {
        List<FactFilter> facts = new ArrayList<>();
        query.forEach((name, values) -> {
            if (!name.startsWith(FACT)) return;
            if (facts.size() + values.size() > MOST_FACTS) throw unfit(name, say("too-many-fact-filters", MOST_FACTS));
            String attribute = name.substring(FACT.length());
            Vocabulary vocabulary = knowing(attribute, vocabularies, name);
            for (String value : values) facts.add(fact(name, attribute, value, vocabulary));
        });
        return facts;
    }

    private static Vocabulary knowing(String attribute, List<Vocabulary> vocabularies, String parameter) {
        for (Vocabulary vocabulary : vocabularies) {
            Attribute declared = vocabulary.attribute(attribute);
            if (declared != null && declared.searchable()) return vocabulary;
        }
        throw unfit(parameter, say("not-searchable"));
    }

    /** The customers named in a query. */
    public static List<String> customers(Map<String, List<String>> query) {
        return values(query, "customer");
    }

    /** What of it holds of an element for ever: its customer and its type. The rest may have been otherwise in the past. */
    public Selection ofAllTimes() {
        return new Selection(
                customers, List.of(), types, List.of(), List.of(), List.of(), List.of(), List.of(), null, null, now,
                null, List.of());
    }

    /** Whether an element, as it was, fits what {@link #ofAllTimes} left out. */
    public boolean fits(Inventory.Row row) {
        return among(statuses, row.status())
                && among(infrastructures, row.infrastructure())
                && among(providers, row.provider())
                && among(sites, row.site())
                && among(projects, row.project())
                && (tags.isEmpty() || row.tags().stream().anyMatch(tags::contains));
    }

    private static boolean among(List<String> wanted, @Nullable String value) {
        return wanted.isEmpty() || (value != null && wanted.contains(value));
    }

    private static List<String> values(Map<String, List<String>> query, String name) {
        return query.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    private static List<String> statuses(Map<String, List<String>> query) {
        List<String> words = values(query, "status");
        List<String> known = Arrays.stream(Status.values()).map(Status::word).toList();
        for (String word : words) if (!known.contains(word)) throw unfit("status", String.join(", ", known));
        return words;
    }

    private static @Nullable Boolean flag(Map<String, List<String>> query, String name) {
        String value = text(query, name);
        if (value == null) return null;
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1" -> true;
            case "false", "no", "0" -> false;
            default -> throw unfit(name, "true, false");
        };
    }

    private static @Nullable String text(Map<String, List<String>> query, String name) {
        List<String> values = query.getOrDefault(name, List.of());
        String value = values.isEmpty() ? "" : values.getFirst().strip();
        return value.isEmpty() ? null : value;
    }

    private static FactFilter fact(String parameter, String attribute, String told, Vocabulary vocabulary) {
        Attribute declared = vocabulary.attribute(attribute);
        if (declared == null) throw unfit(parameter, attribute);
        int colon = told.indexOf(':');
        String word = colon < 0 ? "eq" : told.substring(0, colon);
        FactFilter.Op op = Arrays.stream(FactFilter.Op.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(null);
        String value = colon < 0 || op == null ? told : told.substring(colon + 1);
        return fact(parameter, declared, op == null ? FactFilter.Op.EQ : op, value, vocabulary);
    }

    private static FactFilter fact(
            String parameter, Attribute declared, FactFilter.Op op, String told, Vocabulary vocabulary) {
        try {
            JsonNode value =
                    vocabulary.normalise(declared.name(), Json.text(told)).value();
            Double number = value.isNumber() ? value.doubleValue() : null;
            String text = value.isValueNode() ? value.asString() : told;
            return new FactFilter(declared.name(), op, text.toLowerCase(Locale.ROOT), number);
        } catch (UnfitValue ofAnItemPerhaps) {
            if (declared.type() instanceof ValueType.ListOf)
                return new FactFilter(declared.name(), op, told.toLowerCase(Locale.ROOT), null);
            throw unfit(parameter, ofAnItemPerhaps.sentence());
        }
    }

    private static Refusal unfit(String parameter, Object expected) {
        return Refusal.at(Problem.UNFIT_PARAMETER, parameter, parameter, expected);
    }

    private static Sentence say(String key, Object... arguments) {
        return Sentence.of(RecordVerifier.BUNDLE, key, arguments);
    }
}
