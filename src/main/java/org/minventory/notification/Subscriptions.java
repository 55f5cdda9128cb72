package org.minventory.notification;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.base.Arrays;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Problem;
import org.minventory.base.Refusal;
import org.minventory.base.Scope;
import org.minventory.base.Strongbox;
import org.minventory.base.Tx;
import org.minventory.notification.channel.Channel;
import org.minventory.notification.channel.Settings;
import org.minventory.party.Caller;
import org.minventory.party.Readers;
import org.minventory.party.Right;
import org.minventory.party.Secret;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Subscriptions: made, read, changed and ended by those to whom they belong; found with their rights for the relay. */
public final class Subscriptions {
    /** Subscriptions of one person to one customer. */
    private static final int MOST = 100;

    /** Addresses that somebody has asked within a day whether they agree. */
    private static final int MOST_ASKED = 20;

    /** How long who was asked is left alone. */
    private static final java.time.Duration PATIENCE = java.time.Duration.ofHours(1);

    /** How long a secret that was replaced still signs. */
    static final java.time.Duration OVERLAP = java.time.Duration.ofHours(24);

    private final InstantSource clock;
    private final Channels channels;
    private final Strongbox strongbox;

    public Subscriptions(InstantSource clock, Channels channels, Strongbox strongbox) {
        this.clock = clock;
        this.channels = channels;
        this.strongbox = strongbox;
    }

    /** What is wished. */
    public record Wanted(
            @Nullable String label,
            Channel channel,
            Settings settings,
            Set<Notice.Type> notices,
            Filter filter,
            Condition condition,
            Schedule schedule,
            Locale language) {}

    /**
     * One just made, with what is shown only once.
     *
     * @param made secrets of its channel that we made
     * @param address the secret of the address by which it is read or ended without signing in; null where it stays
     */
    public record Made(
            Subscription subscription,
            Map<String, String> made,
            @Nullable Secret address) {}

    // ---- made, changed, ended ---------------------------------------------------------------------------------------

    /**
     * Makes one for the caller.
     *
     * @throws Refusal where the caller may not, has too many, or the channel cannot be reached as it is wished
     */
    public Made make(JdbcClient db, Caller caller, UUID customer, Wanted wanted) {
        caller.require(Right.SUBSCRIBE);
        Scope.Grant grant = caller.scope().grant(customer);
        if (grant == null) throw Refusal.at(Problem.NOT_FOUND, "/customer");
        if (count(db, caller, customer) >= MOST) throw Refusal.of(Problem.TOO_MANY_SUBSCRIPTIONS, MOST);
        Channel channel = wanted.channel();
        Map<String, String> made = fresh(channel, wanted.settings());
        Settings told = new Settings(joined(wanted.settings().values(), made));
        channel.check(told);
        Instant now = clock.instant();
        boolean asks = channel.asksFirst(told, mailOf(db, caller));
        if (asks) requireFewAsked(db, caller, now);
        Secret address = Secret.fresh(Secret.FEED, customer);
        Settings settings = told.with(ADDRESS, address.text());
        UUID id = Ids.next(now);
        db.sql("""
                        insert into subscription (customer_id, subscription_id, actor_id, token_id, label, infrastructures,
                            elements, channel, settings, sealed, secret_hash, notices, filter, conditions, schedule, language,
                            state, from_no, created_at)
                        select :customer, :id, :actor, :token, :label, :infrastructures, :elements, :channel, :settings::json,
                            :sealed, :hash, :notices, :filter::json, :conditions::json, :schedule::json, :language, :state,
                            no, :now
                        from customer_head where customer_id = :customer""")
                .param("customer", customer)
                .param("id", id)
                .param("actor", caller.actor())
                .param("token", caller.token())
                .param("label", wanted.label() == null ? channel.word() : wanted.label())
                .param("infrastructures", texts(limits(caller, grant.infrastructures())))
                .param("elements", texts(limits(caller, grant.elements())))
                .param("channel", channel.word())
                .param("settings", Json.canonicalText(open(channel, settings)))
                .param("sealed", sealed(channel, settings, id))
                .param("hash", address.hash())
                .param("notices", texts(words(wanted.notices())))
                .param("filter", Json.canonicalText(wanted.filter().json()))
                .param("conditions", Json.canonicalText(wanted.condition().json()))
                .param("schedule", Json.canonicalText(wanted.schedule().json()))
                .param("language", wanted.language().getLanguage())
                .param("state", (asks ? Subscription.State.UNCONFIRMED : Subscription.State.ACTIVE).word())
                .param("now", at(now))
                .update();
        if (asks) Errands.due(db, customer, Errands.ENDPOINT, id, now);
        return new Made(get(db, caller, id), made, address);
    }

