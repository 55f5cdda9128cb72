package org.minventory.cli;

import java.util.Arrays;
import java.util.Optional;
import org.minventory.base.Word;

/**
 * What can be set. Each is an option, a variable of the environment and a line of the configuration file under one name;
 * this list is the only place where a setting is added, beside the option of {@link StartOptions}.
 */
enum Setting {
    ADDRESS,
    PORT,
    DATA,
    DATABASE_URL,
    DATABASE_USER,
    DATABASE_PASSWORD,
    DATABASE_OWNER_URL,
    DATABASE_OWNER_USER,
    DATABASE_OWNER_PASSWORD,
    END_OF_SUPPORT,
    MASTER_KEY_FILE,
    PUBLIC_URL,
    ALLOW_TARGET,
    MAIL_HOST,
    MAIL_PORT,
    MAIL_SECURITY,
    MAIL_USER,
    MAIL_PASSWORD,
    MAIL_FROM;

    /** {@code database-url}: the option without its dashes, and the name in the file. */
    String word() {
        return Word.of(this);
    }

    /** {@code MINVENTORY_DATABASE_URL}. */
    String variable() {
        return "MINVENTORY_" + name();
    }

    /** Shown to nobody. */
    boolean isSecret() {
        return this == DATABASE_PASSWORD || this == DATABASE_OWNER_PASSWORD || this == MAIL_PASSWORD;
    }

    static Optional<Setting> of(String word) {
        return Arrays.stream(values())
                .filter(setting -> setting.word().equals(word))
                .findAny();
    }

    static String words() {
        return String.join(", ", Arrays.stream(values()).map(Setting::word).toList());
    }
}
