package org.minventory.base;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The only giver of a database connection. Every use is one transaction whose row-level security sees exactly the
 * scope's customers; without a scope there is no row to see. Sixteen connections at most, and a queue of three seconds
 * before them: virtual threads would queue without end.
 */
public final class Tx {
    /** Connections of the pool. */
    public static final int CONNECTIONS = 16;

    private static final String READ = "begin isolation level repeatable read read only";
    private static final String WRITE = "begin isolation level read committed";
    private static final long PATIENCE_MILLIS = 3_000;
    private static final int INTERACTIVE_SECONDS = 5;
    private static final int LONG_WORK_SECONDS = 3_600;

    private final DataSource pool;
    private final Semaphore places = new Semaphore(CONNECTIONS, true);

    public Tx(DataSource pool) {
        this.pool = pool;
    }

    /** A read under way: what is read of the same scope within it is read at the same moment, by the same connection. */
    private record Reading(Tx of, Scope scope, JdbcClient db) {}

    private static final ScopedValue<Reading> READING = ScopedValue.newInstance();

    /** A read at one consistent moment, interactive: a statement that takes more than 5 s is cancelled. */
    public <T> T read(Scope scope, Function<JdbcClient, T> work) {
        return isReading(scope) ? work.apply(READING.get().db()) : reading(scope, INTERACTIVE_SECONDS, work);
    }

    /** A read at one consistent moment that may take long: exports, rebuilds. */
    public <T> T longRead(Scope scope, Function<JdbcClient, T> work) {
        if (!isReading(scope)) return reading(scope, LONG_WORK_SECONDS, work);
        JdbcClient db = READING.get().db();
        db.sql("select set_config('statement_timeout','" + LONG_WORK_SECONDS + "s',true)")
                .query()
                .singleValue();
        return work.apply(db);
    }

    private boolean isReading(Scope scope) {
        return READING.isBound()
                && READING.get().of() == this
                && READING.get().scope().equals(scope);
    }

    private <T> T reading(Scope scope, int seconds, Function<JdbcClient, T> work) {
        return within(scope, READ, seconds, "commit", db -> ScopedValue.where(READING, new Reading(this, scope, db))
                .call(() -> work.apply(db)));
    }

    /**
     * A single statement on what belongs to no customer, which is a transaction by itself. Rows of customers are not to be
     * seen by it: no scope, no row.
     */
    public <T> T lookUp(Function<JdbcClient, T> statement) {
        return connected(connection -> statement.apply(clientOf(connection)));
    }

    /** A write: all of it or nothing. */
    public <T> T write(Scope scope, Function<JdbcClient, T> work) {
        return writing(scope, INTERACTIVE_SECONDS, "commit", work);
    }

    /** A write that is taken back whatever comes of it: a dry run may do all that the real one does. */
    public <T> T rehearse(Scope scope, Function<JdbcClient, T> work) {
        return writing(scope, INTERACTIVE_SECONDS, "rollback", work);
    }

    /** A write that may take long: rebuilds. */
    public <T> T longWrite(Scope scope, Function<JdbcClient, T> work) {
        return writing(scope, LONG_WORK_SECONDS, "commit", work);
    }

    private <T> T writing(Scope scope, int seconds, String end, Function<JdbcClient, T> work) {
        if (READING.isBound()) throw new IllegalStateException("a write within a read would wait for itself");
        return within(scope, WRITE, seconds, end, work);
    }

    /**
     * Lets the rest of a transaction see some more customers: for an act that learns only behind its lock what the caller
     * has come to reach meanwhile.
     */
    public static void widen(JdbcClient db, Collection<UUID> customers) {
        db.sql("""
                        select set_config('app.customers',
                            (current_setting('app.customers')::uuid[] || ?::uuid[])::text, true)""").param(Arrays.of(List.copyOf(customers))).query().singleValue();
    }

    /** Lets what follows in a transaction take a minute: for the few statements that write as many rows as there are messages. */
    public static void patiently(JdbcClient db) {
        db.sql("select set_config('statement_timeout','60s',true)").query().singleValue();
    }

    private <T> T within(Scope scope, String begin, int seconds, String end, Function<JdbcClient, T> work) {
        return connected(connection -> transaction(connection, opening(begin, scope, seconds), end, work));
    }

    private interface Use<T> {
        T of(Connection connection) throws SQLException;
    }

    private <T> T connected(Use<T> use) {
        takePlace();
        try (Connection connection = pool.getConnection()) {
            return use.of(connection);
        } catch (SQLException unreachable) {
            throw busy(unreachable);
        } catch (DataAccessException failed) {
            throw isPassing(failed) ? busy(failed) : failed;
        } finally {
            places.release();
        }
    }

    private static JdbcClient clientOf(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** Whoever reads a whole table reads other customers' rows, to leave them out. */
    private static final String BY_INDEX = ", set_config('enable_seqscan','off',true)";

    /** Whatever is written is found by its key: what else the planner may find for young tables is never right there. */
    private static final String BY_KEY =
            ", set_config('enable_hashjoin','off',true), set_config('enable_mergejoin','off',true)";

    /** Begin, scope and time limit travel in one message. The scope's text holds nothing but UUIDs. */
    private static String opening(String begin, Scope scope, int seconds) {
        return begin + "; select set_config('app.customers','" + scope.setting()
                + "',true), set_config('statement_timeout','" + seconds + "s',true)" + BY_INDEX
                + (begin.equals(READ) ? "" : BY_KEY);
    }

    private static <T> T transaction(Connection connection, String opening, String end, Function<JdbcClient, T> work)
            throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(opening);
            boolean done = false;
            try {
                T result = work.apply(clientOf(connection));
                statement.execute(end);
                done = true;
                return result;
            } finally {
                if (!done) rollback(connection);
            }
        }
    }

    private static void rollback(Connection connection) throws SQLException {
        if (connection.isClosed()) return;
        try (var statement = connection.createStatement()) {
            statement.execute("rollback");
        } catch (SQLException lost) {
            connection.abort(Runnable::run); // the pool must not hand it out again in the middle of a transaction
        }
    }

    private void takePlace() {
        try {
            if (!places.tryAcquire(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) throw Refusal.of(Problem.BUSY);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw Refusal.of(Problem.BUSY);
        }
    }

    /** What will pass: the database is away, full, or somebody holds a lock for too long. */
    private static boolean isPassing(DataAccessException failed) {
        return failed instanceof DataAccessResourceFailureException
                || failed instanceof TransientDataAccessResourceException
                || failed instanceof QueryTimeoutException
                || failed instanceof PessimisticLockingFailureException
                || sqlState(failed).startsWith("53")
                || sqlState(failed).startsWith("57P")
                || sqlState(failed).startsWith("08");
    }

    private static String sqlState(DataAccessException failed) {
        return failed.getMostSpecificCause() instanceof SQLException sql && sql.getSQLState() != null
                ? sql.getSQLState()
                : "";
    }

    private static RuntimeException busy(Exception cause) {
        if (cause instanceof SQLException sql && !(sql instanceof SQLTransientConnectionException)) {
            String state = sql.getSQLState() == null ? "08" : sql.getSQLState();
            if (!state.startsWith("08") && !state.startsWith("53") && !state.startsWith("57"))
                return new IllegalStateException(sql);
        }
        return Refusal.because(cause, Problem.BUSY);
    }
}
