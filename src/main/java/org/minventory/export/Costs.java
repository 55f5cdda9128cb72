package org.minventory.export;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Step;
import org.minventory.project.Order;
import org.minventory.project.Orders;
import org.minventory.project.Place;
import org.minventory.testimony.Stance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What was ordered costs, month by month: per customer, infrastructure, provider and currency. A yearly price is a twelfth
 * of it each month, a price of setup falls into the month of the order. What an order was agreed for as a whole counts for
 * it, whatever its lines say; of an element without an order what was ordered of it counts. From the month of its order
 * until the month in which it was closed, cancelled or refused.
 */
public final class Costs {
    private static final int PAGE = 500;
    private static final BigDecimal TWELVE = BigDecimal.valueOf(12);

    private record Key(YearMonth month, UUID customer, String infrastructure, String provider, String currency) {
        static final Comparator<Key> ORDER = Comparator.comparing(Key::month)
                .thenComparing(key -> key.customer().toString())
                .thenComparing(Key::infrastructure)
                .thenComparing(Key::provider)
                .thenComparing(Key::currency);
    }

    private record Amounts(BigDecimal recurring, BigDecimal once) {
        Amounts plus(Amounts more) {
            return new Amounts(recurring.add(more.recurring), once.add(more.once));
        }
    }

    private final JdbcClient db;
    private final Reach reach;
    private final Instant now;
    private final YearMonth from;
    private final YearMonth until;
    private final Map<Key, Amounts> sums = new TreeMap<>(Key.ORDER);

    private Costs(JdbcClient db, Reach reach, Instant now, YearMonth from, YearMonth until) {
        this.db = db;
        this.reach = reach;
        this.now = now;
        this.from = from;
        this.until = until;
    }

    /** The costs of these months, both included, in the order of month, customer, infrastructure and provider. */
    public static List<ObjectNode> of(JdbcClient db, Reach reach, Instant now, YearMonth from, YearMonth until) {
        Costs costs = new Costs(db, reach, now, from, until);
        Map<UUID, Set<String>> counted = costs.orders();
        Inventory.each(
                db,
                reach.scope(),
                Selection.EVERYTHING,
                row -> costs.element(row, counted.getOrDefault(row.element(), Set.of())));
        return costs.sums.entrySet().stream()
                .map(one -> costs.json(one.getKey(), one.getValue()))
                .toList();
    }

    private ObjectNode json(Key key, Amounts amounts) {
        return Json.object()
                .put("month", key.month().toString())
                .put("customer", reach.slug(key.customer()))
                .put("infrastructure", key.infrastructure().isEmpty() ? null : key.infrastructure())
                .put("provider", key.provider().isEmpty() ? null : key.provider())
                .put("currency", key.currency())
                .put("recurring", shown(amounts.recurring()))
                .put("once", shown(amounts.once()))
                .put("total", shown(amounts.recurring().add(amounts.once())));
    }

    private static String shown(BigDecimal amount) {
        return amount.setScale(2, RoundingMode.HALF_EVEN).toPlainString();
    }

    // ---- orders that were agreed for as a whole ---------------------------------------------------------------------

    /** @return the prices of elements that their order tells */
    private Map<UUID, Set<String>> orders() {
        Map<UUID, Set<String>> counted = new HashMap<>();
        List<Order> page = List.of();
        do {
            Place after = page.isEmpty()
                    ? null
                    : new Place(page.getLast().changedAt(), page.getLast().id());
            page = Orders.list(db, reach.scope(), null, after, PAGE);
            for (Order order : page) {
                Map<String, JsonNode> prices = agreed(order);
                if (prices.isEmpty()) continue;
                List<Picture> lines = Orders.lines(db, order);
                lines.forEach(line ->
                        counted.computeIfAbsent(line.id(), e -> new HashSet<>()).addAll(prices.keySet()));
                agreed(order, lines, prices);
            }
        } while (page.size() == PAGE);
        return counted;
    }

    private static Map<String, JsonNode> agreed(Order order) {
        Map<String, JsonNode> prices = new HashMap<>();
        for (String price : Order.PRICES) {
            JsonNode agreed = order.term(price);
            if (agreed != null) prices.put(price, agreed);
        }
        return prices;
    }

