package org.minventory.knowledge;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Together;
import org.minventory.element.Attribute;
import org.minventory.element.Identifier;
import org.minventory.element.IpRange;
import org.minventory.element.ValueType;
import org.minventory.element.Version;
import org.minventory.element.Vocabulary;
import org.minventory.testimony.Stance;
import tools.jackson.databind.JsonNode;

/**
 * What an element is found by: the words and numbers that searches look for, the ranges it holds, the elements it refers
 * to; and the identifiers it carries, whose {@link Holdings} have a history. A pure function of its picture, so that only what changed is written.
 */
public record Index(Set<Term> terms, Set<Range> ranges, Set<Link> links) {
    private static final int LONGEST_TERM = 200;
    /** The attribute by which a range, or a machine in it, tells who routes it. */
    public static final String GATEWAY = "gateway";

    /** The term under which the days of reservations are found. */
    public static final String RESERVATION = "reservation";

    /** The term under which the days are found by which certificates are to be renewed; no attribute can have such a name. */
    public static final String RENEWAL = "renewal:due";

    private static final Index NOTHING = new Index(Set.of(), Set.of(), Set.of());

    /** A word, and the number where it is one. */
    public record Term(
            String attribute, String text, @Nullable Double number) {}

    /** A range of addresses that is told of by an attribute, both ends included; a gateway is a range of one. */
    public record Range(String attribute, String first, String last) {}

    /** A reference to another element, by the name told. */
    public record Link(String attribute, String told) {}

    /** An element that nobody knows yet. */
    public static Index nothing() {
        return NOTHING;
    }

