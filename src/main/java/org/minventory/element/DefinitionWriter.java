package org.minventory.element;

import java.util.List;
import java.util.Map;
import org.minventory.element.ValueType.Choice;
import org.minventory.element.ValueType.ListOf;
import org.minventory.element.ValueType.Members;
import org.minventory.element.ValueType.Option;
import org.minventory.element.ValueType.Quantity;
import org.minventory.element.ValueType.Simple;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes definitions in the shape in which {@link DefinitionReader} reads them. */
final class DefinitionWriter {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DefinitionWriter() {}

    static ObjectNode write(Attribute attribute) {
        ObjectNode written = NODES.objectNode();
        written.put("name", attribute.name());
        written.setAll(write(attribute.type()));
        if (attribute.rule() != null) {
            written.put("rule", attribute.rule());
        }
        if (attribute.searchable()) {
            written.put("searchable", true);
        }
        if (attribute.identifier() != null) {
            writeIdentifier(attribute.identifier(), written);
        }
        written.put("family", attribute.family().word());
        written.set("labels", write(attribute.labels()));
        if (!attribute.precedence().isEmpty()) {
            written.set("precedence", texts(attribute.precedence()));
        }
        if (attribute.inverse() != null) {
            written.set("inverse", write(attribute.inverse()));
        }
        return written;
    }

    static ObjectNode write(ElementType type) {
        ObjectNode written = NODES.objectNode();
        written.put("name", type.name());
        ObjectNode labels = written.putObject("labels");
        labels.putObject("en")
                .put("singular", type.singular().english())
                .put("plural", type.plural().english());
        labels.putObject("fr")
                .put("singular", type.singular().french())
                .put("plural", type.plural().french());
        written.set("attributes", texts(type.attributes()));
        ObjectNode rhythms = written.putObject("rhythms");
        type.rhythms().forEach((kind, rhythm) -> rhythms.putObject(kind)
                .put("rhythm", rhythm.rhythm().toString())
                .put("grace", rhythm.grace().toString()));
        return written;
    }

    private static ObjectNode write(ValueType type) {
        ObjectNode written = NODES.objectNode();
        switch (type) {
            case Simple simple -> written.put("type", simple.word());
            case Quantity(Dimension dimension) ->
                written.put("type", "quantity").put("dimension", dimension.word());
            case Choice choice -> writeChoice(choice, written);
            case ListOf(ValueType item) -> written.put("type", "list").set("of", write(item));
            case Members members -> writeMembers(members, written);
        }
        return written;
    }

    private static void writeChoice(Choice choice, ObjectNode written) {
        ObjectNode options = written.put("type", "choice").putObject("options");
        for (Option option : choice.options()) {
            ObjectNode told = write(option.labels());
            if (!option.synonyms().isEmpty()) {
                told.set("synonyms", texts(option.synonyms()));
            }
            options.set(option.value(), told);
        }
        if (choice.open()) {
            written.put("open", true);
        }
    }

    private static void writeMembers(Members type, ObjectNode written) {
        ObjectNode members = written.put("type", "record").putObject("members");
        for (Map.Entry<String, ValueType> member : type.types().entrySet()) {
            members.set(member.getKey(), write(member.getValue()));
        }
        written.set("summary", texts(type.summary()));
    }

    private static void writeIdentifier(IdentifierSource identifier, ObjectNode written) {
        if (identifier.member() == null) {
            written.put("identifier", identifier.kind().word());
        } else {
            written.putObject("identifier")
                    .put("kind", identifier.kind().word())
                    .put("member", identifier.member());
        }
    }

    private static ObjectNode write(Labels labels) {
        return NODES.objectNode().put("en", labels.english()).put("fr", labels.french());
    }

    private static ArrayNode texts(List<String> texts) {
        ArrayNode written = NODES.arrayNode(texts.size());
        texts.forEach(written::add);
        return written;
    }
}