    private void agreed(Order order, List<Picture> lines, Map<String, JsonNode> prices) {
        Vocabulary vocabulary = reach.vocabulary(order.customer());
        Set<String> infrastructures = new HashSet<>();
        Instant begun = null;
        for (Picture line : lines) {
            String told = Knowledge.Card.infrastructure(line, vocabulary, now);
            infrastructures.add(told == null ? "" : told);
            Instant ordered = begun(line);
            if (ordered != null && (begun == null || ordered.isBefore(begun))) begun = ordered;
        }
        LocalDate on = order.day("ordered.on");
        if (on == null) on = day(begun == null ? order.changedAt() : begun);
        boolean over = !lines.isEmpty() && lines.stream().allMatch(line -> end(line, vocabulary) != null);
        LocalDate end = order.day("cancelled.on");
        if (end == null && over)
            end = lines.stream()
                    .map(line -> end(line, vocabulary))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        String infrastructure =
                infrastructures.size() == 1 ? infrastructures.iterator().next() : "";
        String provider =
                order.term("provider") == null ? "" : order.term("provider").stringValue();
        spread(order.customer(), infrastructure, provider, on, end, prices);
    }

    // ---- elements ---------------------------------------------------------------------------------------------------

    private void element(Inventory.Row row, Set<String> told) {
        Picture picture = row.picture();
        Instant begun = begun(picture);
        if (begun == null) return;
        Map<String, JsonNode> prices = new HashMap<>();
        for (String price : Order.PRICES) {
            Picture.Best ordered = picture.best(price, Stance.ORDERED, reach.vocabulary(row.customer()), now);
            if (ordered != null && !told.contains(price))
                prices.put(price, ordered.counting().saying().value());
        }
        spread(
                row.customer(),
                row.infrastructure() == null ? "" : row.infrastructure(),
                row.provider() == null ? "" : row.provider(),
                day(begun),
                end(picture, reach.vocabulary(row.customer())),
                prices);
    }

    private static @Nullable Instant begun(Picture picture) {
        return picture.steps().stream()
                .filter(step -> step.status() == Status.ORDERED)
                .map(Step::at)
                .findFirst()
                .orElse(null);
    }

    /** The day on which it was closed, or by which it was cancelled or refused; null while it runs. */
    private @Nullable LocalDate end(Picture picture, Vocabulary vocabulary) {
        if (picture.closedAt() != null) return day(picture.closedAt());
        Picture.Best cancelled = picture.best("cancelled.on", Stance.ORDERED, vocabulary, now);
        if (cancelled != null && picture.status() == Status.CANCELLED)
            return LocalDate.parse(cancelled.counting().saying().value().stringValue());
        if (picture.status() != Status.REFUSED && picture.status() != Status.CANCELLED) return null;
        return picture.steps().stream()
                .filter(step -> step.status() == picture.status())
                .map(step -> day(step.at()))
                .findFirst()
                .orElse(null);
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }

    // ---- months -----------------------------------------------------------------------------------------------------

    private void spread(
            UUID customer,
            String infrastructure,
            String provider,
            LocalDate begun,
            @Nullable LocalDate end,
            Map<String, JsonNode> prices) {
        YearMonth first = YearMonth.from(begun);
        YearMonth last = end == null ? until : YearMonth.from(end);
        YearMonth start = first.isBefore(from) ? from : first;
        for (YearMonth month = start; !month.isAfter(last) && !month.isAfter(until); month = month.plusMonths(1)) {
            YearMonth in = month;
            prices.forEach((price, money) -> {
                BigDecimal amount = new BigDecimal(money.get("amount").stringValue());
                Amounts amounts =
                        switch (price) {
                            case "price.setup" ->
                                new Amounts(BigDecimal.ZERO, in.equals(first) ? amount : BigDecimal.ZERO);
                            case "price.yearly" ->
                                new Amounts(amount.divide(TWELVE, 6, RoundingMode.HALF_EVEN), BigDecimal.ZERO);
                            default -> new Amounts(amount, BigDecimal.ZERO);
                        };
                Key key = new Key(
                        in,
                        customer,
                        infrastructure,
                        provider,
                        money.get("currency").stringValue());
                sums.merge(key, amounts, Amounts::plus);
            });
        }
    }

    /** The columns of the costs as a table. */
    public static List<Column<JsonNode>> columns() {
        List<Column<JsonNode>> columns = new ArrayList<>();
        for (String name :
                List.of("month", "customer", "infrastructure", "provider", "currency", "recurring", "once", "total"))
            columns.add(Column.at(name, "/" + name));
        return columns;
    }

    /** Whether a scope may be told at all what things cost. */
    public static Scope whole(Scope scope) {
        return new Scope(scope.grants().stream().filter(Scope.Grant::isWhole).toList());
    }
}
