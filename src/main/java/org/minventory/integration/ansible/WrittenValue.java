package org.minventory.integration.ansible;

import java.util.List;
import java.util.Locale;
import org.minventory.base.Json;
import org.minventory.base.Sentence;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The value of a variable in an inventory's file. Nothing of it is built by its tags, let alone executed: a node is either
 * plain, or left out with the reason.
 */
final class WrittenValue {
    private static final Tag VAULT = new Tag("!vault");
    private static final Tag VAULT_ENCRYPTED = new Tag("!vault-encrypted");
    private static final Tag UNSAFE = new Tag("!unsafe");
    private static final List<Tag> PLAIN = List.of(
            Tag.STR, Tag.INT, Tag.FLOAT, Tag.BOOL, Tag.NULL, Tag.TIMESTAMP, Tag.MAP, Tag.SEQ, Tag.MERGE, UNSAFE);
    private static final String NUMBER = "-?(0|[1-9][0-9]{0,14})";

    /** Parts of one value, its anchors followed. */
    private static final int MOST = 2_000;

    private int parts;

    private WrittenValue() {}

    /** Why a value is not told. */
    static final class LeftOut extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Sentence why;

        LeftOut(String sentence, Object... arguments) {
            super(sentence, null, false, false);
            this.why = Sentence.of(WrittenInventory.SAID, sentence, arguments);
        }

        Sentence why() {
            return why;
        }
    }

    /** @throws LeftOut for what is encrypted, a template, too much, or of a tag that means an object of a program */
    static JsonNode of(Node node) {
        return new WrittenValue().read(node, 0);
    }

    private JsonNode read(Node node, int depth) {
        Tag tag = node.getTag();
        if (tag.equals(VAULT) || tag.equals(VAULT_ENCRYPTED)) throw new LeftOut("vault");
        if (!PLAIN.contains(tag)) throw new LeftOut("unreadable", excerpt(tag.getValue()));
        if (++parts > MOST || depth > 8) throw new LeftOut("too-much");
        return switch (node) {
            case ScalarNode scalar -> scalar(scalar);
            case SequenceNode sequence -> list(sequence, depth);
            case MappingNode mapping -> object(mapping, depth);
            default -> throw new LeftOut("unreadable", excerpt(tag.getValue()));
        };
    }

    private static String excerpt(String tag) {
        return tag.length() <= 60 ? tag : tag.substring(0, 60) + "…";
    }

    /** Numbers and truths as YAML reads them where everybody would; the rest as it is written. */
    private static JsonNode scalar(ScalarNode scalar) {
        String text = scalar.getValue();
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.NULL)) return Json.object().nullNode();
        if (tag.equals(Tag.BOOL))
            return Json.MAPPER
                    .getNodeFactory()
                    .booleanNode(List.of("true", "yes", "on").contains(text.toLowerCase(Locale.ROOT)));
        if (tag.equals(Tag.INT) && text.matches(NUMBER))
            return Json.MAPPER.getNodeFactory().numberNode(Long.parseLong(text));
        if (!tag.equals(UNSAFE) && (text.contains("{{") || text.contains("{%"))) throw new LeftOut("template");
        return Json.text(text);
    }

    private JsonNode list(SequenceNode sequence, int depth) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        for (Node item : sequence.getValue()) list.add(read(item, depth + 1));
        return list;
    }

    private JsonNode object(MappingNode mapping, int depth) {
        ObjectNode object = Json.object();
        for (NodeTuple member : mapping.getValue())
            object.set(read(member.getKeyNode(), depth + 1).asString(""), read(member.getValueNode(), depth + 1));
        return object;
    }
}