    /** Everything that an element is found by. */
    public static Index of(Picture picture, Vocabulary vocabulary, Instant recordedAt) {
        Index index = new Index(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        index.addName("name", picture.name());
        for (String attribute : picture.attributes()) {
            Attribute declared = vocabulary.attribute(attribute);
            if (declared == null) continue;
            index.addIdentifiers(picture, declared, vocabulary);
            JsonNode value = bestKnown(picture, attribute, vocabulary, recordedAt);
            if (value == null) continue;
            if (declared.searchable()) index.addTerms(declared, value);
            if (isReference(declared.type())) index.addLinks(attribute, value);
            if (picture.closedAt() == null) index.addRanges(declared, value);
        }
        index.addReservations(picture);
        index.addRenewal(picture, vocabulary, recordedAt);
        index.addProofs(picture, vocabulary);
        return index;
    }

    /** The best known value: deployed, else delivered, else ordered, else intended; monitored where nothing else speaks. */
    public static @Nullable JsonNode bestKnown(Picture picture, String attribute, Vocabulary vocabulary, Instant at) {
        Picture.Spoken word = bestKnownWord(picture, attribute, vocabulary, at);
        return word == null ? null : word.saying().value();
    }

    /** The same, with who said it. */
    public static Picture.@Nullable Spoken bestKnownWord(
            Picture picture, String attribute, Vocabulary vocabulary, Instant at) {
        for (Stance stance :
                List.of(Stance.DEPLOYED, Stance.DELIVERED, Stance.ORDERED, Stance.INTENDED, Stance.MONITORED)) {
            Picture.Best best = picture.bestAsRecorded(attribute, stance, vocabulary, at);
            if (best != null) return best.counting();
        }
        return null;
    }

    /** Anybody's word identifies, while the element lives: an address that was only wished already finds the element that awaits it. */
    public static Set<Identifier> identifiers(Picture picture, Vocabulary vocabulary) {
        Set<Identifier> identifiers = new LinkedHashSet<>();
        for (String attribute : picture.attributes()) {
            Attribute declared = vocabulary.attribute(attribute);
            if (declared != null) identifiers.addAll(identifiers(picture, declared, vocabulary));
        }
        return identifiers;
    }

    private static Set<Identifier> identifiers(Picture picture, Attribute declared, Vocabulary vocabulary) {
        if (declared.identifier() == null || picture.closedAt() != null) return Set.of();
        Set<Identifier> identifiers = new LinkedHashSet<>();
        for (LastWords words : picture.words()) {
            Saying saying = words.sayings().get(declared.name());
            if (saying != null) identifiers.addAll(vocabulary.identifiers(declared.name(), saying.value()));
        }
        return identifiers;
    }

    private void addIdentifiers(Picture picture, Attribute declared, Vocabulary vocabulary) {
        for (Identifier identifier : identifiers(picture, declared, vocabulary))
            addWord(declared.name(), identifier.value(), null);
    }

    private void addName(String attribute, String name) {
        addWord(attribute, name, null);
        for (int i = 1; i < name.length(); i++)
            if (name.charAt(i - 1) == '.' || name.charAt(i - 1) == '-') addWord(attribute, name.substring(i), null);
    }

    /** The days by which something is to be put right; whether it has been is told when they are read. */
    private void addReservations(Picture picture) {
        Delivery delivery = picture.delivery();
        Reception decision = delivery == null ? null : delivery.decision();
        if (decision != null)
            decision.reserved().forEach(one -> addWord(RESERVATION, one.until().toString(), null));
    }

    /** A day is found by its number, so that nobody who looks for words finds what no witness said. */
    private void addRenewal(Picture picture, Vocabulary vocabulary, Instant recordedAt) {
        LocalDate due = Renewal.due(picture, vocabulary, recordedAt);
        if (due != null) terms.add(new Term(RENEWAL, due.toString(), (double) due.toEpochDay()));
    }

    /** When something was last proven, in seconds since 1970; when it has to be again depends on who asks, and on repetitions. */
    private void addProofs(Picture picture, Vocabulary vocabulary) {
        for (Proof proof : Proof.all(picture, vocabulary))
            terms.add(new Term(proof.of().term(), proof.why(), proof.at().toEpochMilli() / 1000.0));
    }

    /** A version is found without its epoch and its v, too. */
    private void addTerms(Attribute declared, JsonNode value) {
        addTerms(declared.name(), value);
        if (declared.type() == ValueType.Simple.VERSION && value.isString())
            addWord(declared.name(), Version.plain(value.stringValue()), null);
    }

    private void addTerms(String attribute, JsonNode value) {
        if (value.isContainer()) value.forEach(item -> addTerms(attribute, item));
        else if (value.isNumber()) addWord(attribute, value.asString(), value.doubleValue());
        else if (!value.isNull()) addText(attribute, value.asString());
    }

    private void addText(String attribute, String text) {
        addWord(attribute, text, null);
        int from = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && !Character.isWhitespace(text.charAt(i))) continue;
            if (i > from && (from > 0 || i < text.length())) addWord(attribute, text.substring(from, i), null);
            from = i + 1;
        }
    }

    private void addWord(String attribute, String text, @Nullable Double number) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (word.isEmpty()) return;
        terms.add(new Term(attribute, word.length() > LONGEST_TERM ? word.substring(0, LONGEST_TERM) : word, number));
    }

    private static boolean isReference(ValueType type) {
        return type == ValueType.Simple.REFERENCE
                || (type instanceof ValueType.ListOf list && list.item() == ValueType.Simple.REFERENCE);
    }

    private void addLinks(String attribute, JsonNode value) {
        if (value.isArray()) value.forEach(item -> addLinks(attribute, item));
        else if (value.isString()) links.add(new Link(attribute, value.stringValue()));
    }

    /** What it holds, lies in or sets aside while it lives: a closed element frees all of it. */
    private void addRanges(Attribute declared, JsonNode value) {
        if (value.isArray()) value.forEach(item -> addRanges(declared, item));
        else if (isRange(declared.type()) && value.isString())
            addRange(declared.name(), IpRange.parse(value.stringValue()));
        else if (declared.name().equals(GATEWAY) && value.isString()) addRange(GATEWAY, alone(value.stringValue()));
    }

    private static boolean isRange(ValueType type) {
        return type == ValueType.Simple.RANGE
                || (type instanceof ValueType.ListOf list && list.item() == ValueType.Simple.RANGE);
    }

    /** The address without its prefix length. */
    private static @Nullable IpRange alone(String told) {
        int slash = told.indexOf('/');
        return IpRange.parse(slash < 0 ? told : told.substring(0, slash));
    }

    private void addRange(String attribute, @Nullable IpRange range) {
        if (range != null)
            ranges.add(new Range(attribute, range.first().text(), range.last().text()));
    }

    // ---- writing what changed ---------------------------------------------------------------------------------------

    /** What an element was and is now found by. */
    public record Change(UUID element, Index before, Index now, Instant at) {}

    /** Writes the differences of many elements in a few statements. */
    public static void write(Together writes, UUID customer, List<Change> changes) {
        Arrays oldTerms = new Arrays("uuid", "timestamptz", "text", "text");
        Arrays oldRanges = new Arrays("uuid", "timestamptz", "text", "text", "text");
        Arrays oldLinks = new Arrays("uuid", "timestamptz", "text", "text");
        Arrays newTerms = new Arrays("uuid", "text", "text", "float8");
        Arrays newRanges = new Arrays("uuid", "text", "text", "text");
        Arrays newLinks = new Arrays("uuid", "text", "text");
        for (Change change : changes) {
            UUID element = change.element();
            Index was = change.before();
            Index is = change.now();
            for (Term t : without(was.terms, is.terms)) oldTerms.row(element, change.at(), t.attribute(), t.text());
            for (Term t : without(is.terms, was.terms)) newTerms.row(element, t.attribute(), t.text(), t.number());
            for (Range r : without(was.ranges, is.ranges))
                oldRanges.row(element, change.at(), r.attribute(), r.first(), r.last());
            for (Range r : without(is.ranges, was.ranges)) newRanges.row(element, r.attribute(), r.first(), r.last());
            for (Link l : without(was.links, is.links)) oldLinks.row(element, change.at(), l.attribute(), l.told());
            for (Link l : without(is.links, was.links)) newLinks.row(element, l.attribute(), l.told());
        }
        delete(writes, customer, "term", List.of("attribute", "text"), oldTerms);
        delete(writes, customer, "address_range", List.of("attribute", "first", "last"), oldRanges);
        delete(writes, customer, "relation", List.of("attribute", "told"), oldLinks);
        newTerms.add(writes, """
                insert into term (customer_id, element_id, attribute, text, number)
                select ?, element, attribute, text, number
                from unnest(?::uuid[], ?::text[], ?::text[], ?::float8[]) as new (element, attribute, text, number)
                on conflict do nothing""", customer);
        newRanges.add(writes, """
                insert into address_range (customer_id, element_id, attribute, first, last)
                select ?, element, attribute, first::inet, last::inet
                from unnest(?::uuid[], ?::text[], ?::text[], ?::text[]) as new (element, attribute, first, last)
                on conflict do nothing""", customer);
        newLinks.add(writes, """
                insert into relation (customer_id, element_id, attribute, told, target_id)
                select customer, new.element, new.attribute, new.told, coalesce(
                       (select coalesce(e.merged_into, e.element_id) from element e where e.customer_id = customer and e.name = new.told
                        order by e.closed_at desc nulls first limit 1),
                       (select coalesce(e.merged_into, e.element_id) from element e where e.customer_id = customer and e.element_id =
                          case when pg_input_is_valid(new.told, 'uuid') then new.told::uuid end))
                from (select ?::uuid as customer) as mine,
                     unnest(?::uuid[], ?::text[], ?::text[]) as new (element, attribute, told)
                on conflict do nothing""", customer);
    }

    private static void delete(Together writes, UUID customer, String table, List<String> key, Arrays gone) {
        gone.add(writes, "delete from " + table + " where ctid = any(array(" + found(table, key) + "))", customer);
    }

    /**
     * The places of the rows with these keys, each looked up by its whole key. A join with the list, or an {@code any},
     * would leave it to the planner from which end to begin; while the tables are young it begins at the wrong one.
     */
    static String found(String table, List<String> columns) {
        StringBuilder told = new StringBuilder("element, at");
        StringBuilder lists = new StringBuilder("?::uuid[], ?::text[]");
        StringBuilder same = new StringBuilder("r.element_id = gone.element");
        for (String column : columns) {
            told.append(", ").append(column);
            lists.append(", ?::text[]");
            same.append(" and r.")
                    .append(column)
                    .append(" = gone.")
                    .append(column)
                    .append(column.equals("first") || column.equals("last") ? "::inet" : "");
        }
        return "select place.ctid from (select ?::uuid as customer) as mine, unnest(" + lists + ") as gone (" + told
                + ") cross join lateral (select r.ctid, gone.at from " + table
                + " r where r.customer_id = mine.customer and " + same
                + " offset 0) as place";
    }

    private static <T> Set<T> without(Set<T> all, Set<T> known) {
        Set<T> rest = new LinkedHashSet<>(all);
        rest.removeAll(known);
        return rest;
    }
}
