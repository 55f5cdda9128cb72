package org.minventory.web;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Holds an answer of any length between the transaction that makes it and the reader who takes it: in memory while it is
 * small, then in a temporary file. A slow reader holds no connection, and what fails while it is made is still a problem
 * with its own status. A document that was sent is held likewise where it is read more than once. The file is gone when
 * the answer has been written, when it is dropped, or when nobody holds it any more.
 */
public final class Spool extends OutputStream implements Answer.Content {
    /** Kept in memory up to here (bytes). */
    static final int IN_MEMORY = 2 << 20;

    private ByteArrayOutputStream memory = new ByteArrayOutputStream(8 << 10);
    private @Nullable FileChannel file;
    private long length;

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        memory.write(bytes, from, count);
        length += count;
        if (memory.size() > IN_MEMORY) spill();
    }

    private void spill() throws IOException {
        FileChannel out = file;
        if (out == null) {
            out = temporary();
            file = out;
        }
        memory.writeTo(Channels.newOutputStream(out));
        memory.reset();
    }

    /** Unlinked as soon as it is open, where the system allows it: not even a killed program leaves it behind. */
    private static FileChannel temporary() throws IOException {
        Path path = Files.createTempFile("minventory-", ".spool");
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (FileChannel spilt = file) {
            if (spilt != null) Channels.newInputStream(spilt.position(0)).transferTo(out);
            memory.writeTo(out);
        } finally {
            memory = new ByteArrayOutputStream(0);
        }
    }

    /** What was written so far, from its beginning; as often as it is wanted until it is dropped. */
    public InputStream open() {
        InputStream rest = new ByteArrayInputStream(memory.toByteArray());
        return file == null ? rest : new SequenceInputStream(new FromFile(file), rest);
    }

    /** Reads the file at a place of its own, so that several may read it. */
    private static final class FromFile extends InputStream {
        private final FileChannel file;
        private long at;

        FromFile(FileChannel file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int read = file.read(ByteBuffer.wrap(bytes, from, count), at);
            at += Math.max(0, read);
            return read;
        }
    }

    /** Lets go of all of it. Closing does not: whoever writes into it closes it before it is read. */
    public void drop() throws IOException {
        memory = new ByteArrayOutputStream(0);
        if (file != null) file.close();
    }

    /** Whether it had to leave memory. */
    boolean isInFile() {
        return file != null;
    }
}
