package org.minventory.export;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Sentence;
import org.minventory.conformity.Divergences;
import org.minventory.element.EndOfSupport;
import org.minventory.export.DeadlineReader.Wanted;
import org.minventory.export.DeadlineReader.What;
import org.minventory.knowledge.Delivery;
import org.minventory.knowledge.Utterance;
import org.minventory.party.Role;
import org.minventory.project.Fulfilment;
import org.minventory.project.Order;
import org.minventory.project.Orders;
import org.minventory.project.Project;
import org.minventory.project.Projects;
import org.minventory.testimony.Stance;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What waits for a reader today, over all that it reaches: what to decide, what is late, what ends, whose turn it is. Each
 * line is one sentence with where to act on it; of each group the most pressing lines, and whether there are more.
 */
public final class Today {
    private static final String SAID = "org.minventory.export.said";
    private static final int DAYS_AHEAD = 30;
    private static final int DAYS_BACK = 366;

    /** The next backup is awaited every day: a machine sees to it, and nobody is told before it fails to. */
    static final Set<What> WATCHED = Set.copyOf(EnumSet.complementOf(EnumSet.of(What.BACKUP_PROOF)));

    /** What is over one day, whether somebody saw to it or not. */
    private static final Set<What> PASSING = Set.copyOf(EnumSet.complementOf(EnumSet.copyOf(What.STANDING)));

    /** Deliveries among which those that wait are looked for. */
    private static final int LOOKED_AT = 1_000;

    private final JdbcClient db;
    private final Reach reach;
    private final Role role;
    private final Locale language;
    private final EndOfSupport endOfSupport;
    private final Instant now;
    private final LocalDate today;
    private final int most;

    /** @param most lines of each group */
    public Today(
            JdbcClient db, Reach reach, Role role, Locale language, EndOfSupport endOfSupport, Instant now, int most) {
        this.db = db;
        this.reach = reach;
        this.role = role;
        this.language = language;
        this.endOfSupport = endOfSupport;
        this.now = now;
        this.today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        this.most = most;
    }

    /** A line. */
    private record Line(String what, UUID customer, String since, String sentence, String link) {}

    /** All of it. */
    public ObjectNode read() {
        ObjectNode json = Json.object();
        json.put("date", today.toString());
        put(json, "decide", decide());
        put(json, "late", late());
        put(json, "ends", deadlines(WATCHED, today, today.plusDays(DAYS_AHEAD)));
        put(json, "turn", turn());
        return json;
    }

    private void put(ObjectNode json, String group, List<Line> lines) {
        ObjectNode shown = json.putObject(group);
        ArrayNode items = shown.putArray("items");
        for (Line line : lines.subList(0, Math.min(most, lines.size())))
            items.addObject()
                    .put("what", line.what())
                    .put("customer", reach.slug(line.customer()))
                    .put("since", line.since())
                    .put("sentence", line.sentence())
                    .put("link", line.link());
        shown.put("more", lines.size() > most);
    }

    private String say(String key, Object... arguments) {
        return Sentence.of(SAID, "today-" + key, arguments).in(language);
    }

    // ---- to decide --------------------------------------------------------------------------------------------------

    private List<Line> decide() {
        List<Line> lines = new ArrayList<>(deliveries());
        lines.addAll(divergences());
        if (role == Role.OPS) lines.addAll(unattached());
        return lines;
    }

    /** The ops accepts what came; the customer countersigns what was accepted. */
    private List<Line> deliveries() {
        List<String> states = role == Role.OPS
                ? List.of(Delivery.State.OPEN.word(), Delivery.State.POSTPONED.word())
                : List.of(Delivery.State.ACCEPTED.word(), Delivery.State.RESERVED.word());
        List<Line> lines = new ArrayList<>();
        for (Inventory.Row row :
                Inventory.rows(db, DeliveryReader.places(db, reach.scope(), states, null, null, LOOKED_AT))) {
            Delivery delivery = Objects.requireNonNull(row.picture().delivery(), "delivered");
            if (role != Role.OPS && delivery.customersWord() != null) continue;
            lines.add(new Line(
                    "delivery",
                    row.customer(),
                    delivery.arrived().at().toString(),
                    say("delivery-" + (role == Role.OPS ? "accept" : "countersign"), row.name()),
                    "/api/v1/deliveries/" + delivery.id()));
        }
        return lines;
    }

