package org.minventory.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.TestDatabase;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** Ten thousand elements behind row-level security are searched along an index, and so are the lists of them. */
class SearchPlanTest {
    private static final UUID ACME = new UUID(1, 1);
    private static final UUID GLOBEX = new UUID(2, 2);
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
                insert into element select '{of}', md5('{of}' || i)::uuid, 'web-' || i, 'server', 1 from generate_series(1, 10000) i;
                insert into knowledge select '{of}', md5('{of}' || i)::uuid, 'web-' || i, 'server', 'in-service', 'shop', null, null,
                    null, '{}', 0, 1, '' from generate_series(1, 10000) i;
                insert into term select '{of}', md5('{of}' || i)::uuid, a, a || '-' || i
                    from generate_series(1, 10000) i, unnest(array['web', 'serial', 'fqdn', 'os.name']) a;
                insert into address_range select '{of}', md5('{of}' || i)::uuid, '10.0.0.0'::inet + i * 256, '10.0.0.255'::inet + i * 256, 'range'
                    from generate_series(1, 10000) i""".replace("{of}", customer.toString()));
    }

    @AfterAll
    static void end() {
        database.close();
    }

    @Test
    void wordsAreFoundAlongTheIndexOfWords() {
        assertThat(plan("serial-77")).contains("using term_text").doesNotContain("Seq Scan on term");
    }

    @Test
    void addressesAreFoundAlongTheIndexOfRanges() {
        assertThat(plan("10.0.9.1"))
                .contains("using term_text", "address_range_bounds")
                .doesNotContain("Seq Scan");
    }

    @Test
    void aPageIsReadInTheOrderOfTheIndexOfNames() {
        Inventory.Union union = new Inventory.Union();
        Scope scope = Scope.whole(List.of(ACME, GLOBEX));
        for (Scope.Grant grant : scope.grants())
            union.add(
                    "select k.customer_id, k.element_id, k.name from knowledge k",
                    Inventory.Where.of(grant, Selection.EVERYTHING),
                    "order by k.name, k.element_id limit 51");
        assertThat(tx.read(scope, union::plan)).contains("knowledge_list").doesNotContain("Sort", "Seq Scan");
    }

    private static String plan(String word) {
        Scope scope = Scope.whole(List.of(ACME, GLOBEX));
        return tx.read(scope, db -> Search.statement(scope, List.of(word), 20).plan(db));
    }
}
