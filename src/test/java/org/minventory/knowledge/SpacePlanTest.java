package org.minventory.knowledge;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.minventory.TestDatabase;
import org.minventory.base.Scope;
import org.minventory.base.Tx;
import org.minventory.element.IpAddress;
import org.minventory.element.IpRange;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What is free among twenty thousand addresses, behind row-level security, is found along the index of those that are held. */
class SpacePlanTest {
    private static final UUID ACME = new UUID(1, 1);
    private static TestDatabase.DatabaseHandle database;
    private static Tx tx;

    /** Every address of 10.0.0.0/17 save one is held, and some of IPv6; machines are routed by one gateway. */
    @BeforeAll
    static void fill() throws SQLException {
        database = TestDatabase.fresh();
        var superuser = database.superuser();
        try (Connection connection =
                        DriverManager.getConnection(superuser.url(), superuser.user(), superuser.password());
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    insert into customer values ('{of}', 'c', 'C', now());
                    insert into element select '{of}', md5(i::text)::uuid, 'web-' || i, 'server', 1 from generate_series(0, 32767) i;
                    insert into identifier select '{of}', 'address', host('10.0.0.0'::inet + i), md5(i::text)::uuid, now()
                        from generate_series(0, 32767) i where i <> 20000;
                    insert into identifier select '{of}', 'address', host('2001:db8::'::inet + i), md5(i::text)::uuid, now()
                        from generate_series(0, 2) i;
                    insert into identifier select '{of}', 'serial', i, md5(i::text)::uuid, now() from generate_series(0, 32767) i;
                    insert into address_range select '{of}', md5(i::text)::uuid, '10.0.0.1', '10.0.0.1', 'gateway'
                        from generate_series(0, 32767) i;
                    insert into address_range values ('{of}', md5('1')::uuid, '10.0.0.0', '10.0.255.255', 'range');
                    analyze""".replace("{of}", ACME.toString()));
        }
        var app = database.app();
        tx = new Tx(new DriverManagerDataSource(app.url(), app.user(), app.password()));
    }

    @AfterAll
    static void end() {
        database.close();
    }

    @Test
    void whatIsHeldIsReadAlongItsIndex() {
        String plan = tx.write(
                Scope.whole(ACME),
                db -> String.join(
                        "\n",
                        db.sql("explain " + Held.PAGE_OF_THEM)
                                .param("customer", ACME)
                                .param("from", "10.0.1.0")
                                .param("to", "10.0.255.255")
                                .param("page", 500)
                                .query(String.class)
                                .list()));
        assertThat(plan)
                .contains("using identifier_held", "using address_range_bounds")
                .doesNotContain("Seq Scan on");
    }

    @Test
    void theOneThatIsFreeIsFound() {
        assertThat(next("10.0.0.0/17")).isEqualTo("10.0.78.32");
        assertThat(next("2001:db8::/64")).isEqualTo("2001:db8::3");
    }

    private static String next(String within) {
        IpRange range = Objects.requireNonNull(IpRange.parse(within));
        IpAddress address = tx.write(Scope.whole(ACME), db -> Space.nextAddress(db, ACME, range));
        return Objects.requireNonNull(address).text();
    }
}
