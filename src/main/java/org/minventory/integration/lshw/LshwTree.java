package org.minventory.integration.lshw;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** The hardware as a list in the order of the document. Walked without recursion: bridges nest deeply. */
record LshwTree(List<LshwNode> nodes) {

    LshwTree {
        nodes = List.copyOf(nodes);
    }

    static LshwTree of(JsonNode document) {
        List<LshwNode> nodes = new ArrayList<>();
        Deque<LshwNode> ahead = new ArrayDeque<>();
        if (document.isArray()) {
            for (int index = document.size() - 1; index >= 0; index--) {
                push(ahead, new LshwNode(document.path(index), null, "/" + index));
            }
        } else {
            push(ahead, new LshwNode(document, null, ""));
        }
        while (!ahead.isEmpty()) {
            LshwNode node = ahead.pop();
            nodes.add(node);
            node.children().reversed().forEach(child -> push(ahead, child));
        }
        return new LshwTree(nodes);
    }

    private static void push(Deque<LshwNode> ahead, LshwNode node) {
        if (node.json().isObject()) {
            ahead.push(node);
        }
    }

    List<LshwNode> systems() {
        return nodes.stream()
                .filter(node -> node.parent() == null && node.isOfClass("system"))
                .toList();
    }

    List<LshwNode> ofClass(String name) {
        return nodes.stream().filter(node -> node.isOfClass(name)).toList();
    }
}