    private static @Nullable String mailOf(JdbcClient db, Caller caller) {
        return db.sql("select email from actor where actor_id = ?")
                .param(caller.actor())
                .query((row, n) -> row.getString("email"))
                .list()
                .getFirst();
    }

    /** Nobody fills the mailboxes of others by asking them. */
    private static void requireFewAsked(JdbcClient db, Caller caller, Instant now) {
        int asked = db.sql("""
                        select count(*) from subscription
                        where actor_id = ? and (asked_at is not null or state = 'unconfirmed')
                            and coalesce(asked_at, created_at) > ?""")
                .params(caller.actor(), at(now.minus(java.time.Duration.ofDays(1))))
                .query(Integer.class)
                .single();
        if (asked >= MOST_ASKED) throw Refusal.of(Problem.ASKED_ENOUGH, MOST_ASKED);
    }

    /** What a mandate leaves out may be let in by another mandate; what a token leaves out stays out. */
    private static @Nullable Set<String> limits(Caller caller, @Nullable Set<String> reached) {
        return caller.limited() ? reached : null;
    }

    private int count(JdbcClient db, Caller caller, UUID customer) {
        return db.sql("""
                        select count(*) from subscription
                        where customer_id = ? and actor_id = ? and state <> 'ended' and usual is null""").params(customer, caller.actor()).query(Integer.class).single();
    }

    private static Map<String, String> fresh(Channel channel, Settings settings) {
        return channel.fields().stream()
                .filter(field -> field.made() && settings.find(field.name()) == null)
                .collect(Collectors.toMap(Channel.Field::name, field -> freshSecret()));
    }

    private static Map<String, String> joined(Map<String, String> some, Map<String, String> more) {
        Map<String, String> all = new HashMap<>(some);
        all.putAll(more);
        return all;
    }

    /** A change to one; null leaves as it is. */
    public record Change(
            @Nullable String label,
            @Nullable Set<Notice.Type> notices,
            @Nullable Filter filter,
            @Nullable Condition condition,
            @Nullable Schedule schedule,
            @Nullable Locale language,
            Subscription.@Nullable State state) {}

    /**
     * Changes one. What was disabled or set aside goes on from where it was left; who has not agreed is asked anew, and
     * nobody else can agree.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#ASKED_ENOUGH}
     */
    public Subscription change(JdbcClient db, Caller caller, UUID id, Change change) {
        Subscription before = get(db, caller, id);
        boolean again = before.state() == Subscription.State.UNCONFIRMED && change.state() == Subscription.State.ACTIVE;
        if (again) requireAskable(db, caller, before);
        db.sql("""
                        update subscription set label = coalesce(:label, label), notices = coalesce(:notices, notices),
                            filter = coalesce(:filter::json, filter), conditions = coalesce(:conditions::json, conditions),
                            schedule = coalesce(:schedule::json, schedule), language = coalesce(:language, language),
                            state = case state when 'unconfirmed' then state else coalesce(:state, state) end,
                            asked_at = case when :again then null else asked_at end,
                            failures = case when :state = 'active' then 0 else failures end,
                            failing_since = case when :state = 'active' then null else failing_since end,
                            asked_again_at = case when :state = 'active' then null else asked_again_at end,
                            version = version + 1
                        where customer_id = :customer and subscription_id = :id""")
                .param("customer", before.customer())
                .param("id", id)
                .param("label", change.label())
                .param("notices", change.notices() == null ? null : texts(words(change.notices())))
                .param(
                        "filter",
                        change.filter() == null
                                ? null
                                : Json.canonicalText(change.filter().json()))
                .param(
                        "conditions",
                        change.condition() == null
                                ? null
                                : Json.canonicalText(change.condition().json()))
                .param(
                        "schedule",
                        change.schedule() == null
                                ? null
                                : Json.canonicalText(change.schedule().json()))
                .param(
                        "language",
                        change.language() == null ? null : change.language().getLanguage())
                .param("state", change.state() == null ? null : change.state().word())
                .param("again", again)
                .update();
        if (change.state() == Subscription.State.ACTIVE)
            Errands.due(db, before.customer(), Errands.ENDPOINT, id, clock.instant());
        return get(db, caller, id);
    }

