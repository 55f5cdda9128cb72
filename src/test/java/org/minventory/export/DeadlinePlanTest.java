package org.minventory.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.TestDatabase;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.element.EndOfSupport;
import org.minventory.export.DeadlineReader.Wanted;
import org.minventory.export.DeadlineReader.What;
import org.minventory.intake.Vocabularies;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Among ten thousand elements behind row-level security, what ends is found along indexes, of whatever sort it is. */
class DeadlinePlanTest {
    private static final UUID ACME = new UUID(1, 1);
    private static final UUID GLOBEX = new UUID(2, 2);
    private static final LocalDate DAY = LocalDate.of(2026, 11, 22);
    private static TestDatabase.DatabaseHandle database;
    private static Tx tx;

    @BeforeAll
    static void fill() throws SQLException {
        database = TestDatabase.fresh();
        var superuser = database.superuser();
        try (Connection connection =
                        DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
                Statement statement = connection.createStatement()) {
            for (UUID customer : List.of(ACME, GLOBEX)) fill(statement, customer);
            statement.execute("analyze");
        }
        var app = database.app();
        tx = new Tx(new DriverManagerDataSource(app.url(), app.user(), app.password()));
    }

    private static void fill(Statement statement, UUID customer) throws SQLException {
        statement.execute("""
                insert into customer values ('{of}', 'c{of}', 'C', now());
                insert into customer_head (customer_id, chain, recorded_at) values ('{of}', '', now());
                insert into element select '{of}', md5('{of}' || i)::uuid, 'web-' || i, 'server', 1 from generate_series(1, 10000) i;
                insert into knowledge select '{of}', md5('{of}' || i)::uuid, 'web-' || i, case when i % 50 = 0 then 'backup' else 'server' end,
                    'in-service', 'shop', null, null, null, '{}', 0, 1, '' from generate_series(1, 10000) i;
                insert into term select '{of}', md5('{of}' || i)::uuid, a, a || '-' || i
                    from generate_series(1, 10000) i, unnest(array['web', 'serial', 'fqdn']) a;
                insert into term select '{of}', md5('{of}' || i)::uuid, 'os.name', 'debian' from generate_series(1, 10000) i;
                insert into term select '{of}', md5('{of}' || i)::uuid, 'os.version', (9 + i % 5)::text || '.' || i from generate_series(1, 10000) i;
                insert into term select '{of}', md5('{of}' || i)::uuid, 'expires', (date '2026-01-01' + i % 1000)::text from generate_series(1, 10000) i;
                insert into term select '{of}', md5('{of}' || i)::uuid, 'renewal:due', (date '2026-01-01' + i % 1000)::text, 20454 + i % 1000
                    from generate_series(1, 10000) i;
                insert into term select '{of}', md5('{of}' || i)::uuid, 'proof:backup', 'told', 1795305600 + i from generate_series(50, 10000, 50) i""".replace("{of}", customer.toString()));
    }

    @AfterAll
    static void end() {
        database.close();
    }

    @Test
    void everySortIsFoundAlongAnIndex() {
        Scope scope = Scope.whole(List.of(ACME, GLOBEX));
        String plan = tx.read(scope, db -> search(db, scope).plan(db));
        assertThat(plan)
                .contains("term_text", "term_number")
                .doesNotContain("Seq Scan on term", "Seq Scan on knowledge");
    }

    @Test
    void andItIsFound() {
        Scope scope = Scope.whole(List.of(ACME, GLOBEX));
        List<DeadlineReader.Deadline> found =
                tx.read(scope, db -> search(db, scope).run(db, null, 100_000));
        assertThat(found)
                .extracting(DeadlineReader.Deadline::what)
                .contains(What.EXPIRY, What.RENEWAL_DUE, What.BACKUP_PROOF, What.END_OF_SUPPORT);
        assertThat(found.stream().filter(one -> one.what() == What.BACKUP_PROOF))
                .hasSize(400);
        assertThat(found.stream().filter(one -> one.what() == What.END_OF_SUPPORT))
                .hasSize(4_000)
                .allSatisfy(one -> assertThat(one.about()).isEqualTo("Debian 12"));
    }

    private static DeadlineSearch search(org.springframework.jdbc.core.simple.JdbcClient db, Scope scope) {
        Wanted wanted = new Wanted(What.EVERY, DAY, LocalDate.of(2028, 12, 31));
        return new DeadlineSearch(
                wanted, Reach.of(db, scope, new Vocabularies()), EndOfSupport.shipped(), scope.grants());
    }
}
