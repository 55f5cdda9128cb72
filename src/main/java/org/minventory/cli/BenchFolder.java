package org.minventory.cli;

import java.io.IOException;
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
    private final Path path;

    private BenchFolder(Path path) {
        this.path = path;
    }

    /** @param parent null for the system's folder of what is temporary */
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

    @Override
    public void close() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) Files.deleteIfExists(one);
        }
    }
}