    /**
     * Ends one: nothing more is said by it.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public void end(JdbcClient db, Caller caller, UUID id) {
        end(db, get(db, caller, id));
    }

    void end(JdbcClient db, Subscription subscription) {
        db.sql("""
                        update subscription set state = 'ended', sealed = null, version = version + 1
                        where customer_id = ? and subscription_id = ?""").params(subscription.customer(), subscription.id()).update();
        Tx.patiently(db);
        db.sql("""
                        update dispatch set state = 'withheld', settled_at = ?
                        where customer_id = ? and subscription_id = ? and state in ('waiting', 'sending')""")
                .params(at(clock.instant()), subscription.customer(), subscription.id())
                .update();
    }

    // ---- agreed to --------------------------------------------------------------------------------------------------

    /**
     * Demands that its receiver can be asked, for the first time or again.
     *
     * @throws Refusal {@link Problem#ASKED_ENOUGH}
     */
    void requireAskable(JdbcClient db, Caller caller, Subscription subscription) {
        Instant last = subscription.askedAt();
        Instant now = clock.instant();
        if (last != null && last.plus(PATIENCE).isAfter(now)) throw Refusal.of(Problem.ASKED_ENOUGH, MOST_ASKED);
        if (last != null) requireFewAsked(db, caller, now);
    }

    /** Its receiver was asked, and may agree from now on for a while. */
    void asked(JdbcClient db, Subscription subscription) {
        db.sql("""
                        update subscription set asked_at = ?, version = version + 1
                        where customer_id = ? and subscription_id = ?""")
                .params(at(clock.instant()), subscription.customer(), subscription.id())
                .update();
    }

    /** Its receiver agrees: from now on it is sent what happens. Of one that waits for nobody, or not any more, nothing changes. */
    void confirm(JdbcClient db, Subscription subscription) {
        db.sql("""
                        update subscription set state = 'active', version = version + 1
                        where customer_id = ? and subscription_id = ? and state = 'unconfirmed' and asked_at > ?""")
                .params(
                        subscription.customer(),
                        subscription.id(),
                        at(clock.instant().minus(Subscription.OPEN)))
                .update();
    }

    /**
     * Gives it a new secret; the one before it still signs beside it for a day.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}, {@link Problem#CONFLICT} where its channel signs nothing
     */
    public Made rotate(JdbcClient db, Caller caller, UUID id) {
        Subscription subscription = get(db, caller, id);
        Channel channel = channels.of(subscription);
        Channel.Field field = channel.fields().stream()
                .filter(Channel.Field::made)
                .findFirst()
                .orElseThrow(() -> Refusal.of(Problem.CONFLICT));
        Settings before = settings(subscription);
        String secret = freshSecret();
        Settings now = before.with(PREVIOUS, before.get(field.name()))
                .with(PREVIOUS_UNTIL, clock.instant().plus(OVERLAP).toString())
                .with(field.name(), secret);
        db.sql("""
                        update subscription set sealed = ?, version = version + 1
                        where customer_id = ? and subscription_id = ?""")
                .param(1, sealed(channel, now, id))
                .param(2, subscription.customer())
                .param(3, id)
                .update();
        return new Made(get(db, caller, id), Map.of(field.name(), secret), null);
    }

    // ---- read -------------------------------------------------------------------------------------------------------

    /**
     * One of the caller's own.
     *
     * @throws Refusal {@link Problem#NOT_FOUND}
     */
    public Subscription get(JdbcClient db, Caller caller, UUID id) {
        return own(db, caller, "and s.subscription_id = ?", id).stream()
                .findFirst()
                .orElseThrow(() -> Refusal.of(Problem.NOT_FOUND));
    }

    /** The caller's own in reach, the newest first. */
    public List<Subscription> list(JdbcClient db, Caller caller, @Nullable UUID before, int limit) {
        UUID from = before == null ? new UUID(-1, -1) : before;
        return own(db, caller, "and s.subscription_id < ? order by s.subscription_id desc limit ?", from, limit);
    }

    /**
     * What of a subscription {@code s} says that it is the caller's. A token that reaches only some infrastructures or
     * elements of a customer sees what was made with it, and not what its actor hears of all the others.
     */
    static final String IS_OWN =
            "s.customer_id = any(?) and s.actor_id = ? and (s.customer_id = any(?) or s.token_id = ?)";

