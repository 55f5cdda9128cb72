package org.minventory.ui;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.conformity.Divergence;
import org.minventory.conformity.Divergences;
import org.minventory.element.Attribute;
import org.minventory.element.ElementType;
import org.minventory.element.Labels;
import org.minventory.element.Status;
import org.minventory.element.Vocabulary;
import org.minventory.export.Inventory;
import org.minventory.export.Related;
import org.minventory.export.Testified;
import org.minventory.intake.Past;
import org.minventory.intake.Vocabularies;
import org.minventory.knowledge.Delivery;
import org.minventory.knowledge.Picture;
import org.minventory.knowledge.Step;
import org.minventory.party.Customers;
import org.minventory.party.Customers.Customer;
import org.minventory.testimony.Stance;
import org.minventory.testimony.Testimonies;
import org.minventory.web.Asked;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Reads what the page of an element shows: one consistent moment, a fixed number of statements. */
public final class ElementReader {
    private static final List<Stance> ORGANISING =
            List.of(Stance.INTENDED, Stance.ORDERED, Stance.DELIVERED, Stance.DEPLOYED);
    private static final int NEWEST = 40;
    private static final int CUSTOMERS = 200;

    private final Tx tx;
    private final InstantSource clock;
    private final Customers customers;
    private final Vocabularies vocabularies;
    private final Pages pages;

    public ElementReader(Tx tx, InstantSource clock, Customers customers, Vocabularies vocabularies, Pages pages) {
        this.tx = tx;
        this.clock = clock;
        this.customers = customers;
        this.vocabularies = vocabularies;
        this.pages = pages;
    }

    /** The element of one reading, today or as it was. */
    record Looked(
            Inventory.Row row, Scope.Grant grant, Picture picture, Vocabulary vocabulary, Words words, Instant now) {
        String label(String attribute) {
            Attribute declared = vocabulary.attribute(attribute);
            return declared == null ? attribute : words.said(declared.labels());
        }

        /** What it belongs to, as intended, else as it was found; the way lists are filtered, at the time looked at. */
        @Nullable
        JsonNode organised(String attribute) {
            for (Stance stance : ORGANISING) {
                Picture.Best best = picture.best(attribute, stance, vocabulary, now);
                if (best != null) return best.counting().saying().value();
            }
            return null;
        }

        @Nullable
        String organisedAs(String attribute) {
            JsonNode value = organised(attribute);
            return value == null || !value.isString() ? null : value.stringValue();
        }
    }

    /**
     * The page of an element within the reader's scope.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, the same for what is hidden and what does not exist
     */
    ElementPage.Shown read(
            Asked asked,
            HttpServletRequest request,
            String id,
            @Nullable String asOfTold,
            @Nullable String knownAtTold) {
        if (Ids.parse(id) == null) throw Refusal.of(Problem.NOT_FOUND);
        Instant now = clock.instant();
        Instant asOf = TimeTravel.read("asOf", asOfTold, now);
        Instant knownAt = TimeTravel.read("knownAt", knownAtTold, now);
        return tx.read(asked.scope(), db -> {
            Inventory.Row row = Inventory.one(db, asked.scope(), id, null);
            if (row == null) throw Refusal.of(Problem.NOT_FOUND);
            Words words = new Words(asked.language());
            Vocabulary vocabulary = vocabularies.of(db, row.customer());
            Scope.Grant grant = Objects.requireNonNull(asked.scope().grant(row.customer()));
            Looked looked = look(db, row, grant, vocabulary, words, asOf, knownAt, now);
            List<Customer> reached = customers.list(db, null, null, CUSTOMERS);
            boolean past = asOf != null || knownAt != null;
            List<Divergence> living = past
                    ? List.of()
                    : Divergences.living(db, row.customer(), List.of(row.element()))
                            .getOrDefault(row.element(), List.of());
            Testified.All testified = Testified.of(db, grant, row, asOf, knownAt, NEWEST);
            List<Related.One> related = Related.of(db, grant, row.element());
            return shown(asked, request, looked, reached, living, testified, related, asOf, knownAt, now);
        });
    }

    private static Looked look(
            JdbcClient db,
            Inventory.Row row,
            Scope.Grant grant,
            Vocabulary vocabulary,
            Words words,
            @Nullable Instant asOf,
            @Nullable Instant knownAt,
            Instant now) {
        if (asOf == null && knownAt == null) return new Looked(row, grant, row.picture(), vocabulary, words, now);
        Testimonies.Known known = knownAt == null ? Testimonies.Known.EVERYTHING : Testimonies.Known.at(knownAt);
        Picture picture = Past.fold(db, row.customer(), row.element(), row.name(), row.type(), vocabulary, known, asOf);
        Instant then = asOf == null ? now : asOf;
        return new Looked(row, grant, picture, vocabulary, words, then.isAfter(now) ? now : then);
    }

