package org.minventory.base;

import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;

/** Brings the database to the schema of this program, as its owner; the running program never holds that connection. */
public final class Schema {
    private Schema() {}

    /**
     * Migrates, and lets go of the owner's connection.
     *
     * @param app the role of the running program, which is granted what it needs and owns nothing
     * @throws CannotStart where the database was made by a newer program, or cannot be reached or migrated
     */
    public static void migrate(EmbeddedPostgres.Connection owner, String app) {
        try {
            Flyway flyway = Flyway.configure()
                    .dataSource(owner.url(), owner.user(), owner.password())
                    .locations("classpath:db/migration")
                    .placeholders(Map.of("app", '"' + app.replace("\"", "\"\"") + '"'))
                    .load();
            refuseNewer(flyway);
            flyway.migrate();
        } catch (FlywayException failed) {
            throw new CannotStart(
                    "The database at " + owner.url() + " cannot be prepared: " + sentence(failed), failed);
        }
    }

    private static void refuseNewer(Flyway flyway) {
        for (MigrationInfo migration : flyway.info().all()) {
            MigrationState state = migration.getState();
            if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED)
                throw new CannotStart("This database was made by a newer Minventory (its schema is "
                        + migration.getVersion() + "): start that one, or give this one another database.");
        }
    }

    /** What is wrong, without the frames of Flyway around it. */
    private static String sentence(FlywayException failed) {
        Throwable deepest = failed;
        while (deepest.getCause() != null) deepest = deepest.getCause();
        String message = deepest.getMessage() == null ? deepest.toString() : deepest.getMessage();
        return message.lines().findFirst().orElse(message).strip();
    }
}
