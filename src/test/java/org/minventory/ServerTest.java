package org.minventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres;

/** Where it cannot start it says in one sentence why, and what to do. */
class ServerTest {
    @Test
    void aTakenPortIsNamed() throws Exception {
        try (var database = TestDatabase.fresh();
                ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Server.Settings settings = Server.Settings.local(taken.getLocalPort(), database.owner(), database.app());
            assertThatThrownBy(() -> Server.start(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(Integer.toString(taken.getLocalPort()))
                    .hasMessageContaining("--port");
        }
    }

    @Test
    void aDatabaseOfANewerProgramIsLeftAlone() throws SQLException {
        try (var database = TestDatabase.fresh()) {
            tell(database.owner(), """
                    insert into flyway_schema_history (installed_rank, version, description, type, script, checksum,
                        installed_by, execution_time, success)
                    values (999, '99990101000000', 'the future', 'SQL', 'V99990101000000__the_future.sql', 1, 'x', 1, true)""");
            assertThatThrownBy(() -> Server.start(Server.Settings.local(0, database.owner(), database.app())))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("made by a newer Minventory");
        }
    }

    @Test
    void aWrongPasswordIsASentence() {
        try (var database = TestDatabase.fresh()) {
            var app = new EmbeddedPostgres.Connection(
                    database.app().url(), database.app().user(), "wrong");
            assertThatThrownBy(() -> Server.start(Server.Settings.local(0, database.owner(), app)))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(app.user());
            var owner = new EmbeddedPostgres.Connection(
                    database.owner().url(), database.owner().user(), "wrong");
            assertThatThrownBy(() -> Server.start(Server.Settings.local(0, owner, database.app())))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining("password");
        }
    }

    @Test
    void theOwnerIsGoneBeforeTheFirstRequest() throws SQLException {
        try (var database = TestDatabase.fresh();
                Server server = Server.start(Server.Settings.local(0, database.owner(), database.app()));
                Connection look = DriverManager.getConnection(
                        database.superuser().url(),
                        database.superuser().user(),
                        database.superuser().password());
                var rows = look.createStatement()
                        .executeQuery("select distinct usename from pg_stat_activity where datname = '"
                                + database.name() + "' and pid <> pg_backend_pid()")) {
            assertThat(server.port()).isPositive();
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).isEqualTo(database.app().user());
            assertThat(rows.next()).isFalse();
        }
    }

    private static void tell(EmbeddedPostgres.Connection who, String command) throws SQLException {
        try (Connection connection = DriverManager.getConnection(who.url(), who.user(), who.password());
                var statement = connection.createStatement()) {
            statement.execute(command);
        }
    }
}
