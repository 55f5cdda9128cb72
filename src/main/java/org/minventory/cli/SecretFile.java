package org.minventory.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.minventory.base.CannotStart;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;

/** A file for its owner's eyes alone (0600), whole or not there. */
final class SecretFile {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ALONE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private SecretFile() {}

    /**
     * Makes sure that it can be written before the secret exists.
     *
     * @throws CannotStart where a file stands there, or none can
     */
    static void reserve(Path file) {
        try {
            Files.createFile(file, OWNER_ALONE);
        } catch (FileAlreadyExistsException taken) {
            throw new CannotStart(Said.here("file-exists", file), taken);
        } catch (IOException failed) {
            throw new CannotStart(Said.here("file-unwritable", file), failed);
        }
    }

    /** Writes it beside its place and moves it there: nobody reads half of it, a crash leaves the old one. */
    static void write(Path file, JsonNode document) {
        write(file, Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n");
    }

    /** The same of a text. */
    static void write(Path file, String text) {
        try {
            Path place = file.toAbsolutePath();
            Path partial = place.resolveSibling(place.getFileName() + ".partial");
            Files.deleteIfExists(partial);
            Files.createFile(partial, OWNER_ALONE);
            Files.writeString(partial, text);
            Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new CannotStart(Said.here("file-unwritable", file), failed);
        }
    }
}