    private ElementPage.Shown shown(
            Asked asked,
            HttpServletRequest request,
            Looked looked,
            List<Customer> reached,
            List<Divergence> living,
            Testified.All testified,
            List<Related.One> related,
            @Nullable Instant asOf,
            @Nullable Instant knownAt,
            Instant now) {
        Inventory.Row row = looked.row();
        Words words = looked.words();
        Customer owner = reached.stream()
                .filter(one -> one.id().equals(row.customer()))
                .findFirst()
                .orElse(null);
        String path = ElementPage.PATH + row.element();
        boolean past = asOf != null || knownAt != null;
        FactTable table = new FactTable(looked);
        return new ElementPage.Shown(
                frame(asked, request, looked, reached, owner),
                crumbs(looked, owner),
                row.name(),
                words.statusMark(looked.picture().status()),
                why(looked),
                "/api/v1/elements/" + row.element(),
                metas(looked, owner, table),
                life(looked, path),
                past ? TimeTravel.sentence(words, asOf, knownAt) : null,
                path,
                divergences(looked, living, false),
                divergences(looked, living, true),
                java.util.Arrays.stream(Stance.values()).map(words::stance).toList(),
                table.groups(),
                table.folds(),
                !looked.picture().attributes().isEmpty()
                        || !looked.picture().steps().isEmpty(),
                TimeTravel.form(looked, path, asOf, knownAt, now),
                new TestimonyList(looked).of(testified),
                relations(looked, related));
    }

    private Frame frame(
            Asked asked, HttpServletRequest request, Looked looked, List<Customer> reached, @Nullable Customer owner) {
        Words words = looked.words();
        List<Frame.Choice> choices = new ArrayList<>();
        if (reached.size() > 1) {
            choices.add(new Frame.Choice(words.say("customers.all"), InventoryPage.PATH, false));
            for (Customer one : reached) choices.add(new Frame.Choice(one.name(), inventory(one), one.equals(owner)));
        }
        String title = words.say("element.title", looked.row().name(), type(looked, false));
        return pages.of(
                request,
                words,
                asked.caller(),
                title,
                new Pages.Around(choices, owner == null ? "" : owner.name(), "", null));
    }

    private static String inventory(@Nullable Customer customer) {
        Link link = Link.to(InventoryPage.PATH);
        return (customer == null ? link : link.with("customer", customer.slug())).toString();
    }

    private static String type(Looked looked, boolean several) {
        ElementType type = looked.vocabulary().type(looked.row().type());
        if (type == null) return looked.row().type();
        return looked.words().said(several ? type.plural() : type.singular());
    }

    private static List<ElementPage.Crumb> crumbs(Looked looked, @Nullable Customer owner) {
        Link link = Link.to(InventoryPage.PATH);
        if (owner != null) link = link.with("customer", owner.slug());
        List<ElementPage.Crumb> crumbs = new ArrayList<>();
        if (owner != null) crumbs.add(new ElementPage.Crumb(owner.name(), link.toString()));
        String infrastructure = looked.organisedAs("infrastructure");
        if (infrastructure != null)
            crumbs.add(new ElementPage.Crumb(
                    infrastructure, link.with("infrastructure", infrastructure).toString()));
        crumbs.add(new ElementPage.Crumb(
                Words.capital(type(looked, true)),
                link.with("type", looked.row().type()).toString()));
        return crumbs;
    }

    private static ElementPage.@Nullable Why why(Looked looked) {
        Status status = looked.picture().status();
        for (Step step : looked.picture().steps())
            if (step.status() == status)
                return new ElementPage.Why(
                        looked.picture().witness(step.witness()).name(),
                        looked.words().did(status),
                        testimony(step.testimony()),
                        looked.words().day(step.at(), looked.now()));
        return null;
    }

    static String testimony(UUID id) {
        return "/api/v1/testimonies/" + id;
    }

    private static List<ElementPage.Meta> metas(Looked looked, @Nullable Customer owner, FactTable table) {
        Words words = looked.words();
        Link link = Link.to(InventoryPage.PATH);
        if (owner != null) link = link.with("customer", owner.slug());
        List<ElementPage.Meta> metas = new ArrayList<>();
        meta(metas, words.say("column.provider"), "provider", looked.organisedAs("provider"), link);
        meta(metas, words.say("column.infrastructure"), "infrastructure", looked.organisedAs("infrastructure"), link);
        meta(metas, words.say("meta.project"), "project", looked.organisedAs("project"), link);
        meta(metas, words.say("meta.site"), "site", looked.organisedAs("site"), link);
        JsonNode told = looked.organised("tags");
        if (told != null && !told.isEmpty()) {
            List<ElementPage.Word> tags = new ArrayList<>();
            for (JsonNode tag : told)
                tags.add(new ElementPage.Word(
                        tag.asString(""), link.with("tag", tag.asString("")).toString()));
            metas.add(new ElementPage.Meta(words.say("meta.tags"), tags, true));
        }
        Delivery delivery = looked.picture().delivery();
        if (delivery != null)
            metas.add(new ElementPage.Meta(
                    words.say("meta.delivery"),
                    List.of(new ElementPage.Word(
                            words.say("delivery." + delivery.state().word()), DeliveryPage.PATH + delivery.id())),
                    false));
        metas.add(new ElementPage.Meta(
                words.say("meta.witnessed"),
                List.of(new ElementPage.Word(
                        words.say("meta.facts-of", words.number(table.witnessedAndFresh()), words.number(table.size())),
                        null)),
                false));
        return metas;
    }

