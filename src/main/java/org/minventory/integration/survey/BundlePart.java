package org.minventory.integration.survey;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.minventory.survey.Reading;
import org.minventory.survey.Unreadable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * What one tool had to say: {@code {"command": …, "status": 0, "output": …, "error": …}}, where output is text, or JSON
 * for those who put a bundle together by other means.
 *
 * @param json as it stands in the bundle; missing where the bundle has no such part
 * @param pointer where it stands there
 */
record BundlePart(JsonNode json, String pointer) {

    /** What a shell answers for a program that it does not find. */
    private static final long NOT_FOUND = 127;

    /** {@code ip -d} is known to name a member twice. */
    private static final JsonMapper LENIENT = new JsonMapper();

    /** The text; nothing where there is none. */
    String text() {
        return json.path("output").asString("");
    }

    Stream<String> lines() {
        return text().lines();
    }

    /** The only line of a tool that prints one. */
    Optional<String> word() {
        return Reading.text(text());
    }

    /** The list or object that the tool printed as JSON; missing where it printed something else. */
    JsonNode document() {
        JsonNode output = json.path("output");
        if (output.isContainer()) {
            return output;
        }
        try {
            JsonNode parsed = LENIENT.readTree(text());
            return parsed.isContainer() ? parsed : MissingNode.getInstance();
        } catch (JacksonException garbled) {
            return MissingNode.getInstance();
        }
    }

    /** Why this part told nothing, or not all: the tool is not there, it failed, or it printed something else. */
    Optional<Unreadable> unread(String tool, boolean printsJson) {
        if (json.isMissingNode()) {
            return Optional.empty();
        }
        if (!json.isObject()) {
            return because(Unreadable.Reason.NOT_FROM_THIS_TOOL, tool, "{\"output\": …}");
        }
        OptionalLong status = Reading.positive(json.path("status"));
        if (status.isPresent()) {
            return status.getAsLong() == NOT_FOUND
                    ? because(Unreadable.Reason.ABSENT, tool)
                    : because(
                            Unreadable.Reason.FAILED,
                            tool,
                            Reading.excerpt(json.path("error").asString("")));
        }
        boolean isGarbled = printsJson && document().isMissingNode();
        return isGarbled ? because(Unreadable.Reason.NOT_FROM_THIS_TOOL, tool, "JSON") : Optional.empty();
    }

    private Optional<Unreadable> because(Unreadable.Reason reason, String... arguments) {
        return Optional.of(new Unreadable(pointer, reason, List.of(arguments)));
    }
}