    /** The values of {@link #IS_OWN}. */
    static List<Object> own(Caller caller) {
        List<UUID> entirely = caller.scope().grants().stream()
                .filter(grant -> grant.isWhole() || !caller.limited())
                .map(Scope.Grant::customer)
                .toList();
        UUID token = caller.token() == null ? NO_TOKEN : caller.token();
        return List.of(Arrays.of(caller.customers()), caller.actor(), Arrays.of(entirely), token);
    }

    /** Nothing was made with it. */
    private static final UUID NO_TOKEN = new UUID(0, 0);

    private List<Subscription> own(JdbcClient db, Caller caller, String rest, Object... parameters) {
        List<Object> all = new ArrayList<>(own(caller));
        all.addAll(List.of(parameters));
        return db.sql("""
                        select s.* from subscription s
                        where\s""" + IS_OWN + " and s.state <> 'ended' " + rest)
                .params(all)
                .query(Subscriptions::read)
                .list();
    }

    /** The subscription that an address belongs to which is read without signing in, or null. */
    public @Nullable Subscription behind(JdbcClient db, UUID customer, byte[] hash) {
        return db.sql("select * from subscription where customer_id = ? and secret_hash = ? and state <> 'ended'")
                .params(customer, hash)
                .query(Subscriptions::read)
                .optional()
                .orElse(null);
    }

    /** The living ones of a customer, each with what its owner reads now; those whose owner reads nothing are left out. */
    List<Subscriber> living(JdbcClient db, UUID customer, Instant now) {
        return subscribers(
                db,
                customer,
                db.sql("select * from subscription where customer_id = ? and state not in ('ended', 'unconfirmed')")
                        .param(customer)
                        .query(Subscriptions::read)
                        .list(),
                now);
    }

    /** At how many days before a deadline somebody wants to hear that it is near. */
    public static Set<Integer> thresholds(JdbcClient db, UUID customer) {
        Set<Integer> thresholds =
                new HashSet<>(db.sql("""
                        select distinct (conditions ->> 'expiresIn')::integer from subscription
                        where customer_id = ? and state <> 'ended' and conditions ->> 'expiresIn' is not null""").param(customer).query(Integer.class).list());
        thresholds.add(Condition.USUAL_DAYS);
        return thresholds;
    }

    /** The row, whoever asks: for the program's own acts. */
    Subscription find(JdbcClient db, UUID customer, UUID id) {
        return db.sql("select * from subscription where customer_id = ? and subscription_id = ?")
                .params(customer, id)
                .query(Subscriptions::read)
                .single();
    }

