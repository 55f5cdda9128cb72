package org.minventory.web;

import java.io.OutputStream;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A stream of lines, each an object with one member that says what the line is: a reader sees how far it has come. */
final class ReceiptLines extends Receipts {
    ReceiptLines(OutputStream out) {
        super(out);
    }

    @Override
    void begin(ObjectNode before) {
        line("begin", before);
    }

    @Override
    void receipt(ObjectNode receipt) {
        line("receipt", receipt);
    }

    @Override
    void progress(ObjectNode progress) {
        line("progress", progress);
    }

    @Override
    void end(ObjectNode after) {
        print(after);
        print("\n");
    }

    private void line(String name, JsonNode document) {
        ObjectNode line = Json.object();
        line.set(name, document);
        print(line);
        print("\n");
    }
}
