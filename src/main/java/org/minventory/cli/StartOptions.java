package org.minventory.cli;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options with which a server is started, each also of the environment and of the configuration file. */
final class StartOptions {
    @Option(names = "--port", paramLabel = "PORT", description = "The port to listen on (8080).")
    @Nullable
    String port;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "The address to listen on (127.0.0.1: this machine alone; 0.0.0.0: every network it is on).")
    @Nullable
    String address;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the embedded database (minventory in the user's data folder).")
    @Nullable
    String data;

    @Option(
            names = "--database-url",
            paramLabel = "URL",
            description = "A running PostgreSQL 18 instead of the embedded one, reached by the role of the program:"
                    + " jdbc:postgresql://host:5432/name or postgresql://user@host:5432/name.")
    @Nullable
    String databaseUrl;

    @Option(names = "--database-user", paramLabel = "ROLE", description = "The role of the program.")
    @Nullable
    String databaseUser;

    @Option(
            names = "--database-password",
            paramLabel = "PASSWORD",
            description = "Its password; other users of the machine see options: prefer MINVENTORY_DATABASE_PASSWORD.")
    @Nullable
    String databasePassword;

    @Option(
            names = "--database-owner-url",
            paramLabel = "URL",
            description = "The same database reached by the role that owns it and migrates it at the start.")
    @Nullable
    String databaseOwnerUrl;

    @Option(names = "--database-owner-user", paramLabel = "ROLE", description = "The role that owns the database.")
    @Nullable
    String databaseOwnerUser;

    @Option(
            names = "--database-owner-password",
            paramLabel = "PASSWORD",
            description = "Its password; prefer MINVENTORY_DATABASE_OWNER_PASSWORD.")
    @Nullable
    String databaseOwnerPassword;

    @Option(
            names = "--allow-target",
            paramLabel = "HOST:PORT",
            description = "A receiver of notices that may be on a private network and speak plain http; repeatable.")
    @Nullable
    List<String> allowTarget;

    @Option(
            names = "--end-of-support",
            paramLabel = "FILE.yaml",
            description = "Days at which the support of systems, databases and languages ends, over those shipped.")
    @Nullable
    String endOfSupport;

    @Option(
            names = "--config",
            paramLabel = "FILE.yaml",
            description = "A file with any of these settings, one a line (MINVENTORY_CONFIG).")
    @Nullable
    Path config;

    /** What was typed, with the environment and the file below it. */
    Layers layers(Map<String, String> environment) {
        Map<Setting, List<String>> typed = new EnumMap<>(Setting.class);
        for (Setting setting : Setting.values()) {
            List<String> values = typed(setting);
            if (values != null) typed.put(setting, values);
        }
        return Layers.of(typed, environment, config);
    }

    private @Nullable List<String> typed(Setting setting) {
        return switch (setting) {
            case ADDRESS -> one(address);
            case PORT -> one(port);
            case DATA -> one(data);
            case DATABASE_URL -> one(databaseUrl);
            case DATABASE_USER -> one(databaseUser);
            case DATABASE_PASSWORD -> one(databasePassword);
            case DATABASE_OWNER_URL -> one(databaseOwnerUrl);
            case DATABASE_OWNER_USER -> one(databaseOwnerUser);
            case DATABASE_OWNER_PASSWORD -> one(databaseOwnerPassword);
            case ALLOW_TARGET -> allowTarget;
            case END_OF_SUPPORT -> one(endOfSupport);
        };
    }

    private static @Nullable List<String> one(@Nullable String typed) {
        return typed == null ? null : List.of(typed);
    }
}
