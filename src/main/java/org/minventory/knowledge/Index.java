package org.minventory.knowledge;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.element.Attribute;
import org.minventory.element.Identifier;
import org.minventory.element.IpRange;
import org.minventory.element.ValueType;
import org.minventory.element.Vocabulary;
import org.minventory.testimony.Stance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * What an element is found by: the identifiers it carries, the words and numbers that searches look for, the ranges it
 * holds, the elements it refers to. A pure function of its picture, so that only what changed is written.
 */
public record Index(Set<Identifier> identifiers, Set<Term> terms, Set<Range> ranges, Set<Link> links) {
    private static final int LONGEST_TERM = 200;
    private static final Index NOTHING = new Index(Set.of(), Set.of(), Set.of(), Set.of());

    /** A word, and the number where it is one. */
    public record Term(
            String attribute, String text, @Nullable Double number) {}

    /** A range of addresses, both ends included. */
    public record Range(String first, String last) {}

    /** A reference to another element, by the name told. */
    public record Link(String attribute, String told) {}

    /** An element that nobody knows yet. */
    public static Index nothing() {
        return NOTHING;
    }

    /** Everything that an element is found by. */
    public static Index of(Picture picture, Vocabulary vocabulary, Instant recordedAt) {
        Index index =
                new Index(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
        index.addName("name", picture.name());
        for (String attribute : picture.attributes()) {
            Attribute declared = vocabulary.attribute(attribute);
            if (declared == null) continue;
            index.addIdentifiers(picture, declared, vocabulary);
            JsonNode value = bestKnown(picture, attribute, vocabulary, recordedAt);
            if (value == null) continue;
            if (declared.searchable()) index.addTerms(attribute, value);
            if (isReference(declared.type())) index.addLinks(attribute, value);
            if (declared.type() == ValueType.Simple.RANGE) index.addRange(value);
        }
        return index;
    }

    /** The best known value: deployed, else delivered, else ordered, else intended; monitored where nothing else speaks. */
    public static @Nullable JsonNode bestKnown(Picture picture, String attribute, Vocabulary vocabulary, Instant at) {
        for (Stance stance :
                List.of(Stance.DEPLOYED, Stance.DELIVERED, Stance.ORDERED, Stance.INTENDED, Stance.MONITORED)) {
            Picture.Best best = picture.bestAsRecorded(attribute, stance, vocabulary, at);
            if (best != null) return best.counting().saying().value();
        }
        return null;
    }

    /** Anybody's word identifies, while the element lives: an address that was only wished already finds the element that awaits it. */
    private void addIdentifiers(Picture picture, Attribute declared, Vocabulary vocabulary) {
        if (declared.identifier() == null || picture.closedAt() != null) return;
        for (LastWords words : picture.words()) {
            Saying saying = words.sayings().get(declared.name());
            if (saying == null) continue;
            for (Identifier identifier : vocabulary.identifiers(declared.name(), saying.value())) {
                identifiers.add(identifier);
                addWord(declared.name(), identifier.value(), null);
            }
        }
    }

    private void addName(String attribute, String name) {
        addWord(attribute, name, null);
        for (int i = 1; i < name.length(); i++)
            if (name.charAt(i - 1) == '.' || name.charAt(i - 1) == '-') addWord(attribute, name.substring(i), null);
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

    private void addRange(JsonNode value) {
        IpRange range = value.isString() ? IpRange.parse(value.stringValue()) : null;
        if (range != null)
            ranges.add(new Range(range.first().text(), range.last().text()));
    }

    // ---- writing what changed ---------------------------------------------------------------------------------------

    /** What an element was and is now found by. */
    public record Change(UUID element, Index before, Index now, Instant at) {}

    /** Writes the differences of many elements in a few statements. */
    public static void write(JdbcClient db, UUID customer, List<Change> changes) {
        Arrays identifiersNew = new Arrays("text", "text", "uuid", "timestamptz");
        Arrays identifiersGone = new Arrays("text", "text", "uuid", "timestamptz");
        Arrays termsNew = new Arrays("uuid", "text", "text", "float8");
        Arrays termsGone = new Arrays("uuid", "text", "text");
        Arrays rangesNew = new Arrays("uuid", "text", "text");
        Arrays rangesGone = new Arrays("uuid", "text");
        Arrays linksNew = new Arrays("uuid", "text", "text");
        Arrays linksGone = new Arrays("uuid", "text", "text");
        for (Change change : changes) {
            UUID element = change.element();
            Index before = change.before();
            Index now = change.now();
            for (Identifier i : without(now.identifiers, before.identifiers))
                identifiersNew.row(i.kind().word(), i.value(), element, change.at());
            for (Identifier i : without(before.identifiers, now.identifiers))
                identifiersGone.row(i.kind().word(), i.value(), element, change.at());
            for (Term t : without(now.terms, before.terms)) termsNew.row(element, t.attribute(), t.text(), t.number());
            for (Term t : without(before.terms, now.terms)) termsGone.row(element, t.attribute(), t.text());
            for (Range r : without(now.ranges, before.ranges)) rangesNew.row(element, r.first(), r.last());
            for (Range r : without(before.ranges, now.ranges)) rangesGone.row(element, r.first());
            for (Link l : without(now.links, before.links)) linksNew.row(element, l.attribute(), l.told());
            for (Link l : without(before.links, now.links)) linksGone.row(element, l.attribute(), l.told());
        }
        termsGone.update(db, """
                delete from term where customer_id = ? and (element_id, attribute, text) in
                  (select * from unnest(?::uuid[], ?::text[], ?::text[]))""", customer);
        termsNew.update(db, """
                insert into term (customer_id, element_id, attribute, text, number)
                select ?, element, attribute, text, number
                from unnest(?::uuid[], ?::text[], ?::text[], ?::float8[]) as new (element, attribute, text, number)
                on conflict do nothing""", customer);
        identifiersGone.update(db, """
                with mine as (select ?::uuid as customer)
                update identifier i set until = gone.at::timestamptz
                from mine, unnest(?::text[], ?::text[], ?::uuid[], ?::text[]) as gone (kind, value, element, at)
                where i.customer_id = mine.customer and i.kind = gone.kind and i.value = gone.value and i.element_id = gone.element
                  and i.until is null""", customer);
        identifiersNew.update(db, """
                insert into identifier (customer_id, kind, value, element_id, since)
                select ?, kind, value, element, at::timestamptz
                from unnest(?::text[], ?::text[], ?::uuid[], ?::text[]) as new (kind, value, element, at)
                on conflict (customer_id, kind, value, element_id, since) do update set until = null""", customer);
        rangesGone.update(db, """
                delete from address_range where customer_id = ? and (element_id, first) in
                  (select element, first::inet from unnest(?::uuid[], ?::text[]) as gone (element, first))""", customer);
        rangesNew.update(db, """
                insert into address_range (customer_id, element_id, first, last)
                select ?, element, first::inet, last::inet
                from unnest(?::uuid[], ?::text[], ?::text[]) as new (element, first, last)
                on conflict do nothing""", customer);
        linksGone.update(db, """
                delete from relation where customer_id = ? and (element_id, attribute, told) in
                  (select * from unnest(?::uuid[], ?::text[], ?::text[]))""", customer);
        linksNew.update(db, """
                insert into relation (customer_id, element_id, attribute, told, target_id)
                select ?, new.element, new.attribute, new.told,
                       (select e.element_id from element e
                        where e.customer_id = ? and (e.name = new.told or e.element_id::text = new.told)
                        order by e.closed_at desc nulls first limit 1)
                from unnest(?::uuid[], ?::text[], ?::text[]) as new (element, attribute, told)
                on conflict do nothing""", customer, customer);
    }

    private static <T> Set<T> without(Set<T> all, Set<T> known) {
        Set<T> rest = new LinkedHashSet<>(all);
        rest.removeAll(known);
        return rest;
    }
}
