package org.minventory.base;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.output.MigrateResult;

/** Brings a database to the schema of this program, and refuses one that a newer program has made. */
public final class Schema {
    private Schema() {}

    /**
     * Migrates with the owner's connection, which is closed again.
     *
     * @param app the application role, which is granted what it may and owns nothing
     * @return how many steps were taken
     * @throws CannotStart where the database is of a newer version
     */
    public static int migrate(EmbeddedPostgres.Connection owner, String app) {
        Flyway flyway = Flyway.configure()
                .dataSource(owner.url(), owner.user(), owner.password())
                .locations("classpath:db/migration")
                .placeholders(Map.of("app", app))
                .load();
        refuseNewer(flyway);
        MigrateResult done = flyway.migrate();
        return done.migrationsExecuted;
    }

    private static void refuseNewer(Flyway flyway) {
        for (MigrationInfo step : flyway.info().applied())
            if (step.getState().isApplied() && !step.getState().isResolved())
                throw new CannotStart("This database was made by a newer Minventory (schema " + step.getVersion()
                        + "): start that version, or restore a backup made by this one.");
    }
}
