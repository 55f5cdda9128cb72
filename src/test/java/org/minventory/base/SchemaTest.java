package org.minventory.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.minventory.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The second wall, read from PostgreSQL's own catalogue: a table that is added without its seal fails here. */
class SchemaTest {
    /**
     * Where rights are worked out from, before any customer is chosen; the answers given to a token's own calls; what is due
     * when, by identifiers alone.
     */
    private static final List<String> OF_NO_CUSTOMER =
            List.of("actor", "errand", "instance_setting", "mandate", "ops_team", "replay", "session", "token");

    private static final List<String> NEVER_REWRITTEN = List.of("testimony", "source_document");
    private static final Path GOLDEN = Path.of("docs", "schema.sql");
    private static TestDatabase.DatabaseHandle database;
    private static JdbcClient owner;
    private static JdbcClient app;

    @BeforeAll
    static void begin() {
        database = TestDatabase.fresh();
        owner = client(database.owner());
        app = client(database.app());
    }

    @AfterAll
    static void end() {
        database.close();
    }

    private static JdbcClient client(EmbeddedPostgres.Connection as) {
        return JdbcClient.create(new DriverManagerDataSource(as.url(), as.user(), as.password()));
    }

    @Test
    void everyTableOfACustomerIsSealedAgainstItsOwnerToo() {
        assertThat(names("""
                select relname from pg_class where relkind in ('r', 'p') and relnamespace = 'public'::regnamespace
                    and not (relrowsecurity and relforcerowsecurity) and relname <> 'flyway_schema_history' order by 1""")).isEqualTo(OF_NO_CUSTOMER);
        assertThat(names("select distinct qual || ' / ' || with_check from pg_policies"))
                .as("one seal for all: no scope, no row")
                .singleElement()
                .asString()
                .contains("POSITION", "app.customers");
        assertThat(names("select tablename from pg_policies where permissive <> 'PERMISSIVE' or cmd <> 'ALL'"))
                .isEmpty();
    }

    /** Row-level security protects neither foreign keys nor unique constraints: the customer must lead them. */
    @Test
    void everyKeyBeginsWithTheCustomer() {
        assertThat(names("""
                select distinct c.conrelid::regclass::text from pg_constraint c
                    join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
                where c.contype in ('p', 'u', 'f') and c.connamespace = 'public'::regnamespace
                    and a.attname <> 'customer_id' and c.conrelid <> 'flyway_schema_history'::regclass order by 1""")).isSubsetOf(OF_NO_CUSTOMER);
        assertThat(names("""
                select distinct i.indrelid::regclass::text from pg_index i join pg_class t on t.oid = i.indrelid
                    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0]
                where i.indisunique and t.relnamespace = 'public'::regnamespace and a.attname <> 'customer_id'
                    and t.relname <> 'flyway_schema_history' order by 1""")).isSubsetOf(OF_NO_CUSTOMER);
        assertThat(names("""
                select conrelid::regclass || ' ' || conname from pg_constraint
                where contype = 'f' and connamespace = 'public'::regnamespace
                    and confrelid::regclass::text <> all (array['actor', 'ops_team', 'token', 'customer', 'customer_head'])
                    and (select attname from pg_attribute where attrelid = confrelid and attnum = confkey[1]) <> 'customer_id'"""))
                .as("what refers to a customer's row names the customer")
                .isEmpty();
    }

    @Test
    void thePlannerTakesEachCustomerForAll() {
        owner.sql("analyze").update();
        List<String> told = client(database.superuser())
                .sql("select tablename from pg_stats where schemaname = 'public' and attname = 'customer_id'"
                        + " and n_distinct = 1 and most_common_vals is null order by 1")
                .query(String.class)
                .list();
        assertThat(told).hasSizeGreaterThan(20).isEqualTo(names("""
                select relname from pg_class join pg_attribute on attrelid = pg_class.oid where attname = 'customer_id'
                    and relkind = 'r' and relnamespace = 'public'::regnamespace order by 1"""));
    }

