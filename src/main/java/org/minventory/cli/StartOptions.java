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
            names = "--master-key-file",
            paramLabel = "FILE",
            description =
                    "The key that seals secrets of subscriptions, made at the first start (DIR/master.key). Keep it"
                            + " out of the backups of the data, and a copy of it elsewhere.")
    @Nullable
    String masterKeyFile;

    @Option(
            names = "--public-url",
            paramLabel = "URL",
            description =
                    "Where people reach this instance, for the links in what it sends: https://minventory.example.org.")
    @Nullable
    String publicUrl;

    @Option(
            names = "--allow-target",
            paramLabel = "HOST:PORT",
            description = "A receiver of notices that may be on a private network and speak plain http; repeatable.")
    @Nullable
    List<String> allowTarget;

    @Option(names = "--mail-host", paramLabel = "HOST", description = "The server that takes our mail.")
    @Nullable
    String mailHost;

    @Option(
            names = "--mail-port",
            paramLabel = "PORT",
            description = "Its port (587; 465 with --mail-security tls, 25 with none).")
    @Nullable
    String mailPort;

    @Option(
            names = "--mail-security",
            paramLabel = "HOW",
            description = "How the way to it is kept private: starttls (usual), tls from the first byte, or none.")
    @Nullable
    String mailSecurity;

    @Option(names = "--mail-user", paramLabel = "USER", description = "Whom it lets in.")
    @Nullable
    String mailUser;

    @Option(
            names = "--mail-password",
            paramLabel = "PASSWORD",
            description = "The user's password; prefer MINVENTORY_MAIL_PASSWORD.")
    @Nullable
    String mailPassword;

    @Option(
            names = "--mail-from",
            paramLabel = "ADDRESS",
            description = "Who our mail comes from: minventory@example.org.")
    @Nullable
    String mailFrom;

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
            case MASTER_KEY_FILE -> one(masterKeyFile);
            case PUBLIC_URL -> one(publicUrl);
            case ALLOW_TARGET -> allowTarget;
            case END_OF_SUPPORT -> one(endOfSupport);
            case MAIL_HOST -> one(mailHost);
            case MAIL_PORT -> one(mailPort);
            case MAIL_SECURITY -> one(mailSecurity);
            case MAIL_USER -> one(mailUser);
            case MAIL_PASSWORD -> one(mailPassword);
            case MAIL_FROM -> one(mailFrom);
        };
    }

    private static @Nullable List<String> one(@Nullable String typed) {
        return typed == null ? null : List.of(typed);
    }
}
