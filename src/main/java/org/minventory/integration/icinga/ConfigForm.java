package org.minventory.integration.icinga;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.minventory.notification.channel.Plain;

/**
 * Writes the language of Icinga's configuration, which is a program: what witnesses said stands between quotes and nowhere
 * else, on one line, and holds no quote, no escape and no macro that would mean something.
 */
final class ConfigForm {
    /** Of what witnesses said (characters); what is longer ends with an ellipsis. */
    private static final int LONGEST = 500;

    private final Writer out;

    ConfigForm(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 64 << 10);
    }

    /** Text of ours, a line of it. */
    void line(String text) {
        try {
            out.write(text);
            out.write('\n');
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    /** Begins an object. */
    void begin(String type, String name) {
        line("object " + type + " " + quoted(name) + " {");
    }

    /** Ends an object or a rule. */
    void end() {
        line("}");
    }

    /** One attribute, unless there is no value: text, a number, a truth, or a list of texts. */
    void set(String name, @Nullable Object value) {
        if (value != null) line("  " + name + " = " + told(value));
    }

    /** Custom variables, of which names are ours. */
    void vars(SequencedMap<String, Object> vars) {
        for (Map.Entry<String, Object> one : vars.entrySet()) set("vars." + one.getKey(), one.getValue());
    }

    /** After the last line. */
    void close() {
        try {
            out.flush();
        } catch (IOException full) {
            throw new UncheckedIOException(full);
        }
    }

    private static String told(Object value) {
        return switch (value) {
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case List<?> list ->
                list.stream().map(one -> quoted(one.toString())).collect(Collectors.joining(", ", "[ ", " ]"));
            default -> quoted(value.toString());
        };
    }

    /** Text as a literal: a dollar is doubled, for a single one begins a macro. */
    static String quoted(String text) {
        return '"'
                + Plain.line(text, LONGEST)
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("$", "$$")
                + '"';
    }
}
