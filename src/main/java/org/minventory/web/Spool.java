package org.minventory.web;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Holds an export until its transaction has ended: in memory at first, then in a temporary file. So a failure on the last
 * row is still a clean refusal, and a slow reader holds no connection to the database. What was answered is deleted.
 */
public final class Spool extends OutputStream implements Answer.Content {
    private static final int IN_MEMORY = 4 << 20;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream(64 << 10);
    private @Nullable Path path;
    private @Nullable OutputStream file;
    private long length;

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    /** Failing to write is ours, not the reader's: {@link UncheckedIOException}, so that it passes through lambdas. */
    @Override
    public void write(byte[] bytes, int offset, int count) {
        try {
            if (file == null && length + count > IN_MEMORY) moveToFile();
            if (file == null) memory.write(bytes, offset, count);
            else file.write(bytes, offset, count);
            length += count;
        } catch (IOException full) {
            close();
            throw new UncheckedIOException(full);
        }
    }

    private void moveToFile() throws IOException {
        Path opened = Files.createTempFile("minventory-", ".spool");
        path = opened;
        OutputStream out = new BufferedOutputStream(new FileOutputStream(opened.toFile()), 64 << 10);
        memory.writeTo(out);
        file = out;
        memory = new ByteArrayOutputStream(0);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try {
            if (file == null || path == null) {
                memory.writeTo(out);
                return;
            }
            file.flush();
            try (InputStream in = new FileInputStream(path.toFile())) {
                in.transferTo(out);
            }
        } finally {
            close();
        }
    }

    /** Lets go of the file; done by itself once it was answered, and by who gives up before. */
    @Override
    public void close() {
        try {
            if (file != null) file.close();
            if (path != null) Files.deleteIfExists(path);
        } catch (IOException left) {
            // a file in the temporary folder, which the machine sweeps
        }
    }
}
