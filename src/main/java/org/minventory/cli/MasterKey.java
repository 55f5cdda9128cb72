package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HexFormat;
import org.minventory.base.CannotStart;
import org.minventory.base.Ids;
import org.minventory.base.Strongbox;

/**
 * The key that seals what the database keeps secret for us: a file for its owner's eyes alone, that no backup of the
 * database holds. Made at the first start.
 */
final class MasterKey {
    /** Its name in the data folder, where nobody names another file. */
    static final String NAME = "master.key";

    private MasterKey() {}

    /**
     * The key in that file.
     *
     * @throws CannotStart where it can neither be read nor made
     */
    static byte[] in(Path file) {
        try {
            byte[] key = HexFormat.of().parseHex(Files.readString(file).strip());
            if (key.length != Strongbox.KEY_LENGTH) throw new IllegalArgumentException(key.length + " bytes");
            return key;
        } catch (NoSuchFileException first) {
            return made(file);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CannotStart(Said.here("unfit-master-key", file), unreadable);
        }
    }

    private static byte[] made(Path file) {
        byte[] key = Ids.random(Strongbox.KEY_LENGTH);
        Path folder = file.toAbsolutePath().getParent();
        try {
            if (folder != null)
                Files.createDirectories(
                        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failed) {
            throw new CannotStart(Said.here("file-unwritable", file), failed);
        }
        SecretFile.write(file, HexFormat.of().formatHex(key) + "\n");
        return key;
    }
}
