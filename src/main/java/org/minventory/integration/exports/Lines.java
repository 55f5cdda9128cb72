package org.minventory.integration.exports;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/**
 * A file of lines. Each form lets through only what it knows to be harmless; that nothing else than visible ASCII comes out
 * is held here once more, since a line break is all that it takes to write a line of one's own.
 */
final class Lines {
    private static final int BUFFER = 64 << 10;

    private final Writer out;
    private int skipped;

    Lines(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.US_ASCII), BUFFER);
    }

    /**
     * Writes one line.
     *
     * @throws IllegalStateException for anything that is no visible ASCII: rather no file than another one
     */
    void line(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c < 127))
            throw new IllegalStateException("a line of an export with a character that no form lets through");
        try {
            out.write(text);
            out.write('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Counts something that was told and is not written. */
    void skip() {
        skipped++;
    }

    /** Says in a comment what is left out, and gives its number. */
    int end(String commentMark) {
        line(commentMark + " left out: " + skipped);
        return end();
    }

    /** The same where a file has no comments. */
    int end() {
        try {
            out.flush();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
        return skipped;
    }
}