    @Test
    void theProgramsRoleOwnsNothingAndPassesNoWall() {
        String role = database.app().user();
        assertThat(names("select rolname from pg_roles where rolname = '" + role
                        + "' and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)"))
                .isEmpty();
        assertThat(names("select relname from pg_class where pg_get_userbyid(relowner) = '" + role + "'"))
                .isEmpty();
        assertThat(names("select member::regrole::text from pg_auth_members where member = '" + role + "'::regrole"))
                .isEmpty();
        assertThat(names("select proname from pg_proc where prosecdef and pronamespace = 'public'::regnamespace"))
                .isEmpty();
        assertThat(names("""
                select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace
                    and not coalesce(reloptions @> array['security_invoker=true'], false)""")).isEmpty();
        assertThat(names(
                        "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and "
                                + "has_table_privilege('" + role + "', oid, 'TRUNCATE, TRIGGER, REFERENCES')"))
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> theProgramNeverRewritesTheRecord() {
        return NEVER_REWRITTEN.stream().flatMap(table -> Stream.of(
                        "update " + table + " set seq = seq", "delete from " + table, "truncate " + table)
                .map(act -> DynamicTest.dynamicTest(
                        act, () -> assertThatThrownBy(() -> app.sql(act).update())
                                .rootCause()
                                .hasMessageContaining("permission denied"))));
    }

    @Test
    void withoutAScopeThereIsNoRow() {
        UUID acme = new UUID(1, 1);
        client(database.superuser())
                .sql("insert into customer values (?, 'acme', 'Acme', now())")
                .param(acme)
                .update();
        for (JdbcClient who : List.of(app, owner))
            assertThat(who.sql("select count(*) from customer")
                            .query(Integer.class)
                            .single())
                    .isZero();
        assertThat(app.sql("with scope as materialized (select set_config('app.customers', '{" + acme + "}', true))"
                                + " select (select count(*) from customer) from scope")
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThatThrownBy(() -> app.sql("insert into customer values (?, 'mine', 'Mine', now())")
                        .param(new UUID(2, 2))
                        .update())
                .rootCause()
                .hasMessageContaining("row-level security");
    }

    /** What changes in the schema is seen by who reads the change: {@code -Dschema.write} writes the page anew. */
    @Test
    void theSchemaIsAsWritten() throws IOException {
        String now = drawn();
        if (Boolean.getBoolean("schema.write")) Files.writeString(GOLDEN, now);
        assertThat(now).isEqualTo(Files.readString(GOLDEN));
    }

    private static String drawn() {
        StringBuilder drawn = new StringBuilder("""
                -- The schema as PostgreSQL holds it, written by SchemaTest (-Dschema.write) and compared by it.
                -- What makes it are the migrations under src/main/resources/db/migration.
                """);
        for (String table : names("select relname from pg_class where relkind = 'r'"
                + " and relnamespace = 'public'::regnamespace and relname <> 'flyway_schema_history' order by 1")) {
            drawn.append("\ncreate table ").append(table).append(" (\n    ");
            drawn.append(String.join(",\n    ", names("""
                    select attname || ' ' || format_type(atttypid, atttypmod) || case when attnotnull then ' not null' else '' end
                        || coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')
                    from pg_attribute left join pg_attrdef d on d.adrelid = attrelid and d.adnum = attnum
                    where attrelid = 'public.%s'::regclass and attnum > 0 and not attisdropped order by attnum""".formatted(table))));
            drawn.append("\n);\n");
            names("""
                    select 'alter table %1$s add ' || pg_get_constraintdef(oid) from pg_constraint
                    where conrelid = 'public.%1$s'::regclass and contype <> 'n' order by contype, 1""".formatted(table)).forEach(line -> drawn.append(line).append(";\n"));
            names("""
                    select pg_get_indexdef(indexrelid) from pg_index where indrelid = 'public.%s'::regclass
                        and not exists (select from pg_constraint where conindid = indexrelid) order by 1""".formatted(table)).forEach(line -> drawn.append(line).append(";\n"));
            names("""
                    select 'grant ' || string_agg(lower(privilege_type), ', ' order by privilege_type) || ' on %1$s to the program'
                    from information_schema.role_table_grants where table_name = '%1$s' and grantee = '%2$s' having count(*) > 0""".formatted(table, database.app().user()))
                    .forEach(line -> drawn.append(line).append(";\n"));
            names(
                            "select 'create policy ' || policyname || ' using ' || qual || ' with check ' || with_check from pg_policies"
                                    + " where tablename = '" + table + "'")
                    .forEach(line -> drawn.append(line).append(";\n"));
        }
        return drawn.toString();
    }

    private static List<String> names(String sql) {
        return owner.sql(sql).query(String.class).list();
    }
}
