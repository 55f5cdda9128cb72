package org.minventory.intake;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.minventory.TestDatabase;
import org.minventory.base.Ids;
import org.minventory.base.Json;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.knowledge.Knowledge;
import org.minventory.knowledge.Picture;
import org.minventory.notification.Bell;
import org.minventory.party.Caller;
import org.minventory.party.Customers;
import org.minventory.party.Role;
import org.minventory.project.Consequences;
import org.minventory.testimony.Head;
import org.minventory.testimony.Stance;
import org.minventory.testimony.Told;
import org.minventory.testimony.ToldReader;
import tools.jackson.databind.JsonNode;

/** A customer, its people and its robots, on a database of their own and a clock that the test turns. */
public final class Acme implements AutoCloseable {
    public final UUID id = Ids.next(Instant.EPOCH);
    public final Tx tx;
    public final Intake intake;
    public final Vocabularies vocabularies = new Vocabularies();
    private final HikariDataSource pool;
    private final TestDatabase.DatabaseHandle database = TestDatabase.fresh();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));

    public final Caller ops = caller(Role.OPS, "Claire Morel");
    public final Caller cio = caller(Role.CIO, "Hugo Lefèvre");
    public final Caller ansible = caller(Role.ROBOT, "ansible@bastion", "testify:*");
    public final Caller lshw = caller(Role.ROBOT, "rescue", "testify:*");

    public Acme() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(database.app().url());
        config.setUsername(database.app().user());
        config.setPassword(database.app().password());
        config.setMaximumPoolSize(Tx.CONNECTIONS);
        pool = new HikariDataSource(config);
        tx = new Tx(pool);
        intake = new Intake(tx, now::get, vocabularies, new Customers(now::get), Consequences.ALL, new Bell());
        tx.write(Scope.whole(id), db -> {
            db.sql("insert into customer (customer_id, slug, name, created_at) values (?, 'acme', 'Acme', now())")
                    .param(id)
                    .update();
            Head.open(db, id, Instant.EPOCH);
            return 0;
        });
    }

    private Caller caller(Role role, String name, String... scopes) {
        return new Caller(Ids.next(Instant.EPOCH), role, name, null, null, Scope.whole(id), Set.of(scopes), false);
    }

    /** Turns the clock. */
    public Acme at(String instant) {
        now.set(Instant.parse(instant));
        return this;
    }

    public Receipt tell(Caller caller, String json) {
        return tell(caller, List.of(json)).getFirst();
    }

    public List<Receipt> tell(Caller caller, List<String> told) {
        return intake.take(caller, told.stream().map(this::told).toList(), Intake.Manner.PLAIN);
    }

    public Told told(String json) {
        return ToldReader.read(
                Json.read(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8)), now.get());
    }

    /** Every row of everything derived, as text, to compare byte for byte. */
    public java.util.Map<String, List<String>> derived() {
        return tx.read(Scope.whole(id), db -> {
            TreeMap<String, List<String>> tables = new TreeMap<>();
            for (String table : List.of(
                    "element",
                    "assignment",
                    "infrastructure_entry",
                    "upkeep",
                    "belonging",
                    "withdrawn",
                    "unattached",
                    "identifier",
                    "last_words",
                    "knowledge",
                    "term",
                    "address_range",
                    "relation",
                    "divergence",
                    "definition",
                    "hearing"))
                tables.put(
                        table,
                        new ArrayList<>(db.sql("select t::text from " + table + " t order by t::text")
                                .query(String.class)
                                .list()));
            return tables;
        });
    }

    public JsonNode doc(String element) {
        return tx.read(
                Scope.whole(id),
                db -> Json.ours(db.sql("select doc from knowledge where name = ?")
                        .param(element)
                        .query((row, n) -> row.getBytes(1))
                        .single()));
    }

    /** The word that counts on the deployed stance, now. */
    public String best(String element, String attribute) {
        return counting(element, attribute, Stance.DEPLOYED).saying().value().asString();
    }

    /** What counts on a stance, now. */
    public Picture.Spoken counting(String element, String attribute, Stance stance) {
        return tx.read(Scope.whole(id), db -> {
            UUID one = db.sql("select element_id from knowledge where name = ?")
                    .param(element)
                    .query(UUID.class)
                    .single();
            Picture picture = Knowledge.pictures(db, id, List.of(one)).get(one);
            Knowledge.hear(db, List.of(picture));
            return picture.best(attribute, stance, Vocabularies.read(db, id), now.get())
                    .counting();
        });
    }

    /** The ops defines something of the customer's own. */
    public void define(String sort, String json) {
        JsonNode body = Json.read(json.replace('\'', '"').getBytes(java.nio.charset.StandardCharsets.UTF_8));
        tx.write(
                Scope.whole(id),
                db -> intake.define(db, ops, id, sort, body.get("name").stringValue(), body));
    }

    public long count(String sql) {
        return tx.read(Scope.whole(id), db -> db.sql(sql).query(Long.class).single());
    }

    /** What the watch over silence has to tell, now, as types and sources. */
    public List<String> silence() {
        return tx.write(Scope.whole(id), db -> {
            long before = db.sql("select coalesce(max(no), 0) from notice")
                    .query(Long.class)
                    .single();
            new SilenceWatch().look(db, id, now.get());
            return db.sql("select type || ' ' || (body ->> 'source') from notice where no > ? order by no")
                    .param(before)
                    .query(String.class)
                    .list();
        });
    }

    public long rebuild() {
        return new Rebuild(tx, Consequences.ALL).rebuild(id, n -> {});
    }

    @Override
    public void close() {
        pool.close();
        database.close();
    }
}
