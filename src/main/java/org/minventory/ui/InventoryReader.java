package org.minventory.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.element.Display;
import org.minventory.element.ElementType;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.export.Inventory;
import org.minventory.export.Selection;
import org.minventory.intake.Vocabularies;
import org.minventory.knowledge.Picture;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.testimony.Stance;
import org.minventory.web.Asked;
import org.minventory.web.Paging;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/**
 * Reads what the inventory page shows: one consistent moment, a fixed number of statements per customer reached, however
 * many elements there are.
 */
public final class InventoryReader {
    private static final List<Stance> BEST_KNOWN =
            List.of(Stance.DEPLOYED, Stance.DELIVERED, Stance.ORDERED, Stance.INTENDED);
    private static final List<String> ADDRESSES = List.of("address", "addresses", "range");
    private static final int CUSTOMERS = 200;

    private final Tx tx;
    private final InstantSource clock;
    private final Customers customers;
    private final Vocabularies vocabularies;
    private final Pages pages;

    public InventoryReader(Tx tx, InstantSource clock, Customers customers, Vocabularies vocabularies, Pages pages) {
        this.tx = tx;
        this.clock = clock;
        this.customers = customers;
        this.vocabularies = vocabularies;
        this.pages = pages;
    }

    /** A sheet of text. */
    record Sheet(List<String> columns, List<List<@Nullable String>> rows) {}

    /** What every part of one reading needs. */
    private final class Reading {
        final JdbcClient db;
        final Words words;
        final Instant now;
        final List<Customer> reached;
        final @Nullable Customer chosen;
        final Scope scope;
        final Map<UUID, Vocabulary> spoken = new HashMap<>();
        final Map<UUID, String> names = new HashMap<>();
        final Selection selection;

        Reading(JdbcClient db, Asked asked, Map<String, List<String>> query) {
            this.db = db;
            this.words = new Words(asked.language());
            this.now = clock.instant();
            this.reached = customers.list(db, null, null, CUSTOMERS);
            this.chosen = chosen(reached, query);
            this.scope = chosen == null ? asked.scope() : asked.scope().only(chosen.id());
            for (Customer customer : reached) names.put(customer.id(), customer.name());
            for (UUID customer : scope.customers()) spoken.put(customer, vocabularies.of(db, customer));
            Vocabulary first = spoken.isEmpty()
                    ? Vocabulary.builtIn()
                    : spoken.values().iterator().next();
            this.selection = Selection.read(query, first, now);
        }

        String type(UUID customer, String name) {
            ElementType type = vocabulary(customer).type(name);
            return type == null ? name : words.said(type.singular());
        }

        Vocabulary vocabulary(UUID customer) {
            return spoken.getOrDefault(customer, Vocabulary.builtIn());
        }

        String customer(UUID id) {
            return names.getOrDefault(id, "");
        }
    }

