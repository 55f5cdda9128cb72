package org.minventory.project;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Together;
import org.minventory.element.UnfitValue;
import org.minventory.intake.Consequence;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.party.Caller;
import org.minventory.testimony.Entry;
import org.minventory.testimony.Kind;
import org.minventory.testimony.Testimonies;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The orders of a customer: what was agreed with providers, and which elements were ordered so. */
public final class Orders implements Consequence {
    private static final String SORT = "order";

    /** What a contract or its renewal may agree, by the attributes that read it. */
    static final Set<String> TERMS = Set.of(
            "provider",
            "account",
            "owner",
            "payer",
            "offer",
            "ordered.on",
            "promised.on",
            "commitment",
            "expires",
            "renewal",
            "notice.until",
            "cancelled.on",
            "price.setup",
            "price.monthly",
            "price.yearly");

    private static final Set<String> OF_INVOICE =
            Set.of("invoice.number", "invoice.on", "price.setup", "price.monthly", "price.yearly");

    @Override
    public Set<Kind.Subject> subjects() {
        return Set.of(Kind.Subject.ORDER);
    }

    // ---- deciding ---------------------------------------------------------------------------------------------------

    /** What is agreed is read by the vocabulary, so that a price is a price in every order. */
    @Override
    public ObjectNode decide(JdbcClient db, Act act) {
        Kind kind = act.told().kind();
        String number = Objects.requireNonNull(act.told().context().order(), "an order is named");
        Scope.Grant grant = act.caller().scope().grant(act.customer());
        if (grant == null || !grant.isWhole()) throw Refusal.at(Problem.NOT_ALLOWED, "/order");
        UUID id = Order.id(act.customer(), number);
        if (kind != Kind.CONTRACT && withId(db, act.customer(), id) == null)
            throw Refusal.at(Problem.NOT_FOUND, "/order");
        ObjectNode terms = terms(act, kind == Kind.INVOICE ? OF_INVOICE : TERMS);
        if (kind == Kind.RENEWAL && !terms.has("expires"))
            throw Refusal.at(Problem.MISSING_MEMBER, "/facts/expires", "expires");
        if (kind == Kind.INVOICE && Order.PRICES.stream().noneMatch(terms::has))
            throw Refusal.at(Problem.MISSING_MEMBER, "/facts/price.monthly", "price.monthly");
        ObjectNode says = Json.object().put("order", id.toString());
        says.set("terms", terms);
        return says;
    }

    private static ObjectNode terms(Act act, Set<String> known) {
        ObjectNode terms = Json.object();
        act.told().facts().forEach((name, value) -> {
            if (!known.contains(name))
                throw Refusal.at(
                        Problem.UNKNOWN_MEMBER,
                        "/facts/" + Json.escape(name),
                        name,
                        String.join(", ", new TreeSet<>(known)));
            try {
                terms.set(name, act.vocabulary().normalise(name, value).value());
            } catch (UnfitValue unfit) {
                throw Refusal.at(Problem.UNFIT_VALUE, "/facts/" + name + unfit.pointer(), unfit.sentence());
            }
        });
        return terms;
    }

    /** A contract is said again where its own paper said just that last, or where all of it stands, whoever said so. */
    @Override
    public @Nullable Entry said(JdbcClient db, Act act, ObjectNode says) {
        if (act.told().kind() != Kind.CONTRACT) return null;
        String number = Objects.requireNonNull(act.told().context().order(), "an order is named");
        List<Entry> entries = Testimonies.ofSubject(db, act.customer(), Order.id(act.customer(), number));
        List<Entry> contracts =
                entries.stream().filter(entry -> entry.kind() == Kind.CONTRACT).toList();
        if (contracts.isEmpty()) return null;
        JsonNode terms = says.get("terms");
        for (Entry entry : contracts.reversed())
            if (isOfSamePaper(entry, act)) {
                if (entry.act().get("terms").equals(terms)) return entry;
                break;
            }
        Order order = Objects.requireNonNull(Order.fold(entries), "has contracts");
        boolean stands =
                terms.properties().stream().allMatch(term -> term.getValue().equals(order.term(term.getKey())));
        return stands ? contracts.getLast() : null;
    }

    private static boolean isOfSamePaper(Entry entry, Act act) {
        return entry.witness().equals(act.caller().actor())
                && entry.source().equals(act.told().source());
    }

