package org.minventory.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.minventory.base.CannotStart;

/** The folder of one run, which goes with it. */
final class BenchFolder implements AutoCloseable {
    private static final int TRIES = 10;
    private static final int PAUSE_MILLIS = 100;

    private final Path path;

    private BenchFolder(Path path) {
        this.path = path;
    }

    /** Makes one in a folder, or in the system's folder of what is temporary where none is named. */
    static BenchFolder in(@Nullable Path parent) {
        var enterable = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x"));
        try {
            if (parent == null) return new BenchFolder(Files.createTempDirectory("minventory-bench", enterable));
            Files.createDirectories(parent);
            return new BenchFolder(Files.createTempDirectory(parent.toAbsolutePath(), "minventory-bench", enterable));
        } catch (IOException failed) {
            throw new CannotStart(
                    "The bench cannot make its temporary folder: choose another place with --data.", failed);
        }
    }

    Path path() {
        return path;
    }

    /** A program that was just stopped may write its last while the folder is emptied: then it is emptied again. */
    @Override
    public void close() throws IOException {
        for (int tries = 1; ; tries++) {
            try {
                delete();
                return;
            } catch (IOException | UncheckedIOException stillWritten) {
                if (tries == TRIES)
                    throw new IOException("The folder " + path + " could not be deleted.", stillWritten);
                BenchServer.pause(PAUSE_MILLIS);
            }
        }
    }

    private void delete() throws IOException {
        if (Files.notExists(path)) return;
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) Files.deleteIfExists(one);
        }
    }
}
