package org.minventory.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.minventory.base.CannotStart;
import org.minventory.base.Strongbox;

/** The key that seals our secrets is made once, and then is the same. */
class MasterKeyTest {
    @TempDir
    Path folder;

    @Test
    void itIsMadeOnceForItsOwnersEyesAlone() throws IOException {
        Path file = folder.resolve("keys").resolve("master.key");
        byte[] key = MasterKey.in(file);
        assertThat(key).hasSize(Strongbox.KEY_LENGTH);
        assertThat(MasterKey.in(file)).isEqualTo(key);
        assertThat(MasterKey.in(folder.resolve("other.key"))).isNotEqualTo(key);
        assertThat(rights(file)).isEqualTo("rw-------");
        assertThat(rights(file.getParent())).isEqualTo("rwx------");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "abc", "00", "0000000000000000000000000000000000000000000000000000000000000000ff", "no"})
    void whatIsNoKeyIsNotReplaced(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("master.key"), content);
        assertThatThrownBy(() -> MasterKey.in(file))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("The master key in " + file);
        assertThat(file).hasContent(content);
    }

    @Test
    void whereNoneCanBeMadeItIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("master.key");
        assertThatThrownBy(() -> MasterKey.in(file)).isInstanceOf(CannotStart.class);
    }

    private static String rights(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
