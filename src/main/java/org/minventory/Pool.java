package org.minventory;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import org.minventory.base.CannotStart;
import org.minventory.base.EmbeddedPostgres.Connection;
import org.minventory.base.Schema;
import org.minventory.base.Tx;
import org.minventory.cli.Entrance;

/** The connections of the running program, as many as {@link Tx} gives out; also without any door. */
final class Pool {
    private static final int PATIENCE_MILLIS = 3_000;

    private Pool() {}

    /** A database that is away is noticed within the patience of {@link Tx}. */
    static HikariConfig of(Connection app) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("minventory");
        pool.setJdbcUrl(app.url());
        pool.setUsername(app.user());
        pool.setPassword(app.password());
        pool.setMaximumPoolSize(Tx.CONNECTIONS);
        pool.setMinimumIdle(2);
        pool.setConnectionTimeout(PATIENCE_MILLIS);
        pool.addDataSourceProperty("ApplicationName", "minventory");
        pool.addDataSourceProperty("tcpKeepAlive", "true");
        pool.addDataSourceProperty("connectTimeout", "3");
        return pool;
    }

    /** That nobody is let in, said to the person who starts the program. */
    static CannotStart refused(Connection app, HikariPool.PoolInitializationException cause) {
        return new CannotStart("The database at " + app.url() + " does not let " + app.user() + " in.", cause);
    }

    /** Migrates, and gives the database to somebody who opens no door. */
    static Entrance.Backroom enter(Connection owner, Connection app) {
        Schema.migrate(owner, app.user());
        try {
            HikariDataSource pool = new HikariDataSource(of(app));
            return new Backroom(pool, new Tx(pool));
        } catch (HikariPool.PoolInitializationException refused) {
            throw refused(app, refused);
        }
    }

    private record Backroom(HikariDataSource pool, Tx tx) implements Entrance.Backroom {
        @Override
        public void close() {
            pool.close();
        }
    }
}
