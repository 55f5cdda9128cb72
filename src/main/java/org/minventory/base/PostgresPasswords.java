package org.minventory.base;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Properties;

/**
 * The random passwords of the embedded database, kept beside its data in a file only its owner reads. They keep other
 * users of the same machine out: the database listens on the loopback address, which is everybody's.
 */
record PostgresPasswords(String superuser, String owner, String app) {

    private static final int BYTES = 24;

    /** New ones; only letters, digits, minus and underscore, so that they need no quoting anywhere. */
    static PostgresPasswords random() {
        SecureRandom random = new SecureRandom();
        return new PostgresPasswords(word(random), word(random), word(random));
    }

    private static String word(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** What the file says; empty where there is no file, or where it was damaged. */
    static Optional<PostgresPasswords> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
        String superuser = properties.getProperty("superuser");
        String owner = properties.getProperty("owner");
        String app = properties.getProperty("app");
        return superuser == null || owner == null || app == null
                ? Optional.empty()
                : Optional.of(new PostgresPasswords(superuser, owner, app));
    }

    /** Writes them at once or not at all. */
    void write(Path file) throws IOException {
        Path partial = file.resolveSibling(file.getFileName() + ".partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Properties properties = new Properties();
        properties.setProperty("superuser", superuser);
        properties.setProperty("owner", owner);
        properties.setProperty("app", app);
        try (Writer writer = Files.newBufferedWriter(partial)) {
            properties.store(writer, "Passwords of the embedded database; lost, they are made anew at the next start.");
        }
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return "PostgresPasswords[…]";
    }
}