    private static void meta(
            List<ElementPage.Meta> metas, String term, String filter, @Nullable String value, Link link) {
        if (value != null)
            metas.add(new ElementPage.Meta(
                    term,
                    List.of(new ElementPage.Word(value, link.with(filter, value).toString())),
                    false));
    }

    /** Every step that a life has; one that nobody witnessed on the way is said to be so. */
    private static List<ElementPage.LifeStep> life(Looked looked, String path) {
        Words words = looked.words();
        Status now = looked.picture().status();
        Map<Status, Step> reached = new EnumMap<>(Status.class);
        looked.picture().steps().forEach(step -> reached.put(step.status(), step));
        List<ElementPage.LifeStep> life = new ArrayList<>();
        for (Status status : Status.values()) {
            Step step = reached.get(status);
            if (step == null && status.compareTo(Status.IN_SERVICE) > 0) continue; // most lives have no such step
            boolean current = step != null && status == now;
            if (step != null) {
                String tone = status.compareTo(Status.IN_SERVICE) > 0
                        ? words.statusMark(status).tone()
                        : "ok";
                life.add(new ElementPage.LifeStep(
                        new Mark(tone, words.status(status)),
                        Link.to(path).with("asOf", step.at().toString()).toString(),
                        words.day(step.at(), looked.now()),
                        looked.picture().witness(step.witness()).name(),
                        current));
            } else {
                boolean skipped = status.compareTo(looked.picture().reached()) < 0;
                life.add(new ElementPage.LifeStep(
                        new Mark(skipped ? "never" : "unk", words.status(status)),
                        null,
                        null,
                        words.say(skipped ? "life.skipped" : "life.to-come"),
                        false));
            }
        }
        return life;
    }

    private static List<ElementPage.Open> divergences(Looked looked, List<Divergence> living, boolean accepted) {
        Words words = looked.words();
        Instant now = looked.now();
        return living.stream()
                .filter(one -> (one.stateAt(now) == Divergence.State.ACCEPTED) == accepted)
                .filter(one -> looked.vocabulary().attribute(one.attribute()) != null)
                .sorted(Comparator.comparing(Divergence::isContradiction).thenComparing(Divergence::openedAt))
                .map(one -> new ElementPage.Open(
                        words.nature(one.nature()),
                        words.said(Divergences.sentence(one, looked.vocabulary(), looked.grant())),
                        words.state(one.stateAt(now)),
                        words.ago(one.openedAt(), now),
                        one.seen().witnessName() == null
                                ? ""
                                : words.say("divergence.by", one.seen().witnessName()),
                        one.acceptedUntil() == null ? null : words.day(one.acceptedUntil(), now),
                        one.reason()))
                .toList();
    }

    private static List<ElementPage.Relation> relations(Looked looked, List<Related.One> related) {
        Map<String, List<ElementPage.Word>> byTerm = new LinkedHashMap<>();
        for (Related.One one : related) {
            String href = one.element() == null ? null : ElementPage.PATH + one.element();
            byTerm.computeIfAbsent(term(looked, one), t -> new ArrayList<>())
                    .add(new ElementPage.Word(one.told(), href));
        }
        return byTerm.entrySet().stream()
                .map(one -> new ElementPage.Relation(one.getKey(), one.getValue()))
                .toList();
    }

    private static String term(Looked looked, Related.One one) {
        Attribute declared = looked.vocabulary().attribute(one.attribute());
        if (declared == null) return one.attribute();
        Labels inverse = declared.inverse();
        if (one.outward()) return looked.words().said(declared.labels());
        return inverse == null
                ? looked.words().say("relation.inverse", looked.words().said(declared.labels()))
                : looked.words().said(inverse);
    }

    /** An age that is too fine to matter is left out: what was recorded as it was witnessed. */
    static boolean isLater(Instant recorded, Instant witnessed) {
        return Duration.between(witnessed, recorded).compareTo(Duration.ofHours(1)) > 0;
    }
}
