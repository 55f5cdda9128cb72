package org.minventory.integration.ansible;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import tools.jackson.databind.JsonNode;

/**
 * An inventory as a YAML file that can be kept and read by Ansible later, in YAML 1.1, which is what Ansible reads. One
 * variable a line; what could be a template is tagged {@code !unsafe}.
 */
final class StaticForm implements InventoryForm {
    /** A name longer than this has to be announced, or a YAML parser will not look far enough for its colon. */
    private static final int LONGEST_SIMPLE_NAME = 100;

    private final Writer out;
    private boolean anyHost;

    StaticForm(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 64 << 10);
        print("---\nall:\n");
    }

    @Override
    public void host(String name, Map<String, JsonNode> vars) {
        if (!anyHost) print("  hosts:\n");
        anyHost = true;
        print("    " + text(name) + ":\n");
        vars("      ", vars);
    }

    @Override
    public void end(SortedMap<String, List<String>> groups, Map<String, JsonNode> vars) {
        print("  vars:\n");
        vars("    ", vars);
        if (!groups.isEmpty()) print("  children:\n");
        groups.forEach((name, hosts) -> {
            print("    " + name + ":\n      hosts:\n");
            hosts.forEach(host -> print("        " + text(host) + ": {}\n"));
        });
        try {
            out.flush();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private void vars(String indent, Map<String, JsonNode> vars) {
        vars.forEach((name, value) -> {
            StringBuilder line = new StringBuilder(indent).append(name).append(": ");
            append(line, value);
            print(line.append('\n').toString());
        });
    }

    private static void append(StringBuilder line, JsonNode value) {
        if (value.isObject()) appendObject(line, value);
        else if (value.isArray()) appendArray(line, value);
        else if (value.isString()) {
            if (!Harmless.isPlain(value.stringValue())) line.append("!unsafe ");
            line.append(text(value.stringValue()));
        } else if (value.isIntegralNumber()) line.append(value.bigIntegerValue());
        else if (value.isNumber()) line.append(fraction(value));
        else line.append(value.isBoolean() ? String.valueOf(value.booleanValue()) : "null");
    }

    private static String fraction(JsonNode number) {
        String plain = number.decimalValue().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }

    private static void appendArray(StringBuilder line, JsonNode array) {
        line.append('[');
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) line.append(", ");
            append(line, array.get(i));
        }
        line.append(']');
    }

    private static void appendObject(StringBuilder line, JsonNode object) {
        Set<String> names = new HashSet<>();
        line.append('{');
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            if (!names.isEmpty()) line.append(", ");
            String name = text(ScriptForm.unique(Harmless.name(member.getKey()), names));
            line.append(name.length() > LONGEST_SIMPLE_NAME ? "? " : "")
                    .append(name)
                    .append(": ");
            append(line, member.getValue());
        }
        line.append('}');
    }

    /** Between single quotes where it is all visible ASCII; else between double ones, everything else escaped. */
    private static String text(String text) {
        if (text.chars().allMatch(c -> c >= ' ' && c < 127)) return "'" + text.replace("'", "''") + "'";
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') quoted.append('\\').appendCodePoint(c);
            else if (c >= ' ' && c < 127) quoted.appendCodePoint(c);
            else quoted.append(c > 0xFFFF ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
        });
        return quoted.append('"').toString();
    }

    private void print(String text) {
        try {
            out.write(text);
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }
}
