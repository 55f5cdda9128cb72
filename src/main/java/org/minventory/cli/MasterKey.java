package org.minventory.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HexFormat;
import org.minventory.base.CannotStart;
import org.minventory.base.Ids;
import org.minventory.base.Strongbox;

/**
 * The key that seals what the database keeps secret for us: a file beside the data, for its owner's eyes alone, that no
 * backup of the database holds. Made at the first start.
 */
final class MasterKey {
    private static final String NAME = "master.key";

    private MasterKey() {}

    /**
     * The key in that folder.
     *
     * @throws CannotStart where it can neither be read nor made
     */
    static byte[] in(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            return HexFormat.of().parseHex(Files.readString(file).strip());
        } catch (NoSuchFileException first) {
            byte[] key = Ids.random(Strongbox.KEY_LENGTH);
            SecretFile.write(file, HexFormat.of().formatHex(key) + "\n");
            return key;
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new CannotStart(Said.here("unfit-master-key", file), unreadable);
        }
    }
}
