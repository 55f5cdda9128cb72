package org.minventory.intake;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.conformity.Divergence;
import org.minventory.knowledge.Picture;
import org.minventory.notification.Bell;
import org.minventory.party.Caller;
import org.minventory.party.Customers;
import org.minventory.party.Right;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Head;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The one way in. A testimony is taken in one transaction that reads like the origin of the product: who is spoken of,
 * may this witness speak of it, what changes, what diverges, record it, say it.
 */
public final class Intake {
    /** Testimonies taken in one transaction; a longer list is several transactions, each whole. */
    public static final int CHUNK = 1_000;

    private final Tx tx;
    private final InstantSource clock;
    private final Vocabularies vocabularies;
    private final Customers customers;
    private final List<Consequence> consequences;
    private final Map<UUID, String> slugs = new ConcurrentHashMap<>();
    private final Bell bell;
    private final Combiner combiner = new Combiner(this::takeTogether);

    public Intake(
            Tx tx,
            InstantSource clock,
            Vocabularies vocabularies,
            Customers customers,
            List<Consequence> consequences,
            Bell bell) {
        this.tx = tx;
        this.clock = clock;
        this.vocabularies = vocabularies;
        this.customers = customers;
        this.consequences = List.copyOf(consequences);
        this.bell = bell;
    }

    /** What a decision was decided on: asked while the pen is held, so that nobody decides in between. */
    public interface Basis {
        /** Whether the divergence still is what was decided on. */
        boolean stands(Divergence now);
    }

    /** How a list is to be taken. */
    public record Manner(
            boolean dryRun,
            @Nullable String customer,
            @Nullable String key,
            Basis basis) {
        /** Recorded, with nothing said about customer or key. */
        public static final Manner PLAIN = new Manner(false, null, null);

        /** Decisions hold whatever they were decided on. */
        public Manner(boolean dryRun, @Nullable String customer, @Nullable String key) {
            this(dryRun, customer, key, now -> true);
        }
    }

    /** What one caller tells one customer's record, at once. */
    record Request(
            Caller caller,
            UUID customer,
            List<Told> told,
            @Nullable String key,
            Basis basis,
            @Nullable Claim claim) {}

    /**
     * Takes testimonies and answers with one receipt each, in their order. One that is refused never costs the others.
     *
     * @throws Refusal for the whole: {@link Problem#KEY_REUSED}, {@link Problem#BUSY}
     */
    public List<Receipt> take(Caller caller, List<Told> told, Manner manner) {
        @Nullable Receipt[] receipts = new Receipt[told.size()];
        Map<UUID, List<Integer>> byCustomer = new LinkedHashMap<>();
        for (int i = 0; i < told.size(); i++) {
            try {
                UUID customer = permitted(caller, told.get(i), manner);
                byCustomer.computeIfAbsent(customer, c -> new ArrayList<>()).add(i);
            } catch (Refusal refusal) {
                receipts[i] = Receipt.refused(refusal);
            }
        }
        byCustomer.forEach((customer, places) -> {
            for (int from = 0; from < places.size(); from += CHUNK) {
                List<Integer> chunk = places.subList(from, Math.min(places.size(), from + CHUNK));
                String key = manner.key() == null || from == 0 ? manner.key() : manner.key() + "#" + from;
                Request request = new Request(
                        caller, customer, chunk.stream().map(told::get).toList(), key, manner.basis(), null);
                List<Receipt> taken = manner.dryRun() ? rehearse(request) : combiner.take(request);
                for (int i = 0; i < chunk.size(); i++) receipts[chunk.get(i)] = taken.get(i);
            }
        });
        return java.util.Arrays.stream(receipts).map(Objects::requireNonNull).toList();
    }

    /**
     * Takes a wish for the next of a range, and answers with the receipt of what was given.
     *
     * @param wish spoken to the element that holds the range; whoever gets the name and the address is known only here
     * @throws Refusal {@link Problem#RANGE_FULL}, {@link Problem#NO_RANGE} and whatever a wish may be refused for
     */
    public Receipt take(Caller caller, Told wish, Claim claim, Manner manner) {
        UUID customer = permitted(caller, wish, manner);
        Request request = new Request(caller, customer, List.of(wish), manner.key(), manner.basis(), claim);
        Receipt receipt = (manner.dryRun() ? rehearse(request) : combiner.take(request)).getFirst();
        if (receipt.refusal() != null) throw receipt.refusal();
        return receipt;
    }

    /** The customer spoken of, if this caller may say such a thing there at all. */
    private UUID permitted(Caller caller, Told told, Manner manner) {
        String named = told.customer() == null ? manner.customer() : told.customer();
        UUID customer = spokenFor(caller, named);
        boolean may = maySay(caller, told.kind()) || (told.asFound() && maySay(caller, Kind.DELIVERY_SURVEY));
        if (!may) throw Refusal.at(Problem.NOT_ALLOWED, "/kind");
        return customer;
    }

    /** Whether this caller may say such a thing at all; who may decide or attach may say so, for all else kinds are named. */
    static boolean maySay(Caller caller, Kind kind) {
        boolean decides = (kind == Kind.DIVERGENCE_DECISION && caller.may(Right.DECIDE))
                || (kind == Kind.ATTACHMENT && caller.may(Right.ATTACH));
        return kind.isSaidBy(caller.role()) && (decides || caller.mayTestify(kind.word()));
    }

