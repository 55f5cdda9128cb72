package org.minventory.integration.table;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.minventory.web.Spool;

/**
 * The text of a table in whatever encoding a spreadsheet wrote it: UTF-8, with or without a mark, UTF-16 with one, else
 * Windows-1252, which Excel writes where nobody asks it for better.
 */
final class Sheet {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int CHUNK = 64 << 10;

    private final Spool body;
    private final Charset charset;
    private final int mark;
    private long read;

    private Sheet(Spool body, Charset charset, int mark) {
        this.body = body;
        this.charset = charset;
        this.mark = mark;
    }

    /**
     * @param told the encoding that the sender names, or null
     * @throws org.minventory.base.Refusal for what is a spreadsheet program's own file
     */
    static Sheet of(Spool body, @Nullable Charset told) {
        byte[] first = first(body);
        if (isPacked(first)) throw Unfit.document("spreadsheet-file");
        if (starts(first, 0xef, 0xbb, 0xbf)) return new Sheet(body, StandardCharsets.UTF_8, 3);
        if (starts(first, 0xff, 0xfe)) return new Sheet(body, StandardCharsets.UTF_16LE, 2);
        if (starts(first, 0xfe, 0xff)) return new Sheet(body, StandardCharsets.UTF_16BE, 2);
        // UTF-8 is said of everything, also of what Excel wrote otherwise
        if (told != null && !told.equals(StandardCharsets.UTF_8)) return new Sheet(body, told, 0);
        return new Sheet(body, isUtf8(body) ? StandardCharsets.UTF_8 : WINDOWS, 0);
    }

    private static byte[] first(Spool body) {
        try (InputStream in = body.open()) {
            return in.readNBytes(8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A ZIP archive (.xlsx, .ods), or the compound file that .xls is. */
    private static boolean isPacked(byte[] first) {
        return starts(first, 'P', 'K', 3, 4) || starts(first, 0xd0, 0xcf, 0x11, 0xe0);
    }

    private static boolean starts(byte[] first, int... with) {
        if (first.length < with.length) return false;
        for (int i = 0; i < with.length; i++) if ((first[i] & 0xff) != with[i]) return false;
        return true;
    }

    private static boolean isUtf8(Spool body) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
        CharBuffer text = CharBuffer.allocate(CHUNK);
        try (InputStream in = body.open()) {
            while (true) {
                int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
                bytes.position(bytes.position() + Math.max(0, count)).flip();
                if (decoder.decode(bytes, text.clear(), count < 0).isError()) return false;
                bytes.compact();
                if (count < 0) return true;
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Charset charset() {
        return charset;
    }

    /** The text from its beginning, without the mark; what no character can be made of is replaced. */
    Reader open() throws IOException {
        read = 0;
        InputStream in = new Counted(body.open());
        in.skipNBytes(mark);
        CharsetDecoder decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        return new InputStreamReader(in, decoder);
    }

    /** How much of it was read, in hundredths. */
    int percent() {
        return body.length() == 0 ? 100 : (int) (100 * read / body.length());
    }

    private final class Counted extends FilterInputStream {
        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int now = super.read(bytes, from, count);
            read += Math.max(0, now);
            return now;
        }
    }
}