    /** An order is everybody's who reaches all of the customer: its lines may stand anywhere. */
    @Override
    public boolean reaches(JdbcClient db, Caller caller, Entry entry) {
        Scope.Grant grant = caller.scope().grant(entry.customer());
        return grant != null && grant.isWhole();
    }

    // ---- keeping up -------------------------------------------------------------------------------------------------

    @Override
    public void follow(JdbcClient db, UUID customer, List<Entry> entries) {
        for (UUID order : SubjectEntries.keep(db, customer, SORT, entries, Orders::spokenOf))
            refold(db, customer, order);
    }

    private static @Nullable UUID spokenOf(Entry entry) {
        JsonNode number = entry.context().get("order");
        return number == null || entry.kind().subject() == Kind.Subject.PROJECT
                ? null
                : Order.id(entry.customer(), number.stringValue());
    }

    private static void refold(JdbcClient db, UUID customer, UUID id) {
        Order order = Order.fold(Testimonies.ofSubject(db, customer, id));
        if (order == null)
            new Together()
                    .add("delete from orders where customer_id = ? and order_id = ?", customer, id)
                    .send(db);
        else write(db, order);
    }

    private static void write(JdbcClient db, Order order) {
        new Together()
                .add(
                        """
                        insert into orders (customer_id, order_id, number, provider, ordered_on, promised_on, expires_on, notice_until,
                                            cancelled_on, changed_at, seq, story)
                        values (?, ?, ?, ?, ?::date, ?::date, ?::date, ?::date, ?::date, ?::timestamptz, ?, ?::json)
                        on conflict (customer_id, order_id) do update
                        set provider = excluded.provider, ordered_on = excluded.ordered_on, promised_on = excluded.promised_on,
                            expires_on = excluded.expires_on, notice_until = excluded.notice_until,
                            cancelled_on = excluded.cancelled_on, changed_at = excluded.changed_at, seq = excluded.seq,
                            story = excluded.story""",
                        order.customer(),
                        order.id(),
                        order.number(),
                        text(order, "provider"),
                        text(order, "ordered.on"),
                        text(order, "promised.on"),
                        text(order, "expires"),
                        text(order, "notice.until"),
                        text(order, "cancelled.on"),
                        order.changedAt().toString(),
                        order.seq(),
                        Json.canonicalText(order.story()))
                .send(db);
    }

    private static @Nullable String text(Order order, String term) {
        JsonNode told = order.term(term);
        return told == null ? null : told.stringValue();
    }

    @Override
    public List<String> tables() {
        return List.of("orders");
    }

    // ---- reading ----------------------------------------------------------------------------------------------------

