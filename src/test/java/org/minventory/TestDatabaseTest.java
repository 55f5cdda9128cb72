package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.minventory.base.EmbeddedPostgres;

/** Two tests that ask for a database never see each other's rows, and have the rights that the real one gives. */
class TestDatabaseTest {

    @Test
    void givesEachItsOwn() throws SQLException {
        try (TestDatabase.DatabaseHandle one = TestDatabase.fresh();
                TestDatabase.DatabaseHandle other = TestDatabase.fresh()) {
            tell(one.owner(), "create table mine (word text)");
            tell(other.owner(), "create table mine (word text)");
            assertThat(tables(other.owner())).isEqualTo(1);
            assertThatThrownBy(() -> tell(one.app(), "create temporary table unwanted (word text)"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void isGoneWhenClosed() throws SQLException {
        TestDatabase.DatabaseHandle gone = TestDatabase.fresh();
        try (Connection left = connect(gone.owner())) {
            gone.close();
            assertThatThrownBy(() -> connect(gone.owner())).hasMessageContaining("does not exist");
            assertThat(left.isValid(1)).isFalse();
        }
    }

    private static Connection connect(EmbeddedPostgres.Connection who) throws SQLException {
        return DriverManager.getConnection(who.url(), who.user(), who.password());
    }

    private static void tell(EmbeddedPostgres.Connection who, String command) throws SQLException {
        try (Connection connection = connect(who);
                Statement statement = connection.createStatement()) {
            statement.execute(command);
        }
    }

    private static int tables(EmbeddedPostgres.Connection who) throws SQLException {
        try (Connection connection = connect(who);
                Statement statement = connection.createStatement();
                ResultSet answer = statement.executeQuery("select count(*) from pg_tables where tablename = 'mine'")) {
            answer.next();
            return answer.getInt(1);
        }
    }
}