    private static @Nullable Customer chosen(List<Customer> reached, Map<String, List<String>> query) {
        List<String> asked = query.getOrDefault("customer", List.of());
        if (asked.isEmpty()) return null;
        String name = asked.getFirst();
        return reached.stream()
                .filter(one -> one.slug().equals(name) || one.id().toString().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    /** The page. */
    InventoryPage.Shown table(Asked asked, HttpServletRequest request, Paging paging, Map<String, List<String>> query) {
        return tx.read(asked.scope(), db -> {
            Reading reading = new Reading(db, asked, query);
            List<Inventory.Place> found =
                    Inventory.places(db, reading.scope, reading.selection, paging.key(0), paging.id(1), paging.fetch());
            Paging.Page<Inventory.Place> page = paging.page(
                    found, place -> List.of(place.name(), place.element().toString()));
            List<InventoryPage.Line> lines = Inventory.rows(db, page.items()).stream()
                    .map(row -> line(reading, row))
                    .toList();
            Link here = Link.to(InventoryPage.PATH, query).without("after", "limit");
            Link kept = Link.to(InventoryPage.PATH);
            if (reading.chosen != null) kept = kept.with("customer", reading.chosen.slug());
            Counts counts = counts(reading);
            return new InventoryPage.Shown(
                    frame(reading, asked, request),
                    total(reading, counts.all()),
                    tabs(reading, counts, here, kept),
                    filters(reading),
                    counted(
                            reading,
                            lines.size(),
                            counts.selected(),
                            page.next() != null || query.containsKey("after")),
                    chips(reading, query, here),
                    exports(here),
                    reading.chosen == null && reading.reached.size() > 1,
                    lines,
                    lines.isEmpty() ? empty(reading, counts, kept) : null,
                    page.next() == null ? null : here.with("after", page.next()).toString(),
                    query.containsKey("after") ? here.toString() : null);
        });
    }

    /** How many there are: all, with divergences, stale, and of the selection. */
    private record Counts(long all, long diverging, long stale, long selected) {}

    private static Counts counts(Reading reading) {
        Map<String, List<String>> yes = Map.of("diverging", List.of("true"));
        Map<String, List<String>> stale = Map.of("stale", List.of("true"));
        Vocabulary any = Vocabulary.builtIn();
        return new Counts(
                Inventory.count(reading.db, reading.scope, Selection.EVERYTHING),
                Inventory.count(reading.db, reading.scope, Selection.read(yes, any, reading.now)),
                Inventory.count(reading.db, reading.scope, Selection.read(stale, any, reading.now)),
                Inventory.count(reading.db, reading.scope, reading.selection));
    }

    private Frame frame(Reading reading, Asked asked, HttpServletRequest request) {
        Words words = reading.words;
        List<Frame.Choice> choices = new ArrayList<>();
        String current = reading.chosen == null ? words.say("customers.all") : reading.chosen.name();
        if (reading.reached.size() == 1) current = reading.reached.getFirst().name();
        if (reading.reached.size() > 1) {
            choices.add(new Frame.Choice(words.say("customers.all"), InventoryPage.PATH, reading.chosen == null));
            for (Customer one : reading.reached)
                choices.add(new Frame.Choice(
                        one.name(),
                        Link.to(InventoryPage.PATH).with("customer", one.slug()).toString(),
                        one.equals(reading.chosen)));
        }
        String of = reading.reached.size() == 1 || reading.chosen != null ? current : "";
        String title = of.isEmpty() ? words.say("inventory.title") : words.say("inventory.title-of", of);
        return pages.of(
                request,
                words,
                asked.caller(),
                title,
                new Pages.Around(
                        choices,
                        current,
                        reading.selection.q() == null ? "" : reading.selection.q(),
                        reading.chosen == null ? null : reading.chosen.slug()));
    }

    private static String total(Reading reading, long all) {
        String elements = reading.words.count("inventory.elements", all);
        if (reading.chosen != null) return reading.words.say("inventory.of", elements, reading.chosen.name());
        return reading.reached.size() > 1
                ? reading.words.say("inventory.of-customers", elements, reading.words.number(reading.reached.size()))
                : elements;
    }

    private static String counted(Reading reading, int shown, long selected, boolean inPages) {
        return inPages
                ? reading.words.say("inventory.shown", reading.words.number(shown), reading.words.number(selected))
                : reading.words.count("inventory.elements", selected);
    }

    private static List<InventoryPage.Tab> tabs(Reading reading, Counts counts, Link here, Link kept) {
        Words words = reading.words;
        String now = here.toString();
        List<InventoryPage.Tab> tabs = new ArrayList<>();
        tabs.add(tab(words, "tab.all", counts.all(), kept, now));
        tabs.add(tab(words, "tab.diverging", counts.diverging(), kept.with("diverging", "true"), now));
        tabs.add(tab(words, "tab.stale", counts.stale(), kept.with("stale", "true"), now));
        return tabs;
    }

    private static InventoryPage.Tab tab(Words words, String key, long count, Link link, String now) {
        String href = link.toString();
        return new InventoryPage.Tab(words.say(key), words.number(count), href, href.equals(now));
    }

    private InventoryPage.Filters filters(Reading reading) {
        Selection held = reading.selection;
        Map<String, String> types = new LinkedHashMap<>();
        for (String type : Inventory.values(reading.db, reading.scope, Inventory.Column.TYPE)) {
            UUID any = reading.scope.customers().stream()
                    .filter(customer -> reading.vocabulary(customer).type(type) != null)
                    .findFirst()
                    .orElse(new UUID(0, 0));
            types.put(type, reading.type(any, type));
        }
        Map<String, String> statuses = new LinkedHashMap<>();
        for (Status status : Status.values()) statuses.put(status.word(), reading.words.status(status));
        return new InventoryPage.Filters(
                held.q() == null ? "" : held.q(),
                String.join(",", held.tags()),
                options(types, held.types()),
                options(statuses, held.statuses()),
                options(plain(reading, Inventory.Column.INFRASTRUCTURE), held.infrastructures()),
                options(plain(reading, Inventory.Column.PROVIDER), held.providers()),
                Boolean.TRUE.equals(held.diverging()),
                Boolean.TRUE.equals(held.stale()),
                reading.chosen == null ? null : reading.chosen.slug());
    }

    private static Map<String, String> plain(Reading reading, Inventory.Column column) {
        Map<String, String> values = new LinkedHashMap<>();
        Inventory.values(reading.db, reading.scope, column).forEach(value -> values.put(value, value));
        return values;
    }

    /** What is held stays in the menu even where nothing has it any more. */
    private static List<InventoryPage.Option> options(Map<String, String> values, List<String> held) {
        Map<String, String> all = new LinkedHashMap<>(values);
        held.forEach(value -> all.putIfAbsent(value, value));
        return all.entrySet().stream()
                .map(one -> new InventoryPage.Option(one.getKey(), one.getValue(), held.contains(one.getKey())))
                .toList();
    }

    private static List<InventoryPage.Chip> chips(Reading reading, Map<String, List<String>> query, Link here) {
        List<InventoryPage.Chip> chips = new ArrayList<>();
        query.forEach((name, values) -> {
            if (InventoryPage.FILTERS.contains(name) || InventoryPage.isFact(name))
                for (String value : values)
                    chips.add(new InventoryPage.Chip(
                            chip(reading, name, value), here.less(name, value).toString()));
        });
        return chips;
    }

    private static String chip(Reading reading, String name, String value) {
        Words words = reading.words;
        if (InventoryPage.isFact(name)) return name.substring(Selection.FACT.length()) + " " + value;
        if (name.equals("diverging") || name.equals("stale"))
            return words.say("filter." + name + (value.matches("true|yes|1") ? "" : ".not"));
        String shown =
                switch (name) {
                    case "status" ->
                        Arrays.stream(Status.values())
                                .filter(status -> status.word().equals(value))
                                .findFirst()
                                .map(words::status)
                                .orElse(value);
                    case "type" ->
                        reading.scope.customers().stream()
                                .findFirst()
                                .map(customer -> reading.type(customer, value))
                                .orElse(value);
                    default -> value;
                };
        return words.say("filter.held", words.say("filter." + name), shown);
    }

    private static List<InventoryPage.Export> exports(Link here) {
        return List.of(
                new InventoryPage.Export("CSV", here.at(InventoryPage.CSV).toString()),
                new InventoryPage.Export("JSON", here.at("/api/v1/elements").toString()),
                new InventoryPage.Export(
                        "Ansible", here.at("/integrations/ansible/inventory").toString()));
    }

    private static InventoryPage.Empty empty(Reading reading, Counts counts, Link kept) {
        Words words = reading.words;
        return counts.all() == 0
                ? new InventoryPage.Empty(words.say("empty.nothing"), words.say("empty.testify"), null)
                : new InventoryPage.Empty(words.say("empty.selection"), words.say("empty.widen"), kept.toString());
    }

    private InventoryPage.Line line(Reading reading, Inventory.Row row) {
        Vocabulary vocabulary = reading.vocabulary(row.customer());
        return new InventoryPage.Line(
                ElementPage.PATH + row.element(),
                row.name(),
                reading.customer(row.customer()),
                reading.type(row.customer(), row.type()),
                reading.words.statusMark(row.picture().status()),
                orEmpty(row.infrastructure()),
                orEmpty(row.provider()),
                address(row.picture(), vocabulary, reading),
                row.divergences() == 0
                        ? null
                        : new Mark("bad", reading.words.count("inventory.divergences", row.divergences())),
                Heard.of(row.picture(), vocabulary, reading.words, reading.now));
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /** The primary address, else the first of its addresses, else the range that it is. */
    private static String address(Picture picture, Vocabulary vocabulary, Reading reading) {
        for (String attribute : ADDRESSES)
            for (Stance stance : BEST_KNOWN) {
                Picture.Best best = picture.best(attribute, stance, vocabulary, reading.now);
                if (best == null) continue;
                JsonNode value = best.counting().saying().value();
                if (value.isArray() && value.isEmpty()) continue;
                if (value.isArray()) return value.get(0).asString(value.get(0).toString());
                return Display.of(vocabulary.attribute(attribute), value, reading.words.language());
            }
        return "";
    }

    /** The whole selection, with the columns of the page. */
    Sheet sheet(Asked asked, Map<String, List<String>> query) {
        return tx.longRead(asked.scope(), db -> {
            Reading reading = new Reading(db, asked, query);
            List<List<@Nullable String>> rows = new ArrayList<>();
            Inventory.each(db, reading.scope, reading.selection, row -> {
                InventoryPage.Line line = line(reading, row);
                rows.add(List.of(
                        line.name(),
                        line.customer(),
                        line.type(),
                        line.status().word(),
                        line.infrastructure(),
                        line.provider(),
                        line.address(),
                        Integer.toString(row.divergences()),
                        line.heard().text()));
            });
            List<String> columns = new ArrayList<>();
            for (String column : List.of(
                    "name",
                    "customer",
                    "type",
                    "status",
                    "infrastructure",
                    "provider",
                    "address",
                    "divergences",
                    "heard")) columns.add(reading.words.say("column." + column));
            return new Sheet(columns, rows);
        });
    }
}