    private static @Nullable Order withId(JdbcClient db, UUID customer, UUID id) {
        return db.sql("select * from orders where customer_id = ? and order_id = ?")
                .params(customer, id)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    /** The order of that id or number that a scope reaches, or null where there is none, or several of that number. */
    public static @Nullable Order find(JdbcClient db, Scope scope, String told) {
        List<Order> found = db.sql(
                        "select * from orders where customer_id = any(?) and (number = ? or order_id::text = ?)")
                .param(1, Arrays.of(whole(scope)))
                .param(2, told)
                .param(3, told)
                .query((row, n) -> read(row))
                .list();
        return found.size() == 1 ? found.getFirst() : null;
    }

    private static List<UUID> whole(Scope scope) {
        return scope.grants().stream()
                .filter(Scope.Grant::isWhole)
                .map(Scope.Grant::customer)
                .toList();
    }

    /** The order in the course of which a testimony was told, or null. */
    public static @Nullable Order ofTestimony(JdbcClient db, Scope scope, UUID testimony) {
        return db.sql("""
                        select o.* from testimony t
                        join subject_entry s on s.customer_id = t.customer_id and s.seq = t.seq
                        join orders o on o.customer_id = s.customer_id and o.order_id = s.subject_id
                        where t.customer_id = any(?) and t.id = ?""")
                .param(1, Arrays.of(whole(scope)))
                .param(2, testimony)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    /**
     * Orders of a scope, those that changed last first.
     *
     * @param provider only those from it, or null
     */
    public static List<Order> list(
            JdbcClient db, Scope scope, @Nullable String provider, @Nullable Place after, int most) {
        return db.sql("""
                        select * from orders
                        where customer_id = any(?) and (?::text is null or provider = ?)
                          and (changed_at, order_id) < (?::timestamptz, ?::uuid)
                        order by changed_at desc, order_id desc limit ?""")
                .param(1, Arrays.of(whole(scope)))
                .param(2, provider)
                .param(3, provider)
                .param(4, Place.before(after))
                .param(5, Place.beforeId(after))
                .param(6, most)
                .query((row, n) -> read(row))
                .list();
    }

    /** Orders of a scope that were promised for a day before this one and are not cancelled, the longest due first. */
    public static List<Order> promisedBefore(JdbcClient db, Scope scope, LocalDate day, int most) {
        return db.sql("""
                        select * from orders o
                        where o.customer_id = any(?) and o.promised_on < ?::date and o.cancelled_on is null
                          and (not exists (select from subject_entry s
                                           join testimony t on t.customer_id = s.customer_id and t.seq = s.seq and t.kind = 'order'
                                           where s.customer_id = o.customer_id and s.subject_id = o.order_id)
                               or exists (select from subject_entry s
                                          join testimony t on t.customer_id = s.customer_id and t.seq = s.seq and t.kind = 'order'
                                          join assignment a on a.customer_id = s.customer_id and a.seq = s.seq
                                          join knowledge k on k.customer_id = a.customer_id and k.element_id = a.element_id
                                          where s.customer_id = o.customer_id and s.subject_id = o.order_id
                                            and k.status in ('wished', 'ordered', 'refused')))
                        order by o.promised_on, o.order_id limit ?""")
                .param(1, Arrays.of(whole(scope)))
                .param(2, day.toString())
                .param(3, most)
                .query((row, n) -> read(row))
                .list();
    }

    /** The order under which an element was ordered last, or null. */
    public static @Nullable Order ofElement(JdbcClient db, UUID customer, UUID element) {
        return db.sql("""
                        select o.* from assignment a
                        join testimony t on t.customer_id = a.customer_id and t.seq = a.seq and t.kind = 'order'
                        join subject_entry s on s.customer_id = a.customer_id and s.seq = a.seq and s.sort = 'order'
                        join orders o on o.customer_id = s.customer_id and o.order_id = s.subject_id
                        where a.customer_id = ? and a.element_id = ?
                          and not exists (select from withdrawn w where w.customer_id = a.customer_id and w.seq = a.seq)
                        order by a.seq desc limit 1""")
                .params(customer, element)
                .query((row, n) -> read(row))
                .optional()
                .orElse(null);
    }

    /** The elements that were ordered under a number, by name. */
    public static List<Picture> lines(JdbcClient db, Order order) {
        List<UUID> ids = db.sql("""
                        select k.element_id from (
                          select distinct a.element_id
                          from subject_entry s
                          join testimony t on t.customer_id = s.customer_id and t.seq = s.seq and t.kind = 'order'
                          join assignment a on a.customer_id = s.customer_id and a.seq = s.seq
                          where s.customer_id = ? and s.subject_id = ?
                            and not exists (select from withdrawn w where w.customer_id = s.customer_id and w.seq = s.seq)
                        ) as line join knowledge k on k.customer_id = ? and k.element_id = line.element_id
                        order by k.name, k.element_id limit ?""")
                .params(order.customer(), order.id(), order.customer(), Wishes.MOST)
                .query(UUID.class)
                .list();
        Map<UUID, Picture> pictures = Knowledge.pictures(db, order.customer(), ids);
        return ids.stream().map(pictures::get).filter(Objects::nonNull).toList();
    }

    /** A customer's orders as they were known when an entry was the last one, by number. */
    public static List<Order> asKnown(JdbcClient db, UUID customer, long last) {
        return SubjectEntries.known(db, customer, SORT, last).stream()
                .map(id -> Order.fold(Testimonies.ofSubject(db, customer, id, last)))
                .filter(Objects::nonNull)
                .sorted(Comparator.comparing(Order::number))
                .toList();
    }

    private static Order read(ResultSet row) throws SQLException {
        return new Order(
                row.getObject("customer_id", UUID.class),
                row.getObject("order_id", UUID.class),
                row.getString("number"),
                row.getTimestamp("changed_at").toInstant(),
                row.getLong("seq"),
                (ObjectNode) Json.MAPPER.readTree(row.getString("story")));
    }
}
