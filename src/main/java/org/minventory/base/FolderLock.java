package org.minventory.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One living Minventory per data folder. The operating system holds the lock for as long as this process lives: a
 * process that was killed leaves the file, never the lock.
 *
 * <p>On POSIX systems a process loses its lock as soon as it closes <em>any</em> opening of the file. So this class
 * remembers what the process holds, and opens a file it holds never again.
 */
final class FolderLock implements AutoCloseable {

    /** Holds the number of the process that has the folder, for the sentence that refuses the next one. */
    static final String NAME = "minventory.lock";

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the folder for this process, which must be able to write in it.
     *
     * @param folder as a real path: without links, so that it has one name only
     * @throws CannotStart where a living Minventory has it
     */
    static FolderLock take(Path folder) {
        Path file = folder.resolve(NAME);
        long self = ProcessHandle.current().pid();
        if (!HELD_HERE.add(file)) {
            throw refusal(folder, Long.toString(self));
        }
        try {
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw refusal(folder, Files.readString(file, StandardCharsets.US_ASCII));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(Long.toString(self).getBytes(StandardCharsets.US_ASCII)));
            return new FolderLock(file, channel);
        } catch (IOException e) {
            HELD_HERE.remove(file);
            throw new CannotStart("Minventory cannot lock the folder " + folder + " (" + Reason.of(e) + ").", e);
        } catch (CannotStart e) {
            HELD_HERE.remove(file);
            throw e;
        }
    }

    private static CannotStart refusal(Path folder, String process) {
        return new CannotStart("Another Minventory (process " + process + ") is using the folder " + folder
                + ": stop it first, or choose another folder with --data.");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("The lock of the data folder could not be given back", e);
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