    /** The customer named, or the only one that the caller speaks for; slugs do not change, so they are looked up once. */
    private UUID spokenFor(Caller caller, @Nullable String named) {
        UUID id = Ids.parse(named);
        if (id != null && caller.scope().reaches(id)) return id;
        if (named == null && caller.customers().size() == 1)
            return caller.customers().getFirst();
        if (named == null && !caller.customers().isEmpty()) throw Refusal.at(Problem.CUSTOMER_NEEDED, "/customer");
        if (!slugs.keySet().containsAll(caller.customers())) learnSlugs(caller);
        List<UUID> found = caller.customers().stream()
                .filter(customer -> named != null && named.equals(slugs.get(customer)))
                .toList();
        if (found.size() > 1) throw Refusal.at(Problem.CUSTOMER_NEEDED, "/customer");
        if (found.isEmpty()) throw Refusal.at(Problem.NOT_FOUND, "/customer");
        return found.getFirst();
    }

    private void learnSlugs(Caller caller) {
        tx.read(caller.scope(), db -> customers.list(db, null, null, Integer.MAX_VALUE))
                .forEach(customer -> slugs.put(customer.id(), customer.slug()));
    }

    /** A dry run takes the same way, without the pen, and writes nothing. */
    private List<Receipt> rehearse(Request request) {
        return tx.rehearse(Scope.whole(request.customer()), db -> {
            Head head = Head.rehearse(db, request.customer(), clock.instant());
            Taking taking = new Taking(sitting(db, head));
            taking.prepare(List.of(request));
            return taking.take(request, new Repeats()).stream()
                    .map(Receipt::dry)
                    .toList();
        });
    }

    /** Several requests for one customer, in one transaction; each gets its own receipts. */
    private List<Outcome> takeTogether(UUID customer, List<Request> requests) {
        List<Outcome> outcomes = written(customer, requests);
        bell.ring(customer);
        return outcomes;
    }

    private List<Outcome> written(UUID customer, List<Request> requests) {
        return tx.write(Scope.whole(customer), db -> {
            Head head = Head.take(db, customer, clock.instant());
            Repeats repeats = Repeats.of(db, customer, requests);
            Sitting sitting = sitting(db, head);
            Taking taking = new Taking(sitting);
            taking.prepare(requests);
            List<Outcome> outcomes = new ArrayList<>();
            for (Request request : requests)
                outcomes.add(Outcome.of(() -> repeats.whole(request, () -> taking.take(request, repeats))));
            if (taking.hasTaken()) sitting.close();
            repeats.write(db, customer, head.recordedAt());
            return outcomes;
        });
    }

    private Sitting sitting(JdbcClient db, Head head) {
        return Sitting.recording(db, head, vocabularies.of(db, head.customer(), head.definitions()), consequences);
    }

    /**
     * Records a decision that another room carries out in the same transaction: a mandate, for example.
     *
     * @param act what was decided, in the kind's own words; a rebuild reads it there
     */
    public Entry record(JdbcClient db, Caller caller, UUID customer, Kind kind, ObjectNode act) {
        Head head = Head.take(db, customer, clock.instant());
        Sitting sitting = sitting(db, head);
        Entry entry = decision(sitting, caller, kind, act);
        sitting.close();
        return entry;
    }

    /**
     * Declares an element type, an attribute, an infrastructure or a provider, or declares it anew; what is already known
     * is read by it from here on.
     *
     * @param sort {@code element-type}, {@code attribute}, {@code infrastructure} or {@code provider}
     * @return the id of what is declared, the same for ever
     */
    public UUID define(JdbcClient db, Caller caller, UUID customer, String sort, String name, JsonNode body) {
        Head head = Head.take(db, customer, clock.instant());
        Sitting sitting = sitting(db, head);
        UUID id = db.sql("select id from definition where customer_id = ? and sort = ? and name = ?")
                .params(customer, sort, name)
                .query(UUID.class)
                .optional()
                .orElseGet(() -> Ids.next(head.recordedAt()));
        ObjectNode act = Json.object().put("sort", sort).put("name", name).put("id", id.toString());
        act.set("body", body);
        head.definitionsChanged();
        sitting.define(decision(sitting, caller, Kind.DEFINITION, act));
        sitting.close();
        return id;
    }

    private static Entry decision(Sitting sitting, Caller caller, Kind kind, ObjectNode act) {
        Head head = sitting.head();
        sitting.introduce(
                new Picture.Witness(caller.actor(), caller.name(), caller.role().word()));
        Entry entry = new Entry(
                head.customer(),
                head.nextSeq(),
                Ids.next(head.recordedAt()),
                kind,
                caller.actor(),
                Told.BY_HAND,
                head.recordedAt(),
                head.recordedAt(),
                false,
                Json.object().nullNode(),
                null,
                null,
                null,
                Json.object(),
                Json.object(),
                null,
                act,
                null);
        sitting.decided(entry);
        return entry;
    }

    /** Receipts, or the refusal of the whole request. */
    record Outcome(
            @Nullable List<Receipt> receipts, @Nullable Refusal refusal) {
        static Outcome of(java.util.function.Supplier<List<Receipt>> work) {
            try {
                return new Outcome(work.get(), null);
            } catch (Refusal refusal) {
                return new Outcome(null, refusal);
            }
        }

        List<Receipt> orThrow() {
            if (refusal != null) throw refusal;
            return Objects.requireNonNull(receipts);
        }
    }
}
