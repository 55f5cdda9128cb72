package org.minventory.export;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.element.Attribute;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Index;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds elements by the beginning of any word known of them (names, identifiers, values), and by an address or a range that
 * lies within one of theirs. Of several words, all have to be found. Every question is a walk along an index: the number of
 * elements hardly matters.
 */
public final class Search {
    /** Elements found at most. */
    public static final int MOST = 100;

    private static final int WORDS = 10;

    /** The best matches come from the names; then from the rest, enough of it that some elements match twice. */
    private static final int MATCHES_AN_ELEMENT = 4;

    private Search() {}

    /** A word of an element that was looked for. */
    private record Match(
            UUID customer, UUID element, String attribute, String text, String name, String type, String status) {
        /** As people write it. */
        String shown() {
            IpRange range = attribute.equals(RANGE) ? IpRange.parse(text) : null;
            return range == null ? text : range.text();
        }

        /** Whole words before beginnings, names before everything else. */
        int rank(String word) {
            int rank = attribute.equals("name") ? 0 : 2;
            return text.equals(word) ? rank : rank + 1;
        }
    }

    private static final String RANGE = "range";

    /** The elements found, best first, each with the words by which it was found. */
    public static ObjectNode json(JdbcClient db, Reach reach, String question, int limit, Locale language) {
        List<String> words = words(question);
        ObjectNode json = Json.object();
        ArrayNode items = json.putArray("items");
        json.putNull("next"); // all is given that the limit lets through
        if (words.isEmpty() || reach.scope().grants().isEmpty()) return json;
        Map<UUID, List<Match>> byElement = new LinkedHashMap<>();
        for (Match match : matches(db, reach.scope(), words, limit))
            byElement.computeIfAbsent(match.element(), e -> new ArrayList<>()).add(match);
        byElement.values().stream().limit(limit).forEach(matches -> items.add(item(matches, reach, language)));
        return json;
    }

    /** The longest first: it is the rarest, most often, and the one along which the index is walked. */
    private static List<String> words(String question) {
        List<String> words = new ArrayList<>();
        for (String word : question.toLowerCase(Locale.ROOT).strip().split("\\s+", WORDS))
            if (!word.isEmpty()) words.add(word);
        words.sort(Comparator.comparingInt(String::length).reversed());
        return words;
    }

    private static List<Match> matches(JdbcClient db, Scope scope, List<String> words, int limit) {
        String first = words.getFirst();
        List<Match> matches = new ArrayList<>(statement(scope, words, limit)
                .run(db, "")
                .query((row, n) -> new Match(
                        row.getObject("customer_id", UUID.class),
                        row.getObject("element_id", UUID.class),
                        row.getString("attribute"),
                        row.getString("text"),
                        row.getString("name"),
                        row.getString("type"),
                        row.getString("status")))
                .list());
        matches.sort(Comparator.comparingInt((Match match) -> match.rank(first))
                .thenComparing(Match::text)
                .thenComparing(Match::name)
                .thenComparing(match -> match.customer().toString()));
        return matches;
    }

    /** One statement over all customers: names, other words, and ranges where an address is looked for. */
    static Inventory.Union statement(Scope scope, List<String> words, int limit) {
        IpRange range = IpRange.parse(words.getFirst());
        Inventory.Union union = new Inventory.Union();
        for (Scope.Grant grant : scope.grants()) {
            union.add(TERMS, beginning(grant, words).and("t.attribute = 'name'"), order(limit));
            union.add(TERMS, beginning(grant, words).and("t.attribute <> 'name'"), order(limit * MATCHES_AN_ELEMENT));
            if (range != null) union.add(RANGES, around(grant, range, words), "limit " + limit);
        }
        return union;
    }

    private static final String OF_KNOWLEDGE =
            " join knowledge k on k.customer_id = t.customer_id and k.element_id = t.element_id";

    private static final String TERMS =
            "select t.customer_id, t.element_id, t.attribute, t.text, k.name, k.type, k.status from term t"
                    + OF_KNOWLEDGE;

    private static final String RANGES = "select t.customer_id, t.element_id, '" + RANGE
            + "', host(t.first) || '-' || host(t.last), k.name, k.type, k.status from address_range t" + OF_KNOWLEDGE;

    /** Who is only routed by an address does not hold it. */
    private static final String HOLDING = "t.attribute <> '" + Index.GATEWAY + "' and ";

    /** In the order of the index: the walk ends at the limit. */
    private static String order(int limit) {
        return "order by t.text using ~<~ limit " + limit;
    }

    /** Operators that are leakproof, or row-level security would have to be checked before the index may be used. */
    private static Inventory.Where beginning(Scope.Grant grant, List<String> words) {
        String first = words.getFirst();
        return others(grant, words)
                .and("t.customer_id = ?", grant.customer())
                .and("t.number is null and t.text ~>=~ ? and t.text ~<~ ?", first, Inventory.Where.after(first));
    }

    private static Inventory.Where around(Scope.Grant grant, IpRange range, List<String> words) {
        IpAddress from = range.first();
        IpAddress to = range.last();
        return others(grant, words)
                .and("t.customer_id = ?", grant.customer())
                .and(HOLDING + "t.first <= ?::inet and t.last >= ?::inet", from.text(), to.text());
    }

    private static Inventory.Where others(Scope.Grant grant, List<String> words) {
        Inventory.Where where = Inventory.Where.of(grant, Selection.EVERYTHING);
        for (String other : words.subList(1, words.size())) where.search(other);
        return where;
    }

    private static ObjectNode item(List<Match> matches, Reach reach, Locale language) {
        Match best = matches.getFirst();
        ObjectNode json = Json.object();
        json.put("type", best.type());
        json.put("id", best.element().toString());
        json.put("name", best.name());
        json.put("customer", reach.slug(best.customer()));
        json.put("status", best.status());
        json.put("attribute", best.attribute());
        json.put("text", best.shown());
        ArrayNode all = json.putArray("matches");
        for (Match match : matches)
            all.addObject()
                    .put("attribute", match.attribute())
                    .put("label", label(reach.vocabulary(match.customer()), match.attribute(), language))
                    .put("text", match.shown());
        return json;
    }

    private static String label(Vocabulary vocabulary, String attribute, Locale language) {
        Attribute declared = vocabulary.attribute(attribute);
        return declared == null ? attribute : declared.labels().in(language);
    }
}