    private List<Line> divergences() {
        DivergenceSelection open =
                new DivergenceSelection(DivergenceSelection.Which.OPEN, List.of(), null, null, List.of());
        List<DivergenceReader.Place> places =
                DivergenceReader.places(db, reach.scope(), open, now, null, null, most + 1);
        return DivergenceReader.rows(db, places).stream()
                .map(row -> new Line(
                        "divergence",
                        row.divergence().customer(),
                        row.divergence().openedAt().toString(),
                        say(
                                "of",
                                row.element().name(),
                                Divergences.sentence(
                                        row.divergence(),
                                        reach.vocabulary(row.divergence().customer()),
                                        reach.grant(row.divergence().customer()))),
                        "/api/v1/divergences/" + row.divergence().id()))
                .toList();
    }

    private List<Line> unattached() {
        List<Line> lines = new ArrayList<>();
        for (Scope.Grant grant : reach.scope().grants()) {
            if (!grant.isWhole()) continue;
            record Waiting(long count, @Nullable Instant since) {}
            Waiting waiting = db.sql("""
                            select count(*), min(t.recorded_at) from unattached u
                            join testimony t on t.customer_id = u.customer_id and t.seq = u.seq
                            where u.customer_id = ? and u.attached_seq is null""")
                    .param(grant.customer())
                    .query((row, n) -> new Waiting(
                            row.getLong(1),
                            row.getTimestamp(2) == null
                                    ? null
                                    : row.getTimestamp(2).toInstant()))
                    .single();
            if (waiting.since() != null)
                lines.add(new Line(
                        "unattached",
                        grant.customer(),
                        waiting.since().toString(),
                        say("unattached", waiting.count()),
                        "/api/v1/unattached?customer=" + reach.slug(grant.customer())));
        }
        return lines;
    }

    // ---- late -------------------------------------------------------------------------------------------------------

    private List<Line> late() {
        List<Line> lines = new ArrayList<>(lateOrders());
        LocalDate yesterday = today.minusDays(1);
        lines.addAll(deadlines(PASSING, today.minusDays(DAYS_BACK), yesterday));
        lines.addAll(deadlines(What.STANDING, LocalDate.EPOCH, yesterday));
        lines.addAll(silent());
        lines.sort(Comparator.comparing(Line::since));
        return lines;
    }

    private List<Line> lateOrders() {
        List<Line> lines = new ArrayList<>();
        for (Order order : Orders.promisedBefore(db, reach.scope(), today, most + 1)) {
            Fulfilment fulfilment =
                    Fulfilment.of(order, Orders.lines(db, order), reach.vocabulary(order.customer()), now);
            if (fulfilment.late())
                lines.add(new Line(
                        "order",
                        order.customer(),
                        String.valueOf(order.day("promised.on")),
                        say("order", order.number(), String.valueOf(order.day("promised.on"))),
                        "/api/v1/orders/" + order.id()));
        }
        return lines;
    }

    /** Elements of which nobody spoke in time. */
    private List<Line> silent() {
        Selection stale = Selection.stale(now);
        List<Inventory.Place> places = Inventory.places(db, reach.scope(), stale, null, null, most + 1);
        return Inventory.rows(db, places).stream().map(this::silent).toList();
    }

    private Line silent(Inventory.Row row) {
        Instant heard = Instant.EPOCH;
        for (Stance stance : Stance.values()) {
            Utterance last = row.picture().lastHeard(stance);
            if (last != null && last.lastAt().isAfter(heard)) heard = last.lastAt();
        }
        String since = LocalDate.ofInstant(heard, ZoneOffset.UTC).toString();
        return new Line(
                "silence",
                row.customer(),
                since,
                say("silence", row.name(), since),
                "/api/v1/elements/" + row.element());
    }

    // ---- ends -------------------------------------------------------------------------------------------------------

    private List<Line> deadlines(Set<What> whats, LocalDate from, LocalDate until) {
        DeadlineJson json = new DeadlineJson(reach, language, today);
        return new DeadlineReader(db, reach, endOfSupport, now)
                .list(new Wanted(whats, from, until), null, most + 1).stream()
                        .map(one -> new Line(
                                one.what().word(),
                                one.customer(),
                                one.on().toString(),
                                json.sentence(one),
                                "/api/v1/" + DeadlineJson.pathOf(one)))
                        .toList();
    }

    // ---- whose turn -------------------------------------------------------------------------------------------------

    private List<Line> turn() {
        Project.Turn mine = role == Role.OPS ? Project.Turn.OPS : Project.Turn.CUSTOMER;
        return Projects.list(db, reach.scope(), List.of(), mine.word(), null, most + 1).stream()
                .map(project -> new Line(
                        "project",
                        project.customer(),
                        project.changedAt().toString(),
                        say("project-" + project.state().word(), project.title()),
                        "/api/v1/projects/" + project.id()))
                .toList();
    }
}