    /** One with what its owner reads now, or null: for what is read by an address of its own. */
    @Nullable
    Subscriber subscriber(JdbcClient db, Subscription subscription, Instant now) {
        List<Subscriber> found = subscribers(db, subscription.customer(), List.of(subscription), now);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static List<Subscriber> subscribers(
            JdbcClient db, UUID customer, List<Subscription> subscriptions, Instant now) {
        Map<Readers.Asking, Readers.Reading> readers = Readers.of(
                db,
                customer,
                subscriptions.stream().map(Subscription::asking).distinct().toList(),
                now);
        List<Subscriber> living = new ArrayList<>();
        for (Subscription subscription : subscriptions) {
            Readers.Reading reading = readers.get(subscription.asking());
            if (reading == null) continue;
            Set<UUID> mine = subscription.condition().mine() ? testifiedOf(db, subscription) : null;
            living.add(new Subscriber(subscription, reading, mine));
        }
        return living;
    }

    private static Set<UUID> testifiedOf(JdbcClient db, Subscription subscription) {
        return new HashSet<>(db.sql("""
                        select distinct a.element_id from testimony t
                        join assignment a on a.customer_id = t.customer_id and a.seq = t.seq
                        where t.customer_id = ? and t.witness_id = ?""")
                .params(subscription.customer(), subscription.actor())
                .query(UUID.class)
                .list());
    }

    // ---- secrets ----------------------------------------------------------------------------------------------------

    /** The secret of the address by which it is read or ended without signing in: messages name that address. */
    static final String ADDRESS = "address-of-its-own";

    /** The secret before the present one, while it still signs. */
    private static final String PREVIOUS = "previousSecret";

    private static final String PREVIOUS_UNTIL = "previousUntil";

    /** A secret by which a receiver knows that it is us (Standard Webhooks): 32 random bytes. */
    private static String freshSecret() {
        return "whsec_" + Base64.getEncoder().encodeToString(Ids.random(32));
    }

    /** What its channel needs to know, secrets opened. */
    Settings settings(Subscription subscription) {
        Map<String, String> values = new HashMap<>();
        subscription.settings().forEachEntry((name, value) -> values.put(name, value.stringValue()));
        if (subscription.sealed() != null)
            Json.ours(strongbox.open(subscription.sealed(), place(subscription.id())))
                    .forEachEntry((name, value) -> values.put(name, value.stringValue()));
        String until = values.remove(PREVIOUS_UNTIL);
        if (until != null && !clock.instant().isBefore(Instant.parse(until))) values.remove(PREVIOUS);
        return new Settings(values);
    }

    /** The same for what is about to be sent: it names an address by which it is ended, and what nobody asked for had none yet. */
    Settings settingsToSend(JdbcClient db, Subscription subscription) {
        Settings settings = settings(subscription);
        if (settings.find(ADDRESS) != null) return settings;
        Secret address = Secret.fresh(Secret.FEED, subscription.customer());
        Settings addressed = settings.with(ADDRESS, address.text());
        db.sql("update subscription set sealed = ?, secret_hash = ? where customer_id = ? and subscription_id = ?")
                .param(1, sealed(channels.of(subscription), addressed, subscription.id()))
                .param(2, address.hash())
                .param(3, subscription.customer())
                .param(4, subscription.id())
                .update();
        return addressed;
    }

    private static String place(UUID id) {
        return "subscription|" + id;
    }

    private static ObjectNode open(Channel channel, Settings settings) {
        ObjectNode json = Json.object();
        for (Channel.Field field : channel.fields()) {
            String value = settings.find(field.name());
            if (value != null && !field.secret()) json.put(field.name(), value);
        }
        return json;
    }

    private byte @Nullable [] sealed(Channel channel, Settings settings, UUID id) {
        ObjectNode json = Json.object();
        settings.values().forEach(json::put);
        for (Channel.Field field : channel.fields()) if (!field.secret()) json.remove(field.name());
        return json.isEmpty() ? null : strongbox.seal(Json.canonical(json), place(id));
    }

    // ---- rows -------------------------------------------------------------------------------------------------------

    static Subscription read(ResultSet row, int number) throws SQLException {
        return new Subscription(
                row.getObject("customer_id", UUID.class),
                row.getObject("subscription_id", UUID.class),
                row.getObject("actor_id", UUID.class),
                row.getObject("token_id", UUID.class),
                row.getString("usual"),
                row.getString("label"),
                set(row, "infrastructures"),
                set(row, "elements"),
                row.getString("channel"),
                (ObjectNode) Json.MAPPER.readTree(row.getString("settings")),
                row.getBytes("sealed"),
                types(row),
                Filter.of(json(row, "filter")),
                Condition.of(json(row, "conditions")),
                Schedule.of(json(row, "schedule")),
                Locale.of(row.getString("language")),
                Subscription.State.of(row.getString("state")),
                row.getLong("from_no"),
                row.getInt("failures"),
                instant(row, "failing_since"),
                instant(row, "asked_again_at"),
                instant(row, "asked_at"),
                row.getLong("version"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    private static JsonNode json(ResultSet row, String column) throws SQLException {
        return Json.MAPPER.readTree(row.getString(column));
    }

    private static @Nullable Set<String> set(ResultSet row, String column) throws SQLException {
        var array = row.getArray(column);
        return array == null ? null : Set.of((String[]) array.getArray());
    }

    private static Set<Notice.Type> types(ResultSet row) throws SQLException {
        Set<Notice.Type> types = new HashSet<>();
        for (String word : (String[]) row.getArray("notices").getArray()) {
            Notice.Type type = Notice.Type.of(word);
            if (type != null) types.add(type);
        }
        return Set.copyOf(types);
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private static Set<String> words(Set<Notice.Type> types) {
        return types.stream().map(Notice.Type::word).collect(Collectors.toSet());
    }

    private static @Nullable Object texts(@Nullable Set<String> values) {
        return values == null
                ? null
                : Arrays.of("text", values.stream().sorted().toList());
    }

    static OffsetDateTime at(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
