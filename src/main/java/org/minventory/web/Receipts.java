package org.minventory.web;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.minventory.base.Json;
import tools.jackson.databind.node.ObjectNode;

/** How the receipts of many are written down while they are taken. */
abstract class Receipts {
    private final OutputStream out;

    Receipts(OutputStream out) {
        this.out = out;
    }

    /** What is said before the first of them; once, and not at all where there is nothing to say. */
    abstract void begin(ObjectNode before);

    /** One of them. */
    abstract void receipt(ObjectNode receipt);

    /** How far it has come, for forms that can say it in between. */
    abstract void progress(ObjectNode progress);

    /** What is said after the last of them; once. */
    abstract void end(ObjectNode after);

    /** Lets the reader have what was written. */
    final void flush() {
        try {
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }

    final void print(String text) {
        write(text.getBytes(StandardCharsets.UTF_8));
    }

    final void print(ObjectNode document) {
        write(Json.write(document));
    }

    private void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
