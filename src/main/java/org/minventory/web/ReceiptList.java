package org.minventory.web;

import java.io.OutputStream;
import java.util.Map;
import org.minventory.base.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One JSON document: {@code {"receipts": […]}}, with what is said before and after them. */
final class ReceiptList extends Receipts {
    private boolean open;
    private boolean listed;

    ReceiptList(OutputStream out) {
        super(out);
    }

    @Override
    void begin(ObjectNode before) {
        print("{");
        for (Map.Entry<String, JsonNode> member : before.properties()) {
            print(member);
            print(",\n");
        }
        print("\"receipts\":[");
        open = true;
    }

    @Override
    void receipt(ObjectNode receipt) {
        if (!open) begin(Json.object());
        print(listed ? ",\n" : "\n");
        listed = true;
        print(receipt);
    }

    @Override
    void progress(ObjectNode progress) {
        // a document is read when it is whole
    }

    @Override
    void end(ObjectNode after) {
        if (!open) begin(Json.object());
        print(listed ? "\n]" : "]");
        for (Map.Entry<String, JsonNode> member : after.properties()) {
            print(",\n");
            print(member);
        }
        print("}\n");
    }

    private void print(Map.Entry<String, JsonNode> member) {
        String alone = Json.object().set(member.getKey(), member.getValue()).toString();
        print(alone.substring(1, alone.length() - 1));
    }
}
